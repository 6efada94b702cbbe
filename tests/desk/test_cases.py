"""A nurse's work with cases, over HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.desk.conftest import DeskCommand, ask
from tests.support.databases import finder
from tests.support.expert import Expert
from tests.support.patient import Patient


def test_claim_answer_close(patient: Patient, li: Expert) -> None:
    patient.say("易瑞沙十个月")
    ticket = ask(patient)
    assert ticket in li.waiting()
    case = li.claim(ticket)
    assert case["ticket"]["state"] == "claimed"
    assert patient.read()["owner"] == "human"
    assert patient.say("医生您好")["replies"] == []
    said = li.say(ticket, "先做个血检")
    assert (said["from"], said["custom"]["by"]) == ("expert", "li")
    mine = next(one for one in li.get("queue")["mine"] if one["ticket"] == ticket)
    assert (mine["answered"], mine["last_from"], mine["unanswered_seconds"]) == (True, "expert", None)
    patient.say("好的谢谢")
    mine = next(one for one in li.get("queue")["mine"] if one["ticket"] == ticket)
    assert mine["unanswered_seconds"] is not None
    closed = li.close(ticket)["ticket"]
    assert (closed["state"], closed["closed_for"]) == ("closed", "answered")
    history = patient.read()
    assert history["owner"] == "bot"
    assert [one["text"] for one in history["messages"] if one["from"] == "expert"] == ["先做个血检"]
    assert "by" not in str([one["custom"] for one in history["messages"]])
    assert patient.say("您好")["replies"][0]["text"] == "您说：您好"


def test_after_the_closing_the_expert_reads_no_further(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    li.say(ticket, "好")
    li.close(ticket)
    patient.say("这句只说给机器人")
    case = li.get(f"tickets/{ticket}")
    assert "这句只说给机器人" not in str(case)
    assert ticket in [one["ticket"] for one in li.get("tickets")["closed"]]
    bodies = {"messages": {"id": "1", "text": "还有"}, "notes": {"text": "x"}, "close": {"reason": "other"}}
    for path, body in bodies.items():
        assert li.error("POST", f"tickets/{ticket}/{path}", body) == (409, "closed")


def test_the_summary_says_what_is_known_and_what_the_bot_said(patient: Patient, li: Expert) -> None:
    patient.say("易瑞沙十个月")
    patient.say("咯血了")
    ticket = ask(patient)
    summary = li.claim(ticket)["summary"]
    assert {"what": "最初的基因", "said": "EGFR突变"} in summary["facts"]
    assert {"what": "病理类型", "said": None} in summary["facts"]
    assert summary["step"] == {"id": "mechanism", "title": "弄清原因"}
    assert [one["title"] for one in summary["red_flags"]] == ["咳血"]
    assert "您说：易瑞沙十个月" in [one["line"] for one in summary["bot_said"]]


def test_two_experts_never_hold_one_ticket(http: httpx.Client, li: Expert, wang: Expert, zhao: Expert) -> None:
    for _ in range(8):
        ticket = ask(Patient(http))
        with ThreadPoolExecutor(6) as pool:
            calls = [pool.submit(who.call, "POST", f"tickets/{ticket}/claim") for who in (li, wang, zhao) * 2]
            statuses = sorted((one.result().status_code, one.result().json().get("ticket", {}).get("claimed_by"))
                              for one in calls if one.result().status_code == 200)
            refused = [one.result() for one in calls if one.result().status_code != 200]
        assert len({name for _, name in statuses}) == 1
        assert len(statuses) == 2
        assert all(one.json()["error"]["code"] == "claimed_by_other" for one in refused)


def test_the_next_one_is_the_urgent_one_then_the_oldest(http: httpx.Client, li: Expert) -> None:
    for ticket in li.waiting():
        li.claim(ticket)
    assert li.error("POST", "queue/next") == (409, "nobody_waits")
    first, second, third = Patient(http), Patient(http), Patient(http)
    tickets = [ask(first), ask(second), ask(third)]
    third.say("咯血了")
    queue = [one for one in li.get("queue")["waiting"] if one["ticket"] in tickets]
    assert [one["ticket"] for one in queue] == [tickets[2], tickets[0], tickets[1]]
    assert [one["position"] for one in queue] == [1, 2, 3]
    assert (queue[0]["urgent"], queue[0]["level"]) == (True, "warning")
    assert [li.post("queue/next")["ticket"]["id"] for _ in range(3)] == [tickets[2], tickets[0], tickets[1]]


def test_returned_it_waits_again_and_the_bot_speaks(patient: Patient, li: Expert, wang: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    li.post(f"tickets/{ticket}/return")
    assert patient.read()["owner"] == "waiting"
    assert patient.say("还在吗")["replies"][0]["text"] == "您说：还在吗"
    waiting = next(one for one in wang.get("queue")["waiting"] if one["ticket"] == ticket)
    assert waiting["returned"] is True
    wang.claim(ticket)
    assert li.error("POST", f"tickets/{ticket}/return") == (403, "not_yours")


def test_handed_on_the_colleague_holds_it_at_once(patient: Patient, li: Expert, wang: Expert, root: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    wang.post("presence")
    assert li.error("POST", f"tickets/{ticket}/hand-on", {"to": "niemand"}) == (409, "colleague_offline")
    assert li.error("POST", f"tickets/{ticket}/hand-on", {"to": "root"}) == (409, "colleague_offline")
    assert "root" not in [one["name"] for one in li.get("queue")["colleagues"]]
    li.post(f"tickets/{ticket}/hand-on", {"to": "wang"})
    assert ticket in wang.mine()
    assert ticket not in li.mine()
    assert patient.read()["owner"] == "human"
    assert "换了一位专家" in patient.read()["messages"][-1]["text"]


def test_a_lead_moves_anybodys_ticket(patient: Patient, li: Expert, wang: Expert, zhao: Expert) -> None:
    ticket = ask(patient)
    li.post("presence")
    zhao.post(f"tickets/{ticket}/hand-on", {"to": "li"})
    assert patient.read()["owner"] == "human"
    assert ticket in li.mine()
    zhao.post(f"tickets/{ticket}/return")
    assert zhao.error("POST", f"tickets/{ticket}/return") == (409, "not_waiting")
    assert patient.read()["owner"] == "waiting"


def test_the_same_message_id_writes_once(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda _: li.say(ticket, "一句", "same"), range(4)))
    assert len({one["seq"] for one in said}) == 1
    assert said[0]["id"] == "same"
    assert li.error("POST", f"tickets/{ticket}/messages", {"id": "same", "text": "另一句"}) == (409, "conflict")
    assert len([one for one in patient.read()["messages"] if one["from"] == "expert"]) == 1
    assert all(one["id"] is None for one in patient.read()["messages"] if one["from"] == "expert")


@pytest.mark.parametrize(("body", "error"), [
    ({"id": "1", "text": " \n"}, (400, "empty_text")), ({"id": "1", "text": "长" * 4001}, (422, "too_long")),
    ({"id": "1"}, (400, "bad_request")), ({"id": "1", "text": "a", "answer": "hello"}, (400, "bad_request")),
    ({"id": "1", "answer": "no-such"}, (422, "unknown_choice")),
    ({"id": "1", "strategy": "no-such"}, (422, "unknown_choice")), ([], (400, "bad_request")),
])
def test_what_is_no_answer(patient: Patient, li: Expert, body: object, error: tuple[int, str]) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    assert li.error("POST", f"tickets/{ticket}/messages", body) == error


def test_notes_and_drafts_stay_at_the_desk(patient: Patient, li: Expert, wang: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    note = li.post(f"tickets/{ticket}/notes", {"text": "要问放疗科"})
    assert (note["by"], note["title"], note["text"]) == ("li", "li老师", "要问放疗科")
    li.call("PUT", f"tickets/{ticket}/draft", {"text": "写到一半"})
    wang.post("presence")
    li.post(f"tickets/{ticket}/hand-on", {"to": "wang"})
    case = wang.get(f"tickets/{ticket}")
    assert [one["text"] for one in case["notes"]] == ["要问放疗科"]
    assert case["draft"]["text"] == "写到一半"
    wang.say(ticket, "写完了")
    assert wang.get(f"tickets/{ticket}")["draft"]["text"] == ""
    for words in ("要问放疗科", "写到一半"):
        assert words not in str(patient.read())


def test_strategy_rows_are_sent_with_their_sources(patient: Patient, li: Expert) -> None:
    patient.say("易瑞沙十个月")
    ticket = ask(patient)
    li.claim(ticket)
    rows = li.get(f"tickets/{ticket}/suggestions")["strategies"]
    assert rows
    assert all(one["sources"] and one["why"] and one["text"] for one in rows)
    said = li.post(f"tickets/{ticket}/messages", {"id": "1", "strategy": rows[0]["id"]})["message"]
    shown = patient.read()["messages"][-1]
    assert shown["text"] == said["text"] == rows[0]["text"]
    assert shown["custom"]["sources"] == rows[0]["sources"]
    assert shown["custom"]["strategies"][0]["id"] == rows[0]["id"]
    assert shown["custom"]["kind"] is None


def test_canned_answers_are_found_by_pinyin_initials(patient: Patient, li: Expert) -> None:
    def found(words: str) -> list[str]:
        return [one["id"] for one in li.get(f"answers?q={words}")["answers"]]

    assert len(found("")) >= 15
    assert found("msd")[0] == "emergency_now"
    assert found("kanbing")[0] == "bring"
    assert found("剂量")[0] == "no_dose"
    assert found("xyzxyz") == []
    ticket = ask(patient)
    li.claim(ticket)
    li.post(f"tickets/{ticket}/messages", {"id": "1", "answer": "hello"})
    assert patient.read()["messages"][-1]["text"].startswith("您好，我是值班的专家")


def test_an_unknown_reason_does_not_close(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    assert li.error("POST", f"tickets/{ticket}/close", {"reason": "done"}) == (422, "unknown_choice")
    assert patient.read()["owner"] == "human"


def test_an_offered_answer_waits_for_a_clinician_and_goes_with_the_erasure(
    patient: Patient, li: Expert, desk: DeskCommand, settings
) -> None:  # type: ignore[no-untyped-def]
    ticket = ask(patient, "找专家，放疗时药停不停")
    li.claim(ticket)
    li.say(ticket, "由放疗科定这句独一无二")
    li.close(ticket, offer=True)
    offers = desk("offers")["offers"]
    assert [(one["question"], one["answer"]) for one in offers if one["ticket"] == ticket] == [
        ("找专家，放疗时药停不停", "由放疗科定这句独一无二")]
    patient.erase()
    assert ticket not in [one["ticket"] for one in desk("offers")["offers"]]
    assert not finder(settings.database_url)("由放疗科定这句独一无二")


def test_the_patient_is_asked_for_a_rating_and_the_journey_goes_on(patient: Patient, li: Expert, zhao: Expert) -> None:
    question = patient.say("一")["replies"][0]
    ticket = ask(patient)
    li.claim(ticket)
    li.say(ticket, "好")
    li.close(ticket)
    asked = patient.read()["messages"][-1]
    assert asked["from"] == "system"
    assert [one["title"][0] for one in asked["choices"]] == ["5", "4", "3", "2", "1"]
    thanks, again = patient.choose(asked["choices"][1]["id"])["replies"]
    assert "谢谢您的评价" in thanks["text"]
    assert again["text"] == question["text"]
    assert [one["title"] for one in again["choices"]] == [one["title"] for one in question["choices"]]
    assert next(one for one in li.get("tickets")["closed"] if one["ticket"] == ticket)["rating"] == 4
    assert zhao.get("overview")["ratings"]["scores"][3] >= 1


def test_a_typed_number_rates_and_an_answer_to_the_journey_is_one(patient: Patient, li: Expert, brain) -> None:  # type: ignore[no-untyped-def]
    patient.say("一")
    ticket = ask(patient)
    li.claim(ticket)
    li.say(ticket, "好")
    li.close(ticket)
    patient.say("不清楚")
    assert [one.title for one in brain.heard[patient.id][-1].latest] == ["是", "不清楚"]
    ticket = ask(patient)
    li.claim(ticket)
    li.say(ticket, "好")
    li.close(ticket)
    assert "谢谢您的评价" in patient.say("5")["replies"][0]["text"]
    assert next(one for one in li.get("tickets")["closed"] if one["ticket"] == ticket)["rating"] == 5


def test_without_an_answer_nobody_is_asked_for_a_rating(patient: Patient, li: Expert) -> None:
    ticket = ask(patient)
    li.claim(ticket)
    li.close(ticket, "no_reply")
    assert patient.read()["messages"][-1]["choices"] == []
