"""One value in one cell, and back without loss."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell

from houlu.clinician import conditions
from houlu.clinician.tables import Column
from houlu.knowledge.phrases import Phrases

FORMULA_SIGNS = ("=", "+", "-", "@")
#: What Excel can hold in one cell.
LONGEST = 32_767


class CellError(ValueError):
    """A cell that cannot be read. code: of `clinician.error`; values: its places."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def shown(column: Column, value: Any, phrases: Phrases) -> str:
    """A field's value as the text of a cell."""
    if value is None:
        return ""
    if column.kind == "conditions":
        return "\n".join(conditions.say(condition, phrases) for condition in value)
    if column.kind == "lines":
        return "\n".join(value)
    if column.kind == "numbers":
        return "、".join(map(str, value))
    if column.kind == "flag":
        return phrases.text("clinician.is" if value else "clinician.is_not")
    return str(value)


def unfit(column: Column, value: Any, text: str) -> str | None:
    """Why a value cannot stand in a cell, in English for the operator."""
    if column.kind == "lines" and any("\n" in item or not item for item in value):
        return "has an empty item or one of several lines"
    if ILLEGAL_CHARACTERS_RE.search(text) or "\r" in text:
        return "has a control character"
    return "is too long for a cell" if len(text) > LONGEST else None


def put(cell: Cell, text: str) -> None:
    """Write a text that stays a text, whatever it looks like."""
    cell.number_format = "@"
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA_SIGNS)


def take(cell: Cell) -> str:
    """The text of a cell; dates and numbers as they would be written. Raises CellError for a formula or an error."""
    value = cell.value
    if cell.data_type == "f" or (
        isinstance(value, str) and value.lstrip().startswith(FORMULA_SIGNS) and not cell.quotePrefix
    ):
        raise CellError("formula")
    if cell.data_type == "e":
        raise CellError("broken_value", value=value)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def meant(column: Column, text: str, phrases: Phrases) -> Any:
    """The value of a cell's text, which is not empty. Raises CellError."""
    if column.kind == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if column.kind == "conditions":
        return [_condition(line.strip(), phrases) for line in text.split("\n") if line.strip()]
    if column.kind == "numbers":
        return [_number(item) for item in re.split(r"[、,，\s]+", text) if item]
    if column.kind == "flag":
        return _flag(text, phrases)
    return _day(text) if column.kind == "day" else text


def _condition(line: str, phrases: Phrases) -> dict[str, Any]:
    try:
        return conditions.read(line, phrases)
    except conditions.ConditionError as error:
        allowed = "、".join(conditions.labels(phrases))
        raise CellError("condition", value=error.args[0], allowed=allowed) from error


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise CellError("number", value=text)
    return int(text)


def _flag(text: str, phrases: Phrases) -> bool:
    flags = {phrases.text("clinician.is"): True, phrases.text("clinician.is_not"): False, "True": True, "False": False}
    if text not in flags:
        raise CellError("flag", value=text)
    return flags[text]


def _day(text: str) -> date:
    try:
        return datetime.strptime(re.sub("[/.]", "-", text), "%Y-%m-%d").date()
    except ValueError as error:
        raise CellError("day", value=text) from error
