"""The driver, what was found after the drug failed, and what was tested and not found."""

from __future__ import annotations

import pytest

from houlu.understanding.profile import Profile
from tests.unit.understanding.listening import listen


@pytest.mark.parametrize(
    ("said", "driver"),
    [
        ("EGFR突变", "egfr"),
        ("我爸19缺失", "egfr_ex19del"),
        ("19外显子缺失突变", "egfr_ex19del"),
        ("Ex19del", "egfr_ex19del"),
        ("19 del", "egfr_ex19del"),
        ("十九号外显子缺失", "egfr_ex19del"),
        ("L858R", "egfr_l858r"),
        ("21外显子L858R", "egfr_l858r"),
        ("报告上是858突变", "egfr_l858r"),
        ("20外显子插入", "egfr_ex20ins"),
        ("20ins", "egfr_ex20ins"),
        ("G719X", "egfr_uncommon"),
        ("ALK融合", "alk"),
        ("A-L-K阳性", "alk"),
        ("EML4-ALK重排", "alk"),
        ("ROS1融合", "ros1"),
        ("ros-1阳性", "ros1"),
        ("BRAF V600E", "braf_v600e"),
        ("b-raf V600", "braf_v600e"),
        ("MET 14外显子跳跃突变", "met_ex14"),
        ("RET融合", "ret"),
        ("HER2突变", "her2_mut"),
        ("KRAS G12C", "kras_g12c"),
        ("NTRK融合", "ntrk"),
        ("ＥＧＦＲ　１９缺失", "egfr_ex19del"),
        ("EGFR19缺失", "egfr_ex19del"),
        ("EGFRL858R", "egfr_l858r"),
        ("EGFR 20外显子插入", "egfr_ex20ins"),
        ("EGFR20外显子插入突变", "egfr_ex20ins"),
        ("基因檢測係ALK融合", "alk"),
        ("一开始查是野生型，没有突变", "none"),
    ],
)
def test_the_driver_it_began_with(said: str, driver: str) -> None:
    profile = listen(said).profile
    assert profile.driver == driver
    assert profile.findings == ()


@pytest.mark.parametrize(
    ("said", "findings"),
    [
        ("查出T790M", ["t790m"]),
        ("790阳性", ["t790m"]),
        ("t790阳", ["t790m"]),
        ("有T790M突变", ["t790m"]),
        ("抽血驗到T790M", ["t790m"]),
        ("C797S", ["c797s"]),
        ("797突变", ["c797s"]),
        ("C797S顺式", ["c797s_cis"]),
        ("T790M和C797S反式", ["t790m", "c797s_trans"]),
        ("MET扩增", ["met_amp"]),
        ("c-MET扩增了", ["met_amp"]),
        ("MET有扩增", ["met_amp"]),
        ("切片驗出MET擴增", ["met_amp"]),
        ("HER2扩增", ["her2_amp"]),
        ("转成小细胞了", ["sclc_transformation"]),
        ("病理说变成小细胞了", ["sclc_transformation"]),
        ("转化成鳞癌", ["squamous_transformation"]),
        ("PIK3CA突变", ["pik3ca"]),
        ("G1202R", ["alk_g1202r"]),
        ("G2032R阳性", ["ros1_g2032r"]),
        ("EGFR扩增", ["egfr_amp"]),
        ("没有任何突变", ["none"]),
        ("没有突变", ["none"]),
        ("基因检测没突变", ["none"]),
        ("什么都没查到", ["none"]),
        ("没查到靶点", ["none"]),
        ("结果全是阴性", ["none"]),
        ("没有新的靶点", ["none"]),
        ("抽血没查出来", ["none"]),
        ("咩突變都冇", ["none"]),
    ],
)
def test_what_was_found_after_the_drug_failed(said: str, findings: list[str]) -> None:
    before = Profile(driver="alk" if "1202" in said else "ros1" if "2032" in said else "egfr")
    assert list(listen(said, before=before, asked="findings").profile.findings) == findings


@pytest.mark.parametrize(
    ("said", "driver", "findings"),
    [
        ("EGFR 19缺失，耐药后查出BRAF V600E", "egfr_ex19del", ["braf_v600e"]),
        ("19缺失，奥希替尼耐药，又查出ALK融合", "egfr_ex19del", ["alk_fusion"]),
        ("L858R，吃奥希替尼，后来查到RET融合", "egfr_l858r", ["ret_fusion"]),
        ("本来是ALK，耐药后多了个KRAS G12C", "alk", ["kras_g12c"]),
        ("19缺失，T790M阳性", "egfr_ex19del", ["t790m"]),
        ("EGFR L858R，组织检出HER2突变", "egfr_l858r", ["her2_mut"]),
    ],
)
def test_a_second_gene_is_a_finding_and_the_first_stays_the_driver(said: str, driver: str, findings: list[str]) -> None:
    profile = listen(said).profile
    assert (profile.driver, list(profile.findings)) == (driver, findings)


