"""When the journey has asked what it must: the one fact whose answers would separate the most rows. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from houlu.journey.questions import DRIVER, FINDINGS, PATTERN, REBIOPSY, Question, known
from houlu.understanding.profile import Profile

#: The rows (ids) that each possible answer of a slot would lead to.
Outcomes = Mapping[str, Collection[frozenset[str]]]


def askable(profile: Profile, family: str | None, passed: Collection[str]) -> list[Question]:
    """What is neither known nor passed. A finding tells that there was a test."""
    unknown = [q for q in (PATTERN, REBIOPSY, FINDINGS, DRIVER) if q.slot not in passed]
    return [q for q in unknown if not known(q.slot, profile, family) and not (q is REBIOPSY and profile.findings)]


def most_telling(outcomes: Outcomes) -> str | None:
    """The slot whose answers differ in the most rows, the first one of several; None when no answer changes any."""
    differing = {slot: _differing(rows) for slot, rows in outcomes.items()}
    best = max(differing, key=lambda slot: differing[slot], default=None)
    return best if best is not None and differing[best] else None


def _differing(rows: Collection[frozenset[str]]) -> int:
    """How many rows some answers lead to and others do not."""
    if not rows:
        return 0
    return len(frozenset.union(*rows) - frozenset.intersection(*rows))
