"""The matcher over the real table, for any case that a profile can make."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from houlu.knowledge import current, ids
from houlu.knowledge.case import holds
from houlu.knowledge.matcher import match, specificity
from houlu.knowledge.strategies import Condition, Strategy
from houlu.understanding.account import inferred_family
from houlu.understanding.profile import Profile
from tests.unit.knowledge.cases import case, scene

KNOWLEDGE = current.knowledge()
ROWS = KNOWLEDGE.strategies
DRUGS = sorted(KNOWLEDGE.lexicon.drugs)
SOURCED = [row for row in ROWS if row.sources and row.role != "context"]

profiles = st.fixed_dictionaries(
    {},
    optional={
        "driver": st.sampled_from(ids.DRIVERS),
        "drugs": st.lists(st.sampled_from(DRUGS), max_size=4, unique=True),
        "findings": st.lists(st.sampled_from(ids.FINDINGS), max_size=3, unique=True),
        "histology": st.sampled_from(ids.HISTOLOGIES),
        "pattern": st.sampled_from(ids.PATTERNS),
        "rebiopsy": st.sampled_from(ids.REBIOPSIES),
        "cancer": st.just("nsclc"),
    },
)
roles = st.sampled_from(("option", "caution"))
other_cancers = st.sampled_from([*sorted(c.id for c in KNOWLEDGE.lexicon.cancers.values() if not c.lung), "sclc"])
#: Facts that no row asks for: what they are must not take a way forward away.
irrelevant = st.fixed_dictionaries(
    {},
    optional={
        "months_on_drug": st.floats(0.5, 200),
        "pd_l1": st.integers(0, 100),
        "progression": st.sampled_from(ids.PROGRESSIONS),
    },
)


@given(profiles, roles)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_an_exclusion_always_wins(profile: dict[str, Any], role: str) -> None:
    found = case(**profile)
    for one in match(ROWS, found, role):
        assert not any(holds(condition, found) for condition in one.row.excludes)
        assert any(holds(condition, found) for condition in one.row.applies)


@pytest.mark.parametrize("row", [row for row in ROWS if row.excludes], ids=lambda row: row.id)
def test_a_row_is_gone_once_its_exclusion_is_added_to_a_fitting_case(row: Strategy) -> None:
    for fits, excluded in product(row.applies, row.excludes):
        for profile in _profiles_for(fits, also=excluded):
            made = case(**profile)
            if holds(excluded, made):
                assert row.id not in [one.row.id for one in match(ROWS, made, row.role)]


@given(profiles, other_cancers, roles)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_another_cancer_gets_no_row(profile: dict[str, Any], cancer: str, role: str) -> None:
    assert match(ROWS, case(**{**profile, "cancer": cancer}), role) == []


@given(profiles, irrelevant, roles)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_an_irrelevant_fact_changes_nothing(profile: dict[str, Any], facts: dict[str, Any], role: str) -> None:
    assert _ids(role, **profile, **facts) == _ids(role, **profile)


@given(
    profiles,
    st.lists(st.sampled_from([f for f in ids.FINDINGS if f != "none"]), min_size=1, max_size=3, unique=True),
    roles,
)
@settings(max_examples=80, deadline=None, derandomize=True)
def test_a_negative_finding_removes_nothing_from_a_case_whose_driver_is_known(
    profile: dict[str, Any], negative: list[str], role: str
) -> None:
    """A large panel names many genes that were not found: they do not change which drugs the case is about."""
    assume(inferred_family(Profile.from_dict(profile), KNOWLEDGE.lexicon))
    assume(not set(negative) & set(profile.get("findings", ())))
    assert _ids(role, **profile, negative=negative) == _ids(role, **profile)


@given(profiles, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_order_is_total_and_does_not_depend_on_that_of_the_file(profile: dict[str, Any], random: Any) -> None:
    shuffled = list(ROWS)
    random.shuffle(shuffled)
    found = case(**profile)
    assert [m.row.id for m in match(shuffled, found)] == [m.row.id for m in match(ROWS, found)]
    assert len(set(_ids("option", **profile))) == len(_ids("option", **profile))


@given(profiles)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_finding_comes_before_what_does_not_ask_for_one(profile: dict[str, Any]) -> None:
    found = case(**profile)
    ranks = [min(specificity(c) for c in m.row.applies if holds(c, found)) for m in match(ROWS, found)]
    assert ranks == sorted(ranks)


@given(profiles)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_same_case_gives_the_same_rows_and_each_tells_why_in_its_own_words(profile: dict[str, Any]) -> None:
    found = case(**profile)
    assert match(ROWS, found) == match(ROWS, found)
    words = set(scene(**profile).case.words.values())
    assert all(set(one.because) <= words for one in match(ROWS, found))


@pytest.mark.parametrize("row", SOURCED, ids=lambda row: row.id)
def test_every_sourced_row_is_reached_by_some_case(row: Strategy) -> None:
    reached = [row.id in _ids(row.role, **profile) for fits in row.applies for profile in _profiles_for(fits)]
    assert any(reached)


@pytest.mark.parametrize("row", [row for row in ROWS if not row.sources], ids=lambda row: row.id)
def test_a_row_without_a_source_is_never_shown(row: Strategy) -> None:
    for fits in row.applies:
        for profile in _profiles_for(fits):
            assert row.id not in _ids(row.role, **profile)


def test_what_is_unknown_satisfies_no_condition_that_asks_for_it() -> None:
    nothing = case()
    for condition in (
        Condition(driver=["egfr"]),
        Condition(findings_any=["t790m"]),
        Condition(pattern_any=["slow"]),
        Condition(generation_any=["1"]),
    ):
        assert not holds(condition, nothing)
    assert holds(Condition(), nothing)
    assert not holds(Condition(no_target=True), nothing)
    assert holds(Condition(no_target=True), replace(nothing, findings=frozenset(["kras"])))


def _ids(role: str, **profile: Any) -> list[str]:
    return [found.row.id for found in match(ROWS, case(**profile), role)]


def _profiles_for(wanted: Condition, also: Condition | None = None) -> list[dict[str, Any]]:
    """Profiles that fulfil a condition (and a second one): a driver, drugs of the generation, findings, a pattern."""
    both = [wanted, also] if also else [wanted]
    findings = [f for c in both for f in (*c.findings_any[:1], *c.findings_all)]
    drugs = [d for c in both for d in c.drugs_any[:1]]
    rest = {
        key: getattr(c, f"{key}_any")[0]
        for c in both
        for key in ("pattern", "histology", "rebiopsy")
        if getattr(c, f"{key}_any")
    }
    made = []
    for driver in both[-1].driver or wanted.driver or [None]:
        of_generation = [_drug(driver, c.generation_any[0]) for c in both if c.generation_any]
        taken = [drug for drug in (*drugs, *of_generation) if drug]
        made.append({**rest, **({"driver": driver} if driver else {}), "drugs": taken, "findings": findings})
    return made


def _drug(family: str | None, generation: str) -> str | None:
    """A targeted drug of a generation against a driver."""
    drugs = KNOWLEDGE.lexicon.drugs.values()
    return next((d.id for d in drugs if d.generation == generation and (family is None or family in d.families)), None)
