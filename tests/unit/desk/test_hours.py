"""Office hours in Chinese time, with lunch, holidays and moved working days."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

import pytest

from houlu.desk.hours import CHINA, OfficeHours, _warn_of_unknown_year

HOURS = OfficeHours.parse("mon-fri 08:30-12:00,13:30-17:30")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(("moment", "is_open"), [
    ("2026-11-23T08:29", False), ("2026-11-23T08:30", True), ("2026-11-23T11:59", True), ("2026-11-23T12:00", False),
    ("2026-11-23T13:00", False), ("2026-11-23T17:29", True), ("2026-11-23T17:30", False),
    ("2026-11-22T10:00", False),  # Sunday
    ("2026-10-01T10:00", False),  # National Day, a Thursday
    ("2026-10-10T10:00", True),   # a Saturday worked in exchange
])
def test_open_or_not(moment: str, is_open: bool) -> None:
    assert HOURS.is_open(at(moment)) is is_open


@pytest.mark.parametrize(("moment", "opening"), [
    ("2026-11-22T21:00", "2026-11-23T08:30"), ("2026-11-23T12:10", "2026-11-23T13:30"),
    ("2026-11-27T18:00", "2026-11-30T08:30"), ("2026-09-30T18:00", "2026-10-08T08:30"),
])
def test_next_opening(moment: str, opening: str) -> None:
    assert HOURS.next_opening(at(moment)) == at(opening)


def test_moments_of_other_zones_are_understood() -> None:
    assert HOURS.is_open(datetime.fromisoformat("2026-11-23T01:00+00:00"))


def test_weekends_may_have_their_own_hours() -> None:
    hours = OfficeHours.parse("mon-fri 08:30-17:30; sat 09:00-12:00")
    assert hours.is_open(at("2026-11-21T10:00"))
    assert not hours.is_open(at("2026-11-21T13:00"))
    assert not hours.is_open(at("2026-10-03T10:00"))  # a Saturday of the National Day holiday


def test_an_unknown_year_counts_weekdays_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    _warn_of_unknown_year.cache_clear()
    far = at("2090-01-02T10:00")  # a Monday
    assert HOURS.is_open(far)
    assert not HOURS.is_open(far - timedelta(days=1))
    assert len([one for one in caplog.records if one.levelno == logging.WARNING]) == 1
