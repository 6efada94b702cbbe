"""Months on the last drug, in the many ways in which people tell a time."""

from __future__ import annotations

import pytest

from houlu.understanding.profile import Profile
from tests.unit.understanding.listening import listen


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("易瑞沙吃了11个月", 11),
        ("易瑞沙吃了十一个月", 11),
        ("易瑞沙吃了两个月", 2),
        ("吃了仨月易瑞沙", 3),
        ("易瑞沙吃了一年", 12),
        ("易瑞沙吃了两年", 24),
        ("凯美纳吃了三年", 36),
        ("凯美纳吃了3年", 36),
        ("易瑞沙吃了一年半", 18),
        ("易瑞沙吃了两年半", 30),
        ("奥希替尼吃了2年半", 30),
        ("易瑞沙吃了一年零三个月", 15),
        ("易瑞沙吃了1年2个月", 14),
        ("易瑞沙吃了一年又两个月", 14),
        ("易瑞沙吃了半年", 6),
        ("易瑞沙吃了大半年", 8),
        ("易瑞沙吃了小半年", 5),
        ("泰瑞沙吃了小一年", 11),
        ("易瑞沙吃了十来个月", 10),
        ("易瑞沙吃了九个多月", 9),
        ("易瑞沙吃了八个半月", 8.5),
        ("易瑞沙吃了20多个月", 20),
        ("易瑞沙 14个月 耐药", 14),
        ("易瑞沙14月耐药", 14),
        ("特罗凯控制了16个月", 16),
        ("奥希替尼管了22个月", 22),
        ("奥希替尼才吃了六周", 1.4),
        ("奥希替尼吃了半个月", 0.5),
        ("从去年三月开始吃奥希替尼", 20),
        ("2025年5月开始吃的奥希替尼", 18),
        ("今年一月开始吃易瑞沙", 10),
        ("食咗易瑞沙一年", 12),
        ("易瑞沙食咗十個月", 10),
        ("服用泰格莎兩年", 24),
        ("艾瑞莎吃了1年多", 12),
    ],
)
def test_how_long_the_drug_was_taken(said: str, months: float) -> None:
    assert listen(said).profile.months_on_drug == months


@pytest.mark.parametrize(
    "said",
    [
        "每三个月复查一次CT",
        "隔两个月查一次",
        "医生说还能活6个月",
        "上个月做的CT",
        "等报告要半个月",
        "我爸75岁了",
        "术后两年复发的",
        "化疗做了四个月",
        "如果易瑞沙吃了10个月耐药呢",
        "病友吃易瑞沙吃了三年",
        "结节大了3毫米",
        "放疗做了一个月",
        "手术后一年才发现",
        "这个月10号去复查",
    ],
)
def test_other_times_are_no_time_on_the_drug(said: str) -> None:
    assert listen(said).profile.months_on_drug is None


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("先吃易瑞沙14个月，后来换泰瑞沙吃了9个月", 9),
        ("易瑞沙14个月耐药，换奥希替尼，又吃了20个月", 20),
        ("现在吃奥希替尼9个月，之前吃了易瑞沙14个月", 9),
        ("克唑替尼一年，阿来替尼两年，都耐药了", 24),
        ("易瑞沙换成奥希替尼一年了", 12),
    ],
)
def test_the_months_are_those_of_the_last_drug(said: str, months: float) -> None:
    assert listen(said).profile.months_on_drug == months


def test_months_of_an_earlier_drug_leave_those_of_the_last_alone() -> None:
    before = Profile(drugs=("osimertinib",), months_on_drug=12.0)
    after = listen("哦对了，之前还吃过两年易瑞沙", before=before).profile
    assert (after.drugs, after.months_on_drug) == (("gefitinib", "osimertinib"), 12.0)


def test_the_time_before_a_change_is_not_that_of_the_new_drug() -> None:
    profile = listen("易瑞沙吃了一年换奥希替尼了").profile
    assert (profile.drugs, profile.months_on_drug) == (("gefitinib", "osimertinib"), None)


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("不是10个月，是16个月", 16),
        ("说错了，一年半", 18),
        ("不对，是两年", 24),
        ("记错了，应该是十四个月", 14),
    ],
)
def test_a_corrected_time_replaces_the_first(said: str, months: float) -> None:
    before = Profile(drugs=("gefitinib",), months_on_drug=10.0)
    after = listen(said, before=before).profile
    assert (after.drugs, after.months_on_drug) == (("gefitinib",), months)


def test_a_new_drug_begins_without_months() -> None:
    before = Profile(drugs=("gefitinib",), months_on_drug=10.0)
    assert listen("后来换了奥希替尼", before=before).profile.months_on_drug is None


@pytest.mark.parametrize("said", ["14个月，上周CT大了，抽血有T790M", "14个月", "一共14个月了"])
def test_a_bare_time_is_that_of_the_drug_told_before(said: str) -> None:
    assert listen(said, before=Profile(drugs=("gefitinib",))).profile.months_on_drug == 14
