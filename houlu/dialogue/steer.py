"""Steering the talk: yes, no, 不清楚, 跳过, 上一步, 重新开始, 继续, another patient, tell me more."""

from __future__ import annotations

from houlu.dialogue import answer, expert, journey
from houlu.dialogue.scene import Response, Scene
from houlu.dialogue.state import State
from houlu.journey.questions import QUESTIONS
from houlu.understanding.profile import Profile


def handle(scene: Scene) -> Response:
    """By the intent; words that also tell facts have been heard already."""
    return _HANDLERS[scene.message.intent](scene)


def affirm(scene: Scene) -> Response:
    """Yes: to the expert's offer, else go on."""
    if scene.state.offered or scene.message.owner == "waiting":
        return expert.ask(scene)
    if scene.state.step == "strategy":
        return _advice(scene)
    if scene.state.asked or scene.state.profile.to_dict():
        return go_on(scene)
    return _still_here(scene)


def deny(scene: Scene) -> Response:
    """No: to the offer; to a question it means that there is nothing of the kind."""
    if scene.state.offered:
        scene = scene.with_state(offered=False)
        return journey.interrupted(scene, scene.reply("smalltalk", "capabilities", scene.text("deny_offer")))
    if scene.state.asked == "rebiopsy" and "rebiopsy" not in scene.heard.said:
        scene = scene.with_state(profile=scene.state.profile.with_(rebiopsy="none"))
        return journey.go_on(scene)
    if scene.state.asked == "findings" and "findings" not in scene.heard.said:
        scene = scene.with_state(profile=scene.state.profile.with_(findings=("none",)))
        return journey.go_on(scene)
    return unknown(scene) if scene.state.asked else _still_here(scene)


def unknown(scene: Scene) -> Response:
    """不清楚 is a real answer."""
    return _pass(scene, "noted_unknown")


def skip(scene: Scene) -> Response:
    """跳过 is a real answer."""
    return _pass(scene, "skipped")


def back(scene: Scene) -> Response:
    """上一步: the question before, with what was known then."""
    trail = scene.state.trail
    if (scene.state.asked and len(trail) < 2) or not trail:
        reply = scene.reply("smalltalk", "capabilities", scene.text("nothing_back"))
        return journey.interrupted(scene, reply)
    slot, before = trail[-2] if scene.state.asked else trail[-1]
    kept = trail[:-2] if scene.state.asked else trail[:-1]
    passed = tuple(p for p in scene.state.passed if p != slot)
    scene = scene.with_state(trail=kept, profile=Profile.from_dict(before), passed=passed, unclear=None)
    return journey.ask(scene, QUESTIONS[slot], scene.text("back"))


def restart(scene: Scene) -> Response:
    """重新开始: nothing of the account stays."""
    return _afresh(scene, "restart")


def change_patient(scene: Scene) -> Response:
    """Somebody else's case: nothing of the first one is mixed in; what this message tells already counts."""
    return _afresh(scene, "change_patient")


def go_on(scene: Scene) -> Response:
    """继续: the open question, the next one, or the strategies."""
    scene = scene.with_state(paused=False, offered=False)
    if not scene.state.profile.to_dict() and scene.state.step is None:
        return journey.go_on(scene)
    if scene.state.step in ("strategy", "advice") and scene.state.asked is None and not scene.heard.said:
        return _advice(scene)
    return journey.go_on(scene, scene.text("continue"))


def _advice(scene: Scene) -> Response:
    told = answer.reply_for(scene, "advice")
    return Response(told.state.with_(step="advice" if scene.state.step == "strategy" else "done"), told.replies)


def _pass(scene: Scene, lead: str) -> Response:
    if scene.state.unclear:
        return journey.go_on(scene.with_state(unclear=None), scene.text(lead))
    slot = scene.state.asked
    if slot is None:
        return _still_here(scene)
    return journey.go_on(scene.with_state(passed=(*scene.state.passed, slot)), scene.text(lead))


def _afresh(scene: Scene, key: str) -> Response:
    profile = scene.heard.profile if key == "change_patient" else Profile()
    scene = scene.with_state(**{**vars(State()), "profile": profile})
    reply = scene.reply("smalltalk", "restart", scene.text(key))
    again = journey.go_on(scene)
    if key == "restart":  # the journey begins anew with the next account
        again = Response(again.state, again.replies)
    return Response(scene.state, (reply,)).then(again)


def _still_here(scene: Scene) -> Response:
    choices = (scene.choice("tell_case", act="tell_case"), scene.choice("expert", act="expert"))
    return journey.interrupted(scene, scene.reply("smalltalk", "capabilities", scene.text("still_here"), choices))


_HANDLERS = {
    "affirm": affirm,
    "deny": deny,
    "unknown": unknown,
    "skip": skip,
    "go_back": back,
    "start_over": restart,
    "change_patient": change_patient,
    "continue": go_on,
    "more": answer.more,
}
