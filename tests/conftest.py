"""The real thing for every test that talks with it: the trained model, the guard and the door, loaded once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pytest

from houlu import launch, log
from houlu.api.app import create_app
from houlu.settings import Settings, get_settings
from tests.support.patient import Patient
from tests.support.server import served

PHONE = "021-12345678"


@pytest.fixture(scope="session")
def service_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database of `service`: conversations, tickets and Rasa's tracker."""
    return f"sqlite:///{tmp_path_factory.mktemp('service') / 'houlu.db'}"


@pytest.fixture(scope="session")
def service(service_database: str) -> Iterator[httpx.Client]:
    """A client of the whole service, built as `houlu serve` builds it, on a database of its own."""
    url = service_database
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HOULU_PHONE", PHONE)
        get_settings.cache_clear()  # the actions read the same settings
        settings = Settings(_env_file=None, database_url=url, rate_limit="off", open_limit="off", phone=PHONE)
        log.configure()
        brain, guard = launch._brain(settings, settings.model or launch._ensure_model(False))
        asyncio.run(brain.load())
        assert brain.problems() == []
        with (
            served(create_app(settings, brain, guard)) as base_url,
            httpx.Client(base_url=base_url, timeout=20) as client,
        ):
            yield client
    get_settings.cache_clear()


@pytest.fixture
def family(service: httpx.Client) -> Patient:
    """Somebody who has just opened a conversation and agreed to the privacy notice."""
    return Patient(service)
