"""The door with a small brain, over HTTP, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from houlu.api.app import create_app
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules
from tests.support.databases import Found, finder, new_database, postgres
from tests.support.patient import Patient
from tests.support.server import served

__all__ = ["postgres"]


@pytest.fixture(scope="module")
def brain() -> EchoBrain:
    return EchoBrain()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    url = new_database(request.param, tmp_path_factory.mktemp("door"), request)
    return Settings(_env_file=None, database_url=url, rate_limit="off", phone="021-12345678", turn_timeout=1)


@pytest.fixture
def found(settings: Settings) -> Found:
    """Whether words stand anywhere in the database."""
    return finder(settings.database_url)


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
