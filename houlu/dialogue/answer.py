"""Questions in scope: the answer from the content files, with its sources, then the open question again."""

from __future__ import annotations

from houlu.dialogue.scene import Response, Scene
from houlu.knowledge import ids
from houlu.knowledge.pictures import picture_url
from houlu.replies import Choice
from houlu.understanding.clauses import clauses

#: Confidence below which other readings are offered, the share that makes one, and the share of a second question.
SURE, MAYBE, BOTH = 0.35, 0.06, 0.3


def handle(scene: Scene) -> Response:
    """Answer the topic that was asked."""
    from houlu.dialogue import clarify, journey

    response = reply_for(scene, scene.message.intent)
    if second := _second_question(scene):
        response = response.then(reply_for(scene.with_state(picture=response.state.picture), second))
    scene = journey.follow(scene.after(response).with_state(step=response.state.step, misses=0, offered=False))
    if clarifying := clarify.unclear(scene):
        return response.then(clarifying)
    opens = scene.state.asked is None and scene.state.step is None
    if opens and (scene.heard.said & {"drugs", "findings", "progression"} or _tells_of_failure(scene)):
        return response.then(journey.go_on(scene))
    again = journey.resume(scene)
    return response.then(again) if again else response


def _tells_of_failure(scene: Scene) -> bool:
    """「靶向药耐药了 慌」 asks nothing: it opens the journey."""
    asks = any(clause.question for clause in clauses(scene.message.text))
    return scene.message.intent == "confirm_resistance" and scene.message.choice is None and not asks


def reply_for(scene: Scene, topic: str) -> Response:
    """The answer of a topic for this message and case, without going on."""
    row = scene.knowledge.answer(topic, scene.message.text, scene.case)
    step = "advice" if topic == "advice" and scene.state.step in ("strategy", "advice", "done") else scene.state.step
    scene = scene.with_state(topic=topic, answer=row.id, step=step)
    choices = [Choice(suggestion, {"act": "say", "text": suggestion}) for suggestion in row.suggestions[:3]]
    if row.long:
        choices.insert(0, scene.choice("more", act="more"))
    if topic == "advice" and step == "advice":
        choices.append(scene.choice("visit_sheet", act="visit_sheet"))
    choices += _other_readings(scene, topic)
    if scene.state.step is None and scene.state.asked is None:
        choices.append(scene.choice("tell_case", act="tell_case"))
    if not row.image or row.image == scene.state.picture:  # twice the same in a row says nothing new
        return Response(scene.state, (scene.reply("answer", topic, row.short, tuple(choices), sources=row.sources),))
    reply = scene.reply(
        "answer", topic, row.short, tuple(choices), sources=row.sources, image=picture_url(row.image),
        image_alt=row.image_alt,
    )
    return Response(scene.state.with_(picture=row.image), (reply,))


def _second_question(scene: Scene) -> str | None:
    """Another topic that the message asks as clearly: both are answered."""
    for name, _ in scene.message.asked:
        if name not in ("strategy", scene.message.intent):
            return name
    rivals = [(name, p) for name, p in scene.message.ranking if name != scene.message.intent][:1]
    if not rivals or len(clauses(scene.message.text)) < 2 or scene.message.choice is not None:
        return None
    name, share = rivals[0]
    return name if name in ids.IN_SCOPE_TOPICS and name != "strategy" and share >= BOTH else None


def also_asked(scene: Scene) -> str | None:
    """The question at the end of an account: 「耐药了,PD-L1有80%,能不能单用K药」."""
    asks = any(clause.question and clause.about_us for clause in clauses(scene.message.text))
    return _second_question(scene) if asks else None


def _other_readings(scene: Scene, topic: str) -> list[Choice]:
    """What else the message may have meant, one tap away, when the classifier was not sure."""
    if scene.message.confidence >= SURE or scene.message.choice is not None:
        return []
    others = [n for n, p in scene.message.ranking if n in ids.IN_SCOPE_TOPICS and n != topic and p >= MAYBE][:2]
    return [Choice(scene.text(f"topic.{other}"), {"act": "ask", "topic": other}) for other in others]


def more(scene: Scene) -> Response:
    """想多了解一点: the longer answer of what was answered last."""
    from houlu.dialogue import journey, strategies

    rows = [row for row in scene.knowledge.answers if row.id == scene.state.answer]
    if not rows or not rows[0].long:
        if scene.state.topic == "strategy" and scene.state.shown:
            return strategies.further(scene)
        reply = scene.reply(
            "handoff", "ask_expert", scene.text("nothing_more"), (scene.choice("expert", act="expert"),)
        )
        return journey.interrupted(scene.with_state(offered=True), reply)
    row = rows[0]
    choices = tuple(Choice(s, {"act": "say", "text": s}) for s in row.suggestions[:3])
    reply = scene.reply("answer", row.topic, row.long, choices, sources=row.sources)
    return journey.interrupted(scene.with_state(misses=0), reply)
