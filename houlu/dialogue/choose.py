"""A tapped quick reply. An old one corrects the question that it belonged to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from houlu.dialogue import answer, clarify, expert, journey, steer, strategies, visit
from houlu.dialogue.scene import Response, Scene
from houlu.journey.questions import answered
from houlu.understanding.facts.genes import most_exact


def handle(scene: Scene) -> Response:
    """Do what the choice means."""
    means = scene.message.choice or {}
    if "slot" in means and "value" in means:
        return _fill(scene, means["slot"], means["value"])
    act = means.get("act")
    if act in ("unknown", "skip") and (slot := means.get("slot")):
        return (
            steer.unknown(scene.with_state(asked=slot))
            if act == "unknown"
            else steer.skip(scene.with_state(asked=slot))
        )
    if act == "ask":
        return (
            answer.handle(_as_intent(scene, means["topic"]))
            if means["topic"] != "strategy"
            else strategies.handle(_as_intent(scene, "strategy"))
        )
    if act == "settle":
        return _settle(scene, means)
    if act == "drug":
        return _drug(scene, means["drug"])
    return _ACTS.get(str(act), clarify.handle)(scene)


def _fill(scene: Scene, slot: str, value: Any) -> Response:
    profile = answered(scene.state.profile, slot, value)
    passed = tuple(p for p in scene.state.passed if p != slot)
    return journey.go_on(scene.with_state(profile=profile, passed=passed))


def _settle(scene: Scene, means: dict[str, Any]) -> Response:
    term = next(t for t in scene.knowledge.lexicon.ambiguous if t.id == means["term"])
    option = term.options[means["option"]]
    profile = scene.state.profile
    if option.driver:
        profile = profile.with_(driver=option.driver)
    if option.drugs:
        profile = profile.with_(drugs=tuple(dict.fromkeys((*profile.drugs, *option.drugs))))
    if option.gene:
        gene = scene.knowledge.lexicon.genes[option.gene]
        if gene.as_finding and (scene.family not in (None, gene.as_driver) or not gene.as_driver):
            findings = [f for f in profile.findings if f != "none"]
            profile = profile.with_(findings=tuple(most_exact([*findings, str(gene.as_finding)])))
        elif gene.as_driver:
            profile = profile.with_(driver=gene.as_driver)
    return journey.go_on(scene.with_state(profile=profile, unclear=None))


def _drug(scene: Scene, drug: str) -> Response:
    profile = scene.state.profile
    return journey.go_on(scene.with_state(profile=profile.with_(drugs=tuple(dict.fromkeys((*profile.drugs, drug))))))


def _as_intent(scene: Scene, intent: str) -> Scene:
    return replace(scene, message=replace(scene.message, intent=intent))


def _unsettled(scene: Scene) -> Response:
    return journey.go_on(scene.with_state(unclear=None))


def _more_ways(scene: Scene) -> Response:
    return strategies.show(scene, start=scene.state.shown)


_ACTS: dict[str, Callable[[Scene], Response]] = {
    "back": steer.back,
    "continue": steer.go_on,
    "more": answer.more,
    "expert": expert.ask,
    "phone": expert.phone,
    "deny": steer.deny,
    "tell_case": journey.go_on,
    "none": clarify.handle,
    "more_ways": _more_ways,
    "unsettled": _unsettled,
    "visit_sheet": visit.handle,
}
