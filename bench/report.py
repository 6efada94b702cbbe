"""From what was measured to numbers, targets and tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from measure import Seen

Numbers = dict[str, float | str | None]

THROUGHPUT_TIMES = 5.0
GROWTH_TIMES = 2.0
_ROWS = (
    ("training, s", "training_s"),
    ("start to ready, s", "ready_s"),
    ("start to first answer, s", "first_answer_s"),
    ("memory when ready, MB", "rss_ready_mb"),
    ("memory after the load, MB", "rss_loaded_mb"),
    ("turn, 1 user, p50, ms", "turn_1_p50_ms"),
    ("turn, 1 user, p95, ms", "turn_1_p95_ms"),
    ("turn, {users} users, p50, ms", "turn_many_p50_ms"),
    ("turn, {users} users, p95, ms", "turn_many_p95_ms"),
    ("throughput, {users} users, messages/s", "throughput"),
    ("processor time of a turn, {users} users, ms", "turn_cpu_ms"),
    ("turns answered by an action, %", "action_percent"),
    ("turn 5 of one conversation, ms", "turn_early_ms"),
    ("turn {late} of one conversation, ms", "turn_late_ms"),
    ("turn {late} against turn 5, times", "growth"),
)
_NO_RATIO = ("growth", "action_percent")


@dataclass(frozen=True)
class Target:
    """Something that must hold."""

    name: str
    value: float | None
    bound: float
    at_least: bool

    @property
    def met(self) -> bool:
        """Whether it holds; what could not be measured does not."""
        return self.value is not None and (self.value >= self.bound if self.at_least else self.value <= self.bound)

    def line(self) -> str:
        """In one line."""
        word = "at least" if self.at_least else "at most"
        value = "not measured" if self.value is None else f"{self.value:.2f}"
        return f"{'ok    ' if self.met else 'MISSED'} {self.name}: {value} (target: {word} {self.bound:g})"


def numbers(seen: Seen, late: int) -> Numbers:
    """Medians and percentiles of what was measured of one bot."""
    alone = [one for burst in seen.alone for one in burst.turns.took]
    together = [one for burst in seen.together for one in burst.turns.took]
    turns = [burst.turns for burst in (*seen.alone, *seen.together)]
    early = [one for long in seen.long if long.late for one in long.early]
    final = [one for long in seen.long for one in long.late]
    turn_early, turn_late = _milliseconds(early, 0.5), _milliseconds(final, 0.5)
    count = len(alone) + len(together)
    return {
        "training_s": round(seen.training_seconds, 1),
        "trained_on": seen.trained_on,
        "ready_s": round(min(seen.ready), 1),
        "first_answer_s": round(min(seen.first_answer), 1),
        "rss_ready_mb": round(seen.megabytes_ready),
        "rss_loaded_mb": round(seen.megabytes_loaded),
        "turn_1_p50_ms": _milliseconds(alone, 0.5),
        "turn_1_p95_ms": _milliseconds(alone, 0.95),
        "turn_many_p50_ms": _milliseconds(together, 0.5),
        "turn_many_p95_ms": _milliseconds(together, 0.95),
        "throughput": round(median(burst.throughput for burst in seen.together), 1),
        "turn_cpu_ms": round(1000 * sum(burst.cpu_seconds for burst in seen.together) / len(together), 1),
        "turn_early_ms": turn_early,
        "turn_late_ms": turn_late,
        "growth": round(turn_late / turn_early, 2) if turn_early and turn_late else None,
        "long_turns_reached": min(long.reached for long in seen.long),
        "turns_counted": count,
        "silent_share": round(sum(one.silent for one in turns) / count, 3),
        "action_percent": round(100 * sum(one.by_action for one in turns) / count),
        "client_cpu_share": round(max(burst.client_cpu for burst in seen.together), 2),
    }


def targets(houlu: Numbers, peer: Numbers, late: int) -> list[Target]:
    """What Houlu must reach."""
    mine, theirs, growth = houlu["throughput"], peer["throughput"], houlu["growth"]
    assert isinstance(mine, float)
    assert isinstance(theirs, float)
    assert not isinstance(growth, str)
    return [
        Target("throughput of Houlu, times that of Rasa's defaults", mine / theirs, THROUGHPUT_TIMES, True),
        Target(f"Houlu's latency at turn {late}, times that at turn 5", growth, GROWTH_TIMES, False),
    ]


def table(houlu: Numbers, peer: Numbers, users: int, late: int) -> list[Sequence[str]]:
    """Rows of four cells, the head first; the last cell says how many times better Houlu is."""
    rows: list[Sequence[str]] = [("", "Houlu", "Rasa's defaults", "ratio")]
    for title, key in _ROWS:
        mine, theirs = houlu[key], peer[key]
        ratio = ""
        if key not in _NO_RATIO and isinstance(mine, int | float) and isinstance(theirs, int | float) and theirs:
            ratio = f"{mine / theirs:.1f}x" if key == "throughput" else f"{theirs / mine:.1f}x" if mine else ""
        rows.append((title.format(users=users, late=late), _cell(mine), _cell(theirs), ratio))
    return rows


def plain(rows: Sequence[Sequence[str]]) -> str:
    """For the terminal."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for title, *cells in rows:
        right = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        lines.append("  ".join([title.ljust(widths[0]), *right]).rstrip())
    return "\n".join(lines)


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """For the record."""
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|---|---:|---:|---:|", *body])


def _milliseconds(seconds: list[float], share: float) -> float | None:
    if not seconds:
        return None
    return round(1000 * sorted(seconds)[math.ceil(share * len(seconds)) - 1], 1)


def _cell(value: float | str | None) -> str:
    return "-" if value is None else str(value)
