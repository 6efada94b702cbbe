"""The tables as a workbook has them: which columns, which kind of cell, which file a row stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import ModelField

from houlu.knowledge.checks import Rows
from houlu.knowledge.files import read_rows
from houlu.knowledge.strategies import Approval, Condition
from houlu.knowledge.table import FILES

Kind = Literal["text", "lines", "numbers", "conditions", "flag", "day"]


@dataclass(frozen=True)
class Column:
    """key: the field, with a part of the approval as `approval_status`. allowed: a closed list, or empty."""

    key: str
    kind: Kind
    allowed: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[str, ...]:
        """Where the value stands in a row."""
        return ("approval", self.key.removeprefix("approval_")) if self.key.startswith("approval_") else (self.key,)


@dataclass(frozen=True)
class Table:
    """One table. id: the field that names a row."""

    name: str
    model: Any
    id: str
    columns: tuple[Column, ...]

    @property
    def in_files(self) -> bool:
        """Its rows stand in several files, so the sheet says which."""
        return "*" in FILES[self.name][0]

    def column(self, path: tuple[Any, ...]) -> Column | None:
        """The column of a place in a row."""
        return next((c for c in self.columns if c.path == tuple(path[: len(c.path)])), None)


@dataclass(frozen=True)
class Entry:
    """A row and the file it stands in (its stem)."""

    file: str
    row: Any


#: The entries of every table in the order of their files.
Book = dict[str, list[Entry]]


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """The tables in the order of the sheets."""
    return tuple(_table(name, model) for name, (_, model) in FILES.items())


def load(folder: Path) -> Book:
    """The tables as the files have them. Raises KnowledgeError for a file that cannot be read."""
    return {
        table.name: [Entry(path.stem, row) for path in paths(folder, table) for row in read_rows(path, table.model)]
        for table in tables()
    }


def paths(folder: Path, table: Table) -> list[Path]:
    """The files of a table."""
    return sorted(folder.glob(FILES[table.name][0]))


def rows_of(book: Book) -> Rows:
    """The rows alone, for the checks across tables."""
    return Rows(**{name: [entry.row for entry in entries] for name, entries in book.items()})


def _table(name: str, model: Any) -> Table:
    fields = model.__fields__
    return Table(name, model, "id" if "id" in fields else "topic", tuple(_columns(fields)))


def _columns(fields: dict[str, ModelField], prefix: str = "") -> Iterator[Column]:
    own = [name for name in fields if name not in ("reviewed_by", "reviewed_on", "review_due")]
    for name in (*own, *(name for name in fields if name not in own)):  # pydantic puts the inherited ones first
        if fields[name].outer_type_ is Approval:
            yield from _columns(Approval.__fields__, "approval_")
        else:
            yield Column(prefix + name, _kind(fields[name].outer_type_), _allowed(fields[name].outer_type_))


def _kind(type_: Any) -> Kind:
    if get_origin(type_) is list:
        of = get_args(type_)[0]
        return "conditions" if of is Condition else "numbers" if of is int else "lines"
    return "flag" if type_ is bool else "day" if type_ is date else "text"


def _allowed(type_: Any) -> tuple[str, ...]:
    return get_args(type_) if get_origin(type_) is Literal else ()
