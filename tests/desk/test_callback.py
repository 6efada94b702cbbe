"""A number to call: encrypted, masked, deleted after the call."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.desk.conftest import ask
from tests.support.databases import finder
from tests.support.expert import Expert
from tests.support.patient import Patient

NUMBER = "13812345678"


def call_me(patient: Patient, number: str = NUMBER) -> httpx.Response:
    return patient.http.post(f"{patient.url}/callback", json={"number": number}, headers=patient.headers)


@pytest.fixture
def found(settings) -> Callable[[str], bool]:  # type: ignore[no-untyped-def]
    return finder(settings.database_url)


def test_asking_opens_a_ticket(patient: Patient, li: Expert, found: Callable[[str], bool]) -> None:
    answer = call_me(patient, "138 1234-5678").json()
    assert answer["owner"] == "waiting"
    assert [one["from"] for one in answer["replies"]] == ["bot", "system"]
    ticket = answer["replies"][0]["custom"]["ticket"]
    waiting = next(one for one in li.get("queue")["waiting"] if one["ticket"] == ticket)
    assert (waiting["reason"], waiting["callback"]) == ("callback", True)
    assert not found(NUMBER)


def test_masked_until_it_is_needed_and_deleted_after_the_call(patient: Patient, li: Expert, root: Expert) -> None:
    ticket = ask(patient)
    assert len(call_me(patient).json()["replies"]) == 1
    case = li.claim(ticket)
    assert case["callback"]["number"] == "138****5678"
    assert NUMBER not in str(case)
    assert li.post(f"tickets/{ticket}/callback/reveal") == {"number": NUMBER}
    assert li.call("DELETE", f"tickets/{ticket}/callback").status_code == 204
    assert li.get(f"tickets/{ticket}")["callback"] is None
    assert li.error("POST", f"tickets/{ticket}/callback/reveal") == (404, "not_found")
    noted = [one["what"] for one in root.get("audit")["entries"] if one["ticket"] == ticket]
    assert {"revealed_number", "deleted_number"} <= set(noted)
    assert NUMBER not in str(root.get("audit"))


def test_closing_deletes_it(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    call_me(patient)
    li.claim(ticket)
    li.close(ticket, "called")
    again = ask(patient)
    assert li.claim(again)["callback"] is None


def test_the_patient_takes_it_back(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    call_me(patient)
    assert patient.http.delete(f"{patient.url}/callback", headers=patient.headers).status_code == 204
    assert li.claim(ticket)["callback"] is None


@pytest.mark.parametrize("number", ["", "12", "abc", "1" * 16, "138123456７8x", "' OR 1"])
def test_what_is_no_number(patient: Patient, number: str) -> None:
    answer = call_me(patient, number)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_number")


def test_without_consent_it_is_not_kept(stranger: Patient, found: Callable[[str], bool]) -> None:
    assert call_me(stranger).json()["replies"][0]["custom"]["topic"] == "consent"
    assert stranger.read()["owner"] == "bot"
