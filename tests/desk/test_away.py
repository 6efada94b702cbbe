"""Nobody is forgotten: an expert goes offline, the server restarts in the middle."""

from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from houlu.api.app import create_app
from houlu.settings import Settings
from tests.desk.conftest import ask
from tests.support.brain import EchoBrain, Rules
from tests.support.events import following, wait_for
from tests.support.expert import API, PASSWORD, Expert
from tests.support.patient import Patient
from tests.support.server import served


@pytest.fixture
def installed(tmp_path: Path) -> Settings:
    """Where five seconds count as gone."""
    settings = Settings(
        _env_file=None, database_url=f"sqlite:///{tmp_path / 'houlu.db'}", rate_limit="off", desk_away_seconds=5)
    state = create_app(settings, EchoBrain(), Rules()).state.houlu
    state.database.migrate()
    for name in ("li", "wang"):
        state.people.add("@test", name, name, "expert", PASSWORD)
    state.database.close()
    return settings


def owner_becomes(patient: Patient, owner: str, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if patient.read()["owner"] == owner:
            return True
        time.sleep(0.1)
    return False


def test_tickets_of_who_goes_offline_return_by_themselves(installed: Settings) -> None:
    with served(create_app(installed, EchoBrain(), Rules())) as url, httpx.Client(base_url=url, timeout=20) as http:
        gone, there = Expert(url, "li"), Expert(url, "wang")
        lost, kept = Patient(http), Patient(http)
        first, second = ask(lost), ask(kept)
        cookie = {"Cookie": f"houlu_desk={there.http.cookies['houlu_desk']}"}
        with following(url, f"{API}/events", cookie) as told:
            wait_for(told, "hello")
            gone.claim(first)
            there.claim(second)
            assert owner_becomes(lost, "waiting", 25)
            assert kept.read()["owner"] == "human"
            assert [data["added"] for name, _, data in told if name == "queue"][-1] == [first]
        assert "回到队列" in lost.read()["messages"][-1]["text"]
        assert lost.say("还有人吗")["replies"]


def test_a_computer_that_sleeps_with_its_stream_open_is_noticed(installed: Settings) -> None:
    with served(create_app(installed, EchoBrain(), Rules())) as url, httpx.Client(base_url=url, timeout=20) as http:
        asleep, patient = Expert(url, "li"), Patient(http)
        ticket = ask(patient)
        with following(url, f"{API}/events", {"Cookie": f"houlu_desk={asleep.http.cookies['houlu_desk']}"}) as told:
            wait_for(told, "hello")
            asleep.claim(ticket)
            asleep.post("presence")
            assert owner_becomes(patient, "waiting", 25)
            wait_for(told, "lost", ticket=ticket, why="returned")


def test_a_restart_in_the_middle_loses_nothing(installed: Settings) -> None:
    with served(create_app(installed, EchoBrain(), Rules())) as url, httpx.Client(base_url=url, timeout=20) as http:
        li, patient = Expert(url, "li"), Patient(http)
        ticket = ask(patient)
        li.claim(ticket)
        li.say(ticket, "重启之前", "before")
        li.call("PUT", f"tickets/{ticket}/draft", {"text": "写到一半"})
        history = patient.read()
    with served(create_app(installed, EchoBrain(), Rules())) as url, httpx.Client(base_url=url, timeout=20) as http:
        li.http.base_url, patient.http = httpx.URL(url), http
        assert patient.read() == history
        assert li.get(f"tickets/{ticket}")["draft"]["text"] == "写到一半"
        li.say(ticket, "重启之前", "before")  # the page did not see the answer and sends again
        li.say(ticket, "重启之后")
        said = [one["text"] for one in patient.read()["messages"] if one["from"] == "expert"]
        assert said == ["重启之前", "重启之后"]
        assert patient.say("看到了")["owner"] == "human"
