"""Every call of the desk, tried as nobody, as a patient, as the wrong role and as the wrong expert.

The calls come from the application's own routes: a new one cannot be forgotten.
"""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from houlu.api.app import public_api
from tests.desk.conftest import ask
from tests.support.expert import API, Expert
from tests.support.patient import Patient

OPEN = {("POST", "session")}
#: Bodies that are right, so that only who asks decides.
BODIES: dict[tuple[str, str], Any] = {
    ("PUT", "password"): {"old": "x", "new": "yi-ge-xin-mima-9"},
    ("POST", "people"): {"name": "neu", "title": "", "role": "expert"},
    ("PATCH", "people/{name}"): {"title": "x"},
    ("POST", "tickets/{ticket}/hand-on"): {"to": "wang"},
    ("POST", "tickets/{ticket}/messages"): {"id": "1", "text": "好"},
    ("PUT", "tickets/{ticket}/draft"): {"text": "好"},
    ("POST", "tickets/{ticket}/notes"): {"text": "好"},
    ("POST", "tickets/{ticket}/close"): {"reason": "answered"},
}
ADMINS = ("people", "audit")
LEADS = ("overview",)
ANYBODYS = ("session", "password", "presence")


def _calls() -> list[tuple[str, str]]:
    routes = [one for one in public_api().routes if isinstance(one, APIRoute) and one.path.startswith(f"{API}/")]
    return sorted((method, one.path.removeprefix(f"{API}/")) for one in routes for method in one.methods)


CALLS = _calls()
CLOSED_CALLS = [call for call in CALLS if call not in OPEN]
TICKET_CALLS = [call for call in CALLS if "{ticket}" in call[1] and not call[1].endswith("/claim")]


def _path(path: str, ticket: str) -> str:
    return path.format(ticket=ticket, name="wang", picture="0" * 32)


def _send(http: httpx.Client, call: tuple[str, str], ticket: str, **headers: str) -> httpx.Response:
    return http.request(call[0], f"{API}/{_path(call[1], ticket)}", json=BODIES.get(call), headers=headers)


def test_there_are_calls() -> None:
    assert len(CALLS) > 25
    assert set(BODIES) <= set(CALLS)


@pytest.mark.parametrize("call", CLOSED_CALLS, ids=" ".join)
def test_nobody_may(call: tuple[str, str], url: str, ticket: str) -> None:
    for headers in ({}, {"Cookie": "houlu_desk=" + "a" * 43}, {"Cookie": "houlu_desk=x", "X-CSRF-Token": "x"}):
        answer = _send(httpx.Client(base_url=url), call, ticket, **headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("call", CLOSED_CALLS, ids=" ".join)
def test_a_patient_may_not(call: tuple[str, str], url: str, patient: Patient) -> None:
    ticket, token = ask(patient), patient.opened["token"]
    for headers in (patient.headers, {"Cookie": f"houlu_desk={token}", "X-CSRF-Token": token}):
        assert _send(httpx.Client(base_url=url), call, ticket, **headers).status_code == 401


@pytest.mark.parametrize("call", CLOSED_CALLS, ids=" ".join)
def test_without_the_csrf_token_nothing_changes(call: tuple[str, str], li: Expert, ticket: str) -> None:
    if call[0] == "GET":
        return
    for token in ("", "wrong", li.csrf[:-1], "é"):
        answer = _send(li.http, call, ticket, **({"X-CSRF-Token": token.encode()} if token else {}))
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")


@pytest.mark.parametrize("call", CLOSED_CALLS, ids=" ".join)
@pytest.mark.parametrize("role", ["expert", "lead", "admin"])
def test_the_wrong_role_may_not(
    call: tuple[str, str], role: str, li: Expert, zhao: Expert, root: Expert, ticket: str
) -> None:
    first = call[1].split("/")[0]
    allowed = (
        {"admin"} if first in ADMINS else {"lead"} if first in LEADS else {"expert", "lead", "admin"}
        if first in ANYBODYS else {"expert", "lead"})
    if role in allowed:
        return
    who = {"expert": li, "lead": zhao, "admin": root}[role]
    answer = _send(who.http, call, ticket, **{"X-CSRF-Token": who.csrf})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "role")


@pytest.mark.parametrize("call", TICKET_CALLS, ids=" ".join)
@pytest.mark.parametrize("claimed", [True, False], ids=["a colleague's", "nobody's"])
def test_the_wrong_expert_may_not(
    call: tuple[str, str], claimed: bool, li: Expert, wang: Expert, patient: Patient
) -> None:
    ticket = ask(patient, "找专家，这句谁也不能看")
    if claimed:
        li.claim(ticket)
    answer = _send(wang.http, call, ticket, **{"X-CSRF-Token": wang.csrf})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_yours"), answer.text
    assert "谁也不能看" not in answer.text
    assert patient.read()["owner"] == ("human" if claimed else "waiting")


@pytest.mark.parametrize("call", TICKET_CALLS, ids=" ".join)
def test_a_lead_moves_tickets_but_reads_none(call: tuple[str, str], li: Expert, zhao: Expert, ticket: str) -> None:
    li.claim(ticket)
    answer = _send(zhao.http, call, ticket, **{"X-CSRF-Token": zhao.csrf})
    if call[1].endswith(("/return", "/hand-on")):
        assert answer.status_code in (204, 409)
    else:
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_yours")


@pytest.mark.parametrize("call", [call for call in CALLS if "{ticket}" in call[1]], ids=" ".join)
def test_an_unknown_ticket_is_unknown(call: tuple[str, str], li: Expert) -> None:
    for ticket in ("H-99999999", "nonsense", "0"):
        answer = _send(li.http, call, ticket, **{"X-CSRF-Token": li.csrf})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_ticket")


def test_the_queue_holds_no_words(li: Expert, zhao: Expert, patient: Patient) -> None:
    ask(patient, "找专家，易瑞沙十个月了")
    for text in (li.call("GET", "queue").text, zhao.call("GET", "overview").text):
        assert "易瑞沙" not in text
        assert patient.id not in text
