"""What stands on the sheet of a case."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from houlu.knowledge import ids
from houlu.knowledge.strategies import DOSE, FIGURE
from houlu.knowledge.table import Knowledge
from houlu.understanding.profile import Profile
from houlu.visit.page import html_of
from houlu.visit.sheet import Sheet, sheet_of
from houlu.visit.wording import NEEDS, Words
from tests.visit.conftest import TODAY

BLOOD_NEGATIVE = Profile(
    driver="egfr_ex19del", drugs=("gefitinib", "osimertinib"), months_on_drug=11, progression="imaging",
    pattern="brain", rebiopsy="blood", findings=("none",))
#: "Stop it", "switch it", "take it" said to the patient. 不要自己停药 is what may be said.
_ORDERS = re.compile(r"(?<!不要)(?<!别)(?<!不要自己)(?:请|您|你)(?:自己)?(?:停药|停掉|换药|换成|改吃|加量|减量)")


def facts(sheet: Sheet) -> dict[str, tuple[str, bool]]:
    return {fact.what: (fact.said, fact.known) for fact in sheet.told}


def everything(sheet: Sheet) -> str:
    return str(sheet)


def test_what_the_family_told_stands_there_in_plain_words(knowledge: Knowledge) -> None:
    told = facts(sheet_of(BLOOD_NEGATIVE, knowledge, TODAY))
    assert told["最初的基因"] == ("EGFR 19缺失", True)
    assert told["用过的药"] == ("吉非替尼、奥希替尼", True)
    assert told["最后一种药用了"] == ("11个月", True)
    assert told["进展情况"] == ("脑部进展", True)
    assert told["有没有再查"] == ("抽血查过", True)
    assert all(known for _, known in told.values())


def test_gaps_are_marked_and_asked_about(knowledge: Knowledge) -> None:
    sheet = sheet_of(Profile(drugs=("alectinib",)), knowledge, TODAY)
    told = facts(sheet)
    assert told["用过的药"] == ("阿来替尼", True)
    assert told["进展情况"] == ("没说", False)
    assert told["最初的基因"] == ("没说（从用过的药看，可能是ALK融合）", False)
    asked = " ".join(sheet.particular.lines)
    assert "要不要再查一次基因" in asked
    assert "好几处都在长" in asked


def test_what_follows_from_a_finding_is_no_gap(knowledge: Knowledge) -> None:
    sheet = sheet_of(Profile(drugs=("gefitinib",), findings=("t790m",)), knowledge, TODAY)
    assert "有没有再查" not in facts(sheet)
    assert "要不要再查一次基因" not in " ".join(sheet.particular.lines)
    assert "这次查到" not in facts(sheet_of(Profile(rebiopsy="pending"), knowledge, TODAY))


def test_the_questions_are_those_of_the_case(knowledge: Knowledge) -> None:
    asked = " ".join(sheet_of(BLOOD_NEGATIVE, knowledge, TODAY).particular.lines)
    assert "抽血没有查到，不等于真的没有" in asked
    assert "脑子里的情况" in asked
    amplified = sheet_of(Profile(driver="egfr", findings=("her2_amp",)), knowledge, TODAY)
    assert "HER2扩增，不是HER2突变" in " ".join(amplified.particular.lines)
    assert "HER2扩增，不是HER2突变" not in asked


def test_what_to_bring_follows_the_test(knowledge: Knowledge) -> None:
    tested = " ".join(sheet_of(Profile(rebiopsy="tissue"), knowledge, TODAY).bring.lines)
    waiting = " ".join(sheet_of(Profile(rebiopsy="pending"), knowledge, TODAY).bring.lines)
    assert "重新查的基因、病理报告" in tested
    assert "送检的单子" in waiting
    for bring in (tested, waiting):
        for thing in ("最近一次CT", "以前所有的基因检测报告", "用药时间表", "医保卡"):
            assert thing in bring


def test_options_come_with_evidence_approval_and_sources(knowledge: Knowledge) -> None:
    sheet = sheet_of(BLOOD_NEGATIVE, knowledge, TODAY)
    rows = {row.regimen: row for row in knowledge.strategies}
    assert sheet.options
    numbers = {source.number for source in sheet.sources}
    for option in sheet.options:
        row = rows[option.regimen]
        assert row.role == "option"
        assert row.evidence_level in option.evidence
        assert option.approval
        assert option.cited
        assert set(option.cited) <= numbers
    assert [source.number for source in sheet.sources] == list(range(1, len(sheet.sources) + 1))


def test_after_a_third_generation_drug_there_is_no_t790m_advice(knowledge: Knowledge) -> None:
    sheet = sheet_of(Profile(driver="egfr", drugs=("osimertinib",), findings=("t790m",)), knowledge, TODAY)
    assert not any("T790M阳性" in option.summary for option in sheet.options)


def test_another_cancer_gets_no_option(knowledge: Knowledge) -> None:
    sheet = sheet_of(Profile(cancer="breast"), knowledge, TODAY)
    assert sheet.options == ()
    assert sheet.others.lines == ()
    assert facts(sheet)["癌种"][1]
    assert sheet.danger.lines


def test_danger_signs_stand_on_every_sheet(knowledge: Knowledge) -> None:
    danger = " ".join(sheet_of(Profile(), knowledge, TODAY).danger.lines)
    for sign in ("咳血", "坐着也喘", "抽搐", "腿突然没力气", "38℃", "12356"):
        assert sign in danger


def test_the_same_case_gives_the_same_sheet(knowledge: Knowledge) -> None:
    assert sheet_of(BLOOD_NEGATIVE, knowledge, TODAY) == sheet_of(BLOOD_NEGATIVE, knowledge, TODAY)


_DRUGS = ("gefitinib", "osimertinib", "alectinib", "lorlatinib", "savolitinib", "selpercatinib", "carboplatin")
profiles = st.builds(
    Profile,
    driver=st.sampled_from([None, *ids.DRIVERS]),
    drugs=st.lists(st.sampled_from(_DRUGS), max_size=3, unique=True).map(tuple),
    progression=st.sampled_from([None, *ids.PROGRESSIONS]),
    pattern=st.sampled_from([None, *ids.PATTERNS]),
    rebiopsy=st.sampled_from([None, *ids.REBIOPSIES]),
    findings=st.lists(st.sampled_from(ids.FINDINGS), max_size=2, unique=True).map(tuple),
    histology=st.sampled_from([None, *ids.HISTOLOGIES]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(profile=profiles)
def test_no_dose_no_order_and_no_figure_of_its_own(knowledge: Knowledge, words: Words, profile: Profile) -> None:
    sheet = sheet_of(profile, knowledge, TODAY)
    page = re.sub(r"<style>.*?</style>", "", html_of(sheet, words, "/x.pdf", TODAY), flags=re.DOTALL)
    assert not DOSE.search(page)
    assert not _ORDERS.search(page)
    table = " ".join(f"{row.evidence} {row.not_shown} {row.approval.text}" for row in knowledge.strategies)
    for option in sheet.options:
        assert all(figure in table for figure in FIGURE.findall(option.evidence))
        assert not FIGURE.search(option.summary)
    for group in (sheet.bring, sheet.particular, sheet.general, sheet.danger):
        assert not any(FIGURE.search(line) for line in group.lines)


@pytest.mark.parametrize("key", sorted(NEEDS))
def test_every_label_is_a_phrase(knowledge: Knowledge, key: str) -> None:
    knowledge.phrases.require({key: NEEDS[key]})
