"""Log-in, log-out, password, heartbeat."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import Field, StrictBool, StrictStr

from houlu.api.bodies import In
from houlu.api.desk.guard import Signed, drop_cookie, require_own_page, set_cookie
from houlu.api.desk.shapes import stamp
from houlu.api.state import Parts, State
from houlu.desk.desk import CLOSE_REASONS
from houlu.people.errors import PeopleError
from houlu.people.people import Session

router = APIRouter()
_CALENDAR_AHEAD = timedelta(days=31)


class LoginBody(In):
    """code: the one-time code, where the account has them."""

    name: StrictStr = Field(min_length=1, max_length=64)
    password: StrictStr = Field(min_length=1, max_length=1000)
    code: StrictStr | None = Field(None, max_length=16)


class PasswordBody(In):
    """The old one proves who asks."""

    old: StrictStr = Field(min_length=1, max_length=1000)
    new: StrictStr = Field(max_length=1000)


class PresenceBody(In):
    """active: somebody touched the page since the last heartbeat."""

    active: StrictBool = False


@router.post("/session")
async def log_in(request: Request, response: Response, parts: Parts, body: LoginBody) -> dict[str, Any]:
    """Begin a session."""
    require_own_page(request)
    if seconds := await parts.login_rate.wait(request.client.host if request.client else ""):
        raise PeopleError("too_many", "too many log-ins from one address", seconds)
    session = await asyncio.to_thread(parts.people.login, body.name.strip().lower(), body.password, body.code)
    set_cookie(response, session, parts.settings.desk_session_hours * 3600, parts.settings.secure)
    return _me(parts, session)


@router.get("/session")
async def who_am_i(session: Signed, parts: Parts) -> dict[str, Any]:
    """Who is signed in, and what the page needs to know."""
    return _me(parts, session)


@router.delete("/session", status_code=204)
async def log_out(session: Signed, parts: Parts) -> Response:
    """End the session; own tickets go back to the queue."""
    await asyncio.to_thread(parts.people.logout, session)
    await parts.give_back_all(session.person.name, "logged_out")
    response = Response(status_code=204)
    drop_cookie(response, parts.settings.secure)
    return response


@router.put("/password", status_code=204)
async def change_password(session: Signed, parts: Parts, body: PasswordBody) -> Response:
    """Change the own password; the other sessions end."""
    await asyncio.to_thread(parts.people.change_password, session, body.old, body.new)
    return Response(status_code=204)


@router.post("/presence")
async def presence(session: Signed, parts: Parts, body: PresenceBody | None = None) -> dict[str, Any]:
    """A heartbeat: looking up the session is one. From now on this session's open stream alone is none any more."""
    return {"idle_seconds": await asyncio.to_thread(parts.people.beat, session, body is not None and body.active)}


def _me(parts: State, session: Session) -> dict[str, Any]:
    person, now, text = session.person, datetime.now(timezone.utc), parts.phrases.text
    return {
        "person": {"name": person.name, "title": person.title, "role": person.role, "totp": person.totp is not None},
        "csrf": session.csrf, "expires_at": stamp(session.expires_at), "must_change": person.must_change,
        "desk": {
            "away_seconds": parts.settings.desk_away_seconds, "idle_minutes": parts.settings.desk_idle_minutes,
            "warn_minutes": parts.settings.desk_warn_minutes,
            "escalate_minutes": parts.settings.desk_escalate_minutes, "office_hours": parts.settings.office_hours,
            "office_open": parts.hours.is_open(now), "next_opening": stamp(parts.hours.next_opening(now)),
            "calendar_known": parts.hours.knows(now) and parts.hours.knows(now + _CALENDAR_AHEAD),
            "close_reasons": [{"id": one, "title": text(f"experts.close.{one}")} for one in CLOSE_REASONS],
        },
    }
