"""The lead's numbers of today, in Chinese time: who waits, how fast the first answers were, each hour."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.tables import tickets as table
from houlu.desk import belongings, board, tickets
from houlu.desk.board import Colleague, Waiting
from houlu.desk.hours import CHINA
from houlu.desk.targets import Targets
from houlu.desk.tickets import Ticket

HOURS = 24
SCORES = 5


@dataclass(frozen=True)
class Hour:
    """What happened in one hour of the day."""

    hour: int
    opened: int
    answered: int
    closed: int


@dataclass(frozen=True)
class Overview:
    """First answers of today, sorted. first_answers: office seconds from the opening, of those given while the desk
    was open. outside_hours: of the others all seconds, since the office clock stood still for them.
    """

    at: datetime
    waiting: Sequence[Waiting]
    claimed: Sequence[Ticket]
    opened: int
    answered: int
    closed: int
    callbacks: int
    first_answers: Sequence[int]
    outside_hours: Sequence[int]
    ratings: Sequence[int]
    per_hour: Sequence[Hour]
    people: Sequence[Colleague]


def overview(c: Connection, targets: Targets, away_seconds: int, now: datetime) -> Overview:
    """As of now (UTC without a zone)."""
    start = _midnight(now)
    today = _since(c, start)
    queue = board.waiting(c, targets, now)
    answered = [one for one in today if one.first_answered_at and one.first_answered_at >= start]
    took, outside = _took(answered, targets)
    closed = [one for one in today if one.closed_at and one.closed_at >= start]
    hours = [_hour(today, start, hour) for hour in range(HOURS)]
    return Overview(
        now, queue, [one for one in tickets.listed(c) if one.state == "claimed"],
        sum(one.opened_at >= start for one in today), len(answered), len(closed),
        len(belongings.to_call(c)), took, outside, [one.rating for one in closed if one.rating], hours,
        board.colleagues(c, away_seconds))


def percentile(sorted_values: Sequence[int], share: float) -> int | None:
    """The smallest value that so large a share does not exceed; None of nothing."""
    if not sorted_values:
        return None
    return sorted_values[max(0, math.ceil(share * len(sorted_values)) - 1)]


def _took(answered: Sequence[Ticket], targets: Targets) -> tuple[list[int], list[int]]:
    inside: list[int] = []
    outside: list[int] = []
    for one in answered:
        moment = one.first_answered_at or one.opened_at
        if targets.hours.is_open(moment.replace(tzinfo=timezone.utc)):
            inside.append(targets.office_seconds(one.opened_at, moment))
        else:
            outside.append(int((moment - one.opened_at).total_seconds()))
    return sorted(inside), sorted(outside)


def _midnight(now: datetime) -> datetime:
    here = now.replace(tzinfo=timezone.utc).astimezone(CHINA)
    return here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(timezone.utc).replace(tzinfo=None)


def _since(c: Connection, start: datetime) -> list[Ticket]:
    columns = (table.c.opened_at, table.c.first_answered_at, table.c.closed_at)
    rows = c.execute(sa.select(table).where(sa.or_(*(column >= start for column in columns))))
    return [Ticket(**row._mapping) for row in rows]


def _hour(today: Sequence[Ticket], start: datetime, hour: int) -> Hour:
    begun = start + timedelta(hours=hour)
    ended = begun + timedelta(hours=1)

    def within(moment: datetime | None) -> bool:
        return moment is not None and begun <= moment < ended

    return Hour(
        hour, sum(within(one.opened_at) for one in today), sum(within(one.first_answered_at) for one in today),
        sum(within(one.closed_at) for one in today))
