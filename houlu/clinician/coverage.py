"""What every possible case gets: driver × last drug × finding × pattern, all of them, and how fast it is found."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from time import process_time

from houlu.dialogue.scene import Message, Scene, case_of
from houlu.dialogue.state import State
from houlu.knowledge import ids
from houlu.knowledge.case import Case, holds
from houlu.knowledge.matcher import Match, match
from houlu.knowledge.strategies import Strategy
from houlu.knowledge.table import Knowledge
from houlu.understanding.lexicon import CLASS_NAMES
from houlu.understanding.profile import Profile

#: Drivers that one condition without finding or pattern names, from which on its row is general.
_MANY = 4
#: Cases without any row that are listed for one driver.
_EXAMPLES = 3
Combination = tuple[str | None, str | None, str | None, str | None]


@dataclass
class Tally:
    """Combinations of one driver by what they get at best. barren: some that get nothing, as (driver, drug, finding,
    pattern). excluded: rows shown although an exclusion holds: there must be none."""

    specific: int = 0
    general: int = 0
    nothing: int = 0
    excluded: int = 0
    barren: list[Combination] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All combinations."""
        return self.specific + self.general + self.nothing


@dataclass(frozen=True)
class Coverage:
    """tallies: by driver, None where it is unknown. matches: calls of the matcher; seconds: their processor time."""

    tallies: dict[str | None, Tally]
    matches: int
    seconds: float


def coverage(knowledge: Knowledge, drugs: Collection[str | None] | None = None) -> Coverage:
    """Try every combination. drugs: the last drugs to try; all of the lexicon and none, unless given."""
    last = drugs if drugs is not None else [None, *sorted(knowledge.lexicon.drugs), *CLASS_NAMES]
    general = frozenset(row.id for row in knowledge.strategies if is_general(row))
    tallies: dict[str | None, Tally] = {}
    seen: dict[Case, list[Match]] = {}
    seconds = 0.0
    for combination, case in _cases(knowledge, last):
        if (found := seen.get(case)) is None:
            start = process_time()
            found = seen[case] = match(knowledge.strategies, case)
            seconds += process_time() - start
        _count(tallies.setdefault(combination[0], Tally()), combination, case, found, general)
    return Coverage(tallies, len(seen), seconds)


def is_general(row: Strategy) -> bool:
    """It would be said to nearly everybody: chemotherapy, a trial."""
    return any(len(c.driver) >= _MANY and not (c.findings_any or c.findings_all or c.pattern_any) for c in row.applies)


def _cases(knowledge: Knowledge, last: Collection[str | None]) -> Iterator[tuple[Combination, Case]]:
    for driver in (None, *ids.DRIVERS):
        for drug in last:
            for finding in (None, *ids.FINDINGS):
                profile = Profile(driver=driver, drugs=(drug,) if drug else (), findings=(finding,) if finding else ())
                case = case_of(Scene(knowledge, State(profile=profile), Message("", "strategy")))
                for pattern in (None, *ids.PATTERNS):
                    yield (driver, drug, finding, pattern), replace(case, pattern=pattern)


def _count(tally: Tally, tried: Combination, case: Case, found: list[Match], general: Collection[str]) -> None:
    if any(one.row.id not in general for one in found):
        tally.specific += 1
    elif found:
        tally.general += 1
    else:
        tally.nothing += 1
        if len(tally.barren) < _EXAMPLES:
            tally.barren.append(tried)
    tally.excluded += sum(any(holds(condition, case) for condition in one.row.excludes) for one in found)
