"""What Houlu must not or cannot answer: refused kindly and usefully, or handed to a human."""

from __future__ import annotations

from houlu.dialogue import journey
from houlu.dialogue.scene import Response, Scene
from houlu.knowledge import ids
from houlu.replies import Choice

#: Intents that are handed over under another topic of the contract.
_TOPIC = {"cancer_general": "ask_expert"}


def handle(scene: Scene) -> Response:
    """Refuse or hand over by the topic; offer the expert for what is medical; then the open question again."""
    intent = scene.message.intent
    row = scene.knowledge.refusal(intent, scene.message.text)
    topic = _TOPIC.get(intent, row.topic)
    medical = topic != "non_medical"
    scene = scene.with_state(offered=medical, misses=0)
    choices: tuple[Choice, ...] = (scene.choice("expert", act="expert"),)
    if not medical:
        choices = (scene.choice("tell_case", act="tell_case"),)
    elif scene.phone:
        choices = (*choices, scene.choice("phone", act="phone"))
    kind = "refusal" if topic in ids.REFUSAL_TOPICS else "handoff"
    reply = scene.reply(kind, topic, row.text, choices, sources=row.sources)  # type: ignore[arg-type]
    if intent in ("other_cancer", "other_disease", "non_medical", "self_stop_or_change", "prognosis"):
        return Response(scene.state, (reply,))
    return journey.interrupted(scene, reply)
