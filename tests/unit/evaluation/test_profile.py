"""The profile set and its score."""

from __future__ import annotations

from houlu.evaluation import profile
from houlu.evaluation.profile import Told
from houlu.understanding.profile import Profile


def scored(told: Told, **got: object) -> tuple[float, float]:
    found = profile.score([told], lambda messages: got)
    return found.complete, found.clean


def test_every_label_is_a_key_of_the_profile() -> None:
    told = profile.load()
    assert len(told) >= 80
    assert all({*one.expect, *one.never} <= set(vars(Profile())) for one in told)
    assert all(one.expect or one.never for one in told)


def test_drugs_must_stand_in_their_order() -> None:
    told = Told("order", ["..."], {"drugs": ["gefitinib", "osimertinib"]})
    assert scored(told, drugs=["gefitinib", "pemetrexed", "osimertinib"]) == (1, 1)
    assert scored(told, drugs=["osimertinib", "gefitinib"]) == (0, 1)


def test_months_may_be_half_a_month_off() -> None:
    told = Told("time", ["..."], {"months_on_drug": 11})
    assert scored(told, months_on_drug=11.5) == (1, 1)
    assert scored(told, months_on_drug=12) == (0, 1)


def test_what_must_not_be_heard() -> None:
    told = Told("hypothesis", ["..."], {}, {"findings": ["met_amp"], "drugs": []})
    assert scored(told) == (1, 1)
    assert scored(told, findings=["met_amp", "t790m"]) == (1, 0)
    assert scored(told, drugs=["gefitinib"]) == (1, 0)
