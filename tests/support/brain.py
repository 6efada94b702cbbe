"""A small dialogue engine and red-flag rules for tests of what stands around them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from houlu.replies import Choice, Incoming, Reply, Turn

CUSTOM = {
    "step": "mechanism", "profile": {"driver": "egfr", "drugs": ["gefitinib"], "findings": ["t790m"]}, "sources": [],
    "knowledge_version": "test"}


#: Danger that the rules below are deaf to.
ONLY_THE_BRAIN_HEARS = "满池子红"


class EchoBrain:
    """Repeats what it hears; some words make it do what a real one does."""

    knowledge_version = "test"

    def __init__(self) -> None:
        self.heard: dict[str, list[Incoming]] = {}
        self.down: list[str] = []
        self.speaking = 0
        self.most_speaking = 0

    async def start(self, conversation: str) -> Turn:
        self._fail_when_down()
        self.heard.setdefault(conversation, [])
        choices = (Choice("开始", {"step": 1}),)
        return Turn((Reply("smalltalk", "greeting", "您好，我是AI助手。", choices, custom=CUSTOM),))

    async def turn(self, conversation: str, message: Incoming) -> Turn:
        self._fail_when_down()
        self.heard.setdefault(conversation, []).append(message)
        self.speaking += 1
        self.most_speaking = max(self.most_speaking, self.speaking)
        try:
            return replace(await self._turn(message), memory=f"{message.memory or ''}{message.text} ")
        finally:
            self.speaking -= 1

    async def danger(self, text: str) -> str | None:
        self._fail_when_down()
        return "hemoptysis" if "咯血" in text or ONLY_THE_BRAIN_HEARS in text else None

    def problems(self) -> list[str]:
        return list(self.down)

    def warnings(self) -> list[str]:
        return []

    async def _turn(self, message: Incoming) -> Turn:
        if "坏" in message.text:
            raise RuntimeError(f"cannot cope with {message.text}")
        if danger := await self.danger(message.text):
            return Turn((Rules().reply(danger),))
        if "慢" in message.text:
            await asyncio.sleep(0.3)
        if "哑" in message.text:
            return Turn(())
        if "专家" in message.text:
            reply = Reply("handoff", "ask_expert", "好的。", custom=CUSTOM)
            return Turn((reply,), "open_ticket", message.text, "一位患者")
        if message.text == "不等了":
            return Turn((Reply("handoff", "ask_expert", "好的，取消了。", custom=CUSTOM),), "cancel_ticket")
        choices = (Choice("是", {"slot": "a", "value": True}), Choice("不清楚", {"slot": "a", "value": None}))
        return Turn((Reply("question", "mechanism", f"您说：{message.text}", choices, custom=CUSTOM),))

    def _fail_when_down(self) -> None:
        if self.down:
            raise RuntimeError("down")


@dataclass(frozen=True)
class Flag:
    topic: str


class Rules:
    """One danger sign."""

    def find(self, text: str) -> Flag | None:
        return Flag("hemoptysis") if "咯血" in text else None

    def reply(self, topic: str) -> Reply:
        sources = [{"id": "s1", "title": "指南", "url": None}]
        return Reply("emergency", topic, "马上打120。", custom={"sources": sources})
