"""The labels of the sheet, in the page's and in the paper's order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain

from houlu.knowledge.phrases import Phrases

#: Every phrase that is asked for, with its places: missing ones stop the start, not a patient.
NEEDS: dict[str, tuple[str, ...]] = {
    **{f"visit.{key}": () for key in (
        "title", "subtitle", "label", "size.heading", "size.usual", "size.large", "size.largest",
        "download", "told.heading", "told.note", "told.gap", "bring.heading",
        "ask.heading", "ask.case", "ask.general", "options.heading", "options.note", "options.general", "options.none",
        "options.evidence", "options.approval", "options.effects", "options.others", "options.caution",
        "danger.heading", "notes.heading", "sources.heading", "not_found.title", "not_found.text",
        "unavailable.title", "unavailable.text", "too_many.title")},
    "visit.date": ("year", "month", "day"),
    "visit.expires": ("year", "month", "day"),
    "visit.told.inferred": ("driver",),
    "visit.options.other": ("regimen", "evidence", "approval"),
    "visit.options.warned": ("regimen", "summary"),
    "visit.options.left": ("count",),
    "visit.sources.version": ("version",),
    "visit.too_many.text": ("seconds",),
}


class Words:
    """The phrases of `visit.yaml`."""

    def __init__(self, phrases: Phrases) -> None:
        self._text = phrases.text

    def __call__(self, key: str, **values: object) -> str:
        return self._text(f"visit.{key}", **values)

    def day(self, key: str, day: date) -> str:
        """A phrase with a date in it."""
        return self(key, year=day.year, month=day.month, day=day.day)


def ranges(numbers: Sequence[int]) -> str:
    """1,2,3,7 as 1-3,7."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ",".join(chain.from_iterable(
        [f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(one) for one in run] for run in runs))
