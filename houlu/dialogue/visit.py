"""就诊清单: says that the sheet is ready. The link is added by the conversations, which know its token."""

from __future__ import annotations

from houlu.dialogue import journey
from houlu.dialogue.scene import Response, Scene

_STEPS = ("strategy", "advice", "done")


def named(scene: Scene) -> bool:
    """Somebody typed the button's title."""
    return scene.state.step in _STEPS and scene.message.text.strip(" 。.") == scene.text("choice.visit_sheet")


def handle(scene: Scene) -> Response:
    """Where the sheet is; before the strategies there is none yet, so the journey goes on."""
    if scene.state.step not in _STEPS:
        return journey.go_on(scene)
    scene = scene.with_state(step="advice" if scene.state.step == "strategy" else scene.state.step, misses=0)
    sources = [source for row in scene.knowledge.visit if row.section != "danger" for source in row.sources]
    choices = (scene.choice("prepare", act="ask", topic="advice"), scene.choice("expert", act="expert"))
    reply = scene.reply("answer", "advice", scene.text("visit_sheet"), choices, sources=sources)
    return journey.interrupted(scene, reply)
