"""All knowledge in memory, loaded once, checked as a whole."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from houlu.knowledge.case import Case, holds
from houlu.knowledge.files import KnowledgeError, read_rows
from houlu.knowledge.phrases import Phrases
from houlu.knowledge.strategies import Answer, Source, Strategy, Strict
from houlu.understanding.lexicon import Lexicon


class Refusal(Strict):
    """What is said to a topic that is refused or handed over; the first whose cues fit, else the one without."""

    id: str
    topic: str
    kind: Literal["refusal", "handoff"]
    cues: list[str] = []
    text: str
    sources: list[str] = []


class Emergency(Strict):
    """What to do now."""

    topic: str
    text: str
    sources: list[str] = []


@dataclass(frozen=True)
class Knowledge:
    """The tables. Every cross-reference (sources, drugs) has been checked."""

    lexicon: Lexicon
    strategies: list[Strategy]
    answers: list[Answer]
    refusals: list[Refusal]
    emergencies: list[Emergency]
    sources: dict[str, Source]
    phrases: Phrases
    version: str

    @classmethod
    def load(cls, folder: Path) -> Knowledge:
        """Raises KnowledgeError with every problem of every file."""
        problems: list[str] = []

        def rows(pattern: str, model: Any) -> list[Any]:
            found: list[Any] = []
            for path in sorted(folder.glob(pattern)):
                try:
                    found += read_rows(path, model)
                except KnowledgeError as error:
                    problems.extend(error.problems)
            return found

        strategies, answers = rows("strategies/*.yaml", Strategy), rows("answers/*.yaml", Answer)
        refusals, emergencies = rows("refusals.yaml", Refusal), rows("emergencies.yaml", Emergency)
        sources = rows("sources/*.yaml", Source)
        try:
            lexicon = Lexicon.load(folder)
            phrases = Phrases.load(folder / "phrases")
        except KnowledgeError as error:
            raise KnowledgeError([*problems, *error.problems]) from error
        problems += _check(strategies, answers, refusals, emergencies, sources, lexicon)
        if problems:
            raise KnowledgeError(problems)
        by_id = {source.id: source for source in sources}
        return cls(lexicon, strategies, answers, refusals, emergencies, by_id, phrases, version_of(folder))

    @cached_property
    def _cues(self) -> dict[str, re.Pattern[str]]:
        return {}

    def answer(self, topic: str, text: str, case: Case) -> Answer:
        """The answer of a topic that fits the message and the case best: cues and case, cues, case, default."""
        rows = [row for row in self.answers if row.topic == topic]
        fitting = [row for row in rows if self._fits(row, text, case)]
        return max(fitting or rows[-1:], key=lambda row: (bool(row.cues), bool(row.applies), -rows.index(row)))

    def refusal(self, topic: str, text: str) -> Refusal:
        """The refusal or handoff text of a topic for this message."""
        rows = [row for row in self.refusals if row.id.startswith(topic)] or [
            row for row in self.refusals if row.topic == topic
        ]
        own = [row for row in rows if row.cues and self._says(row.cues, text)]
        plain = [row for row in rows if not row.cues]
        return (own or plain or rows)[0]

    def emergency(self, topic: str) -> Emergency:
        """What to do for an emergency topic."""
        return next((row for row in self.emergencies if row.topic == topic), self.emergencies[-1])

    def cite(self, source_ids: list[str]) -> list[dict[str, str | None]]:
        """The contract's list of sources, each once."""
        return [
            {"id": source, "title": self.sources[source].title, "url": self.sources[source].url}
            for source in dict.fromkeys(source_ids)
        ]

    def overdue(self, today: date) -> list[str]:
        """Ids of rows and answers whose review is due."""
        rows: list[Any] = [*self.strategies, *self.answers]
        return [row.id for row in rows if row.review_due and row.review_due < today]

    def _fits(self, row: Answer, text: str, case: Case) -> bool:
        return (not row.cues or self._says(row.cues, text)) and (
            not row.applies or (case.lung and any(holds(condition, case) for condition in row.applies))
        )

    def _says(self, cues: list[str], text: str) -> bool:
        for cue in cues:
            pattern = self._cues.get(cue) or self._cues.setdefault(cue, re.compile(cue))
            if pattern.search(text):
                return True
        return False


def version_of(folder: Path) -> str:
    """A short hash of all knowledge files: the same content has the same version."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _check(
    strategies: list[Strategy],
    answers: list[Answer],
    refusals: list[Refusal],
    emergencies: list[Emergency],
    sources: list[Source],
    lexicon: Lexicon,
) -> list[str]:
    known = {source.id for source in sources}
    problems = [f"sources: id {s} stands twice" for s in _twice([source.id for source in sources])]
    problems += [f"strategies: id {s} stands twice" for s in _twice([row.id for row in strategies])]
    problems += [f"answers: id {s} stands twice" for s in _twice([row.id for row in answers])]
    citing: list[tuple[str, list[str]]] = [(f"Strategy {row.id}", row.sources) for row in strategies]
    citing += [(f"Answer {row.id}", row.sources) for row in answers]
    citing += [(f"Refusal {row.id}", row.sources) for row in refusals]
    citing += [(f"Emergency {row.topic}", row.sources) for row in emergencies]
    problems += [f"{name}: unknown source {s}" for name, cited in citing for s in cited if s not in known]
    for strategy in strategies:
        named = [
            *strategy.drugs,
            *(d for c in (*strategy.applies, *strategy.excludes) for d in (*c.drugs_any, *c.drugs_none)),
        ]
        problems += [f"Strategy {strategy.id}: unknown drug {d}" for d in named if d not in lexicon.drugs]
    cues = [(f"Answer {row.id}", cue) for row in answers for cue in row.cues]
    cues += [(f"Refusal {row.id}", cue) for row in refusals for cue in row.cues]
    for name, cue in cues:
        try:
            re.compile(cue)
        except re.error as error:
            problems.append(f"{name}: cue {cue!r} is no regular expression: {error}")
    return problems


def _twice(names: list[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
