"""The knowledge as the page shows it: every row as a patient would get it, with what the clinician must know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from houlu.clinician import conditions, names
from houlu.clinician.review import is_overdue
from houlu.dialogue import strategies
from houlu.dialogue.scene import Message, Scene
from houlu.dialogue.state import State
from houlu.knowledge.pictures import picture_url
from houlu.knowledge.strategies import Answer, Condition, Emergency, Refusal, Reviewed, Strategy
from houlu.knowledge.table import Knowledge
from houlu.knowledge.visit import VisitRow

#: Marks that the page can be filtered by.
MARKS = ("overdue", "unverified", "unreviewed", "no_source")


@dataclass(frozen=True)
class Card:
    """One row. title, labels: of what kind it is. marks: keys of `clinician.mark`. parts: (heading, text).
    image: where the picture is that goes with the text, image_alt: what it says; empty when there is none."""

    id: str
    title: str
    labels: tuple[str, ...]
    marks: tuple[str, ...]
    text: str
    parts: tuple[tuple[str, str], ...]
    sources: tuple[dict[str, str | None], ...]
    note: str = ""
    image: str = ""
    image_alt: str = ""


@dataclass(frozen=True)
class Filter:
    """What to show; an empty field shows all."""

    driver: str = ""
    drug: str = ""
    finding: str = ""
    category: str = ""
    role: str = ""
    topic: str = ""
    mark: str = ""

    @property
    def about_a_case(self) -> bool:
        """It asks for rows with conditions."""
        return bool(self.driver or self.drug or self.finding)

    @property
    def only_strategies(self) -> bool:
        """It asks for what only a strategy has."""
        return bool(self.category or self.role)


class View:
    """Makes cards of rows."""

    def __init__(self, knowledge: Knowledge, today: date) -> None:
        self._knowledge = knowledge
        self._today = today
        self._scene = Scene(knowledge, State(), Message("", "strategy"))
        self._makers: dict[Any, Callable[[Any], Card]] = {
            Strategy: self.strategy, Answer: self.answer, Refusal: self.refusal, Emergency: self.emergency,
            VisitRow: self.visit,
        }

    def sections(self, wanted: Filter) -> list[tuple[str, list[Card]]]:
        """(table, cards) of everything that the filter lets through; tables without a card are left out."""
        tables = self._knowledge.rows
        rows: dict[str, Iterable[Any]] = {
            "emergencies": tables.emergencies, "strategies": tables.strategies, "answers": tables.answers,
            "refusals": tables.refusals, "visit": tables.visit,
        }
        found = [(name, list(self._cards(rows[name], wanted))) for name in rows]
        return [(name, cards) for name, cards in found if cards]

    def strategy(self, row: Strategy) -> Card:
        """A row of the strategy table."""
        say = self._text
        marks = [] if row.verified else ["unverified"]
        marks += ["approval_unverified"] if not row.approval.verified else []
        marks += ["no_source"] if not row.sources else []
        marks += ["context"] if row.role == "context" else []
        parts = [
            (say("page.evidence"), strategies.evidence(self._scene, row)),
            (say("page.approval"), strategies.approval(self._scene, row)),
            (say("page.side_effects"), "\n".join(row.side_effects)),
            (say("page.applies"), self.conditions(row.applies)), (say("page.excludes"), self.conditions(row.excludes)),
        ]
        labels = (self.name(row.role), self.name(row.category), row.evidence_level)
        return self._card(row, row.id, row.regimen, labels, marks, row.summary, parts)

    def answer(self, row: Answer) -> Card:
        """An answer, short and long."""
        say = self._text
        parts = [
            (say("page.image"), row.image), (say("page.image_alt"), row.image_alt),
            (say("page.more"), row.long), (say("page.suggestions"), "\n".join(row.suggestions)),
            (say("page.cues"), "\n".join(row.cues)), (say("page.applies"), self.conditions(row.applies)),
        ]
        marks = [] if row.verified else ["unverified"]
        card = self._card(row, row.id, self.name(row.topic), (), marks, row.short, parts)
        return replace(card, image=picture_url(row.image), image_alt=row.image_alt) if row.image else card

    def refusal(self, row: Refusal) -> Card:
        """What is said to what Houlu does not answer."""
        parts = [(self._text("page.cues"), "\n".join(row.cues))]
        return self._card(row, row.id, self.name(row.topic), (self.name(row.kind),), [], row.text, parts)

    def emergency(self, row: Emergency) -> Card:
        """What to do now."""
        return self._card(row, row.topic, self.name(row.topic), (), [], row.text, [])

    def visit(self, row: VisitRow) -> Card:
        """A line of the visit sheet."""
        parts = [
            (self._text("page.applies"), self.conditions(row.applies)),
            (self._text("column.gaps"), "、".join(self.name(gap) for gap in row.gaps)),
            (self._text("column.progression_any"), "、".join(self.name(one) for one in row.progression_any)),
        ]
        return self._card(row, row.id, self.name(row.section), (), [], row.text, parts)

    def conditions(self, given: list[Condition]) -> str:
        """Conditions in words, one a line."""
        return "\n".join(conditions.say(condition, self._knowledge.phrases, self.name) for condition in given)

    def name(self, item: str) -> str:
        """An id in Chinese."""
        return names.name(item, self._knowledge.phrases, self._knowledge.lexicon)

    def _cards(self, rows: Iterable[Any], wanted: Filter) -> Iterator[Card]:
        for row in rows:
            if _lets_through(wanted, row):
                card = self._makers[type(row)](row)
                if not wanted.mark or wanted.mark in card.marks:
                    yield card

    def _card(
        self, row: Any, id: str, title: str, labels: tuple[str, ...], marks: list[str], text: str,
        parts: list[tuple[str, str]],
    ) -> Card:
        found = [*(["overdue"] if is_overdue(row, self._today) else []), *([] if row.reviewed_by else ["unreviewed"])]
        given = tuple((heading, said) for heading, said in (*parts, self._review(row)) if said)
        sources = tuple(self._knowledge.cite(row.sources))
        return Card(id, title, labels, (*found, *marks), text, given, sources)

    def _review(self, row: Reviewed) -> tuple[str, str]:
        due = row.review_due or self._text("page.no_day")
        if not row.reviewed_by:
            return self._text("page.review"), self._text("page.never_reviewed", due=due)
        on = row.reviewed_on or self._text("page.no_day")
        return self._text("page.review"), self._text("page.reviewed", by=row.reviewed_by, on=on, due=due)

    def _text(self, key: str, **values: object) -> str:
        return self._knowledge.phrases.text(f"clinician.{key}", **values)


def with_note(card: Card, note: str) -> Card:
    """A card with a remark of its own."""
    return replace(card, note=note)


def _lets_through(wanted: Filter, row: Any) -> bool:
    if isinstance(row, Strategy):
        fits = wanted.category in ("", row.category) and wanted.role in ("", row.role) and not wanted.topic
        return fits and _about(wanted, row.applies, row.drugs)
    if wanted.only_strategies or wanted.topic not in ("", getattr(row, "topic", None)):
        return False
    if wanted.about_a_case:
        return isinstance(row, (Answer, VisitRow)) and bool(row.applies) and _about(wanted, row.applies, [])
    return True


def _about(wanted: Filter, applies: list[Condition], drugs: list[str]) -> bool:
    """A condition may hold for the driver, and names the finding; the row gives the drug or follows it."""
    return (
        (not wanted.driver or any(not c.driver or wanted.driver in c.driver for c in applies))
        and (not wanted.finding or any(wanted.finding in (*c.findings_any, *c.findings_all) for c in applies))
        and (not wanted.drug or wanted.drug in drugs or any(wanted.drug in c.drugs_any for c in applies))
    )
