"""Rules and classifier decide on danger together: neither is deaf because of the other."""

from __future__ import annotations

import pytest

from houlu.understanding import artefacts

BLOOD = "我爸咳血了,一大口鲜红的"


def decided(text: str, danger: float, topic: str = "hemoptysis", known: float = 1.0) -> str:
    shares = {"hemoptysis": 0.0, "inform": 1 - danger} | {topic: danger}
    ranking = sorted(shares.items(), key=lambda one: -one[1])
    return artefacts.decider()(text, (), ranking, known)[0]


def test_a_rule_needs_little_of_the_classifier() -> None:
    assert decided(BLOOD, 0.15) == "hemoptysis"


def test_a_rule_falls_silent_when_the_classifier_is_sure_of_calm() -> None:
    assert decided(BLOOD, 0.01) == "inform"


def test_a_classifier_that_does_not_know_the_words_silences_nobody() -> None:
    assert decided(BLOOD, 0.01, known=0.1) == "hemoptysis"


def test_suicide_needs_less_than_other_danger() -> None:
    assert decided("我不想活了", 0.07, "self_harm") == "self_harm"
    assert decided(BLOOD, 0.07) == "inform"


@pytest.mark.parametrize(("text", "danger", "alarms"), [
    ("他脸色发灰,样子吓人", 0.7, True), ("他脸色发灰,样子吓人", 0.4, False),  # no sign that the rules know
    ("她没有气喘,睡得香", 0.8, False), ("她没有气喘,睡得香", 0.97, True),  # a sign that is denied
])
def test_the_classifier_alone(text: str, danger: float, alarms: bool) -> None:
    assert (decided(text, danger, "dyspnea") == "dyspnea") is alarms


def test_the_surer_one_names_the_danger() -> None:
    assert decided(BLOOD, 0.9, "dyspnea") == "dyspnea"
    assert decided(BLOOD, 0.3, "dyspnea") == "hemoptysis"


def test_a_supposed_fever_alarms_nobody_but_supposed_suicide_does() -> None:
    assert decided("要是哪天烧到39度,我该找谁", 0.7, "febrile_neutropenia") == "inform"
    assert decided("要是我走了,你们是不是就轻松了", 0.7, "self_harm") == "self_harm"
