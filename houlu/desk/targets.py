"""How long somebody waits for the first answer, on the office-hours clock, and from when on that is too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Literal

from houlu.desk.hours import OfficeHours
from houlu.desk.tickets import Ticket

Level = Literal["ok", "warning", "escalated"]


@dataclass(frozen=True)
class Wait:
    """seconds: that passed. office_seconds: of them, with the desk open."""

    seconds: int
    office_seconds: int
    level: Level


@dataclass(frozen=True)
class Targets:
    """Minutes of office hours until a warning and until escalation. All times are UTC without a zone."""

    hours: OfficeHours
    warn_minutes: int
    escalate_minutes: int

    def wait(self, ticket: Ticket, now: datetime) -> Wait:
        """How long a waiting ticket has waited."""
        return self.waited(ticket.waiting_since or ticket.opened_at, ticket.urgent, now)

    def waited(self, since: datetime, urgent: bool, now: datetime) -> Wait:
        """The same since a moment; an urgent one is never merely ok."""
        office = self.office_seconds(since, now)
        level: Level = "warning" if urgent else "ok"
        if office >= self.warn_minutes * 60:
            level = "warning"
        if office >= self.escalate_minutes * 60:
            level = "escalated"
        return Wait(max(0, int((now - since).total_seconds())), office, level)

    def office_seconds(self, start: datetime, end: datetime) -> int:
        """Between two moments."""
        utc = timezone.utc
        return int(self.hours.open_seconds(start.replace(tzinfo=utc), end.replace(tzinfo=utc)))
