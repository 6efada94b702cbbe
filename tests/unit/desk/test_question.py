"""The question of a ticket, as whoever takes it reads it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.brain import EchoBrain
from tests.unit.desk.asking import ticket_after

LONG = "找专家，我想问问放疗的时候药还吃不吃"


@pytest.mark.parametrize(("before", "asks", "question"), [
    ((), "找专家", "找专家"), (("放疗的时候药还吃不吃",), "找专家", "放疗的时候药还吃不吃"),
    (("放疗的时候药还吃不吃", "嗯"), "找专家", "放疗的时候药还吃不吃"), (("放疗的时候药还吃不吃",), LONG, LONG),
    (("放疗的时候药还吃不吃", "开始"), "找专家", "放疗的时候药还吃不吃"),  # 开始 is the title of a quick reply
    (("咯血了",), "找专家", "咯血了"), (("放疗的时候药还吃不吃",), "坏了", "坏了"),
])
async def test_the_question(tmp_path: Path, before: tuple[str, ...], asks: str, question: str) -> None:
    ticket = await ticket_after(tmp_path, EchoBrain(), (*before, asks))
    assert ticket.question == question
