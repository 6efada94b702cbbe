"""What is listed for labelling, on real databases."""

from __future__ import annotations

from datetime import date, timedelta

import httpx
import pytest

from tests.learning.conftest import Learn
from tests.support.patient import Patient


def test_misunderstood_messages_are_listed_masked_with_their_reason(patient: Patient, learn: Learn) -> None:
    patient.say("我叫王建国，电话13812345678，啥路")
    patient.say("易瑞沙吃了十个月")
    patient.say("外头能吃海参吗")
    shown = learn("list").output
    assert "clarify                  我叫某某，电话000000，啥路" in shown
    assert "hand_over                外头能吃海参吗" in shown
    assert "易瑞沙吃了十个月" not in shown


def test_the_third_misunderstanding_comes_first(patient: Patient, learn: Learn) -> None:
    for text in ("啥一", "啥二", "烦死了三"):
        patient.say(text)
    assert learn("list").output.startswith("three_misunderstandings  烦死了三")


def test_an_expert_asked_for_is_no_misunderstanding(patient: Patient, learn: Learn) -> None:
    patient.say("烦请叫人来甲")
    assert "烦请叫人来甲" not in learn("list").output


def test_an_emergency_is_not_listed(patient: Patient, learn: Learn) -> None:
    patient.say("咯血了啥都止不住")
    assert "咯血" not in learn("list").output


def test_a_tapped_choice_is_not_listed(patient: Patient, learn: Learn) -> None:
    choice = patient.say("啥子嘛")["replies"][0]["choices"][0]
    patient.choose(choice["id"])
    assert "下一步怎么办" not in learn("list").output


def test_nothing_without_consent(stranger: Patient, learn: Learn) -> None:
    stranger.say("啥是没同意")
    assert "没同意" not in learn("list").output


def test_nothing_after_consent_is_withdrawn_or_the_conversation_erased(http: httpx.Client, learn: Learn) -> None:
    first, second = Patient(http), Patient(http)
    first.say("啥叫撤回了")
    second.say("啥叫删除了")
    first.consent(False)
    second.erase()
    shown = learn("list").output
    assert "撤回了" not in shown
    assert "删除了" not in shown


@pytest.mark.parametrize("since", [date.today() + timedelta(days=2)])
def test_nothing_from_before_the_privacy_notice_said_so(patient: Patient, learn: Learn) -> None:
    patient.say("啥叫太早了")
    assert learn("list").output == "Nothing to review.\n"


@pytest.mark.parametrize("since", [None])
def test_without_a_privacy_notice_nothing_is_read(patient: Patient, learn: Learn) -> None:
    patient.say("啥叫没告知")
    result = learn("list")
    assert result.exit_code == 1
    assert "HOULU_LEARN_SINCE" in result.output
    assert "没告知" not in result.output
