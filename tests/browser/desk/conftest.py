"""Experts' desktops and patients' phones before one door that can be shut and opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext

from houlu.api.state import State
from houlu.pages import build
from tests.browser.conftest import NewContext
from tests.browser.desk.seat import Seat
from tests.browser.person import Person
from tests.conftest import Whole
from tests.support.expert import PASSWORD, Expert
from tests.support.patient import Patient
from tests.support.server import free_port, served

PEOPLE = {
    "li": ("李护士", "expert"), "wang": ("王医生", "expert"), "zhao": ("赵组长", "lead"), "tidy": ("值班", "lead"),
    "root": ("管理员", "admin"),
}
#: Short, so that the tests see an expert go; long enough for a busy machine to beat, and to come back after a restart.
AWAY_SECONDS = 10
DESKTOP = {"viewport": {"width": 1440, "height": 900}, "is_mobile": False, "has_touch": False}
SitDown = Callable[..., Seat]
Family = Callable[..., tuple[Patient, str]]


class Door:
    """The whole service on one port and one database."""

    def __init__(self, whole: Whole, folder: Path) -> None:
        self._whole = whole
        self._changes = {"database_url": f"sqlite:///{folder / 'desk.db'}", "desk_away_seconds": AWAY_SECONDS}
        self._port = free_port()
        self._running: AbstractContextManager[str] | None = None
        self.url = f"http://127.0.0.1:{self._port}"
        self.state: State

    def open(self) -> State:
        """Start to serve."""
        app = self._whole.app(**self._changes)
        state: State = app.state.houlu
        state.database.migrate()
        self._running = served(app, self._port)
        self._running.__enter__()
        self.state = state
        return state

    def shut(self) -> None:
        """Stop: every stream ends, nothing answers."""
        if self._running:
            self._running.__exit__(None, None, None)
        self._running = None


@pytest.fixture(scope="package")
def door(whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """Open, with four people who may work at the desk."""
    build.ensure()
    made = Door(whole, tmp_path_factory.mktemp("desk"))
    state = made.open()
    for name, (title, role) in PEOPLE.items():
        state.people.add("@test", name, title, role, PASSWORD)
    yield made
    made.shut()


@pytest.fixture(autouse=True)
def empty_desk(door: Door) -> Iterator[None]:
    """Every test ends with nobody waiting and nobody being answered."""
    yield
    tidy = Expert(door.url, "tidy")
    for one in tidy.get("overview")["tickets"]:
        tidy.post(f"tickets/{one['ticket']}/hand-on", {"to": "tidy"})
        tidy.close(one["ticket"])
    tidy.http.close()


@pytest.fixture
def sit_down(door: Door, new_context: NewContext) -> SitDown:
    """Somebody logs in at a desktop."""

    def seated(name: str = "li", **device: Any) -> Seat:
        context: BrowserContext = new_context(**{**DESKTOP, **device})
        return Seat(context.new_page(), door.url).arrive().log_in(name, PASSWORD)

    return seated


@pytest.fixture
def li(sit_down: SitDown) -> Seat:
    """A nurse at her desk."""
    return sit_down("li")


@pytest.fixture
def phone(door: Door, new_context: NewContext) -> Person:
    """A family with a phone that has agreed to the notice."""
    return Person(new_context().new_page(), door.url).arrive().agree()


@pytest.fixture
def waiting(phone: Person) -> str:
    """The family's ticket, in the queue."""
    phone.say("放疗的时候药还吃不吃")
    return asked(phone)


@pytest.fixture
def family(door: Door) -> Iterator[Callable[..., tuple[Patient, str]]]:
    """Families without a screen of their own: says things, then asks for a person; gives the ticket."""
    with httpx.Client(base_url=door.url, timeout=20) as http:

        def made(*said: str) -> tuple[Patient, str]:
            patient = Patient(http)
            for words in said:
                patient.say(words)
            return patient, str(patient.say("找专家")["replies"][0]["custom"]["ticket"])

        yield made


def asked(phone: Person) -> str:
    """Ask for a person on the phone's page."""
    phone.button("向专家提问").last.click()
    phone.page.get_by_role("dialog").get_by_role("button", name="转给专家").click()
    phone.answered()
    return phone.ticket()
