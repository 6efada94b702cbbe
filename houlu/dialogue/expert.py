"""A human, please: 向专家提问, the telephone, 不等了."""

from __future__ import annotations

from houlu.dialogue.scene import Response, Scene


def handle(scene: Scene) -> Response:
    """By the intent: ask_expert opens a ticket (or tells how it stands), phone tells the number, cancel_wait ends."""
    return {"phone": phone, "cancel_wait": cancel}.get(scene.message.intent, ask)(scene)


def ask(scene: Scene) -> Response:
    """Open a ticket; while one is open, say how it stands."""
    scene = scene.with_state(offered=False, misses=0)
    waiting = scene.message.owner == "waiting"
    text = scene.text("expert.status" if waiting else "expert.confirm")
    reply = scene.reply("handoff", "ask_expert", text)
    return Response(scene.state, (reply,), "open_ticket", scene.message.text)


def phone(scene: Scene) -> Response:
    """The helpline, or that there is none."""
    text = scene.text("phone.offered", phone=scene.phone) if scene.phone else scene.text("phone.none")
    return Response(scene.state, (scene.reply("handoff", "phone", text, (scene.choice("expert", act="expert"),)),))


def cancel(scene: Scene) -> Response:
    """不等了."""
    waiting = scene.message.owner == "waiting"
    text = scene.text("expert.cancelled" if waiting else "expert.nothing_to_cancel")
    reply = scene.reply("handoff", "ask_expert", text)
    return Response(scene.state.with_(offered=False), (reply,), "cancel_ticket" if waiting else None)
