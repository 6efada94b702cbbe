"""The desk's events, typing both ways, presence."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import httpx
import sqlalchemy as sa

from houlu.api.state import State
from houlu.conversations.store import utc_now
from houlu.people import presence as here
from houlu.people.tables import presence, sessions
from tests.desk.conftest import ask
from tests.support.events import Event, following, wait_for
from tests.support.expert import API, Expert
from tests.support.patient import Patient


@contextmanager
def desk_events(who: Expert) -> Iterator[list[Event]]:
    cookie = who.http.cookies["houlu_desk"]
    with following(str(who.http.base_url), f"{API}/events", {"Cookie": f"houlu_desk={cookie}"}) as told:
        wait_for(told, "hello")
        yield told


def wait_for_words(told: list[Event], words: str) -> None:
    """Somebody's words in an own ticket."""
    until = time.monotonic() + 4
    while not any(data["message"]["text"] == words for name, _, data in told if name == "message"):
        assert time.monotonic() < until, told
        time.sleep(0.02)


def patient_events(patient: Patient):  # type: ignore[no-untyped-def]
    return following(str(patient.http.base_url), f"{patient.url}/events", patient.headers)


def test_a_new_ticket_rings(patient: Patient, li: Expert) -> None:
    with desk_events(li) as told:
        ticket = ask(patient)
        until = time.monotonic() + 4
        while time.monotonic() < until and not any(ticket in data.get("added", []) for _, _, data in told):
            time.sleep(0.02)
        assert any(ticket in data.get("added", []) for name, _, data in told if name == "queue")


def test_messages_of_own_tickets_arrive_and_others_do_not(patient: Patient, li: Expert, wang: Expert) -> None:
    ticket = ask(patient)
    with desk_events(li) as mine, desk_events(wang) as others:
        li.claim(ticket)
        wait_for(mine, "given", ticket=ticket)
        patient.say("只给李老师看")
        wait_for_words(mine, "只给李老师看")
        li.post(f"tickets/{ticket}/return")
        wait_for(mine, "lost", ticket=ticket, why="returned")
        wang.claim(ticket)
        wait_for(others, "given", ticket=ticket)
        patient.erase()
        wait_for(others, "lost", ticket=ticket, why="erased")
    assert "只给李老师看" not in str(others)


def test_what_is_written_just_after_the_claim_is_told(patient: Patient, li: Expert) -> None:
    """Before the desk has looked again: claim and words are one step to it."""
    ticket = ask(patient)
    with desk_events(li) as told:
        li.claim(ticket)
        patient.say("紧接着说的")
        wait_for_words(told, "紧接着说的")
        li.close(ticket)


def test_an_emergency_while_a_human_owns_it_alerts_the_desk_each_time(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    with desk_events(li) as told:
        assert patient.say("咯血了")["replies"][0]["custom"]["kind"] == "emergency"
        assert wait_for(told, "emergency", ticket=ticket).data == {"ticket": ticket, "mine": True, "state": "claimed"}
        told.clear()
        patient.say("又咯血了")
        wait_for(told, "emergency", ticket=ticket)


def test_typing_both_ways(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    with desk_events(li) as expert, patient_events(patient) as family:
        wait_for(family, "owner", owner="human")
        li.post(f"tickets/{ticket}/typing")
        wait_for(family, "typing", **{"from": "expert"})
        answer = patient.http.post(f"{patient.url}/typing", headers=patient.headers)
        assert answer.status_code == 204
        wait_for(expert, "typing", ticket=ticket)


def test_an_answer_reaches_the_patients_stream(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    with patient_events(patient) as family:
        li.claim(ticket)
        wait_for(family, "owner", owner="human")
        li.say(ticket, "先别急")
        assert wait_for(family, "message", **{"from": "expert"}).data["text"] == "先别急"
        li.close(ticket)
        wait_for(family, "owner", owner="bot")


def test_the_stream_ends_with_the_session(url: str, state: State) -> None:
    state.people.add("@test", "sonne", "", "expert", "kaishi-shangban-7")
    one = Expert(url, "sonne")
    with desk_events(one) as told:
        ended = sa.update(sessions).where(sessions.c.person == "sonne").values(expires_at=utc_now())
        state.database.write(lambda c: c.execute(ended))
        wait_for(told, "bye", 20)


def test_who_is_gone_loses_the_tickets(patient: Patient, li: Expert, state: State) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    assert here_is("li", state)
    _age(state, "li", 121)
    assert not here_is("li", state)
    state.desk.give_back_all("li", "away", lambda c: "li" in here.gone(c, {"li"}, 120))
    assert patient.read()["owner"] == "waiting"
    li.post("presence")
    assert here_is("li", state)


def test_who_has_just_come_back_keeps_them(patient: Patient, li: Expert, state: State) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    assert state.desk.give_back_all("li", "away", lambda c: "li" in here.gone(c, {"li"}, 120)) == []
    assert ticket in li.mine()


def test_a_name_of_the_command_line_has_half_an_hour(state: State) -> None:
    state.database.write(lambda c: here.touch(c, "terminal"))
    for seconds, gone in ((1700, set()), (1900, {"terminal"})):
        _age(state, "terminal", seconds)
        assert state.database.read(lambda c: here.gone(c, {"terminal"}, 120)) == gone


def test_who_may_hold_no_tickets_any_more_counts_as_gone(state: State) -> None:
    for change in ({"disabled": True}, {"role": "admin"}):
        name = f"ex-{next(iter(change))}"
        state.people.add("@test", name, "", "expert", "kaishi-shangban-7")
        state.database.write(lambda c, name=name: here.touch(c, name))
        assert state.database.read(lambda c, name=name: here.gone(c, {name}, 120)) == set()
        state.people.change("@test", name, **change)
        assert state.database.read(lambda c, name=name: here.gone(c, {name}, 120)) == {name}


def test_many_claims_at_once_reach_every_page(http: httpx.Client, li: Expert, wang: Expert) -> None:
    tickets = [ask(Patient(http)) for _ in range(5)]
    with desk_events(wang) as told:
        threads = [threading.Thread(target=li.claim, args=(ticket,)) for ticket in tickets]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        until, removed = time.monotonic() + 4, set()
        while time.monotonic() < until and not removed >= set(tickets):
            removed = {ticket for name, _, data in told if name == "queue" for ticket in data["removed"]}
            time.sleep(0.02)
        assert removed >= set(tickets)


def here_is(name: str, state: State) -> bool:
    return name in state.database.read(lambda c: here.online(c, 120))


def _age(state: State, name: str, seconds: int) -> None:
    then = utc_now() - timedelta(seconds=seconds)
    aged = sa.update(presence).where(presence.c.name == name).values(seen_at=then)
    state.database.write(lambda c: c.execute(aged))
