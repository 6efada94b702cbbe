"""Mistakes that show only when the tables are seen together: what is cited, named twice, or missing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from houlu.knowledge import ids
from houlu.knowledge.strategies import Answer, Emergency, Refusal, Source, Strategy
from houlu.knowledge.visit import VisitRow

#: Topics that the dialogue answers without a refusal row.
_WITHOUT_ROW = ("phone",)


@dataclass(frozen=True)
class Fault:
    """One mistake. row: the id, empty when a whole row is missing. near: the allowed value that was perhaps meant."""

    table: str
    code: Literal["twice", "unknown_source", "unknown_drug", "unknown_picture", "no_pattern", "no_row"]
    row: str
    field: str
    value: str
    near: str = ""

    def __str__(self) -> str:
        return _ENGLISH[self.code].format(value=self.value) + (f"; did you mean {self.near}?" if self.near else "")


_ENGLISH = {
    "twice": "{value} stands twice",
    "unknown_source": "unknown source {value}; allowed: the ids in sources/*.yaml",
    "unknown_drug": "unknown drug {value}; allowed: the ids in lexicon/drugs.yaml",
    "unknown_picture": "no picture {value}; allowed: the *.svg files in data/media",
    "no_pattern": "{value!r} is no regular expression",
    "no_row": "no row for {value}",
}


@dataclass(frozen=True)
class Rows:
    """The six tables that clinicians write, in the order of their files."""

    strategies: list[Strategy] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    emergencies: list[Emergency] = field(default_factory=list)
    visit: list[VisitRow] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


def faults(rows: Rows, drugs: Collection[str], pictures: Collection[str]) -> list[Fault]:
    """Every mistake. drugs: the ids of the lexicon. pictures: the file names there are."""
    return [
        *_twice(rows), *_citing(rows), *_naming(rows, drugs), *_drawing(rows, pictures), *_matching(rows),
        *_missing(rows),
    ]


def _twice(rows: Rows) -> Iterator[Fault]:
    tables: list[tuple[str, str, list[str]]] = [
        ("strategies", "id", [row.id for row in rows.strategies]),
        ("answers", "id", [row.id for row in rows.answers]),
        ("refusals", "id", [row.id for row in rows.refusals]),
        ("emergencies", "topic", [row.topic for row in rows.emergencies]),
        ("visit", "id", [row.id for row in rows.visit]),
        ("sources", "id", [row.id for row in rows.sources]),
    ]
    for table, name, found in tables:
        yield from (Fault(table, "twice", id, name, id) for id in sorted({id for id in found if found.count(id) > 1}))


def _citing(rows: Rows) -> Iterator[Fault]:
    known = {source.id for source in rows.sources}
    cited: list[tuple[str, str, list[str]]] = [("strategies", row.id, row.sources) for row in rows.strategies]
    cited += [("answers", row.id, row.sources) for row in rows.answers]
    cited += [("refusals", row.id, row.sources) for row in rows.refusals]
    cited += [("emergencies", row.topic, row.sources) for row in rows.emergencies]
    cited += [("visit", row.id, row.sources) for row in rows.visit]
    for table, id, sources in cited:
        for source in sources:
            if source not in known:
                yield Fault(table, "unknown_source", id, "sources", source, _near(source, known))


def _naming(rows: Rows, drugs: Collection[str]) -> Iterator[Fault]:
    for row in rows.strategies:
        conditions = {"applies": row.applies, "excludes": row.excludes}
        named = {"drugs": row.drugs, **{
            name: [drug for c in given for drug in (*c.drugs_any, *c.drugs_none)] for name, given in conditions.items()
        }}
        for name, wanted in named.items():
            yield from (Fault("strategies", "unknown_drug", row.id, name, d, _near(d, drugs))
                        for d in wanted if d not in drugs)
    conditional: list[tuple[str, Sequence[Answer | VisitRow]]] = [("answers", rows.answers), ("visit", rows.visit)]
    for table, given in conditional:
        for one in given:
            wanted = [drug for c in one.applies for drug in (*c.drugs_any, *c.drugs_none)]
            yield from (Fault(table, "unknown_drug", one.id, "applies", d, _near(d, drugs))
                        for d in wanted if d not in drugs)


def _drawing(rows: Rows, pictures: Collection[str]) -> Iterator[Fault]:
    for row in rows.answers:
        if row.image and row.image not in pictures:
            yield Fault("answers", "unknown_picture", row.id, "image", row.image, _near(row.image, pictures))


def _matching(rows: Rows) -> Iterator[Fault]:
    cues = [("answers", row.id, cue) for row in rows.answers for cue in row.cues]
    cues += [("refusals", row.id, cue) for row in rows.refusals for cue in row.cues]
    for table, id, cue in cues:
        try:
            re.compile(cue)
        except re.error:
            yield Fault(table, "no_pattern", id, "cues", cue)


def _missing(rows: Rows) -> Iterator[Fault]:
    """A patient may ask for any topic: each needs something to say."""
    wanted: list[tuple[str, Iterable[str], set[str]]] = [
        ("answers", ids.IN_SCOPE_TOPICS, {row.topic for row in rows.answers}),
        ("refusals", ids.REFUSAL_TOPICS + ids.HANDOFF_TOPICS, {row.topic for row in rows.refusals}),
        ("emergencies", ids.EMERGENCY_TOPICS, {row.topic for row in rows.emergencies}),
    ]
    for table, topics, have in wanted:
        yield from (Fault(table, "no_row", "", "topic", topic) for topic in topics
                    if topic not in have and topic not in _WITHOUT_ROW)


def _near(value: str, allowed: Collection[str]) -> str:
    return next(iter(difflib.get_close_matches(value, allowed, 1)), "")
