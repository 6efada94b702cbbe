"""A served patient side, people at the desk, and the desk's commands on the same database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from houlu.api.app import create_app
from houlu.api.state import State
from houlu.cli import app
from houlu.dialogue import strategies
from houlu.settings import Settings, get_settings
from tests.api.conftest import brain, http, patient, settings, stranger
from tests.support.brain import EchoBrain, Rules
from tests.support.databases import postgres
from tests.support.expert import PASSWORD, Expert
from tests.support.patient import Patient
from tests.support.server import served

assert strategies.ROWS  # imported here: a real brain has loaded the dialogue's library long before anybody asks
__all__ = ["brain", "http", "patient", "postgres", "settings", "stranger"]
PEOPLE = {"li": "expert", "wang": "expert", "zhao": "lead", "root": "admin"}


class DeskCommand:
    """`houlu desk ... --json`, as somebody."""

    def __call__(self, command: str, *arguments: str, name: str = "li", fails: bool = False) -> Any:
        who = [] if command in ("list", "show", "offers") else ["--as", name]
        result = CliRunner().invoke(app, ["desk", command, *arguments, *who, "--json"])
        assert result.exit_code == int(fails), result.stdout
        return json.loads(result.stdout)


@pytest.fixture
def desk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskCommand]:
    monkeypatch.setenv("HOULU_DATABASE_URL", settings.database_url)
    get_settings.cache_clear()
    yield DeskCommand()
    get_settings.cache_clear()


@pytest.fixture(scope="module")
def state(settings: Settings, brain: EchoBrain) -> State:
    """The parts of the service that `url` serves."""
    found: State = create_app(settings, brain, Rules()).state.houlu
    found.database.migrate()
    for name, role in PEOPLE.items():
        found.people.add("@test", name, f"{name}老师", role, PASSWORD)
    return found


@pytest.fixture(scope="module")
def url(settings: Settings, brain: EchoBrain, state: State) -> Iterator[str]:
    with served(create_app(settings, brain, Rules())) as base_url:
        yield base_url
    state.database.close()


@pytest.fixture(scope="module")
def log_in(url: str) -> Iterator[Callable[[str], Expert]]:
    """Somebody at the desk; one session a person."""
    known: dict[str, Expert] = {}

    def found(name: str) -> Expert:
        if name not in known or known[name].call("GET", "session").status_code != 200:
            known[name] = Expert(url, name)
            assert known[name].login.status_code == 200, known[name].login.text
        return known[name]

    yield found
    for one in known.values():
        one.http.close()


@pytest.fixture
def li(log_in: Callable[[str], Expert]) -> Expert:
    return log_in("li")


@pytest.fixture
def wang(log_in: Callable[[str], Expert]) -> Expert:
    return log_in("wang")


@pytest.fixture
def zhao(log_in: Callable[[str], Expert]) -> Expert:
    """The lead."""
    return log_in("zhao")


@pytest.fixture
def root(log_in: Callable[[str], Expert]) -> Expert:
    """The admin."""
    return log_in("root")


def ask(patient: Patient, text: str = "找专家") -> str:
    """A ticket's id."""
    return str(patient.say(text)["replies"][0]["custom"]["ticket"])


@pytest.fixture
def ticket(patient: Patient) -> str:
    return ask(patient)
