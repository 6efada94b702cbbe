"""The rows of the visit sheet: what to bring, what to ask, and the danger signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import validator

from houlu.knowledge import ids
from houlu.knowledge.case import Case, holds
from houlu.knowledge.strategies import DOSE, FIGURE, Condition, DoseError, FigureError, NoSourceError, Reviewed

#: What may be missing on a sheet.
GAPS = ("driver", "drugs", "progression", "pattern", "rebiopsy", "findings")

if TYPE_CHECKING:
    Gap = str
    Progression = str
else:
    Gap = Literal[GAPS]
    Progression = Literal[ids.PROGRESSIONS]


class VisitRow(Reviewed):
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
        if found := DOSE.search(text):
            raise DoseError(found=found.group())
        if found := FIGURE.search(text):
            raise FigureError(found=found.group())
        return text

    @validator("sources")
    def has_source(cls, sources: list[str]) -> list[str]:
        if not sources:
            raise NoSourceError()
        return sources

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
