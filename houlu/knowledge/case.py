"""The matcher's view of a patient: what was said, and what follows from the drugs and findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from houlu.knowledge.strategies import Condition

#: Findings that a row can act on; when none of them is there, "no target" holds.
NOT_A_TARGET = frozenset(("none", "kras", "pik3ca", "egfr_amp"))


@dataclass(frozen=True)
class Case:
    """lung: False for another cancer or de-novo small-cell cancer, for which no row holds. generations: of the TKIs
    taken against `family`. The rest is as in the profile."""

    lung: bool = True
    family: str | None = None
    drugs: frozenset[str] = frozenset()
    generations: frozenset[str] = frozenset()
    findings: frozenset[str] = frozenset()
    negative: frozenset[str] = frozenset()
    pattern: str | None = None
    histology: str | None = None
    rebiopsy: str | None = None
    words: dict[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def no_target(self) -> bool:
        return bool(self.findings) and self.findings <= NOT_A_TARGET


def holds(condition: Condition, case: Case) -> bool:
    """Every given field of the condition holds. What is unknown satisfies no `*_any`."""
    c = condition
    return (
        (not c.driver or case.family in c.driver)
        and _any(c.findings_any, case.findings)
        and set(c.findings_all) <= case.findings
        and case.findings.isdisjoint(c.findings_none)
        and (not c.pattern_any or case.pattern in c.pattern_any)
        and case.pattern not in c.pattern_none
        and (not c.histology_any or case.histology in c.histology_any)
        and (not c.rebiopsy_any or case.rebiopsy in c.rebiopsy_any)
        and _any(c.drugs_any, case.drugs)
        and case.drugs.isdisjoint(c.drugs_none)
        and _any(c.generation_any, case.generations)
        and case.generations.isdisjoint(c.generation_none)
        and (c.no_target is None or c.no_target == case.no_target)
    )


def _any(wanted: Iterable[str], have: frozenset[str]) -> bool:
    wanted = set(wanted)
    return not wanted or not wanted.isdisjoint(have)
