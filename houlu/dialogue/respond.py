"""From a message and the state to the replies: hear it, then let the handler of its act speak."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from houlu.dialogue import (
    answer,
    choose,
    clarify,
    emergency,
    expert,
    journey,
    refuse,
    smalltalk,
    steer,
    strategies,
    visit,
)
from houlu.dialogue.scene import Message, Response, Scene
from houlu.dialogue.state import State
from houlu.journey.questions import QUESTIONS
from houlu.knowledge import ids
from houlu.knowledge.table import Knowledge
from houlu.understanding.clauses import clauses
from houlu.understanding.hear import hear

Handler = Callable[[Scene], Response]

#: The handlers, one module each, by the act that the policy chose.
HANDLERS: dict[str, Handler] = {
    "answer": answer.handle,
    "journey": journey.handle,
    "strategies": strategies.handle,
    "refuse": refuse.handle,
    "emergency": emergency.handle,
    "expert": expert.handle,
    "smalltalk": smalltalk.handle,
    "steer": steer.handle,
    "choose": choose.handle,
    "clarify": clarify.handle,
}
#: The acts of intents that are not simply answered.
ACT_OF = {"inform": "journey", "strategy": "strategies"}
_STEERED = ("start_over", "go_back", "phone", "cancel_wait", "goodbye", "thanks")


def respond(
    act: str,
    state: State,
    message: Message,
    knowledge: Knowledge,
    *,
    today: date,
    phone: str | None = None,
) -> Response:
    """Answer one message.

    act: a key of HANDLERS, chosen by the dialogue policy from the intent.
    """
    scene = _listen(state, message, knowledge, today, phone)
    if message.choice is not None:
        act = "choose"
    elif act == "emergency":
        return emergency.handle(scene)
    elif visit.named(scene):
        return visit.handle(scene)
    elif settled := _settled(scene):
        return settled
    elif _answers_open_question(act, scene):
        act = "journey"
    elif act == "clarify" and (likely := _likely_here(scene)):
        scene, act = replace(scene, message=replace(scene.message, intent=likely)), ACT_OF.get(likely, "answer")
    elif act == "journey" and (other := _tells_nothing(scene)):
        scene, act = replace(scene, message=replace(scene.message, intent=other)), _act_of(other)
    elif _follows_up(act, scene):
        scene, act = _about_last_topic(scene), "answer"
    elif (
        scene.state.paused
        and act in ("journey", "steer")
        and message.intent not in ("continue", "start_over", "change_patient")
    ):
        reply = scene.reply(
            "question", _topic(scene), scene.text("after_emergency"), (scene.choice("continue", act="continue"),)
        )
        return Response(scene.state, (reply,))
    return HANDLERS[act](scene)


def greet(knowledge: Knowledge) -> Response:
    """The first words of a conversation."""
    return smalltalk.first(Scene(knowledge, State(), Message("", "greeting")))


def _listen(state: State, message: Message, knowledge: Knowledge, today: date, phone: str | None) -> Scene:
    scene = Scene(knowledge, state, message, phone=phone)
    if message.choice is not None or message.intent in ("start_over", "non_medical"):
        return replace(scene, heard=replace(scene.heard, profile=state.profile))
    if message.intent == "other_cancer" or (message.intent == "other_disease" and not state.unclear):
        return _listen_to_foreign(scene)
    before = state.profile if message.intent != "change_patient" else type(state.profile)()
    heard = hear(
        before,
        message.text,
        list(message.entities),
        knowledge.lexicon,
        intent=message.intent,
        asked=state.asked,
        today=today,
        unclear=state.unclear,
    )
    return replace(scene, heard=heard, state=state.with_(profile=heard.profile))


def _listen_to_foreign(scene: Scene) -> Scene:
    """Another cancer is remembered only where no lung case is known: the lung patient's profile stays."""
    profile = scene.state.profile
    cancers = [
        e.id for e in scene.message.entities if e.label == "cancer" and not scene.knowledge.lexicon.cancers[e.id].lung
    ]
    lung = any(e.label == "cancer" and scene.knowledge.lexicon.cancers[e.id].lung for e in scene.message.entities)
    if cancers and not (lung or profile.driver or profile.drugs or profile.findings or profile.cancer == "nsclc"):
        profile = profile.with_(cancer=cancers[0])
    return replace(scene.with_state(profile=profile), heard=replace(scene.heard, profile=profile))


