"""The queue, and whose a ticket is."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import StrictStr
from sqlalchemy.engine import Connection

from houlu.api.bodies import In
from houlu.api.desk.guard import Expert
from houlu.api.desk.shapes import stamp
from houlu.api.desk.ticket import case_json
from houlu.api.state import Parts
from houlu.desk import board, tickets
from houlu.desk.board import Colleague, Held, Waiting
from houlu.desk.errors import DeskError

router = APIRouter()
_CLOSED = 50


class HandOnBody(In):
    """A colleague's name."""

    to: StrictStr


@router.get("/queue")
async def queue(session: Expert, parts: Parts) -> Response:
    """Who waits, what I hold, who is there."""
    now, name = parts.now(), session.person.name

    def read(c: Connection) -> dict[str, Any]:
        people = board.colleagues(c, parts.settings.desk_away_seconds)
        return {
            "waiting": [waiting_json(one) for one in board.waiting(c, parts.targets, now)],
            "mine": [held_json(one, now) for one in board.held(c, name)],
            "colleagues": [colleague_json(one) for one in people if one.name != name],
        }

    open_now = parts.hours.is_open(datetime.now(timezone.utc))
    # Plain JSON already: FastAPI's own encoder would take longer over 200 tickets than all the rest.
    return JSONResponse({**await parts.database.reading(read), "office_open": open_now})


@router.get("/tickets")
async def mine(session: Expert, parts: Parts) -> dict[str, Any]:
    """What I hold, and what I closed."""
    now, name = parts.now(), session.person.name

    def read(c: Connection) -> dict[str, Any]:
        closed = [
            {"ticket": one.id, "closed_at": stamp(one.closed_at), "closed_for": one.closed_for, "rating": one.rating}
            for one in tickets.closed_by(c, name, _CLOSED)]
        return {"mine": [held_json(one, now) for one in board.held(c, name)], "closed": closed}

    return await parts.database.reading(read)


@router.post("/queue/next")
async def claim_next(session: Expert, parts: Parts) -> Response:
    """Take the first of the queue."""
    case = await asyncio.to_thread(parts.desk.next, session.person.name)
    parts.woke([case])
    return JSONResponse(await case_json(parts, case.ticket))


@router.post("/tickets/{ticket}/claim")
async def claim(ticket: str, session: Expert, parts: Parts) -> Response:
    """Take this one."""
    case = await asyncio.to_thread(parts.desk.claim, ticket, session.person.name)
    parts.woke([case])
    return JSONResponse(await case_json(parts, case.ticket))


@router.post("/tickets/{ticket}/return", status_code=204)
async def give_back(ticket: str, session: Expert, parts: Parts) -> Response:
    """Into the queue again; a lead also a colleague's."""
    anybodys = session.person.role == "lead"
    parts.woke([await asyncio.to_thread(parts.desk.give_back, ticket, session.person.name, "", anybodys)])
    return Response(status_code=204)


@router.post("/tickets/{ticket}/hand-on", status_code=204)
async def hand_on(ticket: str, session: Expert, parts: Parts, body: HandOnBody) -> Response:
    """To a colleague who is online; a lead also a colleague's or a waiting one."""
    people = await parts.database.reading(lambda c: board.colleagues(c, parts.settings.desk_away_seconds))
    anybodys, name = session.person.role == "lead", session.person.name
    if not any(one.name == body.to and one.online for one in people):
        await asyncio.to_thread(parts.desk.require_movable, ticket, name, anybodys)
        raise DeskError("colleague_offline", f"{body.to} is not online")
    parts.woke([await asyncio.to_thread(parts.desk.hand_on, ticket, name, body.to, anybodys)])
    return Response(status_code=204)


def waiting_json(one: Waiting) -> dict[str, Any]:
    """A place in the queue: no words."""
    ticket = one.ticket
    return {
        "ticket": ticket.id, "position": one.position, "reason": ticket.opened_for, "urgent": ticket.urgent,
        "alarms": ticket.alarms, "opened_at": stamp(ticket.opened_at), "waiting_seconds": one.wait.seconds,
        "office_seconds": one.wait.office_seconds, "level": one.wait.level, "returned": ticket.returned > 0,
        "answered": ticket.first_answered_at is not None, "callback": one.callback,
    }


def held_json(one: Held, now: datetime) -> dict[str, Any]:
    """A case in my hands."""
    ticket, since = one.ticket, one.unanswered_since
    return {
        "ticket": ticket.id, "reason": ticket.opened_for, "urgent": ticket.urgent, "alarms": ticket.alarms,
        "opened_at": stamp(ticket.opened_at), "claimed_at": stamp(ticket.claimed_at),
        "answered": ticket.first_answered_at is not None,
        "unanswered_seconds": None if since is None else max(0, int((now - since).total_seconds())),
        "last_seq": one.last_seq, "last_at": stamp(one.last_at), "last_from": one.last_from,
        "draft": bool(ticket.draft), "callback": one.callback,
    }


def colleague_json(one: Colleague) -> dict[str, Any]:
    """Somebody to hand a case to."""
    return {"name": one.name, "title": one.title, "online": one.online, "tickets": one.tickets}
