"""DELETE, and what is left afterwards: nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.support.brain import EchoBrain
from tests.support.databases import Found
from tests.support.patient import Patient

SECRET = "特罗凯九个月又长了一点"


def test_erasure_is_complete(patient: Patient, found: Found) -> None:
    patient.say(SECRET)
    patient.say(f"找专家{SECRET}")
    assert found(SECRET)
    assert patient.erase().status_code == 204
    for words in (SECRET, patient.id, patient.opened["token"]):
        assert not found(words)


def test_afterwards_every_call_is_404(patient: Patient) -> None:
    patient.erase()
    http, url, headers = patient.http, patient.url, patient.headers
    assert patient.post({"id": "1", "text": "你好"}).status_code == 404
    assert http.get(f"{url}/messages", headers=headers).status_code == 404
    assert http.get(f"{url}/events", headers=headers).status_code == 404
    assert http.post(f"{url}/consent", json={"consent": True}, headers=headers).status_code == 404
    assert patient.erase().status_code == 404


def test_erasing_while_the_bot_speaks_leaves_nothing(
    patient: Patient, brain: EchoBrain, found: Found
) -> None:
    with ThreadPoolExecutor(2) as pool:
        speaking = pool.submit(patient.post, {"id": "1", "text": f"慢{SECRET}"})
        while not brain.speaking:
            pass
        assert patient.erase().status_code == 204
        assert speaking.result().status_code in (200, 404)
    assert not found(SECRET)


def test_what_the_dialogue_remembers_lives_and_dies_with_the_conversation(
    patient: Patient, brain: EchoBrain, found: Found
) -> None:
    patient.say(SECRET)
    patient.say("还有一句")
    assert [heard.memory for heard in brain.heard[patient.id]] == [None, f"{SECRET} "]
    patient.erase()
    assert not found(SECRET)
