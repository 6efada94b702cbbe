"""The same question is answered for this case, not for everybody."""

from __future__ import annotations

import pytest

from houlu.knowledge import current
from tests.unit.knowledge.cases import case

KNOWLEDGE = current.knowledge()
CASES = {
    "t790m": {"driver": "egfr", "drugs": ["gefitinib"], "findings": ["t790m"]},
    "no_target": {"driver": "egfr", "drugs": ["osimertinib"], "findings": ["none"]},
    "platinum": {"driver": "egfr", "drugs": ["osimertinib", "platinum_chemotherapy"], "findings": ["none"]},
    "met_amp": {"driver": "egfr", "drugs": ["osimertinib"], "findings": ["met_amp"]},
    "sclc": {"driver": "egfr", "drugs": ["osimertinib"], "findings": ["sclc_transformation"]},
    "alk": {"driver": "alk", "drugs": ["alectinib"]},
    "alk_lorlatinib": {"driver": "alk", "drugs": ["alectinib", "lorlatinib"]},
    "ros1": {"driver": "ros1", "drugs": ["crizotinib"]},
    "ret": {"driver": "ret", "drugs": ["selpercatinib"]},
    "her2": {"driver": "her2_mut"},
    "kras": {"driver": "kras_g12c"},
    "braf": {"driver": "braf_v600e", "drugs": ["dabrafenib", "trametinib"]},
    "met14": {"driver": "met_ex14", "drugs": ["savolitinib"]},
}
PATTERNS = ("slow", "oligo", "widespread", "brain", "leptomeningeal")
FOR_A_CASE = {row.id for row in KNOWLEDGE.answers if row.applies}


def told(topic: str, asked: str, **profile: object) -> str:
    row = KNOWLEDGE.answer(topic, asked, case(**profile))
    return f"{row.short}\n{row.long}"


def test_whether_chemotherapy_still_helps_depends_on_what_was_found() -> None:
    asked = "化疗还有用吗"
    after_third, t790m = (told("chemotherapy", asked, **CASES[name]) for name in ("no_target", "t790m"))
    assert "主要的一条路" in after_third
    assert "芦康沙妥珠单抗" in after_third
    assert "换三代药" in t790m
    assert "一般不是这一步" in t790m
    assert "换三代药" not in after_third


@pytest.mark.parametrize("who", CASES)
def test_chemotherapy_is_answered_for_every_case(who: str) -> None:
    for asked in ("化疗还有用吗", "", "要化疗了吗"):
        row = KNOWLEDGE.answer("chemotherapy", asked, case(**CASES[who]))
        assert row.cues or row.id in FOR_A_CASE
    answers = {name: KNOWLEDGE.answer("chemotherapy", "化疗还有用吗", case(**CASES[name])).id for name in CASES}
    assert len(set(answers.values())) > 8


@pytest.mark.parametrize("topic", ["immunotherapy", "antiangiogenic", "combination", "next_generation", "adc"])
@pytest.mark.parametrize("who", ["t790m", "no_target", "met_amp", "alk_lorlatinib", "ros1", "her2"])
def test_a_treatment_is_answered_for_the_case(topic: str, who: str) -> None:
    assert KNOWLEDGE.answer(topic, "", case(**CASES[who])).id in FOR_A_CASE


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("topic", ["local_therapy", "progression_pattern"])
def test_local_therapy_and_the_pattern_are_answered_for_the_pattern(topic: str, pattern: str) -> None:
    row = KNOWLEDGE.answer(topic, "", case(driver="egfr", drugs=["osimertinib"], pattern=pattern))
    assert any(pattern in condition.pattern_any for condition in row.applies)


def test_another_biopsy_is_answered_for_what_is_known() -> None:
    assert "漏" in told("rebiopsy_why", "", driver="egfr", rebiopsy="blood", findings=["none"])
    assert "T790M" in told("rebiopsy_why", "", driver="egfr", drugs=["gefitinib"])
    assert "脑脊液" in told("rebiopsy_how", "", driver="egfr", drugs=["osimertinib"], pattern="leptomeningeal")


def test_after_small_cell_nothing_speaks_of_the_next_generation_or_of_four_drugs() -> None:
    for topic in ("next_generation", "chemotherapy", "immunotherapy", "combination", "clinical_trial"):
        row = KNOWLEDGE.answer(topic, "", case(**CASES["sclc"]))
        assert any("sclc_transformation" in condition.findings_any for condition in row.applies), row.id


def test_without_a_profile_the_general_answer_is_given() -> None:
    for topic in ("chemotherapy", "immunotherapy", "adc", "local_therapy"):
        assert KNOWLEDGE.answer(topic, "", case()).id not in FOR_A_CASE
