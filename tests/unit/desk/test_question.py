"""The question of a ticket, as whoever takes it reads it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from houlu.api.app import create_app
from houlu.conversations.visitor import Said, Visitor
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules

LONG = "找专家，我想问问放疗的时候药还吃不吃"


@pytest.mark.parametrize(("before", "asks", "question"), [
    ((), "找专家", "找专家"), (("放疗的时候药还吃不吃",), "找专家", "放疗的时候药还吃不吃"),
    (("放疗的时候药还吃不吃", "嗯"), "找专家", "放疗的时候药还吃不吃"), (("放疗的时候药还吃不吃",), LONG, LONG),
    (("放疗的时候药还吃不吃", "开始"), "找专家", "放疗的时候药还吃不吃"),  # 开始 is the title of a quick reply
    (("咯血了",), "找专家", "咯血了"), (("放疗的时候药还吃不吃",), "坏了", "坏了"),
])
async def test_the_question(tmp_path: Path, before: tuple[str, ...], asks: str, question: str) -> None:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'houlu.db'}", rate_limit="off")
    state = create_app(settings, EchoBrain(), Rules()).state.houlu
    state.database.migrate()
    opened = await state.conversations.open(True)
    visitor = Visitor(opened.conversation, opened.token)
    for number, text in enumerate((*before, asks)):
        await state.conversations.say(visitor, Said(str(number), text))
    (ticket,) = state.desk.list()
    assert ticket.question == question
    state.database.close()
