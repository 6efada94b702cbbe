"""Concepts in a message (it grew, it no longer works, test again ...), whatever words the family has for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from houlu.knowledge.files import read_rows
from houlu.knowledge.strategies import Strict


class Cue(Strict):
    """One concept of `lexicon/cues.yaml`."""

    id: str = Field(regex=r"^[a-z]+$")
    note: str
    words: list[str] = Field(min_items=1)


class Cues:
    """Finds the concepts of a normalised text."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._said = {name: re.compile("|".join(map(re.escape, some))) for name, some in words.items()}

    @classmethod
    def load(cls, knowledge: Path) -> Cues:
        """From the knowledge folder. Raises KnowledgeError."""
        return cls({cue.id: cue.words for cue in read_rows(knowledge / "lexicon" / "cues.yaml", Cue)})

    def __call__(self, text: str) -> tuple[str, ...]:
        """Their ids, in the order of the file."""
        return tuple(name for name, said in self._said.items() if said.search(text))
