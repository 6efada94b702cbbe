"""Erasure with the trained model: nothing of the words is left in our tables nor in Rasa's tracker."""

from __future__ import annotations

from tests.support.databases import finder
from tests.support.patient import Patient

WORDS = "吉非替尼吃了十七个月零九天又大了"
STORED_BY_RASA = "gefitinib"  # the tracker keeps what was understood


def test_the_whole_database_is_searched(family: Patient, service_database: str) -> None:
    found = finder(service_database)
    family.say(WORDS)
    family.say("转人工，帮我问问专家")
    assert found(WORDS)
    assert found(family.id)
    assert family.erase().status_code == 204
    assert not found(WORDS)
    assert not found(family.id)


def test_withdrawn_consent_erases_the_words_and_keeps_the_door_open(family: Patient, service_database: str) -> None:
    found = finder(service_database)
    words = "埃克替尼吃了二十三个月，片子上又长了"
    family.say(words)
    assert found(words)
    family.consent(False)
    assert not found(words)
    assert family.say("奥希替尼耐药了")["replies"][0]["custom"]["topic"] == "consent"
