"""The patient's calls around the desk, with somebody else's token or none."""

from __future__ import annotations

import httpx
import pytest

from tests.support.patient import API, Patient

CALLS = [("POST", "typing"), ("POST", "callback"), ("DELETE", "callback"), ("POST", "pictures?id=1"),
         ("GET", "pictures/" + "0" * 32)]


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_only_the_own_token_opens(call: tuple[str, str], http: httpx.Client, patient: Patient) -> None:
    method, path = call
    body = {"json": {"number": "13812345678"}} if path == "callback" and method == "POST" else {}
    other = Patient(http)

    def status(url: str, headers: dict[str, str]) -> int:
        return http.request(method, f"{url}/{path}", headers=headers, **body).status_code

    assert status(patient.url, {}) == 401
    assert status(patient.url, {"Authorization": "Bearer " + "a" * 43}) == 401
    assert status(patient.url, other.headers) == 403
    assert status(f"{API}/{'0' * 32}", other.headers) == 404
    patient.erase()
    assert status(patient.url, patient.headers) == 404


def test_a_patients_token_of_the_wrong_kind_changes_nothing(http: httpx.Client, patient: Patient) -> None:
    http.post(f"{patient.url}/callback", json={"number": "13812345678"}, headers=Patient(http).headers)
    assert patient.read()["owner"] == "bot"
