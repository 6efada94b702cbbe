"""The labelled set of what a message tells about the patient (data/evaluation/profile.yaml), and its score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PATH = Path("data/evaluation/profile.yaml")
#: Gives the profile after these messages of one fresh conversation.
Talk = Callable[[Sequence[str]], Mapping[str, Any]]


@dataclass(frozen=True)
class Told:
    """says: the messages of one conversation. expect: what the profile must hold; a list is a subset, in this order.
    never: what it must not hold; an empty list means nothing of the key. about: what is difficult in it."""

    about: str
    says: list[str]
    expect: dict[str, Any] = field(default_factory=dict)
    never: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Missed:
    """Where the profile is wrong."""

    told: Told
    got: dict[str, Any]
    lacks: bool
    wrong: bool


@dataclass(frozen=True)
class ProfileScore:
    """complete: the share with all that was expected. clean: the share with nothing forbidden. both: with both."""

    complete: float
    clean: float
    both: float
    by_kind: list[tuple[str, int, int]]
    missed: list[Missed]


def load(path: Path = PATH) -> list[Told]:
    """The labelled messages."""
    return [
        Told(about, [row["says"]] if isinstance(row["says"], str) else row["says"], row.get("expect") or {},
             row.get("never") or {})
        for about, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for row in rows
    ]


def score(told: Sequence[Told], talk: Talk) -> ProfileScore:
    """Tell every message and compare."""
    found = [_compared(one, dict(talk(one.says))) for one in told]
    missed = [m for m in found if m.lacks or m.wrong]
    every, right = Counter(t.about for t in told), Counter(m.told.about for m in found if not (m.lacks or m.wrong))
    return ProfileScore(
        1 - sum(m.lacks for m in found) / len(found),
        1 - sum(m.wrong for m in found) / len(found),
        1 - len(missed) / len(found),
        [(about, right[about], total) for about, total in every.items()],
        missed,
    )


def _compared(told: Told, got: dict[str, Any]) -> Missed:
    lacks = any(not _holds(got.get(key), value) for key, value in told.expect.items())
    wrong = any(_violates(got.get(key), value) for key, value in told.never.items())
    return Missed(told, got, lacks, wrong)


def _holds(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, list):
        return [item for item in got or [] if item in wanted] == wanted
    if isinstance(wanted, float | int):
        return isinstance(got, float | int) and abs(got - wanted) <= 0.51
    return bool(got == wanted)


def _violates(got: Any, forbidden: Any) -> bool:
    if forbidden == []:
        return got not in (None, [])
    bad = forbidden if isinstance(forbidden, list) else [forbidden]
    return any(item in bad for item in (got if isinstance(got, list) else [got]))
