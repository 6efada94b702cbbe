"""For admins: the accounts and the audit log."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field, StrictBool, StrictStr

from houlu.api.bodies import In
from houlu.api.desk.guard import Admin
from houlu.api.desk.shapes import account, stamp
from houlu.api.state import Parts
from houlu.people import audit, codes

router = APIRouter()


class PersonBody(In):
    """A new account."""

    name: StrictStr = Field(max_length=64)
    title: StrictStr = Field("", max_length=64)
    role: StrictStr


class ChangeBody(In):
    """What shall be another; the rest stays."""

    title: StrictStr | None = Field(None, max_length=64)
    role: StrictStr | None = None
    disabled: StrictBool | None = None


@router.get("/people")
async def everybody(_session: Admin, parts: Parts) -> dict[str, Any]:
    """All accounts."""
    found, online, seen = await asyncio.to_thread(parts.people.everybody)
    return {"people": [account(one, one.name in online, seen.get(one.name)) for one in found]}


@router.post("/people", status_code=201)
async def add(session: Admin, parts: Parts, body: PersonBody) -> dict[str, Any]:
    """Make an account; the first password is shown this once."""
    made, password = await asyncio.to_thread(
        parts.people.add, session.person.name, body.name.strip().lower(), body.title, body.role)
    return {"person": account(made), "password": password}


@router.patch("/people/{name}")
async def change(session: Admin, parts: Parts, name: str, body: ChangeBody) -> dict[str, Any]:
    """Title, role, disabled."""
    values = body.dict(exclude_none=True)
    changed = await asyncio.to_thread(lambda: parts.people.change(session.person.name, name, **values))
    if changed.disabled or changed.role == "admin":
        await parts.give_back_all(name, "no_access")
    return {"person": account(changed)}


@router.post("/people/{name}/password")
async def new_password(session: Admin, parts: Parts, name: str) -> dict[str, Any]:
    """A new first password; all sessions end."""
    return {"password": await asyncio.to_thread(parts.people.new_password, session.person.name, name)}


@router.post("/people/{name}/totp")
async def new_totp(session: Admin, parts: Parts, name: str) -> dict[str, Any]:
    """One-time codes at the log-in from now on."""
    secret, uri = await asyncio.to_thread(parts.people.new_totp, session.person.name, name)
    return {"secret": secret, "uri": uri, "qr": codes.drawing(uri)}


@router.delete("/people/{name}/totp", status_code=204)
async def no_totp(session: Admin, parts: Parts, name: str) -> Response:
    """Without one-time codes from now on."""
    await asyncio.to_thread(parts.people.no_totp, session.person.name, name)
    return Response(status_code=204)


@router.get("/audit")
async def log(
    _session: Admin, parts: Parts, before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """The newest entries, and whether the whole log is as it was written."""
    entries = await parts.database.reading(lambda c: audit.latest(c, before, limit))
    verdict = await parts.database.reading(parts.audit.verify)
    told = [{"number": one.number, "at": stamp(one.at), "who": one.who, "what": one.what, "ticket": one.ticket,
             "detail": one.detail} for one in entries]
    return {"entries": told, "verified": verdict.broken_at is None, "broken_at": verdict.broken_at}
