"""Whole messages typed in pinyin are read, danger above all; English and gene names are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houlu.safety.red_flags import RedFlags
from houlu.understanding import artefacts


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wo ma ke xie le", "我妈咳血了"),
        ("womakexiele", "我妈咳血了"),
        ("ao xi ti ni chi le liang nian, nai yao le", "奥希替尼吃了两年,耐药了"),
        ("Kaimeina 8 ge yue, CT bian da", "凯美纳8个月,ct变大"),
        ("chou xue zhun bu zhun?", "抽血准不准?"),
    ],
)
def test_pinyin_is_read(typed: str, read: str) -> None:
    assert artefacts.normaliser()(typed).text == read


@pytest.mark.parametrize(
    "typed",
    ["egfr l858r", "t790m", "osimertinib resistance what next", "hello how are you", "met amp after osimertinib", "hi"],
)
def test_what_is_no_pinyin_stays(typed: str) -> None:
    assert artefacts.normaliser()(typed).text == typed


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("bu xiang huo le", "self_harm"),
        ("wo ba tu xie zhi bu zhu", "hemoptysis"),
        ("ta tu ran chuan bu shang qi, zui chun fa zi", "dyspnea"),
        ("chou chu le jiao bu xing", "neuro"),
    ],
)
def test_danger_in_pinyin_is_danger(typed: str, topic: str) -> None:
    rules = RedFlags.load(artefacts.knowledge_folder())
    found = rules.find(artefacts.normaliser()(typed).text)
    assert found is not None
    assert found.topic == topic


@given(st.lists(st.sampled_from(["wo", "ma", "chi", "le", "kexie", "9291", ",", "CT", "xyz"]), max_size=12))
def test_each_character_knows_where_it_came_from(words: list[str]) -> None:
    typed = " ".join(words)
    read = artefacts.normaliser()(typed)
    assert len(read.origin) == len(read.text)
    assert list(read.origin) == sorted(read.origin)
    assert all(0 <= at < len(typed) for at in read.origin)
