"""What differs between two versions of the tables, for the preview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from houlu.clinician import cells, export
from houlu.clinician.tables import Book, Entry, Table, tables
from houlu.knowledge.phrases import Phrases


@dataclass(frozen=True)
class Change:
    """One difference. fields: (column, old, new) of a changed row, as cells show them; old, new: the file of a row."""

    kind: Literal["added", "removed", "changed", "moved", "reordered"]
    table: Table
    id: str
    old: str = ""
    new: str = ""
    fields: tuple[tuple[str, str, str], ...] = ()


def between(old: Book, new: Book, phrases: Phrases) -> list[Change]:
    """Every difference, table by table."""
    return [change for table in tables() for change in _of_table(table, old[table.name], new[table.name], phrases)]


def _of_table(table: Table, old: list[Entry], new: list[Entry], phrases: Phrases) -> Iterator[Change]:
    before = {getattr(entry.row, table.id): entry for entry in old}
    after = {getattr(entry.row, table.id): entry for entry in new}
    for id, entry in after.items():
        if id not in before:
            yield Change("added", table, id, new=entry.file)
            continue
        if before[id].file != entry.file:
            yield Change("moved", table, id, before[id].file, entry.file)
        if fields := tuple(_fields(table, before[id], entry, phrases)):
            yield Change("changed", table, id, fields=fields)
    for id, entry in before.items():
        if id not in after:
            yield Change("removed", table, id, old=entry.file)
    for file in dict.fromkeys(entry.file for entry in old):
        kept = [id for id, e in before.items() if e.file == file and id in after and after[id].file == file]
        if kept != [id for id, e in after.items() if id in set(kept)]:
            yield Change("reordered", table, "", new=file)


def _fields(table: Table, old: Entry, new: Entry, phrases: Phrases) -> Iterator[tuple[str, str, str]]:
    for column in table.columns:
        before, after = export.value_of(old.row, column), export.value_of(new.row, column)
        if before != after:
            yield column.key, cells.shown(column, before, phrases), cells.shown(column, after, phrases)


def told(change: Change, phrases: Phrases) -> list[str]:
    """One difference in Chinese, line by line."""

    def say(key: str, **values: object) -> str:
        return phrases.text(f"clinician.import.{key}", **values)

    where = {"sheet": export.title(change.table, phrases), "id": change.id, "old": change.old, "new": change.new}
    lines = [say(change.kind, file=change.new or change.old, **where)]
    for key, old, new in change.fields:
        lines.append("    " + say("field", column=export.heading(key, phrases)))
        lines.append("      " + say("old", text=_one_line(old) or say("empty")))
        lines.append("      " + say("new", text=_one_line(new) or say("empty")))
    return lines


def _one_line(text: str) -> str:
    return text.replace("\n", " ⏎ ")
