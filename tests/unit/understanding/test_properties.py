"""What holds for every message, whatever the facts: hypothesis chooses them."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from houlu.understanding import artefacts
from tests.unit.understanding.listening import listen

#: Each tells one fact and leaves the others alone.
_INDEPENDENT = (
    "我妈肺腺癌",
    "基因是19缺失",
    "吃的泰瑞沙",
    "片子上长大了",
    "脑子里有两个",
    "抽血查的",
    "查出MET扩增",
    "T790M阴性",
    "PD-L1 60%",
)
_DRUGS = tuple(drug.zh for drug in artefacts.lexicon().drugs.values() if drug.kind == "tki")
_FINDINGS = ("T790M", "C797S", "MET扩增", "HER2扩增", "RET融合", "PIK3CA", "小细胞转化")
_QUIET = settings(deadline=None, max_examples=60)


@given(st.permutations(_INDEPENDENT), st.sampled_from(("，", "。", " ")))
@_QUIET
def test_independent_facts_may_be_told_in_any_order(facts: list[str], mark: str) -> None:
    told = listen(mark.join(facts)).profile.to_dict()
    assert told == listen(mark.join(_INDEPENDENT)).profile.to_dict()


@given(st.lists(st.sampled_from(_INDEPENDENT), min_size=1, max_size=5, unique=True), st.sampled_from(("，", "。")))
@_QUIET
def test_a_message_heard_twice_tells_nothing_new(facts: list[str], mark: str) -> None:
    once = listen(mark.join(facts)).profile
    assert listen(mark.join(facts), before=once).profile == once


@given(
    st.sampled_from(_FINDINGS),
    st.sampled_from(("没有{}", "没查到{}", "{}阴性", "{}没有", "未检出{}", "{}未检出", "冇{}", "排除了{}")),
)
@_QUIET
def test_a_denied_finding_is_never_one(finding: str, denial: str) -> None:
    profile = listen("奥希替尼耐药后做了基因，" + denial.format(finding), intent="strategy").profile
    assert profile.findings in ((), ("none",))
    assert profile.negative


@given(
    st.sampled_from(_FINDINGS),
    st.sampled_from(
        ("如果是{}", "万一有{}", "会不会是{}", "有没有{}", "隔壁床查出{}", "怀疑是{}", "想查查{}", "{}还没出结果")
    ),
)
@_QUIET
def test_a_finding_that_is_not_known_is_neither_there_nor_excluded(finding: str, wondering: str) -> None:
    profile = listen(wondering.format(finding)).profile
    assert profile.findings == profile.negative == ()


@given(
    st.sampled_from(_DRUGS),
    st.sampled_from(
        (
            "能不能换{}",
            "可以吃{}吗",
            "想换{}",
            "医生建议吃{}",
            "要不要上{}",
            "{}适合吗",
            "可唔可以轉食{}",
            "准备换成{}",
            "病友在吃{}",
            "没吃过{}",
        )
    ),
    st.sampled_from(("inform", "next_generation", "strategy")),
)
@_QUIET
def test_a_drug_that_is_only_spoken_of_is_never_taken(drug: str, wish: str, intent: str) -> None:
    assert listen(wish.format(drug), intent=intent).profile.drugs == ()


@given(st.lists(st.sampled_from(_DRUGS), min_size=2, max_size=3, unique=True))
@_QUIET
def test_drugs_stand_in_the_order_taken_however_it_is_told(drugs: list[str]) -> None:
    ids = {drug.zh: drug.id for drug in artefacts.lexicon().drugs.values()}
    wanted = tuple(ids[drug] for drug in drugs)
    assert listen("先吃" + "，后来换".join(drugs)).profile.drugs == wanted
    assert listen("、".join(drugs) + "都吃过").profile.drugs == wanted
    first, last = drugs[0], drugs[-1]
    assert listen(f"现在吃{last}，之前吃{first}").profile.drugs == (ids[first], ids[last])


@given(
    st.integers(1, 60), st.sampled_from(("奥希替尼吃了{}个月", "吃奥希{}个月耐药", "泰瑞沙 {}个月", "9291吃到第{}个月"))
)
@_QUIET
def test_months_are_the_number_that_is_said(months: int, sentence: str) -> None:
    assert listen(sentence.format(months)).profile.months_on_drug == months


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from((*_INDEPENDENT, *_DRUGS, "哦不", "不是", "，", " ", "如果", "😀", "ＡＬＫ", "\u200b")),
        max_size=8,
    ).map("".join)
)
@_QUIET
def test_every_character_keeps_its_place(original: str) -> None:
    normalised = artefacts.normaliser()(original)
    assert len(normalised.origin) == len(normalised.text)
    assert list(normalised.origin) == sorted(normalised.origin)
    assert all(0 <= index < len(original) for index in normalised.origin)
    for entity in artefacts.recogniser()(normalised.text):
        assert normalised.text[entity.start : entity.end] == entity.text


@given(st.text(max_size=80))
@_QUIET
def test_no_text_breaks_the_hearing(text: str) -> None:
    heard = listen(text)
    assert listen(text, before=heard.profile).profile == heard.profile


def test_permutations_of_two_corrections_end_with_the_last() -> None:
    for first, last in permutations(("易瑞沙", "特罗凯", "凯美纳"), 2):
        assert len(listen(f"吃的{first}，哦不，{last}").profile.drugs) == 1
        assert listen(f"吃的{first}，哦不，{last}").profile.drugs == listen(f"吃的{last}").profile.drugs
