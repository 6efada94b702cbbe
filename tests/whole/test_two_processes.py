"""Two `houlu serve` on one PostgreSQL and one Redis: the patient at one, the expert at the other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import httpx
import pytest

from houlu.conversations.database import Database
from houlu.people.audit import Audit
from houlu.people.people import People, Rules
from houlu.settings import Settings
from tests.desk.test_live import desk_events, patient_events, wait_for_words
from tests.support.databases import new_database, postgres
from tests.support.events import Event, wait_for
from tests.support.expert import PASSWORD, Expert
from tests.support.patient import Patient
from tests.support.process import Served
from tests.support.redis_server import RedisServer

__all__ = ["postgres"]
_SECRET = "a secret that both processes know"
_PER_MINUTE = 40


class Pair(NamedTuple):
    """The processes and what they share."""

    one: Served
    other: Served
    redis: RedisServer


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    url = new_database("postgresql", folder, request)
    _people(url)
    redis = RedisServer(folder).start()
    shared = {"database_url": url, "redis_url": redis.url, "secret_key": _SECRET, "rate_limit": f"{_PER_MINUTE}/minute",
              "open_limit": "1000/minute"}
    both = [Served(tmp_path_factory.mktemp(name), **shared).start() for name in ("one", "other")]
    try:
        yield Pair(*(one.ready() for one in both), redis)
    finally:
        for one in both:
            one.kill()
        redis.stop()


def _people(url: str) -> None:
    keys = Settings(_env_file=None, database_url=url, secret_key=_SECRET).keys()
    database = Database(url)
    database.migrate()
    people = People(database, keys, Audit(keys.audit), Rules())
    for name in ("li", "wang", "sun"):
        people.add("@test", name, f"{name}老师", "expert", PASSWORD)
    database.close()


@pytest.fixture
def family(pair: Pair) -> Iterator[Patient]:
    """Speaks with the first process."""
    with httpx.Client(base_url=pair.one.url, timeout=20) as http:
        yield Patient(http)


@pytest.fixture(scope="module")
def li(pair: Pair) -> Expert:
    """Sits at the second process."""
    return Expert(pair.other.url, "li")


def _ticket(patient: Patient) -> str:
    return str(patient.say("找专家")["replies"][0]["custom"]["ticket"])


def _elsewhere(patient: Patient, process: Served) -> Patient:
    """The same patient behind another process, as a proxy may send them there."""
    there = object.__new__(Patient)
    there.__dict__.update(patient.__dict__, http=httpx.Client(base_url=process.url, timeout=20))
    return there


def test_the_hand_over_both_ways(pair: Pair, family: Patient, li: Expert) -> None:
    family.say("我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了")
    with patient_events(family) as phone, desk_events(li) as desk:
        ticket = _ticket(family)
        wait_for(desk, "queue", added=[ticket])
        li.claim(ticket)
        wait_for(phone, "owner", owner="human")
        assert family.say("放疗的时候药还吃不吃")["replies"] == []
        wait_for_words(desk, "放疗的时候药还吃不吃")
        _typing_both_ways(family, li, ticket, phone, desk)
        li.say(ticket, "先接着吃")
        assert wait_for(phone, "message", **{"from": "expert"}).data["text"] == "先接着吃"
        assert family.say("我爸刚才突然抽搐，叫不醒")["replies"][0]["custom"]["kind"] == "emergency"
        wait_for(desk, "emergency", ticket=ticket)
        li.close(ticket)
        wait_for(phone, "owner", owner="bot")
    back = _elsewhere(family, pair.other).say("抽血查出T790M")
    assert back["replies"][0]["custom"]["profile"]["drugs"] == ["gefitinib"]


def _typing_both_ways(family: Patient, li: Expert, ticket: str, phone: list[Event], desk: list[Event]) -> None:
    li.post(f"tickets/{ticket}/typing")
    wait_for(phone, "typing", **{"from": "expert"})
    family.http.post(f"{family.url}/typing", headers=family.headers)
    wait_for(desk, "typing", ticket=ticket)


def test_of_two_who_claim_at_once_one_holds_it(pair: Pair, family: Patient, li: Expert) -> None:
    wang = Expert(pair.one.url, "wang")
    for _ in range(5):
        ticket = _ticket(Patient(family.http))
        with ThreadPoolExecutor(2) as threads:
            found = list(threads.map(lambda who: who.call("POST", f"tickets/{ticket}/claim"), (li, wang)))  # noqa: B023
        assert sorted(one.status_code for one in found) == [200, 409]
        holder = li if found[0].status_code == 200 else wang
        assert ticket in holder.mine()
        holder.close(ticket)


def test_two_messages_at_once_are_one_dialogue(pair: Pair, family: Patient) -> None:
    """Facts said to both processes at the same moment are all remembered."""
    there = _elsewhere(family, pair.other)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda say: say[0].say(say[1]), (
            (family, "我爸EGFR19缺失，易瑞沙吃了11个月"), (there, "上周做了CT，说长大了"))))
    profile = family.say("抽血查出T790M")["replies"][0]["custom"]["profile"]
    assert profile["drugs"] == ["gefitinib"]
    assert profile["progression"] == "imaging"
    assert profile["findings"] == ["t790m"]


def test_wrong_log_ins_and_messages_are_counted_together(pair: Pair, family: Patient) -> None:
    for number in range(5):
        assert Expert(pair[number % 2].url, "sun", "falsch").login.status_code == 401
    assert [Expert(one.url, "sun").login.status_code for one in pair[:2]] == [429, 429]
    both = family, _elsewhere(family, pair.other)
    statuses = [both[n % 2].post({"id": f"n{n}", "text": "你好"}).status_code for n in range(_PER_MINUTE + 2)]
    assert statuses == [200] * _PER_MINUTE + [429, 429]


def test_a_restart_in_the_middle_loses_and_doubles_nothing(pair: Pair, family: Patient, li: Expert) -> None:
    ticket = _ticket(family)
    li.claim(ticket)
    there = _elsewhere(family, pair.other)
    said, answers = [f"第{n}句" for n in range(20)], [f"回答{n}" for n in range(20)]
    begun = threading.Event()

    def writes() -> None:
        for number, words in enumerate(said):
            _until_taken(lambda: (family, there)[number % 2].post({"id": words, "text": words}))  # noqa: B023
            begun.set()

    def replies() -> None:
        for words in answers:
            body = {"id": words, "text": words}
            _until_taken(lambda: li.call("POST", f"tickets/{ticket}/messages", body))  # noqa: B023

    with ThreadPoolExecutor(2) as threads:
        working = [threads.submit(writes), threads.submit(replies)]
        begun.wait(10)
        pair.one.kill()
        pair.one.start().ready()
        for one in working:
            one.result(60)
    found = family.read()
    assert found["owner"] == "human"
    assert [one["seq"] for one in found["messages"]] == list(range(1, len(found["messages"]) + 1))
    assert [one["text"] for one in found["messages"] if one["from"] == "user"][1:] == said
    assert [one["text"] for one in found["messages"] if one["from"] == "expert"] == answers
    assert ticket in li.mine()
    li.close(ticket)


def _until_taken(send: Callable[[], httpx.Response]) -> None:
    """As the pages do: the same id again until there is an answer."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if send().status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("never taken")


def test_without_redis_the_chat_goes_on_and_the_operator_is_told(pair: Pair, family: Patient, li: Expert) -> None:
    pair.redis.stop()
    for one in pair[:2]:
        ready = httpx.get(f"{one.url}/ready")
        assert (ready.status_code, "redis" in ready.text) == (200, True)
    with patient_events(family) as phone, desk_events(li) as desk:
        ticket = _ticket(family)
        wait_for(desk, "queue", added=[ticket])
        li.claim(ticket)
        wait_for(phone, "owner", owner="human")
        li.say(ticket, "没有Redis也在")
        wait_for(phone, "message", **{"from": "expert"})
        pair.redis.start()
        until = time.monotonic() + 20
        while time.monotonic() < until and not any(one[::2] == ("typing", {"from": "expert"}) for one in phone):
            li.post(f"tickets/{ticket}/typing")
            time.sleep(0.3)
        wait_for(phone, "typing", **{"from": "expert"})
    assert httpx.get(f"{pair.one.url}/ready").json()["problems"] == []
    li.close(ticket)
