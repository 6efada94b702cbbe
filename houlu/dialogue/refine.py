"""The optional question under the strategies: one tap, and they fit better."""

from __future__ import annotations

from houlu.dialogue import journey
from houlu.dialogue.scene import Scene
from houlu.journey.questions import QUESTIONS, answered, next_question
from houlu.journey.refine import askable, most_telling
from houlu.knowledge.matcher import match
from houlu.replies import Choice


def question(scene: Scene) -> tuple[str, tuple[Choice, ...]]:
    """Its words and answers; both empty while the journey still asks, and when no answer would change the rows."""
    state = scene.state
    if next_question(state.profile, scene.family, state.passed):
        return "", ()
    answers = {q.slot: journey.answers(scene, q) for q in askable(state.profile, scene.family, state.passed)}
    best = most_telling({slot: [_rows(scene, slot, one) for one in given] for slot, given in answers.items()})
    if best is None:
        return "", ()
    return scene.text("strategies.refine", question=journey.wording(scene, QUESTIONS[best])), answers[best]


def _rows(scene: Scene, slot: str, answer: Choice) -> frozenset[str]:
    profile = answered(scene.state.profile, slot, answer.means["value"])
    case = scene.with_state(profile=profile).case
    return frozenset(m.row.id for m in match(scene.knowledge.strategies, case))
