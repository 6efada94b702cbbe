"""What a patient is told about the queue, the office hours and the telephone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from houlu.desk.hours import CHINA, OfficeHours
from houlu.desk.tickets import Ticket
from houlu.knowledge.phrases import Phrases

NEEDS: dict[str, tuple[str, ...]] = {
    "desk.apology": (), "desk.handed_over": (), "desk.no_summary": (),
    "desk.ticket.opened": ("number",), "desk.ticket.waiting": ("number",), "desk.ticket.queue": ("ahead",),
    "desk.ticket.next": (), "desk.ticket.meanwhile": (), "desk.ticket.claimed": (), "desk.ticket.closed": (),
    "desk.ticket.returned": (), "desk.ticket.handed_on": (), "desk.rating.question": (), "desk.rating.thanks": (),
    "desk.callback.question": (), "desk.callback.noted": (), "desk.callback.handed_over": (),
    **{f"desk.rating.score_{score}": () for score in range(1, 6)},
    "desk.hours.open": (), "desk.hours.closed": ("when",), "desk.hours.unknown": (), "desk.phone": ("phone",),
    "desk.when.today": ("time",), "desk.when.tomorrow": ("time",), "desk.when.later": ("month", "day", "time"),
}


class Notes:
    """Builds the sentences of the desk. Raises KnowledgeError at once when one is missing."""

    def __init__(self, phrases: Phrases, hours: OfficeHours, phone: str | None) -> None:
        phrases.require(NEEDS)
        self._text = phrases.text
        self._hours = hours
        self._phone = phone

    def opened(self, ticket: Ticket, ahead: int) -> str:
        """For a new ticket: its number, the place in the queue, when somebody reads it, the telephone."""
        number = self._text("desk.ticket.opened", number=ticket.id)
        return self._lines(number, self._place(ahead), self.hours(), self._call(), self._text("desk.ticket.meanwhile"))

    def waiting(self, ticket: Ticket, ahead: int) -> str:
        """For one who asks again while waiting."""
        return self._lines(
            self._text("desk.ticket.waiting", number=ticket.id), self._place(ahead), self.hours(), self._call())

    def hours(self) -> str:
        """Whether the desk is open now, or when it opens next."""
        now = datetime.now(timezone.utc)
        if self._hours.is_open(now):
            return self._text("desk.hours.open")
        opening = self._hours.next_opening(now)
        if opening is None:
            return self._text("desk.hours.unknown")
        return self._text("desk.hours.closed", when=self._when(opening, now))

    def _place(self, ahead: int) -> str:
        return self._text("desk.ticket.queue", ahead=ahead) if ahead else self._text("desk.ticket.next")

    def _call(self) -> str:
        return self._text("desk.phone", phone=self._phone) if self._phone else ""

    def _when(self, opening: datetime, now: datetime) -> str:
        today, time = now.astimezone(CHINA).date(), opening.strftime("%H:%M")
        if opening.date() == today:
            return self._text("desk.when.today", time=time)
        if opening.date() == today + timedelta(days=1):
            return self._text("desk.when.tomorrow", time=time)
        return self._text("desk.when.later", month=opening.month, day=opening.day, time=time)

    @staticmethod
    def _lines(*lines: str) -> str:
        return "\n".join(filter(None, lines))