def _settled(scene: Scene) -> Response | None:
    """The answer to an ambiguous name, in words: 「写的扩增」 after 「MET阳性」."""
    if not scene.state.unclear:
        return None
    term = next(t for t in scene.knowledge.lexicon.ambiguous if t.id == scene.state.unclear)
    for index, option in enumerate(term.options):
        if option.gene in scene.heard.profile.negative:  # 「没扩增」
            continue
        if any(word in scene.message.text for word in _words(option.title)):
            means = {"act": "settle", "term": term.id, "option": index}
            return choose.handle(replace(scene, message=replace(scene.message, choice=means)))
    if {"driver", "findings", "negative"} & scene.heard.said:
        return journey.go_on(scene)
    return None


def _words(title: str) -> list[str]:
    plain = title.lower().split("（")[0]
    return [plain] + (["跳变", "跳跃"] if "跳变" in plain else [])


def _answers_open_question(act: str, scene: Scene) -> bool:
    """The message fills the open slot, whatever the classifier thinks of its few words."""
    slot = scene.state.asked
    if (
        slot is None
        or scene.message.intent in _STEERED
        or (act == "refuse"
        and len(scene.message.text) > 10)
    ):
        return False
    key = {"drug": "drugs"}.get(slot, slot)
    filled = key in scene.heard.said
    if act == "answer":  # 「抽血」 is an answer here, 「抽血准吗」 is a question
        asks = any(clause.question for clause in clauses(scene.message.text))
        return filled and len(scene.message.text) <= 12 and (scene.message.confidence < 0.6 or not asks)
    return filled and act in ("journey", "steer", "clarify", "strategies", "refuse", "smalltalk")


def _likely_here(scene: Scene) -> str | None:
    """Inside a told case a question without a word of our subject is still ours: 「那现在有哪些法子」."""
    if not scene.state.profile.to_dict():
        return None
    best = next(((name, p) for name, p in scene.message.ranking if name in ACT_OF or name in ids.IN_SCOPE_TOPICS), None)
    return best[0] if best and best[1] >= 0.3 else None


def _tells_nothing(scene: Scene) -> str | None:
    """Taken for facts of the case, but no fact was heard: the next reading, when it is likely (a complaint about a side
    effect tells much and fills nothing)."""
    if scene.heard.said or scene.heard.unclear or scene.heard.unknown_drug or scene.message.intent != "inform":
        return None
    others = [(n, p) for n, p in scene.message.ranking if n != "inform" and n not in ids.EMERGENCY_TOPICS][:1]
    return others[0][0] if others and others[0][1] >= 0.12 and _act_of(others[0][0]) else None


def _act_of(intent: str) -> str:
    """The act of an intent that may replace a mistaken one; empty for those that steer the talk."""
    if intent in ids.IN_SCOPE_TOPICS:
        return ACT_OF.get(intent, "answer")
    refused = (*ids.REFUSAL_TOPICS, *ids.HANDOFF_TOPICS, "cancer_general")
    return "refuse" if intent in refused and intent not in ("ask_expert", "phone") else ""


def _follows_up(act: str, scene: Scene) -> bool:
    """「那准不准呢」: a short question without a subject of its own is about the last answer."""
    words = scene.message.text
    return (
        scene.state.topic is not None
        and scene.state.topic != "strategy"
        and len(words) <= 9
        and bool(_POINTS_BACK.search(words))
        and (not _COSTS.search(words) or scene.state.topic in _TESTS)
        and (
            act in ("clarify", "journey")
            or (scene.message.confidence < 0.5
            and act in ("answer", "strategies", "refuse"))
        )
        and not scene.heard.said
    )


_POINTS_BACK = re.compile(
    r"^(?:那|这|它|哪|咁|嗰)|呢$|吗$|不准|准不|咋弄|怎么弄|要多久|贵不|疼不|痛不|有用没|靠谱不|安全不|多久|多少钱|行不"
)


#: 「那多少钱」 after a test is about its price; after a drug it is not the drug's answer once more.
_COSTS = re.compile(r"多少钱|贵|几钱|几多钱|收费")
_TESTS = ("rebiopsy_why", "rebiopsy_how", "test_cost")


def _about_last_topic(scene: Scene) -> Scene:
    topic = "test_cost" if _COSTS.search(scene.message.text) else str(scene.state.topic)
    return replace(scene, message=replace(scene.message, intent=topic))


def _topic(scene: Scene) -> str:
    question = QUESTIONS.get(scene.state.asked or "")
    return question.topic if question else "confirm_resistance"
