"""Greeting, thanks, goodbye, what can you do."""

from __future__ import annotations

from houlu.dialogue import journey
from houlu.dialogue.scene import Response, Scene


def handle(scene: Scene) -> Response:
    """A short kind answer; a greeting takes the journey up again."""
    intent = scene.message.intent
    key = "greeting.again" if intent == "greeting" else intent
    choices = (
        ()
        if intent in ("thanks", "goodbye")
        else (
            scene.choice("tell_case", act="tell_case"),
            scene.choice("expert", act="expert"),
        )
    )
    reply = scene.reply("smalltalk", intent, scene.text(key), choices)
    scene = scene.with_state(misses=0)
    if intent == "greeting":
        return journey.interrupted(scene, reply)
    return Response(scene.state, (reply,))


def first(scene: Scene) -> Response:
    """The first words of a conversation."""
    choices = (scene.choice("tell_case", act="tell_case"), scene.choice("expert", act="expert"))
    return Response(scene.state, (scene.reply("smalltalk", "greeting", scene.text("greeting.first"), choices),))
