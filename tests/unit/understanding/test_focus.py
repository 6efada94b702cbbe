"""Several things in one message: which questions are read by themselves, and when one of them is gone by."""

from __future__ import annotations

import pytest

from houlu.understanding import focus


def ours(text: str) -> bool:
    return "靶" in text


@pytest.mark.parametrize(("text", "found"), [
    ("三代药怎么选", []),  # one clause is the whole message
    ("昨天看球赢了,靶向药怎么选", ["靶向药怎么选"]),
    ("靶向耐药了,咋办", ["靶向耐药了,咋办"]),  # two characters say nothing alone
    ("昨天看球,今天下雨", []),
    ("听说靶向能治好吗,我先走了", []),  # hearsay is not ours
    ("邻床大出血没了,我家这种靶向还能吃吗", ["我家这种靶向还能吃吗"]),  # nor is the neighbour, but the question is
    ("背有点酸,搬花盆搬的,想问消融", ["想问消融"]),  # says all in few characters
])
def test_questions(text: str, found: list[str]) -> None:
    assert focus.questions(text) == found


def test_a_question_of_ours_takes_the_place_of_chat() -> None:
    asked = focus.counting(("non_medical", 0.9), [("四代出了没", ("next_generation", 0.8))], ours)
    assert focus.chosen(("non_medical", 0.9), asked) == ("next_generation", 0.8)


def test_behind_another_illness_it_needs_a_word_of_ours() -> None:
    whole = ("other_disease", 0.9)
    vague = focus.counting(whole, [("怎么办", ("strategy", 0.9))], ours)
    named = focus.counting(whole, [("靶向药怎么办", ("strategy", 0.9))], ours)
    assert focus.chosen(whole, vague) == whole
    assert focus.chosen(whole, named) == ("strategy", 0.9)


@pytest.mark.parametrize("whole", ["other_cancer", "hemoptysis", "dosing", "prognosis", "inform"])
def test_a_refusal_an_emergency_another_cancer_and_an_account_stay(whole: str) -> None:
    assert focus.chosen((whole, 0.7), [("strategy", 0.9)]) == (whole, 0.7)


def test_an_unsure_question_does_not_count() -> None:
    assert focus.counting(("non_medical", 0.9), [("靶", ("strategy", focus.SURE - 0.01))], ours) == []


def test_a_brand_is_asked_for_and_not_the_drug() -> None:
    asked = [("antiangiogenic", 0.9)]
    assert focus.chosen(("hospital_doctor", 0.92), asked) == ("hospital_doctor", 0.92)
    assert focus.chosen(("hospital_doctor", 0.5), asked) == asked[0]
