"""The lead's overview, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import sqlalchemy as sa

from houlu.api.state import State
from houlu.conversations.store import utc_now
from houlu.conversations.tables import tickets
from tests.desk.conftest import ask
from tests.support.expert import Expert
from tests.support.patient import Patient


def test_it_counts_what_happens(http: httpx.Client, li: Expert, zhao: Expert, state: State) -> None:
    before = zhao.get("overview")
    first, second = Patient(http), Patient(http)
    one, other = ask(first), ask(second)
    second.say("咯血了")
    long_ago = utc_now() - timedelta(seconds=700)
    aged = sa.update(tickets).where(tickets.c.number == int(other[2:])).values(waiting_since=long_ago)
    state.database.write(lambda c: c.execute(aged))
    li.claim(one)
    li.say(one, "好")
    after = zhao.get("overview")
    counted = ("waiting", "urgent", "claimed", "opened_today", "answered_today")
    grown = {key: after[key] - before[key] for key in counted}
    assert grown == {"waiting": 1, "urgent": 1, "claimed": 1, "opened_today": 2, "answered_today": 1}
    assert after["longest_wait_seconds"] >= 700
    assert _first_answers(after) == _first_answers(before) + 1
    assert sum(hour["opened"] for hour in after["per_hour"]) == after["opened_today"]
    assert [hour["hour"] for hour in after["per_hour"]] == list(range(24))
    mine = next(row for row in after["tickets"] if row["ticket"] == one)
    assert (mine["state"], mine["claimed_by"], mine["title"], mine["answered"]) == ("claimed", "li", "li老师", True)
    waiting = next(row for row in after["tickets"] if row["ticket"] == other)
    assert (waiting["state"], waiting["urgent"]) == ("open", True)
    assert {"name": "li", "title": "li老师", "role": "expert", "online": True, "tickets": 1} in after["people"]
    li.close(one)
    assert zhao.get("overview")["closed_today"] == before["closed_today"] + 1


def _first_answers(overview: dict[str, Any]) -> int:
    """In office hours and outside of them: the test does not choose when it runs."""
    first = overview["first_answer"]
    return int(first["count"] + first["outside_hours"]["count"])
