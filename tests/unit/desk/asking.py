"""A patient who says a few things and then asks for the expert."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from houlu.api.app import create_app
from houlu.conversations.visitor import Said, Visitor
from houlu.desk.tickets import Ticket
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules


async def ticket_after(folder: Path, brain: EchoBrain, said: Sequence[str]) -> Ticket:
    """The one ticket that these messages lead to, on a database in the folder."""
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder / 'houlu.db'}", rate_limit="off")
    state = create_app(settings, brain, Rules()).state.houlu
    state.database.migrate()
    opened = await state.conversations.open(True)
    visitor = Visitor(opened.conversation, opened.token)
    for number, text in enumerate(said):
        await state.conversations.say(visitor, Said(str(number), text))
    (ticket,) = state.desk.list()
    state.database.close()
    return ticket
