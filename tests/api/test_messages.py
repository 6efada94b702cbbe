"""POST and GET messages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.support.brain import EchoBrain
from tests.support.patient import API, Patient

CONTRACT_KEYS = {"kind", "topic", "step", "profile", "sources", "knowledge_version", "ticket"}


def test_a_message_is_answered_in_the_same_response(patient: Patient) -> None:
    answer = patient.say("易瑞沙吃了十个月")
    assert answer["seq"] == 2
    assert answer["owner"] == "bot"
    assert answer["replies"][0]["text"] == "您说：易瑞沙吃了十个月"
    assert answer["replies"][0]["custom"].keys() >= CONTRACT_KEYS


def test_history_holds_both_sides_in_order(patient: Patient) -> None:
    patient.say("一", "a")
    patient.say("二", "b")
    history = patient.read()
    assert [one["seq"] for one in history["messages"]] == [1, 2, 3, 4, 5]
    assert [one["from"] for one in history["messages"]] == ["bot", "user", "bot", "user", "bot"]
    assert [one["id"] for one in history["messages"]] == [None, "a", None, "b", None]
    assert [one["seq"] for one in patient.read(since=3)["messages"]] == [4, 5]


def test_the_same_id_and_content_returns_the_same_and_changes_nothing(patient: Patient, brain: EchoBrain) -> None:
    first = patient.say("你好", "same")
    heard = len(brain.heard[patient.id])
    assert patient.say("  你好\n", "same") == first
    assert len(brain.heard[patient.id]) == heard
    assert len(patient.read()["messages"]) == 3


def test_a_repeat_while_the_first_still_runs_waits_for_it(patient: Patient, brain: EchoBrain) -> None:
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: patient.say("慢慢说", "same"), range(5)))
    assert all(answer == answers[0] for answer in answers)
    assert len(brain.heard[patient.id]) == 1


def test_the_same_id_with_other_content_is_a_conflict(patient: Patient) -> None:
    choice = patient.say("你好", "same")["replies"][0]["choices"][0]["id"]
    assert patient.post({"id": "same", "text": "再见"}).status_code == 409
    assert patient.post({"id": "same", "choice": choice}).status_code == 409


def test_a_choice_means_what_the_server_kept_and_shows_its_title(patient: Patient, brain: EchoBrain) -> None:
    first = patient.say("一")["replies"][0]["choices"]
    patient.say("二")
    patient.choose(first[0]["id"])
    assert brain.heard[patient.id][-1].choice == {"slot": "a", "value": True}
    assert patient.read(since=5)["messages"][0]["text"] == first[0]["title"] == "是"


def test_the_brain_is_told_the_latest_choices(patient: Patient, brain: EchoBrain) -> None:
    patient.say("一")
    patient.say("1")
    assert [choice.title for choice in brain.heard[patient.id][-1].latest] == ["是", "不清楚"]


def test_another_conversations_choice_is_unknown(patient: Patient, stranger: Patient) -> None:
    choice = stranger.opened["replies"][-1]["choices"][0]["id"]
    assert patient.post({"id": "1", "choice": choice}).status_code == 422


def test_messages_of_one_conversation_never_overlap(patient: Patient, brain: EchoBrain) -> None:
    brain.most_speaking = 0
    with ThreadPoolExecutor(6) as pool:
        seqs = sorted(pool.map(lambda number: patient.say(f"慢{number}")["seq"], range(6)))
    assert seqs == [2, 4, 6, 8, 10, 12]
    assert brain.most_speaking == 1


def test_different_conversations_run_in_parallel(http: httpx.Client, brain: EchoBrain) -> None:
    brain.most_speaking = 0
    patients = [Patient(http) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one.say("慢"), patients))
    assert brain.most_speaking > 1


@pytest.mark.parametrize(("sent", "kept"), [
    ("  好 \n", "好"), ("a\u0000b", "ab"), ("a\ud800b", "ab"), ("👨‍👩‍👧好😀", "👨‍👩‍👧好😀"), ("一\r\n二", "一\n二"),
    ("/inform{\"a\": 1}", "/inform{\"a\": 1}"), ("' OR 1=1; --", "' OR 1=1; --"), ("\u202e反", "反"),
])
def test_text_is_cleaned_before_anything_sees_it(patient: Patient, brain: EchoBrain, sent: str, kept: str) -> None:
    body = ('{"id": "1", "text": ' + _json(sent) + "}").encode()
    response = patient.http.post(f"{patient.url}/messages", content=body, headers=patient.headers)
    assert response.status_code == 200
    assert patient.read(since=1)["messages"][0]["text"] == kept == brain.heard[patient.id][-1].text


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b'"a"', b"{}", b'{"id": "1"}', b'{"text": "a"}', b'{"id": 1, "text": "a"}',
    b'{"id": "", "text": "a"}', b'{"id": "1", "text": null}', b'{"id": "1", "text": 1}', b'{"id": "1", "text": ["a"]}',
    b'{"id": "1", "text": ""}', b'{"id": "1", "text": " \\u3000\\n"}', b'{"id": "1", "text": "\\u0000\\u0007"}',
    b'{"id": "1", "text": "\\ud800"}', b'{"id": "1", "text": "\\u200b"}', b'{"id": "1", "text": "a", "choice": "b"}',
    b'{"id": "\\u0000", "text": "a"}', b'{"id": "\\ud800", "text": "a"}', b"\xff\xfe", b"[" * 30_000,
    b'{"id": "' + b"x" * 129 + b'", "text": "a"}',
])
def test_what_is_not_a_message_is_400(patient: Patient, body: bytes) -> None:
    response = patient.http.post(f"{patient.url}/messages", content=body, headers=patient.headers)
    assert response.status_code == 400
    assert response.json()["error"].keys() == {"code", "message"}


def test_length_is_counted_after_trimming(patient: Patient) -> None:
    assert patient.post({"id": "1", "text": " " * 50 + "好" * 1000 + " " * 50}).status_code == 200
    too_long = patient.post({"id": "2", "text": "好" * 1001})
    assert too_long.status_code == 422
    assert "120" in too_long.json()["error"]["message"]


def test_an_unknown_choice_is_422_and_names_120(patient: Patient) -> None:
    for choice in ("nothing", "\u0000", "'", "x" * 5000):
        response = patient.post({"id": "1", "choice": choice})
        assert response.status_code == 422
        assert "120" in response.json()["error"]["message"]


def test_a_body_over_the_limit_is_413(patient: Patient) -> None:
    for size in (70_000, 3_000_000):
        response = patient.post({"id": "1", "text": "a" * size})
        assert response.status_code == 413
        assert "120" in response.json()["error"]["message"]


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "", "99999999999999999999"])
def test_a_bad_since_is_400(patient: Patient, since: str) -> None:
    for what in ("messages", "events"):
        response = patient.http.get(f"{patient.url}/{what}", params={"since": since}, headers=patient.headers)
        assert response.status_code == 400


def test_who_may_read(http: httpx.Client, patient: Patient, stranger: Patient) -> None:
    def status(url: str, authorization: str | None) -> int:
        headers = {"Authorization": authorization} if authorization is not None else {}
        return http.get(f"{url}/messages", headers=headers).status_code

    mine = patient.headers["Authorization"]
    assert status(patient.url, None) == 401
    for malformed in ("", "Bearer", "Bearer x", "Basic abc", mine.replace("Bearer", "Basic"), "Bearer " + "a" * 43):
        assert status(patient.url, malformed) == 401
    assert status(patient.url, stranger.headers["Authorization"]) == 403
    assert status(f"{API}/{'0' * 32}", mine) == 404
    assert status(f"{API}/%00", mine) == 404
    assert status(patient.url, mine) == 200


def test_a_failing_brain_apologises_and_opens_a_ticket(patient: Patient) -> None:
    for text in ("坏了", "哑了"):
        answer = patient.say(text)
        reply = answer["replies"][0]
        assert (reply["custom"]["kind"], reply["custom"]["topic"]) == ("handoff", "ask_expert")
        assert reply["custom"]["ticket"].startswith("H-")
        assert answer["owner"] == "waiting"


def test_a_brain_that_is_not_ready_is_503_but_emergencies_are_answered(patient: Patient, brain: EchoBrain) -> None:
    brain.down.append("loading")
    try:
        refused = patient.post({"id": "1", "text": "你好"})
        emergency = patient.say("我爸咯血了")
        late = Patient(patient.http)
        assert late.say("咯血")["replies"][0]["custom"]["kind"] == "emergency"
        assert patient.http.get("/ready").status_code == 503
        assert patient.http.get("/health").status_code == 200
    finally:
        brain.down.clear()
    assert refused.status_code == 503
    assert "120" in refused.json()["error"]["message"]
    assert emergency["replies"][0]["custom"]["topic"] == "hemoptysis"
    assert emergency["replies"][0]["custom"].keys() >= CONTRACT_KEYS
    assert patient.say("你好", "1")["seq"] == 4


def test_an_emergency_comes_first_when_the_brain_fails(patient: Patient) -> None:
    replies = patient.say("咯血，坏了")["replies"]
    assert [reply["custom"]["kind"] for reply in replies] == ["emergency"]


def _json(text: str) -> str:
    return '"' + "".join(f"\\u{ord(char):04x}" if ord(char) < 0x10000 else char for char in text) + '"'
