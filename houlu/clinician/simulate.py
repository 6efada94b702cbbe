"""A case tried out: the rows in order with the reason for each, and what keeps the others away."""

from __future__ import annotations

from dataclasses import dataclass

from houlu.clinician.view import Card, View, with_note
from houlu.dialogue.scene import Message, Scene
from houlu.dialogue.state import State
from houlu.dialogue.strategies import why
from houlu.knowledge.case import Case, holds
from houlu.knowledge.matcher import match
from houlu.knowledge.strategies import Strategy
from houlu.knowledge.table import Knowledge
from houlu.understanding.profile import Profile


@dataclass(frozen=True)
class Trial:
    """What a case gets. family: the driver that the rows are matched with. left_out: rows that an exclusion or the
    lack of a source keeps away, with the reason as their note."""

    family: str
    options: list[Card]
    cautions: list[Card]
    left_out: list[Card]


def tried(profile: Profile, knowledge: Knowledge, view: View) -> Trial:
    """The rows for a profile."""
    scene = Scene(knowledge, State(profile=profile), Message("", "strategy"))
    case = scene.case

    def cards(role: str) -> list[Card]:
        return [with_note(view.strategy(m.row), why(scene, m)) for m in match(knowledge.strategies, case, role)]

    left_out = [
        with_note(view.strategy(row), reason)
        for row in knowledge.strategies
        if row.role != "context" and case.lung and (reason := _kept_away(row, case, view, knowledge))
    ]
    return Trial(view.name(case.family) if case.family else "", cards("option"), cards("caution"), left_out)


def _kept_away(row: Strategy, case: Case, view: View, knowledge: Knowledge) -> str:
    """Why a row that applies is not shown; empty when it is shown or does not apply."""
    if not any(holds(condition, case) for condition in row.applies):
        return ""
    say = knowledge.phrases.text
    against = [condition for condition in row.excludes if holds(condition, case)]
    reasons = [say("clinician.page.because", condition=view.conditions([condition])) for condition in against]
    reasons += [say("clinician.page.withheld")] if not row.sources else []
    return "\n".join(reasons)
