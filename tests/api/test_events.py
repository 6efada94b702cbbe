"""Server-sent events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from houlu.conversations.database import Database
from houlu.desk.desk import Desk
from houlu.knowledge.phrases import Phrases
from houlu.settings import Settings
from tests.support.events import Event, following, wait_for
from tests.support.patient import Patient


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    """The desk of another process: its own connections, and no word to the server."""
    database = Database(settings.database_url)
    yield Desk(database, Phrases.load(settings.knowledge / "phrases"))
    database.close()


def events(patient: Patient, since: int = 0, **headers: str) -> AbstractContextManager[list[Event]]:
    """What a patient's stream brings."""
    address = f"{patient.url}/events?since={since}"
    return following(str(patient.http.base_url), address, {**patient.headers, **headers})


def test_the_backlog_comes_first_then_what_happens(patient: Patient) -> None:
    patient.say("一")
    with events(patient) as told:
        wait_for(told, "owner", owner="bot")
        assert [(name, seq) for name, seq, _ in told[:3]] == [("message", "1"), ("message", "2"), ("message", "3")]
        patient.say("慢")
        wait_for(told, "typing", 1)
        assert wait_for(told, "message", 1, text="您说：慢")[1] == "5"
    assert [data for name, _, data in told if name == "message"] == patient.read()["messages"]


def test_last_event_id_wins_when_it_is_larger(patient: Patient) -> None:
    patient.say("一")
    for since, last, first in ((0, "2", 3), (2, "1", 3), (1, "nonsense", 2)):
        with events(patient, since, **{"Last-Event-ID": last}) as told:
            wait_for(told, "owner")
            assert told[0][2]["seq"] == first


def test_an_answer_from_another_process_arrives_within_two_seconds(patient: Patient, desk: Desk) -> None:
    with events(patient) as told:
        ticket = patient.say("找专家")["replies"][0]["custom"]["ticket"]
        wait_for(told, "owner", owner="waiting")
        desk.claim(ticket, "li")
        wait_for(told, "owner", 2, owner="human")
        desk.answer(ticket, "li", "先别急")
        message = wait_for(told, "message", 2, **{"from": "expert"})[2]
    assert message["text"] == "先别急"
    assert message["custom"]["kind"] is None
    assert message["custom"]["ticket"] == ticket


def test_the_stream_ends_when_the_conversation_is_erased(patient: Patient) -> None:
    with events(patient) as told:
        wait_for(told, "owner")
        patient.erase()
        wait_for(told, "end", 2)


def test_every_stream_of_a_conversation_is_told(patient: Patient) -> None:
    with events(patient) as one, events(patient) as two, events(patient) as three:
        patient.say("好")
        for told in (one, two, three):
            wait_for(told, "message", text="您说：好")
