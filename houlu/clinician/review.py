"""Whose review is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from houlu.clinician.tables import tables
from houlu.knowledge.checks import Rows
from houlu.knowledge.strategies import Reviewed


@dataclass(frozen=True)
class Due:
    """A row to look at. since: when the review was due; None when nobody has ever reviewed it and no day has passed."""

    table: str
    id: str
    since: date | None
    reviewed_by: str


def due(rows: Rows, today: date) -> list[Due]:
    """Rows whose review is past, the oldest first, then those that nobody has reviewed."""
    found = [
        Due(table.name, getattr(row, table.id), row.review_due if is_overdue(row, today) else None, row.reviewed_by)
        for table in tables()
        if issubclass(table.model, Reviewed)
        for row in getattr(rows, table.name)
        if is_overdue(row, today) or not row.reviewed_by
    ]
    return sorted(found, key=lambda one: one.since or date.max)


def is_overdue(row: Reviewed, today: date) -> bool:
    """The day of the next review has passed."""
    return row.review_due is not None and row.review_due < today
