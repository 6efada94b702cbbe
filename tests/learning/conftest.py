"""A served door whose brain is unsure on request, and the learn command on the same database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from houlu.cli import app
from houlu.learning import command
from houlu.learning.shelf import Shelf
from houlu.replies import Choice, Incoming, Reply, Turn
from houlu.settings import Settings, get_settings
from tests.api.conftest import found, http, patient, settings, stranger, url
from tests.support.brain import CUSTOM, EchoBrain
from tests.support.databases import postgres

__all__ = ["found", "http", "patient", "postgres", "settings", "stranger", "url"]

Learn = Callable[..., Result]
_REPLIES = {
    "啥": Reply("clarify", "strategy", "您问的是？", (Choice("下一步怎么办"), Choice("为什么耐药")), custom=CUSTOM),
    "外": Reply("handoff", "nutrition", "这个要问营养科。", custom=CUSTOM),
    "烦": Reply("handoff", "ask_expert", "要不要问专家？", custom=CUSTOM),
}


class UnsureBrain(EchoBrain):
    """Asks back, hands over or offers the expert when a word says so."""

    async def _turn(self, message: Incoming) -> Turn:
        unsure = (reply for word, reply in _REPLIES.items() if word in message.text)
        if await self.danger(message.text) is None and (reply := next(unsure, None)):
            return Turn((reply,))
        return await super()._turn(message)


@pytest.fixture(scope="module")
def brain() -> UnsureBrain:
    return UnsureBrain()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "nlu").mkdir()
    for intent in ("strategy", "mechanism", "nutrition"):
        text = f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n      - {intent}的例子\n'
        (tmp_path / "nlu" / f"{intent}.yml").write_text(text, encoding="utf-8")
    return Shelf(tmp_path / "nlu", tmp_path / "reviewed.txt", tmp_path / "voices.tsv")


@pytest.fixture
def since() -> date | None:
    return date(2020, 1, 1)


@pytest.fixture
def learn(
    settings: Settings, shelf: Shelf, since: date | None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Learn]:
    """`houlu learn ...` with what is typed."""
    monkeypatch.setenv("HOULU_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("HOULU_LEARN_SINCE", since.isoformat() if since else "")
    monkeypatch.setattr(command, "_shelf", lambda: shelf)
    monkeypatch.setattr(command, "_model", lambda: lambda text: [("mechanism", 0.6), ("strategy", 0.3)])
    get_settings.cache_clear()
    yield lambda *arguments, typed="": CliRunner().invoke(app, ["learn", *arguments], input=typed)
    get_settings.cache_clear()
