"""Every case: what it gets, and that no exclusion is ever passed over."""

from __future__ import annotations

import pytest

from houlu.clinician.coverage import Coverage, coverage, is_general
from houlu.clinician.figures import answers, rows, words
from houlu.knowledge import ids
from houlu.knowledge.table import Knowledge


@pytest.fixture(scope="module")
def tried(knowledge: Knowledge) -> Coverage:
    """Every driver, finding and pattern, with the drugs after which the rows end, and without one. (`houlu knowledge
    coverage` tries all drugs, which takes minutes.)"""
    last = [None, "gefitinib", "osimertinib", "zorifertinib", "sunvozertinib", "crizotinib", "lorlatinib",
            "repotrectinib", "savolitinib", "selpercatinib", "dabrafenib", "platinum_chemotherapy"]
    return coverage(knowledge, last)


def test_all_of_them_are_tried(tried: Coverage) -> None:
    assert set(tried.tallies) == {None, *ids.DRIVERS}
    each = 12 * (1 + len(ids.FINDINGS)) * (1 + len(ids.PATTERNS))
    assert {tally.total for tally in tried.tallies.values()} == {each}
    assert 0 < tried.matches < each * len(tried.tallies)


def test_no_case_gets_an_excluded_row(tried: Coverage) -> None:
    assert sum(tally.excluded for tally in tried.tallies.values()) == 0


@pytest.mark.parametrize("driver", [d for d in ids.DRIVERS if d != "none"])
def test_no_case_with_a_driver_stands_without_a_way(tried: Coverage, driver: str) -> None:
    assert (tried.tallies[driver].nothing, tried.tallies[driver].barren) == (0, [])


@pytest.mark.parametrize("driver", [d for d in ids.DRIVERS if d != "none"])
def test_most_cases_get_a_row_of_their_own(tried: Coverage, driver: str) -> None:
    tally = tried.tallies[driver]
    assert tally.specific > 0.85 * tally.total


def test_what_is_said_to_nearly_everybody_is_general(knowledge: Knowledge) -> None:
    general = {row.id for row in knowledge.strategies if row.role == "option" and is_general(row)}
    assert general == {"chemo_after_targeted", "driver_positive_trial"}


def test_the_counts_add_up(knowledge: Knowledge) -> None:
    assert list(rows(knowledge))[-1][:2] == ("all rows", len(knowledge.strategies))
    assert list(answers(knowledge))[-1][:2] == ("all topics", len(knowledge.answers))
    counted = dict(line for line in words(knowledge) if len(line) == 2)
    assert counted["drugs"] == len(knowledge.lexicon.drugs)
    assert counted["sources"] == len(knowledge.sources)
