"""With and without consent."""

from __future__ import annotations

import httpx

from tests.support.brain import ONLY_THE_BRAIN_HEARS, EchoBrain
from tests.support.databases import Found
from tests.support.patient import API, Patient

SECRET = "奥希替尼吃了十一个月脑袋里长了"


def kinds(answer: dict) -> list[tuple[str, str]]:
    return [(reply["custom"]["kind"], reply["custom"]["topic"]) for reply in answer["replies"]]


def test_opening_with_consent_greets(patient: Patient) -> None:
    assert kinds(patient.opened) == [("smalltalk", "greeting")]
    assert "AI" in patient.opened["replies"][0]["text"]


def test_opening_without_consent_greets_and_asks(stranger: Patient) -> None:
    assert kinds(stranger.opened) == [("smalltalk", "greeting"), ("question", "consent")]
    assert "AI" in stranger.opened["replies"][0]["text"]
    assert [choice["title"] for choice in stranger.opened["replies"][1]["choices"]] == ["同意", "不同意"]


def test_consent_must_be_a_boolean(http: httpx.Client, patient: Patient) -> None:
    for wrong in (1, "true", None, {}):
        assert http.post(API, json={"consent": wrong}).status_code == 400
        response = http.post(f"{patient.url}/consent", json={"consent": wrong}, headers=patient.headers)
        assert response.status_code == 400


def test_without_consent_nothing_is_kept_and_the_brain_hears_nothing(
    stranger: Patient, brain: EchoBrain, found: Found
) -> None:
    assert kinds(stranger.say(SECRET, "1")) == [("question", "consent")]
    assert stranger.read(since=2)["messages"][0]["text"] == ""
    assert stranger.id not in brain.heard
    assert not found(SECRET)
    assert stranger.say(SECRET, "1")["seq"] == 3
    assert stranger.post({"id": "1", "text": "别的"}).status_code == 409


def test_without_consent_emergencies_and_the_phone_are_answered(stranger: Patient) -> None:
    for danger in ("咯血", ONLY_THE_BRAIN_HEARS):
        assert kinds(stranger.say(danger)) == [("emergency", "hemoptysis")]
    phone = stranger.say("拨打电话")
    assert kinds(phone) == [("handoff", "phone")]
    assert "021-12345678" in phone["replies"][0]["text"]
    assert all(one["text"] == "" for one in stranger.read()["messages"] if one["from"] == "user")


def test_the_choice_really_gives_consent(stranger: Patient) -> None:
    agree = stranger.opened["replies"][1]["choices"][0]["id"]
    assert kinds(stranger.choose(agree)) == [("smalltalk", "greeting")]
    assert stranger.say("你好")["replies"][0]["text"] == "您说：你好"


def test_typing_the_choice_or_its_number_gives_consent(http: httpx.Client) -> None:
    for typed in ("同意", "1", "①", "１", "同意。"):
        stranger = Patient(http, consent=False)
        assert kinds(stranger.say(typed)) == [("smalltalk", "greeting")]
    declined = Patient(http, consent=False)
    assert kinds(declined.say("不同意")) == [("question", "consent")]
    assert kinds(declined.say("你好")) == [("question", "consent")]


def test_the_call_gives_consent_later(stranger: Patient) -> None:
    answer = stranger.consent(True)
    assert kinds(answer) == [("smalltalk", "greeting")]
    assert kinds(stranger.consent(True)) == [("smalltalk", "greeting")]
    assert stranger.say("你好")["replies"][0]["text"] == "您说：你好"


def test_withdrawing_erases_the_content_and_keeps_the_conversation(
    patient: Patient, brain: EchoBrain, found: Found
) -> None:
    patient.say(SECRET)
    last = patient.say("找专家")["replies"][-1]["seq"]
    assert found(SECRET)
    answer = patient.consent(False)
    assert kinds(answer) == [("question", "consent")]
    assert answer["owner"] == "bot"
    assert [one["seq"] for one in patient.read()["messages"]] == [last + 1]
    assert not found(SECRET)
    assert kinds(patient.say("你好")) == [("question", "consent")]
