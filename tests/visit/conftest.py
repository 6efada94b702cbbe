"""The real knowledge, and a service whose brain stands at the strategies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from houlu.api.app import create_app
from houlu.knowledge.table import Knowledge
from houlu.replies import Incoming, Reply, Turn
from houlu.settings import ROOT, Settings
from houlu.visit.wording import Words
from tests.support.brain import EchoBrain, Rules
from tests.support.databases import Found, finder
from tests.support.patient import Patient
from tests.support.server import served

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT / "data" / "knowledge")


@pytest.fixture(scope="session")
def words(knowledge: Knowledge) -> Words:
    return Words(knowledge.phrases)


@dataclass
class Clock:
    """A time that stands still until somebody moves it."""

    at: datetime = datetime(2026, 11, 22, 20, 0)

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class CaseBrain(EchoBrain):
    """Answers every message from the same step and profile, whatever was said."""

    step: str | None = "strategy"
    profile: dict[str, object] = field(default_factory=lambda: {"driver": "egfr_l858r", "drugs": ["osimertinib"]})

    def __post_init__(self) -> None:
        super().__init__()

    async def _turn(self, message: Incoming) -> Turn:
        custom = {"step": self.step, "profile": self.profile, "sources": [], "knowledge_version": "test"}
        if "专家" in message.text:
            handed_over = Reply("handoff", "ask_expert", "好的。", custom=custom)
            return Turn((handed_over,), "open_ticket", message.text, "一位患者")
        return Turn((Reply("answer", "advice", "好。", custom=custom),))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def brain() -> CaseBrain:
    return CaseBrain()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite:///{tmp_path / 'houlu.db'}"
    return Settings(_env_file=None, database_url=url, rate_limit="off", open_limit="off")


@pytest.fixture
def http(settings: Settings, brain: CaseBrain, clock: Clock) -> Iterator[httpx.Client]:
    with served(create_app(settings, brain, Rules(), clock)) as url, httpx.Client(base_url=url, timeout=20) as client:
        yield client


@pytest.fixture
def patient(http: httpx.Client) -> Patient:
    return Patient(http)


@pytest.fixture
def found(settings: Settings) -> Found:
    """Whether words stand anywhere in the database."""
    return finder(settings.database_url)
