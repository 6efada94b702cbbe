"""Telling facts: the journey's next question, or the strategies when enough is known."""

from __future__ import annotations

from houlu.dialogue import answer, clarify, strategies
from houlu.dialogue.scene import Response, Scene
from houlu.journey.questions import QUESTIONS, UNCONFIRMED, Question, next_question, overtaken
from houlu.replies import Choice, Reply


def handle(scene: Scene) -> Response:
    """Go on with what is known now."""
    if question := clarify.unclear(scene):
        return question
    if asked := answer.also_asked(scene):
        told = answer.reply_for(scene, asked)
        return told.then(go_on(scene.after(told)))
    if not scene.heard.said and scene.state.asked is None and scene.state.step in ("strategy", "advice", "done"):
        return strategies.noted(scene)
    scene = follow(scene)
    if "progression" in scene.heard.said and scene.state.profile.progression in UNCONFIRMED:
        told = answer.reply_for(scene, "confirm_resistance")
        return told.then(go_on(scene.after(told)))
    return go_on(scene)


def follow(scene: Scene) -> Scene:
    """The journey where the patient is, who may be a step ahead of it."""
    gone = overtaken(scene.state.asked, scene.heard.said)
    return scene.with_state(passed=tuple(dict.fromkeys((*scene.state.passed, *gone)))) if gone else scene


def go_on(scene: Scene, lead: str = "") -> Response:
    """The next question, with `lead` before it, or the strategies."""
    scene = scene.with_state(paused=False, misses=0, unclear=None)
    state = scene.state
    question = next_question(state.profile, scene.family, state.passed)
    if question is None:
        return strategies.show(scene, lead=lead)
    return ask(scene, question, lead)


def ask(scene: Scene, question: Question, lead: str = "", *, resumed: bool = False) -> Response:
    """Ask one question of the journey."""
    state = scene.state
    trail = state.trail
    if not trail or trail[-1][0] != question.slot:
        trail = (*trail, (question.slot, state.profile.to_dict()))
    scene = scene.with_state(step=question.step, asked=question.slot, trail=trail[-12:], offered=False)
    text = wording(scene, question)
    if resumed:
        text = scene.text("question.resume", question=text)
    heard = said_back(scene)
    text = "\n".join(part for part in (lead, heard, text) if part)
    return Response(scene.state, (scene.reply("question", question.topic, text, choices(scene, question)),))


def wording(scene: Scene, question: Question) -> str:
    """The question's words; a rising marker alone asks for the scan."""
    return scene.text(f"question.{question.slot}")


def choices(scene: Scene, question: Question) -> tuple[Choice, ...]:
    """The question's own answers, then 不清楚, 跳过 and 上一步."""
    steer = [
        scene.choice("unknown", act="unknown", slot=question.slot),
        scene.choice("skip", act="skip", slot=question.slot),
    ]
    if len(scene.state.trail) > 1:
        steer.append(scene.choice("back", act="back"))
    return (*answers(scene, question), *steer)


def answers(scene: Scene, question: Question) -> tuple[Choice, ...]:
    """The answers that a question offers by itself."""
    own = [scene.choice(key, slot=question.slot, value=value) for key, value in question.choices]
    if question.slot == "driver":
        own = [
            Choice(scene.value(d), {"slot": "driver", "value": d})
            for d in ("egfr", "alk", "ros1", "met_ex14", "her2_mut")
        ]
    if question.slot == "findings" and scene.family == "egfr":
        own = [Choice(scene.value(f), {"slot": "findings", "value": f}) for f in ("t790m", "c797s", "met_amp")] + own
    return tuple(own)


def resume(scene: Scene) -> Response | None:
    """Ask the open question again after an interruption; None when nothing is open."""
    question = QUESTIONS.get(scene.state.asked or "")
    if question is None:
        return None
    upcoming = next_question(scene.state.profile, scene.family, scene.state.passed)
    if upcoming is None:
        return None
    return ask(scene, upcoming, resumed=True)


def interrupted(scene: Scene, *replies: Reply) -> Response:
    """Replies to something else, then the open question again."""
    response = Response(scene.state, replies)
    again = resume(scene)
    return response.then(again) if again else response


def said_back(scene: Scene) -> str:
    """A drug recognised by its sound only is said back."""
    return "\n".join(scene.text("said_back", drug=scene.value(drug)) for drug in scene.heard.heard_as)
