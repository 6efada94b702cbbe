"""The office-hours clock, warning and escalation, the lead's figures."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from houlu.desk.hours import CHINA, OfficeHours
from houlu.desk.overview import percentile
from houlu.desk.targets import Targets
from houlu.desk.tickets import Ticket

HOURS = OfficeHours.parse("mon-fri 08:30-12:00,13:30-17:30; sat 09:00-11:00")
TARGETS = Targets(HOURS, 10, 30)


def utc(text: str) -> datetime:
    """A Chinese time as the tables hold it."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(timezone.utc).replace(tzinfo=None)


@pytest.mark.parametrize(("start", "end", "minutes"), [
    ("2026-11-23T09:00", "2026-11-23T09:20", 20),
    ("2026-11-23T11:50", "2026-11-23T13:40", 20),   # lunch does not count
    ("2026-11-23T17:20", "2026-11-24T08:40", 20),   # neither does the night
    ("2026-11-20T17:25", "2026-11-23T08:35", 130),  # Friday to Monday with a Saturday morning
    ("2026-09-30T17:20", "2026-10-08T08:40", 20),   # National Day
    ("2026-10-09T17:30", "2026-10-10T09:00", 30),   # a Saturday worked in exchange has a Monday's hours
    ("2026-11-22T10:00", "2026-11-22T20:00", 0),
    ("2026-11-23T09:20", "2026-11-23T09:00", 0),
])
def test_the_clock_runs_while_the_desk_is_open(start: str, end: str, minutes: int) -> None:
    assert TARGETS.office_seconds(utc(start), utc(end)) == minutes * 60


def ticket(urgent: bool = False) -> Ticket:
    opened = utc("2026-11-23T11:55")
    return Ticket(1, "c", "open", opened, "asked", urgent, None, None, "", "", waiting_since=opened)


@pytest.mark.parametrize(("now", "urgent", "level"), [
    ("2026-11-23T13:00", False, "ok"), ("2026-11-23T13:00", True, "warning"), ("2026-11-23T13:34", False, "ok"),
    ("2026-11-23T13:35", False, "warning"), ("2026-11-23T13:54", True, "warning"),
    ("2026-11-23T13:55", False, "escalated"), ("2026-11-23T13:55", True, "escalated"),
])
def test_levels(now: str, urgent: bool, level: str) -> None:
    assert TARGETS.wait(ticket(urgent), utc(now)).level == level


def test_where_the_calendar_ends_it_says_so() -> None:
    assert HOURS.knows(datetime(2026, 11, 23, tzinfo=CHINA))
    assert not HOURS.knows(datetime(2090, 1, 2, tzinfo=CHINA))


@pytest.mark.parametrize(("share", "value"), [(0.5, 3), (0.95, 5), (0.2, 1), (0.21, 2)])
def test_percentiles_are_values_that_were_measured(share: float, value: int) -> None:
    assert percentile([1, 2, 3, 4, 5], share) == value
    assert percentile([], share) is None
