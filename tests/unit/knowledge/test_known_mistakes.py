"""The seven mistakes that the design names, each over the real tables."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest

from houlu.dialogue import strategies
from houlu.knowledge import current, ids
from houlu.knowledge.matcher import match
from houlu.knowledge.strategies import Strategy
from tests.unit.knowledge.cases import case, scene, shown
from tests.unit.knowledge.patient_texts import sentences, texts

KNOWLEDGE = current.knowledge()
ROWS = {row.id: row for row in KNOWLEDGE.strategies}
EGFR = {d.id: d.generation for d in KNOWLEDGE.lexicon.drugs.values() if "egfr" in d.families}
THIRD = sorted(drug for drug, generation in EGFR.items() if generation == "3")
HER2_DRUGS = {"trastuzumab deruxtecan", "trastuzumab rezetecan", "zongertinib", "sevabertinib", "pyrotinib"}


# 1. T790M advice after a third-generation drug in the first line


@pytest.mark.parametrize("drug", THIRD)
@pytest.mark.parametrize("others", [[], ["met_amp"], ["c797s"], ["none"]])
def test_t790m_after_a_third_generation_drug_gives_no_other_third_generation_drug(drug: str, others: list[str]) -> None:
    findings = ["t790m", *(finding for finding in others if finding != "none")]
    for driver in ("egfr", "egfr_ex19del", "egfr_l858r", None):
        for row in shown(driver=driver, drugs=[drug], findings=findings, progression="imaging"):
            assert ROWS[row].category != "next_generation_tki", row
            assert not row.startswith("t790m"), row


def test_t790m_after_a_first_generation_drug_does_give_one() -> None:
    assert shown(driver="egfr", drugs=["gefitinib"], findings=["t790m"])[0] == "t790m_osimertinib"
    assert "t790m_osimertinib" not in shown(driver="egfr", drugs=["gefitinib", "osimertinib"], findings=["t790m"])


@pytest.mark.parametrize("asked", ["t790m阳性能不能换三代药", "查出t790m了换哪个药", "还有新一代的药吗", "t790m"])
@pytest.mark.parametrize("topic", ["next_generation", "strategy", "mechanism"])
def test_no_answer_sends_a_third_generation_patient_to_a_third_generation_drug(topic: str, asked: str) -> None:
    after_third = case(driver="egfr_ex19del", drugs=["osimertinib"], findings=["t790m"])
    told = KNOWLEDGE.answer(topic, asked, after_third)
    assert "证据最硬" not in told.short + told.long or "一代" in told.short + told.long
    assert told.id not in ("next_generation_t790m_found", "next_generation_after_first", "strategy_egfr_after_first")


# 2. Immunotherapy alone for EGFR or ALK because PD-L1 is high


@pytest.mark.parametrize("driver", ["egfr", "egfr_ex19del", "egfr_l858r", "egfr_uncommon", "egfr_ex20ins", "alk"])
@pytest.mark.parametrize("pd_l1", [None, 1, 50, 90, 100])
def test_immunotherapy_alone_is_never_an_option(driver: str, pd_l1: int | None) -> None:
    drugs = ["alectinib", "lorlatinib"] if driver == "alk" else ["gefitinib", "osimertinib"]
    for findings in ([], ["none"], ["met_amp"], ["kras"]):
        for row in shown(driver=driver, drugs=drugs, findings=findings, pd_l1=pd_l1):
            if ROWS[row].category == "immunotherapy":
                kinds = {KNOWLEDGE.lexicon.drugs[drug].kind for drug in ROWS[row].drugs}
                assert "chemotherapy" in kinds, f"{row} is immunotherapy without chemotherapy"


def test_a_warning_against_it_stands_in_the_tables() -> None:
    assert "io_monotherapy" in shown("caution", driver="egfr", drugs=["osimertinib"])
    assert "driver_positive_ici" in shown("caution", driver="alk", drugs=["alectinib"])


@pytest.mark.parametrize("driver", ["egfr_ex19del", "alk"])
def test_the_answer_on_a_high_pd_l1_says_no(driver: str) -> None:
    told = KNOWLEDGE.answer("immunotherapy", "pdl1 80%能不能单用k药", case(driver=driver))
    assert re.search(r"不能当作单用免疫的理由|也靠不住|基本没有看到效果", told.short)


# 3. A negative blood test taken for an exclusion


@pytest.mark.parametrize("driver", ["egfr", "alk", "ros1", "met_ex14", "ret"])
def test_strategies_after_a_negative_blood_test_say_that_it_excludes_nothing(driver: str) -> None:
    drugs = {
        "egfr": ["gefitinib"],
        "alk": ["alectinib"],
        "ros1": ["crizotinib"],
        "met_ex14": ["savolitinib"],
        "ret": [],
    }
    told = strategies.show(scene(driver=driver, drugs=drugs[driver], rebiopsy="blood", findings=["none"]))
    assert "抽血没查到，不等于真的没有" in told.replies[0].text or told.replies[0].kind == "answer"


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        ("rebiopsy_how", "抽血没查到是不是就是没有突变"),
        ("rebiopsy_how", "血检阴性"),
        ("rebiopsy_why", "抽血都没查到还要穿刺吗"),
        ("strategy", "抽血没查到突变怎么办"),
        ("next_generation", "抽血没查到t790m能吃三代药吗"),
    ],
)
def test_answers_on_a_negative_blood_test_say_so_too(topic: str, asked: str) -> None:
    told = KNOWLEDGE.answer(topic, asked, case(driver="egfr", drugs=["gefitinib"], rebiopsy="blood", findings=["none"]))
    assert re.search(r"不等于(真的)?没有|会漏|漏一个|漏掉一个", told.short), told.id


# 4. HER2-mutation drugs for an amplification


@pytest.mark.parametrize("finding", ["her2_amp", "her2_overexpression"])
@pytest.mark.parametrize("driver", [d for d in ids.DRIVERS if d != "her2_mut"] + [None])
def test_her2_mutation_drugs_are_never_shown_for_an_amplification(finding: str, driver: str | None) -> None:
    drugs = [[], ["gefitinib"], ["osimertinib"]] if (driver or "egfr").startswith("egfr") else [[]]
    for taken in drugs:
        for row in shown(driver=driver, drugs=taken, findings=[finding]):
            assert not HER2_DRUGS & set(ROWS[row].drugs), row


def test_they_are_shown_for_the_mutation() -> None:
    assert {"her2_tdxd", "her2_zongertinib"} <= set(shown(driver="egfr", drugs=["osimertinib"], findings=["her2_mut"]))


# 5. A gain in PFS called a gain in survival

LONGER = re.compile(r"活得(?:更|要)?(?:久|长)|多活|延长(?:了)?(?:生命|寿命|总?生存)|救命")


def test_no_text_says_that_a_treatment_lets_people_live_longer_without_an_overall_survival_result() -> None:
    doubt = r"没有|不能|不等于|没让|不是|还没|未|是不是|有没有证明|没核|算"
    for where, sentence in sentences(KNOWLEDGE):
        if LONGER.search(sentence):
            assert re.search(doubt, sentence) or re.search(r"总(?:的)?生存", sentence), f"{where}: {sentence}"


def test_every_pfs_is_worded_as_control_of_the_disease() -> None:
    for where, sentence in sentences(KNOWLEDGE):
        if "无进展生存" in sentence or "PFS" in sentence:
            assert "控制" in sentence, f"{where}: {sentence}"


def test_an_option_with_a_figure_on_control_says_what_its_study_did_not_show() -> None:
    rows = [row for row in KNOWLEDGE.strategies if row.role == "option" and row.verified and "控制时间" in row.evidence]
    assert len(rows) > 10
    assert [row.id for row in rows if not row.not_shown] == []


# 6. Forgetting what is approved in China


@pytest.mark.parametrize(
    ("rows", "profile"),
    [
        (
            ["harmoni_a", "orient31", "optitrop_lung04"],
            {"driver": "egfr_ex19del", "drugs": ["osimertinib"], "findings": ["none"]},
        ),
        (
            ["harmoni_a", "orient31", "optitrop_lung04"],
            {"driver": "egfr_l858r", "drugs": ["gefitinib"], "findings": ["none"]},
        ),
        (["harmoni_a", "optitrop_lung04"], {"driver": "egfr", "drugs": ["osimertinib"], "findings": ["c797s"]}),
        (["optitrop_lung03"], {"driver": "egfr", "drugs": ["osimertinib", "platinum_chemotherapy"]}),
        (["met_amp_savolitinib"], {"driver": "egfr", "drugs": ["osimertinib"], "findings": ["met_amp"]}),
        (["met_amp_savolitinib"], {"driver": "egfr", "drugs": ["gefitinib"], "findings": ["met_amp"]}),
    ],
)
def test_what_is_approved_in_china_is_among_the_first_rows(rows: list[str], profile: dict[str, object]) -> None:
    first = shown(**profile)[: strategies.ROWS]
    assert set(rows) <= set(first)
    assert all(ROWS[row].approval.status == "approved" and ROWS[row].approval.verified for row in rows)


@pytest.mark.parametrize(
    ("row", "drugs"),
    [
        ("harmoni_a", {"ivonescimab"}),
        ("optitrop_lung04", {"sacituzumab tirumotecan"}),
        ("orient31", {"sintilimab", "bevacizumab"}),
        ("met_amp_savolitinib", {"savolitinib", "osimertinib"}),
    ],
)
def test_the_approval_is_told_with_its_date(row: str, drugs: set[str]) -> None:
    assert drugs <= set(ROWS[row].drugs)
    assert re.search(r"国内(?:批准（)?20\d\d年\d+月", strategies.approval(scene(), ROWS[row]))


# 7. Comparing numbers across trials


def test_the_order_of_the_rows_does_not_depend_on_any_figure() -> None:
    for profile in (
        {"driver": "egfr", "drugs": ["osimertinib"], "findings": ["none"]},
        {"driver": "egfr", "drugs": ["gefitinib"], "findings": ["t790m"]},
    ):
        blank = [row.copy(update={"evidence": "", "not_shown": "", "summary": "x"}) for row in KNOWLEDGE.strategies]
        assert [found.row.id for found in match(blank, case(**profile))] == shown(**profile)


def test_no_sentence_sets_the_results_of_two_regimens_against_each_other() -> None:
    """A comparison names what was compared in the same study: chemotherapy, placebo, controls, the drug alone."""
    better = re.compile(r"(?:更|要)(?:有效|强|好)于?|优于|胜过|好于|强于|高于|长于")
    fair = r"化疗|对照|安慰剂|单用|单独|面对面|直接比|头对头|没有|不能|说不出|不是|不等于|不同|更好取"
    for where, sentence in sentences(KNOWLEDGE):
        if better.search(sentence) and not where.startswith(("phrase", "refusal", "emergency")):
            assert re.search(fair, sentence), f"{where}: {sentence}"


def test_no_row_quotes_the_study_of_another_row() -> None:
    study = re.compile(r"\b(?:[A-Z]{4,}[A-Za-z]*(?:-[A-Z0-9]+)?|[A-Z][a-z]+[A-Z]{2,}-?[A-Za-z0-9]*)\b")
    names = {
        row.id: set(study.findall(row.evidence)) - {"EGFR", "HER2", "BRAF", "KRAS", "NTRK", "ROS1"}
        for row in KNOWLEDGE.strategies
    }
    for one, other in combinations(KNOWLEDGE.strategies, 2):
        if names[one.id] & names[other.id]:
            assert set(one.sources) & set(other.sources), (
                f"{one.id} and {other.id} share {names[one.id] & names[other.id]}"
            )


@pytest.mark.parametrize("asked", ["哪个方案更好", "依沃西和芦康沙妥哪个好", "该选哪个"])
def test_who_asks_which_is_better_hears_that_studies_cannot_be_compared(asked: str) -> None:
    told = KNOWLEDGE.answer("strategy", asked, case(driver="egfr", drugs=["osimertinib"], findings=["none"]))
    assert "不能拿来比大小" in told.short


def test_rows_stay_as_they_are_when_the_case_has_more_words() -> None:
    """The words of a case explain a row and never choose it."""
    plain = case(driver="egfr", drugs=["gefitinib"], findings=["t790m"])
    rows: list[Strategy] = KNOWLEDGE.strategies
    assert [m.row.id for m in match(rows, replace(plain, words={}))] == [m.row.id for m in match(rows, plain)]


def test_the_texts_are_all_there_is_to_read() -> None:
    assert len(list(texts(KNOWLEDGE))) > 1000
