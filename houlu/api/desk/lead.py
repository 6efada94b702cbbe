"""The lead's overview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter

from houlu.api.desk.guard import Lead
from houlu.api.desk.queue import waiting_json
from houlu.api.desk.shapes import stamp
from houlu.api.state import Parts
from houlu.desk.overview import SCORES, Overview, overview, percentile
from houlu.desk.tickets import Ticket

router = APIRouter()
_NOT_FOR_OVERVIEW = ("position", "returned", "callback")


@router.get("/overview")
async def show(_session: Lead, parts: Parts) -> dict[str, Any]:
    """Today's numbers; no words of patients."""
    seconds = parts.settings.desk_away_seconds
    found = await parts.database.reading(lambda c: overview(c, parts.targets, seconds, parts.now()))
    titles = {one.name: one.title for one in found.people}
    return {
        **_counts(found), "first_answer": _first_answer(found, parts.targets.escalate_minutes * 60),
        "ratings": _ratings(found.ratings), "per_hour": [vars(one) for one in found.per_hour],
        "tickets": [*_waiting(found), *(_claimed(one, titles) for one in found.claimed)],
        "people": [vars(one) for one in found.people],
    }


def _counts(found: Overview) -> dict[str, Any]:
    waits = [one.wait for one in found.waiting]
    return {
        "at": stamp(found.at), "waiting": len(waits), "urgent": sum(one.ticket.urgent for one in found.waiting),
        "claimed": len(found.claimed), "longest_wait_seconds": max((one.seconds for one in waits), default=None),
        "longest_office_seconds": max((one.office_seconds for one in waits), default=None),
        "warning": sum(one.level == "warning" for one in waits),
        "escalated": sum(one.level == "escalated" for one in waits), "opened_today": found.opened,
        "answered_today": found.answered, "closed_today": found.closed, "callbacks": found.callbacks,
    }


def _first_answer(found: Overview, target: int) -> dict[str, Any]:
    took = found.first_answers
    within = round(sum(one <= target for one in took) / len(took), 3) if took else None
    return {**_spread(took), "within_target": within, "outside_hours": _spread(found.outside_hours)}


def _spread(took: Sequence[int]) -> dict[str, Any]:
    return {"count": len(took), "p50_seconds": percentile(took, 0.5), "p95_seconds": percentile(took, 0.95)}


def _ratings(ratings: Sequence[int]) -> dict[str, Any]:
    mean = round(sum(ratings) / len(ratings), 2) if ratings else None
    scores = [sum(one == score for one in ratings) for score in range(1, SCORES + 1)]
    return {"count": len(ratings), "mean": mean, "scores": scores}


def _waiting(found: Overview) -> list[dict[str, Any]]:
    return [
        {"state": "open", "claimed_by": None, "title": None,
         **{key: value for key, value in waiting_json(one).items() if key not in _NOT_FOR_OVERVIEW}}
        for one in found.waiting]


def _claimed(one: Ticket, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "state": "claimed", "claimed_by": one.claimed_by, "title": titles.get(one.claimed_by or "", one.claimed_by),
        "ticket": one.id, "reason": one.opened_for, "urgent": one.urgent, "alarms": one.alarms,
        "opened_at": stamp(one.opened_at), "waiting_seconds": None, "office_seconds": None, "level": "ok",
        "answered": one.first_answered_at is not None,
    }
