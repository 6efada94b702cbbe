"""One spelling for what patients write, whatever they write, and the way back to their own characters."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from houlu.understanding import artefacts

NORMALISE = artefacts.normaliser()
PIECES = (
    "易瑞沙",
    "奧希替尼",
    "ＥＧＦＲ",
    "T 790 M",
    "c-MET",
    "十九外显子缺失",
    "鸡因捡测",
    "標靶藥",
    "PD-L1 80％",
    "\u200b",
    "🙂",
    "ﬀ",
    "㎎",
    "①",
    "\n",
    "　",
    "é",
    "e\u0301",
    "İ",
    "ß",
    "\u202e",
    "👨‍👩‍👧",
    "½",
    "ﷺ",
    "乾",
    "髮",
)
texts = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(), max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=6).map("".join),
)


@given(texts)
@example("\ud800易瑞沙")
@example("ﷺ" * 20)
@example("İSTANBUL EGFR")
@settings(max_examples=400, deadline=None, derandomize=True)
def test_any_unicode_is_read_and_every_character_knows_where_it_came_from(text: str) -> None:
    found = NORMALISE(text)
    assert len(found.origin) == len(found.text)
    assert all(0 <= place < len(text) for place in found.origin)
    assert list(found.origin) == sorted(found.origin)
    for start in range(0, len(found.text), 7):
        begin, end = found.original_span(start, min(start + 3, len(found.text)))
        assert 0 <= begin <= end <= len(text)


@given(texts)
@example("e1g1f1r 19 缺失")
@settings(max_examples=400, deadline=None, derandomize=True)
def test_what_is_normalised_stays_as_it_is(text: str) -> None:
    once = NORMALISE(text).text
    assert NORMALISE(once).text == once


@given(texts)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_nothing_invisible_or_doubled_is_left(text: str) -> None:
    assert not re.search(r"[\u200b-\u200f\ufeff\u202a-\u202e\x00-\x08]|  ", NORMALISE(text).text)


@given(texts)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_recognising_never_fails_and_names_stand_where_they_say(text: str) -> None:
    plain = NORMALISE(text).text
    found = artefacts.recogniser()(plain)
    assert all(plain[entity.start : entity.end] == entity.text for entity in found)
    assert [entity.start for entity in found] == sorted(entity.start for entity in found)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ＥＧＦＲ", "egfr"),
        ("e-g-f-r", "egfr"),
        ("EGRF", "egfr"),
        ("c-MET", "met"),
        ("HER-2", "her2"),
        ("ROS 1", "ros1"),
        ("A.L.K", "alk"),
        ("T790", "t790m"),
        ("T 790 M", "t790m"),
        ("790M", "t790m"),
        ("C797", "c797s"),
        ("858R", "l858r"),
        ("V600", "v600e"),
        ("PD-L1", "pdl1"),
        ("十九号外显子缺失突变", "19缺失"),
        ("Exon 19 del", "19del"),
        ("14外显子跳跃突变", "14跳变"),
        ("20外显子的插入", "20插入"),
        ("標靶藥", "靶向药"),
        ("電腦斷層", "ct"),
        ("切片", "活检"),
        ("抗藥性", "耐药"),
        ("肺腺癌轉移", "肺腺癌转移"),
        ("次世代定序", "二代测序"),
        ("靶像药", "靶向药"),
        ("鸡因检测", "基因检测"),
        ("  两个   空格 ", "两个 空格 "),
        ("易\u200b瑞\u200b沙", "易瑞沙"),
        ("①", "1"),
    ],
)
def test_one_spelling(written: str, plain: str) -> None:
    assert NORMALISE(written).text == plain


@pytest.mark.parametrize(
    "word",
    [
        "医生",
        "基因",
        "今天去复查",
        "他说不行",
        "报告出来了",
        "我很着急",
        "谢谢您",
        "一只猫",
        "二十块钱",
        "吃了药没用",
        "CEA升高",
    ],
)
def test_ordinary_words_stay(word: str) -> None:
    assert NORMALISE(word).text == word.lower()


def test_the_way_back_to_the_patients_own_words() -> None:
    original = "我爸ＥＧＦＲ陽性，T 790 M也有"
    found = NORMALISE(original)
    for name, own in (("egfr", "ＥＧＦＲ"), ("阳性", "陽性"), ("t790m", "T 790 M")):
        start = found.text.index(name)
        begin, end = found.original_span(start, start + len(name))
        assert original[begin:end] == own
