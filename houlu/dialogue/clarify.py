"""When it is not clear what was meant: ask, never guess; after three misses offer a human."""

from __future__ import annotations

from houlu.dialogue.scene import Response, Scene
from houlu.knowledge import ids
from houlu.replies import Choice

MISSES = 3


def unclear(scene: Scene) -> Response | None:
    """A question about an ambiguous name in the message, or None when all is clear."""
    from houlu.dialogue import journey

    if scene.heard.unknown_drug:
        return _which_drug(scene, *scene.heard.unknown_drug)
    term = scene.heard.unclear
    if term is None:
        return None
    options = [
        Choice(option.title, {"act": "settle", "term": term.id, "option": i}) for i, option in enumerate(term.options)
    ]
    choices = (*options, scene.choice("unknown", act="unsettled"))
    scene = scene.with_state(unclear=term.id, misses=0, step=scene.state.step or "progression")
    reply = scene.reply("clarify", term.topic, "\n".join(t for t in (journey.said_back(scene), term.ask) if t), choices)
    return Response(scene.state, (reply,))


def handle(scene: Scene) -> Response:
    """A message that was not understood."""
    scene = scene.with_state(misses=scene.state.misses + 1)
    if scene.state.misses >= MISSES:
        return _offer(scene)
    topics = [name for name, share in scene.message.ranking if name in ids.IN_SCOPE_TOPICS and share > 0.04][:3]
    if len(topics) < 2:
        return _not_understood(scene)
    choices = [Choice(scene.text(f"topic.{topic}"), {"act": "ask", "topic": topic}) for topic in topics]
    choices.append(scene.choice("none_of_these", act="none"))
    reply = scene.reply("clarify", topics[0], scene.text("clarify.topic"), tuple(choices))
    return Response(scene.state, (reply,))


def _not_understood(scene: Scene) -> Response:
    from houlu.dialogue import journey

    reply = scene.reply(
        "handoff",
        "non_medical",
        scene.text("clarify.nothing"),
        (scene.choice("tell_case", act="tell_case"), scene.choice("expert", act="expert")),
    )
    return journey.interrupted(scene, reply)


def _offer(scene: Scene) -> Response:
    scene = scene.with_state(offered=True, misses=0)
    choices = (scene.choice("expert", act="expert"), scene.choice("not_now", act="deny"))
    return Response(scene.state, (scene.reply("handoff", "ask_expert", scene.text("clarify.offer"), choices),))


def _which_drug(scene: Scene, name: str, near: str) -> Response:
    drugs = [drug for drug in near.split("|") if drug]
    scene = scene.with_state(misses=0, step=scene.state.step or "progression", asked=scene.state.asked or "drug")
    if not drugs:
        return Response(
            scene.state, (scene.reply("clarify", "strategy", scene.text("clarify.drug_unknown", name=name)),)
        )
    choices = [Choice(scene.value(drug), {"act": "drug", "drug": drug}) for drug in drugs]
    choices.append(scene.choice("none_of_these", act="none"))
    return Response(
        scene.state, (scene.reply("clarify", "strategy", scene.text("clarify.drug", name=name), tuple(choices)),)
    )
