"""Answers that experts give again and again, from data/desk, found by words, pinyin or pinyin initials."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, Extra
from pypinyin import Style, lazy_pinyin

from houlu.knowledge.files import KnowledgeError, read_rows


class CannedRow(BaseModel):
    """One answer. sources: ids of data/knowledge/sources."""

    id: str
    group: str
    title: str
    text: str
    sources: list[str] = []

    class Config:
        """A misspelt field is a mistake."""

        extra = Extra.forbid


@dataclass(frozen=True)
class _Keys:
    title: str
    text: str
    full: str
    initials: str

    @classmethod
    def of(cls, row: CannedRow) -> _Keys:
        title = "".join(char for char in row.title.lower() if char.isalnum())
        syllables = lazy_pinyin(title)
        initials = lazy_pinyin(title, style=Style.FIRST_LETTER)
        return cls(row.title.lower(), row.text.lower(), "".join(syllables), "".join(initials))

    def rank(self, words: str) -> int:
        """0 is best; -1 is no match."""
        plain = words.replace(" ", "")
        tests = (
            self.title.startswith(words), self.initials.startswith(plain), words in self.title, plain in self.initials,
            self.full.startswith(plain), plain in self.full, words in self.text)
        return next((place for place, hit in enumerate(tests) if hit), -1)


class CannedAnswers:
    """All of a folder."""

    def __init__(self, rows: list[CannedRow]) -> None:
        self.rows = {row.id: row for row in rows}

    @classmethod
    def load(cls, folder: Path) -> CannedAnswers:
        """Read every YAML file. Raises KnowledgeError with every mistake."""
        rows: list[CannedRow] = []
        problems: list[str] = []
        for path in sorted(folder.glob("*.yaml")):
            try:
                rows += read_rows(path, CannedRow)
            except KnowledgeError as error:
                problems += error.problems
        seen: set[str] = set()
        for row in rows:
            problems += [f"{folder}: row {row.id}: the id stands twice"] if row.id in seen else []
            seen.add(row.id)
        if problems:
            raise KnowledgeError(problems)
        return cls(rows)

    @cached_property
    def _keys(self) -> dict[str, _Keys]:
        return {row.id: _Keys.of(row) for row in self.rows.values()}

    def search(self, words: str) -> list[CannedRow]:
        """Best first; all in their order without words."""
        sought = words.strip().lower()
        if not sought:
            return list(self.rows.values())
        ranked = [(self._keys[row.id].rank(sought), row) for row in self.rows.values()]
        return [row for rank, row in sorted(ranked, key=lambda pair: pair[0]) if rank >= 0]
