"""Which ticket somebody means, and what they may do with it. Works inside somebody's transaction."""

from __future__ import annotations

import re

from sqlalchemy.engine import Connection

from houlu.conversations import store
from houlu.conversations.text import clean
from houlu.desk import tickets
from houlu.desk.errors import DeskError
from houlu.desk.tickets import Ticket

_NUMBER = re.compile(r"(?:H-?)?0*([1-9]\d{0,8})", re.IGNORECASE)


def find(c: Connection, ticket: str) -> Ticket:
    """The ticket that somebody names. Raises DeskError unknown_ticket."""
    match = _NUMBER.fullmatch(ticket.strip())
    found = tickets.by_number(c, int(match[1])) if match else None
    if found is None:
        raise DeskError("unknown_ticket", f"there is no ticket {ticket}")
    return found


def lock(c: Connection, ticket: str) -> Ticket:
    """The same, with its conversation locked against all other writers."""
    store.lock(c, find(c, ticket).conversation)
    return find(c, ticket)


def words(text: str, longest: int, what: str) -> str:
    """The cleaned words. Raises DeskError empty_text or too_long."""
    cleaned = clean(text)
    if not cleaned:
        raise DeskError("empty_text", f"the {what} is empty")
    if len(cleaned) > longest:
        raise DeskError("too_long", f"at most {longest} characters")
    return cleaned


def refuse_other(ticket: Ticket, name: str) -> None:
    """It is open, or somebody's own. Raises DeskError closed or claimed_by_other."""
    if ticket.state == "closed":
        raise DeskError("closed", f"{ticket.id} is closed ({ticket.closed_for})")
    if ticket.state == "claimed" and ticket.claimed_by != name:
        raise DeskError("claimed_by_other", f"{ticket.id} is claimed by {ticket.claimed_by}")


def require_held(ticket: Ticket, name: str) -> None:
    """Somebody holds it now. Raises DeskError not_yours or closed."""
    if ticket.claimed_by != name:
        raise DeskError("not_yours", f"{ticket.id} is not {name}'s")
    if ticket.state == "closed":
        raise DeskError("closed", f"{ticket.id} is closed ({ticket.closed_for})")


def require_claimed(ticket: Ticket, name: str, anybodys: bool) -> None:
    """It is in hands: the own ones or, for a lead, anybody's. Raises DeskError."""
    if ticket.state == "closed" and (anybodys or ticket.claimed_by == name):
        raise DeskError("closed", f"{ticket.id} is closed ({ticket.closed_for})")
    if anybodys and ticket.state == "open":
        raise DeskError("not_waiting", f"nobody holds {ticket.id}")
    if not anybodys and ticket.claimed_by != name:
        raise DeskError("not_yours", f"{ticket.id} is not {name}'s")


def readable(c: Connection, ticket: str, name: str) -> Ticket:
    """Held by somebody now, or closed by them. Raises DeskError unknown_ticket or not_yours."""
    found = find(c, ticket)
    if found.claimed_by != name:
        raise DeskError("not_yours", f"{found.id} is not {name}'s")
    return found
