"""Why a ticket was opened, as the queue shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from houlu.replies import Incoming, Reply, Turn
from tests.support.brain import CUSTOM, EchoBrain
from tests.unit.desk.asking import ticket_after

REPLIES = {
    "啥": Reply("clarify", "strategy", "您问的是？", custom=CUSTOM),
    "烦": Reply("handoff", "ask_expert", "我连着几次没听懂，要不要问专家？", custom=CUSTOM),
    "外": Reply("handoff", "nutrition", "这个要问营养科。", custom=CUSTOM),
    "拒": Reply("refusal", "prognosis", "这个我不能说。", custom=CUSTOM),
    "险": Reply("emergency", "hemoptysis", "马上打120。", custom=CUSTOM),
}


class Brain(EchoBrain):
    """Says what a word stands for."""

    async def _turn(self, message: Incoming) -> Turn:
        reply = REPLIES.get(message.text)
        return Turn((reply,)) if reply else await super()._turn(message)


@pytest.mark.parametrize(("before", "asks", "reason", "urgent"), [
    ((), "找专家", "asked", False), (("你好",), "找专家", "asked", False), (("外",), "找专家", "outside_scope", False),
    (("拒",), "找专家", "outside_scope", False), (("啥", "啥", "烦"), "找专家", "misunderstood", False),
    (("啥",), "找专家", "misunderstood", False), (("外", "你好"), "找专家", "asked", False),
    (("险",), "找专家", "emergency", True), (("你好",), "坏了", "failure", False), (("拒",), "坏了", "failure", False),
])
async def test_the_reason(tmp_path: Path, before: tuple[str, ...], asks: str, reason: str, urgent: bool) -> None:
    ticket = await ticket_after(tmp_path, Brain(), (*before, asks))
    assert (ticket.opened_for, ticket.urgent) == (reason, urgent)
