"""When an expert is at the desk: periods of the week, Chinese public holidays and moved working days."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

CHINA = ZoneInfo("Asia/Shanghai")
Period = tuple[time, time]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONDAY, _SATURDAY = 0, 5
_SEARCHED_DAYS = 31  # longer than any Chinese holiday
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OfficeHours:
    """The periods of each weekday, Monday first, in Chinese time."""

    week: tuple[tuple[Period, ...], ...]

    @classmethod
    def parse(cls, text: str) -> OfficeHours:
        """Read "mon-fri 08:30-12:00,13:30-17:30; sat 09:00-12:00". Raises ValueError naming the part."""
        week: list[tuple[Period, ...]] = [()] * len(_DAYS)
        for group in filter(None, (part.strip() for part in text.lower().split(";"))):
            days, _, periods = group.partition(" ")
            for day in _days(days):
                week[day] = tuple(_period(part.strip()) for part in periods.split(","))
        if not any(week):
            raise ValueError("name at least one day and period, such as mon-fri 08:30-17:30")
        return cls(tuple(week))

    def is_open(self, now: datetime) -> bool:
        """Whether an expert is at the desk at this moment (an aware datetime)."""
        here = now.astimezone(CHINA)
        return any(start <= here.time() < end for start, end in self._periods(here.date()))

    def next_opening(self, now: datetime) -> datetime | None:
        """When the desk opens next, in Chinese time; None when nothing opens within a month."""
        here = now.astimezone(CHINA)
        for ahead in range(_SEARCHED_DAYS):
            day = here.date() + timedelta(days=ahead)
            for start, _ in self._periods(day):
                opening = datetime.combine(day, start, CHINA)
                if opening > here:
                    return opening
        return None

    def open_seconds(self, start: datetime, end: datetime) -> float:
        """How long the desk was open between two moments (aware datetimes): the office-hours clock."""
        here, until, total = start.astimezone(CHINA), end.astimezone(CHINA), 0.0
        day = here.date()
        while day <= until.date():
            for opening, closing in self._periods(day):
                begun = max(here, datetime.combine(day, opening, CHINA))
                ended = min(until, datetime.combine(day, closing, CHINA))
                total += max(0.0, (ended - begun).total_seconds())
            day += timedelta(days=1)
        return total

    def knows(self, moment: datetime) -> bool:
        """Whether the holidays around a moment are known; without them every weekday counts as a working day."""
        try:
            chinese_calendar.is_workday(moment.astimezone(CHINA).date())
        except NotImplementedError:
            return False
        return True

    def _periods(self, day: date) -> tuple[Period, ...]:
        weekday, works = day.weekday(), _is_working_day(day)
        if weekday < _SATURDAY:
            return self.week[weekday] if works else ()
        # A weekend day that is worked in exchange for a holiday has the hours of an ordinary Monday.
        return self.week[_MONDAY] if works else self.week[weekday] if not _is_festival(day) else ()


def _days(text: str) -> range:
    first, _, last = text.partition("-")
    try:
        start, end = _DAYS.index(first), _DAYS.index(last or first)
    except ValueError:
        raise ValueError(f"{text!r}: days are {', '.join(_DAYS)} or a range such as mon-fri") from None
    if end < start:
        raise ValueError(f"{text!r}: the first day comes after the last")
    return range(start, end + 1)


def _period(text: str) -> Period:
    match = re.fullmatch(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)", text)
    if not match:
        raise ValueError(f"{text!r}: write a period as 08:30-12:00")
    hour, minute, end_hour, end_minute = map(int, match.groups())
    start, end = time(hour, minute), time(end_hour, end_minute)
    if end <= start:
        raise ValueError(f"{text!r}: the period ends before it begins")
    return start, end


@lru_cache(maxsize=512)  # the calendar's library looks through all its years for each question
def _is_working_day(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        _warn_of_unknown_year(day.year)
        return day.weekday() < _SATURDAY


def _is_festival(day: date) -> bool:
    try:
        return chinese_calendar.get_holiday_detail(day)[1] is not None
    except NotImplementedError:
        return False


@cache
def _warn_of_unknown_year(year: int) -> None:
    _log.warning("holidays of %d are not known yet: weekdays count as working days; update chinesecalendar", year)
