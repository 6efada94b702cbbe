"""The knowledge as one Excel workbook: an explanation, a sheet for each table, and the codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from houlu.clinician import cells, names
from houlu.clinician.tables import Book, Column, Entry, Table, tables
from houlu.knowledge import ids
from houlu.knowledge.files import KnowledgeError
from houlu.knowledge.phrases import Phrases
from houlu.knowledge.visit import GAPS
from houlu.understanding.lexicon import Lexicon

_WIDTHS = {"text": 24, "lines": 28, "numbers": 10, "conditions": 40, "flag": 8, "day": 12}
_WIDE = ("summary", "evidence", "not_shown", "short", "long", "text", "title", "url", "image_alt")
_HEAD = PatternFill("solid", fgColor="DDEBF7")
_TOP = Alignment(vertical="top", wrap_text=True)


def workbook(book: Book, version: str, phrases: Phrases, lexicon: Lexicon) -> Workbook:
    """The workbook. Raises KnowledgeError for a value that no cell can hold."""
    made = Workbook()
    _about(made.active, version, phrases)
    problems: list[str] = []
    for table in tables():
        sheet = made.create_sheet(title(table, phrases))
        _fill(sheet, table, book[table.name], phrases, problems)
    if problems:
        raise KnowledgeError(problems)
    _codes(made.create_sheet(phrases.text("clinician.sheet.codes")), phrases, lexicon)
    return made


def title(table: Table, phrases: Phrases) -> str:
    """A sheet's name."""
    return phrases.text(f"clinician.sheet.{table.name}")


def heading(column: str, phrases: Phrases) -> str:
    """A column's name."""
    return phrases.text(f"clinician.column.{column}")


def headings(table: Table, phrases: Phrases) -> list[str]:
    """The first row of a table's sheet."""
    return [heading(key, phrases) for key in (*(["file"] if table.in_files else []), *(c.key for c in table.columns))]


def _about(sheet: Worksheet, version: str, phrases: Phrases) -> None:
    sheet.title = phrases.text("clinician.sheet.about")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100
    sheet.append([phrases.text("clinician.about.title")])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([phrases.text("clinician.about.version"), version])
    for line in phrases.text("clinician.about.lines").splitlines():
        sheet.append([None, line])
        sheet.cell(sheet.max_row, 2).alignment = _TOP


def _fill(sheet: Worksheet, table: Table, entries: list[Entry], phrases: Phrases, problems: list[str]) -> None:
    sheet.append(headings(table, phrases))
    for cell in sheet[1]:
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _TOP
    sheet.freeze_panes = "C2" if table.in_files else "B2"
    first = 2 if table.in_files else 1
    for number, entry in enumerate(entries, 2):
        if table.in_files:
            cells.put(sheet.cell(number, 1), entry.file)
        for place, column in enumerate(table.columns, first):
            value = value_of(entry.row, column)
            text = cells.shown(column, value, phrases)
            if why := cells.unfit(column, value, text):
                problems.append(f"{table.name}: row {getattr(entry.row, table.id)}, field {column.key}: {why}")
                continue
            cells.put(sheet.cell(number, place), text)
            sheet.cell(number, place).alignment = _TOP
    for place, column in enumerate(table.columns, first):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 60 if column.key in _WIDE else _WIDTHS[column.kind]
        _choices(sheet, letter, column, phrases)


def value_of(row: Any, column: Column) -> Any:
    """A field of a row."""
    for part in column.path:
        row = getattr(row, part)
    return row


def _choices(sheet: Worksheet, letter: str, column: Column, phrases: Phrases) -> None:
    """A list to choose from, where Excel can hold it."""
    flags = (phrases.text("clinician.is"), phrases.text("clinician.is_not"))
    allowed = flags if column.kind == "flag" else column.allowed
    if allowed and len(",".join(allowed)) < 250:
        offered = DataValidation(type="list", formula1=f'"{",".join(allowed)}"', allow_blank=True)
        sheet.add_data_validation(offered)
        offered.add(f"{letter}2:{letter}5000")


def _codes(sheet: Worksheet, phrases: Phrases, lexicon: Lexicon) -> None:
    for place, width in enumerate((18, 28, 40), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for what, code in _all_codes(lexicon):
        sheet.append([phrases.text(f"clinician.code.{what}"), code, names.name(code, phrases, lexicon)])


def _all_codes(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    families = tuple(d for d in ids.DRIVERS if ids.driver_family(d) == d)
    lists = {
        "driver": families, "findings": ids.FINDINGS, "pattern": ids.PATTERNS, "histology": ids.HISTOLOGIES,
        "rebiopsy": ids.REBIOPSIES, "gaps": GAPS, "progression_any": ids.PROGRESSIONS, "category": ids.CATEGORIES,
        "topic": ids.IN_SCOPE_TOPICS,
        "drug": tuple(sorted(lexicon.drugs)),
    }
    for what, codes in lists.items():
        yield from ((what, code) for code in codes)
