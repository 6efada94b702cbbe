"""The door with a small brain, over HTTP, on a real SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from houlu.api.app import create_app
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules
from tests.support.patient import Patient
from tests.support.server import served


@pytest.fixture(scope="module")
def brain() -> EchoBrain:
    return EchoBrain()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    file = tmp_path_factory.mktemp("door") / "houlu.db"
    return Settings(_env_file=None, database_url=f"sqlite:///{file}", rate_limit="off", phone="021-12345678",
                    turn_timeout=1)


@pytest.fixture(scope="module")
def database_file(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


@pytest.fixture(scope="module")
def url(settings: Settings, brain: EchoBrain) -> Iterator[str]:
    with served(create_app(settings, brain, Rules())) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=20) as client:
        yield client


@pytest.fixture
def patient(http: httpx.Client) -> Patient:
    return Patient(http)


@pytest.fixture
def stranger(http: httpx.Client) -> Patient:
    """Somebody who has not agreed to anything."""
    return Patient(http, consent=False)
