"""Reading a workbook back: every mistake with sheet, row and column, in Chinese; nothing is guessed."""

from __future__ import annotations

import difflib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from houlu.clinician import cells, export
from houlu.clinician.tables import Book, Column, Entry, Table, paths, rows_of, tables
from houlu.knowledge.checks import faults
from houlu.knowledge.phrases import Phrases
from houlu.knowledge.pictures import picture_files
from houlu.understanding.lexicon import Lexicon

_LARGEST, _LARGEST_UNPACKED, _MOST_ROWS = 20_000_000, 200_000_000, 20_000


class WorkbookError(Exception):
    """The workbook cannot be imported. `problems`: one Chinese sentence for each mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class _Reading:
    """What is collected while the sheets are read. rows: where each row of a table stands."""

    phrases: Phrases
    problems: list[str] = field(default_factory=list)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def wrong(self, table: Table, row: int | None, column: str | None, code: str, **values: object) -> None:
        """Note one mistake."""
        near = str(values.pop("near", ""))
        said = self.phrases.text(f"clinician.error.{code}", **values)
        said += self.phrases.text("clinician.error.near", near=near) if near else ""
        kind = "place_sheet" if row is None else "place" if column else "place_row"
        heading = export.heading(column, self.phrases) if column else ""
        sheet = export.title(table, self.phrases)
        self.problems.append(
            self.phrases.text(f"clinician.error.{kind}", sheet=sheet, row=row, column=heading, said=said))


def read(path: Path, folder: Path, phrases: Phrases, lexicon: Lexicon) -> tuple[Book, str]:
    """The tables of a workbook and the version it was exported from. Raises WorkbookError with every mistake."""
    opened = _open(path, phrases)
    reading = _Reading(phrases)
    book = {table.name: _sheet(opened, table, folder, reading) for table in tables()}
    if not reading.problems:  # a row that cannot be read is missing for the others
        _check_together(book, lexicon, reading)
    if reading.problems:
        raise WorkbookError(reading.problems)
    return book, _version(opened, phrases)


def _open(path: Path, phrases: Phrases) -> Workbook:
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
        if path.stat().st_size > _LARGEST or unpacked > _LARGEST_UNPACKED:
            raise WorkbookError([phrases.text("clinician.error.too_large")])
        return load_workbook(path, keep_links=False)
    except WorkbookError:
        raise
    except Exception as error:  # openpyxl raises whatever its parser meets
        raise WorkbookError([phrases.text("clinician.error.not_a_workbook")]) from error


def _version(opened: Workbook, phrases: Phrases) -> str:
    sheet, label = opened.worksheets[0], phrases.text("clinician.about.version")
    return next((str(row[1].value) for row in sheet.iter_rows(max_row=20, max_col=2) if row[0].value == label), "")


def _sheet(opened: Workbook, table: Table, folder: Path, reading: _Reading) -> list[Entry]:
    name = export.title(table, reading.phrases)
    if name not in opened.sheetnames or not isinstance(opened[name], Worksheet):
        reading.wrong(table, None, None, "no_sheet")
        return []
    sheet = opened[name]
    places = _places(sheet, table, reading)
    if places is None:
        return []
    if sheet.max_row > _MOST_ROWS:
        reading.wrong(table, None, None, "too_large")
        return []
    files = [file.stem for file in paths(folder, table)]
    return list(_entries(sheet, table, places, files, reading))


def _places(sheet: Worksheet, table: Table, reading: _Reading) -> dict[str, int] | None:
    """Which column stands where; None when one is missing or unknown."""
    wanted = export.headings(table, reading.phrases)
    found = [str(cell.value or "").strip() for cell in sheet[1]]
    before = len(reading.problems)
    for heading in wanted:
        if found.count(heading) != 1:
            reading.wrong(table, 1, None, "no_column", value=heading)
    for heading in filter(None, found):
        if heading not in wanted:
            reading.wrong(table, 1, None, "unknown_column", value=heading)
    return {heading: found.index(heading) for heading in wanted} if len(reading.problems) == before else None


def _entries(
    sheet: Worksheet, table: Table, places: dict[str, int], files: list[str], reading: _Reading
) -> Iterator[Entry]:
    for number, line in enumerate(sheet.iter_rows(min_row=2), 2):
        if all(cell.value is None for cell in line):
            continue
        before = len(reading.problems)

        def cell(key: str, line: tuple[Cell, ...] = line) -> Cell:
            return line[places[export.heading(key, reading.phrases)]]

        file = _file(table, cell, number, files, reading)
        row = _row(table, cell, number, reading)
        if row is not None and len(reading.problems) == before:
            reading.rows[table.name, getattr(row, table.id)] = number
            yield Entry(file, row)


def _file(table: Table, cell: Callable[[str], Cell], number: int, files: list[str], reading: _Reading) -> str:
    if not table.in_files:
        return files[0]
    try:
        file = cells.take(cell("file"))
    except cells.CellError as error:
        reading.wrong(table, number, "file", error.code, **error.values)
        return ""
    if file not in files:
        reading.wrong(table, number, "file", "unknown_file", value=file, allowed="、".join(files))
    return file


def _row(table: Table, cell: Callable[[str], Cell], number: int, reading: _Reading) -> Any:
    raw: dict[str, Any] = {}
    before = len(reading.problems)
    for column in table.columns:
        try:
            text = cells.take(cell(column.key))
            if not text:
                continue
            place = raw
            for part in column.path[:-1]:
                place = place.setdefault(part, {})
            place[column.path[-1]] = cells.meant(column, text, reading.phrases)
        except cells.CellError as error:
            reading.wrong(table, number, column.key, error.code, **error.values)
    if len(reading.problems) > before:
        return None
    try:
        return table.model.parse_obj(raw)
    except ValidationError as error:
        _explain(error, raw, table, number, reading)
        return None


def _explain(error: ValidationError, raw: dict[str, Any], table: Table, number: int, reading: _Reading) -> None:
    for fault in error.errors():
        path, context, type_ = fault["loc"], fault.get("ctx") or {}, str(fault["type"])
        missing = type_ == "value_error.missing"
        if missing and path == ("approval",):
            path = ("approval", "status")
        column = table.column(path)
        key = column.key if column else None
        value = _at(raw, path)
        code = type_.rpartition(".")[2]
        if missing:
            reading.wrong(table, number, key, "missing")
        elif permitted := context.get("permitted"):
            allowed = [str(option) for option in permitted]
            near = next(iter(difflib.get_close_matches(str(value), allowed, 1)), "")
            reading.wrong(table, number, key, "choice", value=value, allowed="、".join(allowed), near=near)
        elif code in ("dose", "figure", "no_source", "address", "picture_name", "no_image_alt"):
            reading.wrong(table, number, key, code, **context)
        else:
            reading.wrong(table, number, key, "invalid", value=value, why=fault["msg"])


def _at(raw: Any, path: tuple[int | str, ...]) -> Any:
    for part in path:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            return ""
    return raw


def _check_together(book: Book, lexicon: Lexicon, reading: _Reading) -> None:
    by_name = {table.name: table for table in tables()}
    pictures = [path.name for path in picture_files()]
    for fault in faults(rows_of(book), lexicon.drugs, pictures):
        table = by_name[fault.table]
        column: Column | None = table.column((fault.field,))
        row = reading.rows.get((fault.table, fault.row)) if fault.row else None
        reading.wrong(table, row, column.key if column else None, fault.code, value=fault.value, near=fault.near)
