"""The rows of the visit sheet: what to bring, what to ask, and the danger signs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import validator

from houlu.knowledge import ids
from houlu.knowledge.case import Case, holds
from houlu.knowledge.strategies import DOSE, FIGURE, Condition, Strict

if TYPE_CHECKING:
    Gap = str
    Progression = str
else:
    Gap = Literal["driver", "drugs", "progression", "pattern", "rebiopsy", "findings"]
    Progression = Literal[ids.PROGRESSIONS]


class VisitRow(Strict):
    """One line of the sheet. It stands there when all that is given holds.

    applies: alternatives about the case, as in Strategy. gaps: all of these are still unknown.
    progression_any: how the progression was noticed.
    """

    id: str
    section: Literal["bring", "ask", "danger"]
    text: str
    applies: list[Condition] = []
    gaps: list[Gap] = []
    progression_any: list[Progression] = []
    sources: list[str]

    @validator("text")
    def no_dose_and_no_figure(cls, text: str) -> str:
        if found := DOSE.search(text) or FIGURE.search(text):
            raise ValueError(f"has a dose or a figure ({found.group()}); figures stand in the strategy table only")
        return text

    @property
    def particular(self) -> bool:
        """It stands there for some cases only."""
        return bool(self.applies or self.gaps or self.progression_any)

    def fits(self, case: Case, gaps: frozenset[str], progression: str | None) -> bool:
        """Whether it belongs on this case's sheet."""
        return (
            set(self.gaps) <= gaps
            and (not self.progression_any or progression in self.progression_any)
            and (not self.applies or any(holds(condition, case) for condition in self.applies))
        )


def problems(rows: Sequence[VisitRow], sources: Collection[str], drugs: Collection[str]) -> list[str]:
    """What shows only beside the other tables: ids twice, unknown sources and drugs."""
    names = [row.id for row in rows]
    found = [f"visit.yaml: row {name} stands twice" for name in sorted({n for n in names if names.count(n) > 1})]
    for row in rows:
        found += [f"visit.yaml: row {row.id}: unknown source {s}" for s in row.sources if s not in sources]
        named = [drug for c in row.applies for drug in (*c.drugs_any, *c.drugs_none)]
        found += [f"visit.yaml: row {row.id}: unknown drug {drug}" for drug in named if drug not in drugs]
    return found
