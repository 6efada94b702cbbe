"""Whole messages: everything heard together, over several messages, and what is not about this patient."""

from __future__ import annotations

from typing import Any

import pytest

from houlu.understanding.account import inferred_family
from houlu.understanding.artefacts import lexicon
from houlu.understanding.clauses import clauses
from houlu.understanding.profile import Profile
from tests.unit.understanding.listening import listen


@pytest.mark.parametrize(
    ("said", "profile"),
    [
        (
            "我爸肺腺癌19缺失，易瑞沙吃了11个月，CT大了，抽血查出T790M",
            {
                "cancer": "nsclc",
                "histology": "adenocarcinoma",
                "driver": "egfr_ex19del",
                "drugs": ["gefitinib"],
                "months_on_drug": 11,
                "progression": "imaging",
                "rebiopsy": "blood",
                "findings": ["t790m"],
            },
        ),
        ("肺鳞癌，没有驱动基因突变", {"cancer": "nsclc", "histology": "squamous"}),
        ("小细胞肺癌", {"cancer": "sclc"}),
        (
            "我媽媽肺腺癌，EGFR L858R，吃艾瑞莎兩年，切片驗出MET擴增，腦轉移",
            {
                "cancer": "nsclc",
                "histology": "adenocarcinoma",
                "driver": "egfr_l858r",
                "drugs": ["gefitinib"],
                "months_on_drug": 24,
                "pattern": "brain",
                "rebiopsy": "tissue",
                "findings": ["met_amp"],
            },
        ),
        ("隔壁床ALK的吃阿来替尼，我爸是EGFR的，吃易瑞沙", {"driver": "egfr", "drugs": ["gefitinib"]}),
        ("奥希替尼耐药，PD-L1 80%，T790M阴性", {"drugs": ["osimertinib"], "pd_l1": 80, "negative": ["t790m"]}),
    ],
)
def test_a_whole_message(said: str, profile: dict[str, Any]) -> None:
    heard = listen(said).profile.to_dict()
    assert {key: heard.get(key) for key in profile} == profile


def test_one_account_over_three_messages() -> None:
    profile = Profile()
    for said in ("我妈肺腺癌19缺失", "吃的易瑞沙，11个月", "CT大了，抽血有T790M"):
        profile = listen(said, before=profile).profile
    assert profile.to_dict() == {
        "cancer": "nsclc",
        "histology": "adenocarcinoma",
        "driver": "egfr_ex19del",
        "drugs": ["gefitinib"],
        "months_on_drug": 11,
        "progression": "imaging",
        "rebiopsy": "blood",
        "findings": ["t790m"],
    }


def test_small_cell_after_a_targeted_drug_is_a_transformation_and_no_other_cancer() -> None:
    profile = listen("穿刺说转成小细胞肺癌了", before=Profile(cancer="nsclc", drugs=("osimertinib",))).profile
    assert (profile.cancer, profile.findings) == ("nsclc", ("sclc_transformation",))


@pytest.mark.parametrize("said", ["谢谢", "你好", "今天天气真好", "", "？？？", "12345", "😀"])
def test_words_without_a_fact_change_nothing(said: str) -> None:
    before = Profile(driver="egfr", drugs=("gefitinib",), months_on_drug=11.0, findings=("t790m",))
    heard = listen(said, before=before)
    assert heard.profile == before
    assert heard.said == frozenset()


@pytest.mark.parametrize(
    ("profile", "family"),
    [
        (Profile(), None),
        (Profile(driver="egfr_l858r"), "egfr"),
        (Profile(driver="egfr_ex20ins"), "egfr_ex20ins"),
        (Profile(drugs=("icotinib",)), "egfr"),
        (Profile(drugs=("alectinib",)), "alk"),
        (Profile(drugs=("crizotinib",)), None),
        (Profile(drugs=("crizotinib", "alectinib")), "alk"),
        (Profile(findings=("t790m",)), "egfr"),
        (Profile(findings=("alk_g1202r",)), "alk"),
        (Profile(driver="none"), "none"),
        (Profile(drugs=("chemotherapy",)), None),
        (Profile(negative=("t790m",)), "egfr"),
    ],
)
def test_the_driver_family_follows_from_what_was_said(profile: Profile, family: str | None) -> None:
    assert inferred_family(profile, lexicon()) == family


def test_somebody_else_stays_the_subject_until_the_own_family_is_named() -> None:
    parts = clauses("隔壁床的老张,吃奥希替尼三年,我爸吃易瑞沙,才10个月")
    assert [clause.someone_else for clause in parts] == [True, True, False, False]


def test_clauses_stand_where_they_say() -> None:
    text = "我爸吃易瑞沙, 但是ct大了;怎么办?"
    assert all(text[clause.start : clause.end] == clause.text for clause in clauses(text))


@pytest.mark.parametrize(
    ("said", "cancer"),
    [
        ("我爸肺癌，吃易瑞沙", None),
        ("我爸吃奥希替尼", None),
        ("我爸肺腺癌", "nsclc"),
        ("打了DS8201", "breast"),
        ("HER2突变", "breast"),
        ("化疗做了四次", "breast"),
    ],
)
def test_another_cancer_is_forgotten_for_what_only_lung_cancers_have(said: str, cancer: str | None) -> None:
    assert listen(said, before=Profile(cancer="breast")).profile.cancer == cancer
