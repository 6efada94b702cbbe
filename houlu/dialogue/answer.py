"""Questions in scope: the answer from the content files, with its sources, then the open question again."""

from __future__ import annotations

from houlu.dialogue.scene import Response, Scene
from houlu.replies import Choice


def handle(scene: Scene) -> Response:
    """Answer the topic that was asked."""
    from houlu.dialogue import clarify, journey

    topic = scene.message.intent
    response = reply_for(scene, topic)
    scene = scene.with_state(
        topic=response.state.topic, answer=response.state.answer, step=response.state.step, misses=0, offered=False
    )
    if clarifying := clarify.unclear(scene):
        return response.then(clarifying)
    if (
        scene.heard.said & {"drugs", "findings", "progression"}
        and scene.state.asked is None
        and scene.state.step is None
    ):
        return response.then(journey.go_on(scene))
    again = journey.resume(scene)
    return response.then(again) if again else response


def reply_for(scene: Scene, topic: str) -> Response:
    """The answer of a topic for this message and case, without going on."""
    row = scene.knowledge.answer(topic, scene.message.text, scene.case)
    step = "advice" if topic == "advice" and scene.state.step in ("strategy", "advice", "done") else scene.state.step
    scene = scene.with_state(topic=topic, answer=row.id, step=step)
    choices = [Choice(suggestion, {"act": "say", "text": suggestion}) for suggestion in row.suggestions[:3]]
    if row.long:
        choices.insert(0, scene.choice("more", act="more"))
    if scene.state.step is None and scene.state.asked is None:
        choices.append(scene.choice("tell_case", act="tell_case"))
    reply = scene.reply("answer", topic, row.short, tuple(choices), sources=row.sources, image=_image(row.image))
    return Response(scene.state, (reply,))


def more(scene: Scene) -> Response:
    """想多了解一点: the longer answer of what was answered last."""
    from houlu.dialogue import journey

    rows = [row for row in scene.knowledge.answers if row.id == scene.state.answer]
    if not rows or not rows[0].long:
        if scene.state.topic == "strategy" and scene.state.shown:
            from houlu.dialogue import strategies

            return strategies.show(scene, start=scene.state.shown)
        reply = scene.reply(
            "handoff", "ask_expert", scene.text("nothing_more"), (scene.choice("expert", act="expert"),)
        )
        return journey.interrupted(scene.with_state(offered=True), reply)
    row = rows[0]
    choices = tuple(Choice(s, {"act": "say", "text": s}) for s in row.suggestions[:3])
    reply = scene.reply("answer", row.topic, row.long, choices, sources=row.sources, image=_image(row.image))
    return journey.interrupted(scene.with_state(misses=0), reply)


def _image(name: str) -> str | None:
    return f"/media/{name}" if name else None
