"""The real thing for every test that talks with it: the trained model, the guard and the door, loaded once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI

from houlu import launch, log
from houlu.api.app import create_app
from houlu.brain import Brain
from houlu.conversations.danger import RedFlags
from houlu.settings import Settings, get_settings
from tests.support.patient import Patient
from tests.support.server import served

PHONE = "021-12345678"


@dataclass(frozen=True)
class Whole:
    """The loaded parts; a door is cheap."""

    settings: Settings
    brain: Brain
    guard: RedFlags

    def app(self, **changes: object) -> FastAPI:
        """The application, with some settings changed."""
        return create_app(self.settings.copy(update=changes), self.brain, self.guard)


@pytest.fixture(scope="session")
def service_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database of `service`: conversations, tickets and Rasa's tracker."""
    return f"sqlite:///{tmp_path_factory.mktemp('service') / 'houlu.db'}"


@pytest.fixture(scope="session")
def whole(service_database: str) -> Iterator[Whole]:
    """What `houlu serve` puts together before it opens the door, on a database of its own."""
    url = service_database
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOULU_PHONE", PHONE)
        get_settings.cache_clear()  # the actions read the same settings
        settings = Settings(_env_file=None, database_url=url, rate_limit="off", open_limit="off", phone=PHONE)
        log.configure()
        brain, guard = launch._brain(settings, settings.model or launch._ensure_model(False))
        asyncio.run(brain.load())
        assert brain.problems() == []
        yield Whole(settings, brain, guard)
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def service(whole: Whole) -> Iterator[httpx.Client]:
    """A client of the whole service."""
    with served(whole.app()) as base_url, httpx.Client(base_url=base_url, timeout=20) as client:
        yield client


@pytest.fixture
def family(service: httpx.Client) -> Patient:
    """Somebody who has just opened a conversation and agreed to the privacy notice."""
    return Patient(service)
