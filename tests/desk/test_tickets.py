"""From 「向专家提问」 to the closed ticket."""

from __future__ import annotations

import httpx

from tests.desk.conftest import DeskCommand
from tests.support.brain import ONLY_THE_BRAIN_HEARS, EchoBrain
from tests.support.patient import Patient


def ask(patient: Patient) -> str:
    return patient.say("找专家")["replies"][0]["custom"]["ticket"]


def test_a_ticket_has_summary_question_and_transcript(patient: Patient, desk: DeskCommand) -> None:
    patient.say("易瑞沙十个月")
    ticket = ask(patient)
    shown = desk("show", ticket)
    assert shown["ticket"]["summary"] == "一位患者"
    assert shown["ticket"]["question"] == "易瑞沙十个月"
    assert shown["ticket"]["state"] == "open"
    assert shown["messages"] == patient.read()["messages"]


def test_the_patient_is_told_number_place_hours_and_phone(http: httpx.Client, desk: DeskCommand) -> None:
    first, second = Patient(http), Patient(http)
    ask(first)
    waiting = len([one for one in desk("list")["tickets"] if one["state"] == "open"])
    answer = second.say("找专家")
    text = answer["replies"][0]["text"]
    assert answer["owner"] == "waiting"
    for words in (answer["replies"][0]["custom"]["ticket"], f"前面还有{waiting}位", "值班时间", "021-12345678"):
        assert words in text


def test_while_waiting_the_bot_goes_on_and_no_second_ticket_opens(patient: Patient, desk: DeskCommand) -> None:
    ticket = ask(patient)
    answer = patient.say("还能吃别的吗")
    assert answer["owner"] == "waiting"
    assert answer["replies"][0]["custom"] | {"ticket": ticket} == answer["replies"][0]["custom"]
    again = patient.say("找专家")["replies"][0]
    assert again["custom"]["ticket"] == ticket
    assert "还在等专家" in again["text"]
    assert "还能吃别的吗" in [one["text"] for one in desk("show", ticket)["messages"]]


def test_not_waiting_any_more_cancels(patient: Patient, desk: DeskCommand) -> None:
    ticket = ask(patient)
    assert patient.say("不等了")["owner"] == "bot"
    shown = desk("show", ticket)["ticket"]
    assert (shown["state"], shown["closed_for"]) == ("closed", "cancelled")
    assert ask(patient) != ticket


def test_claim_answer_close(patient: Patient, desk: DeskCommand, brain: EchoBrain) -> None:
    ticket = ask(patient)
    desk("claim", ticket)
    heard = len(brain.heard[patient.id])
    silent = patient.say("医生您好")
    assert (silent["owner"], silent["replies"]) == ("human", [])
    assert len(brain.heard[patient.id]) == heard
    desk("answer", ticket, "先做个血检")
    assert patient.say("好的")["replies"] == []
    desk("close", ticket)
    history = patient.read()
    assert history["owner"] == "bot"
    assert [one["from"] for one in history["messages"][3:]] == ["system", "user", "expert", "user", "system"]
    assert all(one["custom"]["kind"] is None for one in history["messages"] if one["from"] in ("expert", "system"))
    assert patient.say("您好")["replies"][0]["text"] == "您说：您好"


def test_an_emergency_is_answered_while_a_human_owns_and_marks_the_ticket(patient: Patient, desk: DeskCommand) -> None:
    ticket = ask(patient)
    desk("claim", ticket)
    for danger in ("咯血了", ONLY_THE_BRAIN_HEARS):
        answer = patient.say(danger)
        assert [one["custom"]["kind"] for one in answer["replies"]] == ["emergency"]
        assert answer["owner"] == "human"
    assert desk("show", ticket)["ticket"]["urgent"] is True


def test_urgent_tickets_come_first(http: httpx.Client, desk: DeskCommand) -> None:
    first, second = Patient(http), Patient(http)
    ask(first)
    urgent = ask(second)
    second.say("咯血了")
    assert desk("list")["tickets"][0]["urgent"] is True
    assert urgent in [one["id"] for one in desk("list")["tickets"] if one["urgent"]]


def test_a_failure_opens_a_ticket_with_its_reason(patient: Patient, desk: DeskCommand) -> None:
    ticket = patient.say("坏了")["replies"][0]["custom"]["ticket"]
    assert desk("show", ticket)["ticket"]["opened_for"] == "failure"


def test_clear_errors(patient: Patient, desk: DeskCommand) -> None:
    ticket = ask(patient)
    assert desk("show", "H-99999", fails=True)["error"]["code"] == "unknown_ticket"
    assert desk("claim", "nonsense", fails=True)["error"]["code"] == "unknown_ticket"
    assert desk("answer", ticket, " \n", fails=True)["error"]["code"] == "empty_text"
    desk("claim", ticket)
    desk("claim", ticket)
    for command in (("claim", ticket), ("answer", ticket, "好"), ("close", ticket)):
        error = desk(*command, name="wang", fails=True)["error"]
        assert error["code"] == "claimed_by_other"
        assert "li" in error["message"]
    desk("close", ticket)
    assert desk("answer", ticket, "好", fails=True)["error"]["code"] == "closed"


def test_numbers_may_be_written_short(patient: Patient, desk: DeskCommand) -> None:
    ticket = ask(patient)
    for short in (ticket.lower(), ticket.removeprefix("H-"), ticket.removeprefix("H-").lstrip("0")):
        assert desk("show", short)["ticket"]["id"] == ticket


def test_an_erased_conversation_takes_its_ticket_along(patient: Patient, desk: DeskCommand) -> None:
    ticket = ask(patient)
    patient.erase()
    assert desk("show", ticket, fails=True)["error"]["code"] == "unknown_ticket"
    assert ask(Patient(patient.http)) != ticket


def test_a_repeat_after_the_claim_still_gets_its_replies(patient: Patient, desk: DeskCommand) -> None:
    first = patient.say("找专家", "same")
    desk("claim", first["replies"][0]["custom"]["ticket"])
    assert patient.say("找专家", "same")["replies"] == first["replies"]
