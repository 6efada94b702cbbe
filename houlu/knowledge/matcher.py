"""Which rows of the strategy table fit a case, in which order, and why. A pure function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from houlu.knowledge import ids
from houlu.knowledge.case import Case, holds
from houlu.knowledge.strategies import Condition, Strategy


@dataclass(frozen=True)
class Match:
    """A row that fits. because: the case's own words for the facts that made it fit, most telling first."""

    row: Strategy
    because: tuple[str, ...]


def match(rows: Sequence[Strategy], case: Case, role: str = "option") -> list[Match]:
    """The rows of one role that fit, ordered: finding, pattern, drug, driver, general; then approved in China; then
    randomised evidence; then the article's order; then id. Rows without a source are never shown."""
    if not case.lung:
        return []
    found = []
    for row in rows:
        if row.role != role or not row.sources or any(holds(condition, case) for condition in row.excludes):
            continue
        fitting = [condition for condition in row.applies if holds(condition, case)]
        if fitting:
            best = min(fitting, key=specificity)
            found.append((_order(row, best), Match(row, _because(best, case))))
    return [match for _, match in sorted(found, key=lambda pair: pair[0])]


def specificity(condition: Condition) -> int:
    """0 a finding, 1 a pattern, 2 a drug, 3 a driver, 4 nothing."""
    if condition.findings_any or condition.findings_all:
        return 0
    if condition.pattern_any:
        return 1
    if condition.drugs_any or condition.generation_any:
        return 2
    return 3 if condition.driver or condition.histology_any else 4


def _order(row: Strategy, condition: Condition) -> tuple[int, bool, bool, int, str]:
    approved = row.approval.status == "approved" and row.approval.verified
    return specificity(condition), not approved, not row.randomised, ids.CATEGORIES.index(row.category), row.id


def _because(condition: Condition, case: Case) -> tuple[str, ...]:
    facts: list[str] = []
    facts += [f for f in (*condition.findings_all, *condition.findings_any) if f in case.findings]
    if condition.pattern_any and case.pattern:
        facts.append(case.pattern)
    facts += [d for d in condition.drugs_any if d in case.drugs]
    if condition.generation_any:
        facts.append("tki")
    if condition.driver and case.family:
        facts.append(case.family)
    return tuple(dict.fromkeys(case.words.get(fact, "") for fact in facts if case.words.get(fact)))