@pytest.mark.parametrize(
    ("said", "negative"),
    [
        ("T790M阴性", ["t790m"]),
        ("没有T790M", ["t790m"]),
        ("没查到790", ["t790m"]),
        ("T790M没有", ["t790m"]),
        ("MET扩增未检出", ["met_amp"]),
        ("T790M(-)", ["t790m"]),
        ("冇T790M", ["t790m"]),
        ("查了没有MET扩增", ["met_amp"]),
        ("排除小细胞转化", ["sclc_transformation"]),
    ],
)
def test_what_was_tested_and_not_found(said: str, negative: list[str]) -> None:
    profile = listen(said, before=Profile(driver="egfr")).profile
    assert list(profile.negative) == negative
    assert not set(profile.findings) & set(negative)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("T790M是什么意思", "mechanism"),
        ("如果查出T790M怎么办", "strategy"),
        ("会不会有T790M", "mechanism"),
        ("怕是有C797S", "inform"),
        ("要不要查一下T790M", "rebiopsy_why"),
        ("病友查出了MET扩增", "inform"),
        ("T790M和C797S有什么区别", "mechanism"),
        ("假如是小细胞转化呢", "mechanism"),
        ("耐药是不是都会有T790M", "mechanism"),
        ("为什么会有MET扩增", "mechanism"),
        ("有没有突变", "inform"),
        ("T790M要查多少钱", "test_cost"),
        ("网上说多半是T790M", "inform"),
        ("T790M是阳性还是阴性我忘了", "inform"),
        ("不知道有没有T790M", "inform"),
        ("有没有T790M我不清楚", "unknown"),
    ],
)
def test_what_is_only_spoken_of_is_no_finding(said: str, intent: str) -> None:
    profile = listen(said, intent=intent).profile
    assert profile.findings == profile.negative == ()


@pytest.mark.parametrize("said", ["我妈EGFR 19缺失，PD-L1 80%，能不能单用K药", "我爸的19缺失能打免疫吗"])
def test_the_own_familys_driver_is_heard_in_a_question(said: str) -> None:
    assert listen(said, intent="immunotherapy").profile.driver == "egfr_ex19del"


def test_a_finding_that_is_taken_back() -> None:
    after = listen("看错了，T790M是阴性的", before=Profile(driver="egfr", findings=("t790m",))).profile
    assert (after.findings, after.negative) == ((), ("t790m",))


def test_the_exact_name_replaces_the_general_one() -> None:
    assert listen("报告写的是C797S顺式", before=Profile(findings=("t790m", "c797s"))).profile.findings == (
        "t790m",
        "c797s_cis",
    )
    assert listen("是19缺失", before=Profile(driver="egfr")).profile.driver == "egfr_ex19del"
    assert listen("EGFR突变的", before=Profile(driver="egfr_l858r")).profile.driver == "egfr_l858r"
    assert listen("EGFR突变的", before=Profile(driver="egfr_ex20ins")).profile.driver == "egfr_ex20ins"
    assert listen("是20外显子插入", before=Profile(driver="egfr")).profile.driver == "egfr_ex20ins"


def test_a_finding_takes_the_place_of_nothing_found() -> None:
    assert listen("组织查出MET扩增", before=Profile(findings=("none",), rebiopsy="blood")).profile.findings == (
        "met_amp",
    )


@pytest.mark.parametrize(
    ("said", "percent"), [("PD-L1 80%", 80), ("pdl1表达60", 60), ("PD-L1：1%", 1), ("ＰＤ－Ｌ１ ９０％", 90)]
)
def test_pd_l1(said: str, percent: int) -> None:
    assert listen(said).profile.pd_l1 == percent


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("查出来MET阳性", "met_positive"),
        ("HER2阳性", "her2_positive"),
        ("报告写20突变", "exon20"),
        ("21突变", "exon21"),
        ("BRAF突变", "braf_unclear"),
        ("吃的三代药", "generation"),
        ("吃的双抗", "bispecific"),
        ("上过D+T", "two_targeted"),
    ],
)
def test_an_ambiguous_name_is_asked_about(said: str, term: str) -> None:
    heard = listen(said)
    assert heard.unclear is not None
    assert heard.unclear.id == term
    assert heard.profile.findings == ()


@pytest.mark.parametrize(
    "said", ["MET扩增", "HER2扩增", "HER2突变", "BRAF V600E", "MET 14跳变", "20外显子插入", "如果是MET阳性呢"]
)
def test_an_exact_name_is_not_asked_about(said: str) -> None:
    assert listen(said).unclear is None
