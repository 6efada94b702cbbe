"""A red flag: what to do now comes first, and nothing else is asked."""

from __future__ import annotations

from houlu.dialogue.scene import Response, Scene


def handle(scene: Scene) -> Response:
    """The emergency reply; the journey waits until the patient says 继续."""
    topic = scene.message.intent
    row = scene.knowledge.emergency(topic)
    flags = tuple(dict.fromkeys((*scene.state.red_flags, topic)))
    scene = scene.with_state(paused=True, red_flags=flags, misses=0, offered=False)
    choices = (scene.choice("continue", act="continue"), scene.choice("expert", act="expert"))
    return Response(scene.state, (scene.reply("emergency", topic, row.text, choices, sources=row.sources),))
