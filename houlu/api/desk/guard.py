"""Who may make which call of the desk, as FastAPI dependencies."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import Depends, Request, Response

from houlu.api.state import Parts
from houlu.people.errors import PeopleError
from houlu.people.people import Session

COOKIE = "houlu_desk"
CSRF = "X-CSRF-Token"
_SAFE = ("GET", "HEAD")


async def signed_in(request: Request, parts: Parts) -> Session:
    """Whoever has a session. Raises NotSignedIn, PeopleError csrf."""
    # What a page does by itself, looking and beating, does not keep a session alive: a deserted desk must log out.
    active = request.method not in _SAFE and not request.url.path.endswith("/presence")
    session = await asyncio.to_thread(parts.people.session, request.cookies.get(COOKIE), active)
    if request.method not in _SAFE and not session.knows(request.headers.get(CSRF)):
        raise PeopleError("csrf", "the CSRF token is missing or wrong")
    return session


async def established(session: Annotated[Session, Depends(signed_in)]) -> Session:
    """Whoever has changed the first password. Raises PeopleError password_change_needed."""
    if session.person.must_change:
        raise PeopleError("password_change_needed", "the first password must be changed")
    return session


async def expert(session: Annotated[Session, Depends(established)]) -> Session:
    """An expert or a lead. Raises PeopleError role."""
    return _with_role(session, "expert", "lead")


async def lead(session: Annotated[Session, Depends(established)]) -> Session:
    """A lead. Raises PeopleError role."""
    return _with_role(session, "lead")


async def admin(session: Annotated[Session, Depends(established)]) -> Session:
    """An admin. Raises PeopleError role."""
    return _with_role(session, "admin")


Signed = Annotated[Session, Depends(signed_in)]
Expert = Annotated[Session, Depends(expert)]
Lead = Annotated[Session, Depends(lead)]
Admin = Annotated[Session, Depends(admin)]


def require_own_page(request: Request) -> None:
    """A log-in from another site is refused: nobody shall work under a stranger's name. Raises PeopleError csrf."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise PeopleError("csrf", "the call came from another site")


def set_cookie(response: Response, session: Session, seconds: int, secure: bool) -> None:
    """Only the server reads it, and only calls of the desk carry it."""
    response.set_cookie(
        COOKIE, session.token, max_age=seconds, path="/api/desk", secure=secure, httponly=True, samesite="strict")


def drop_cookie(response: Response, secure: bool) -> None:
    """After the log-out."""
    response.delete_cookie(COOKIE, path="/api/desk", secure=secure, httponly=True, samesite="strict")


def _with_role(session: Session, *roles: str) -> Session:
    if session.person.role not in roles:
        raise PeopleError("role", f"{session.person.name} is {session.person.role}")
    return session
