"""The private link over HTTP: from the strategies on, for thirty days, and gone with what it shows."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest

from houlu.api.app import create_app
from houlu.settings import Settings
from tests.support.brain import Rules
from tests.support.databases import Found
from tests.support.patient import Patient
from tests.support.server import served
from tests.visit.conftest import CaseBrain, Clock


def sheet(patient: Patient, text: str = "还有呢") -> dict[str, str]:
    return patient.say(text)["replies"][0]["custom"]["visit_sheet"]


def status(http: httpx.Client, url: str) -> int:
    return http.get(url).status_code


@pytest.mark.parametrize("step", ["strategy", "advice", "done"])
def test_from_the_strategies_on_every_reply_has_it(brain: CaseBrain, patient: Patient, clock: Clock, step: str) -> None:
    brain.step = step
    link = sheet(patient)
    assert re.fullmatch(r"/visit/[A-Za-z0-9_-]{43}", link["url"])
    assert link["pdf"] == f"{link['url']}.pdf"
    assert link["expires_at"] == (clock.at + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize("step", [None, "progression", "rebiopsy", "mechanism"])
def test_before_there_is_none(brain: CaseBrain, patient: Patient, step: str | None) -> None:
    brain.step = step
    assert "visit_sheet" not in patient.say("你好")["replies"][0]["custom"]


def test_one_link_a_conversation_in_every_place(patient: Patient, clock: Clock) -> None:
    first = patient.say("一", "same")["replies"]
    clock.move(days=3)
    assert sheet(patient) == first[0]["custom"]["visit_sheet"]
    assert patient.say("一", "same")["replies"] == first
    told = [m["custom"].get("visit_sheet") for m in patient.read()["messages"] if m["from"] == "bot"]
    assert told == [None, first[0]["custom"]["visit_sheet"], first[0]["custom"]["visit_sheet"]]


def test_the_page_and_the_pdf(http: httpx.Client, patient: Patient) -> None:
    link = sheet(patient)
    page, pdf = http.get(link["url"]), http.get(link["pdf"])
    assert page.status_code == pdf.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "奥希替尼" in page.text
    assert "EGFR L858R" in page.text
    assert "2026年11月23日" in page.text  # 20:00 UTC is tomorrow in China
    assert link["pdf"] in page.text
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    for answer in (page, pdf):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"].startswith("noindex")
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in page.headers["content-security-policy"]
    assert patient.id not in page.text
    assert patient.opened["token"] not in page.text


def test_it_opens_in_the_size_that_its_link_asks_for(http: httpx.Client, patient: Patient) -> None:
    link = sheet(patient)["url"]
    for told, size in (("", 0), ("?size=0", 0), ("?size=1", 1), ("?size=2", 2), ("?size=3", 0), ("?size=-1", 0),
                       ("?size=%22%3E%3Cscript%3E", 0), ("?size=2&size=1", 1)):
        page = http.get(f"{link}{told}")
        assert page.status_code == 200
        assert f'<html lang="zh-CN" data-size="{size}">' in page.text
        assert re.findall(r'href="\?size=(\d)" aria-current', page.text) == [str(size)]
        assert "<script" not in page.text


def test_it_shows_the_latest_known_case(http: httpx.Client, brain: CaseBrain, patient: Patient) -> None:
    link = sheet(patient)
    brain.profile = {"driver": "alk", "drugs": ["alectinib"]}
    assert sheet(patient) == link
    page = http.get(link["url"]).text
    assert "阿来替尼" in page
    assert "奥希替尼" not in page.split("</section>")[0]


def test_only_the_hash_of_the_token_is_stored(patient: Patient, found: Found) -> None:
    token = sheet(patient)["url"].rsplit("/", 1)[1]
    assert found(patient.id)
    assert not found(token)


def test_after_thirty_days_it_is_gone_and_a_new_one_comes(http: httpx.Client, patient: Patient, clock: Clock) -> None:
    old = sheet(patient)
    clock.move(days=29, hours=23)
    assert status(http, old["url"]) == 200
    clock.move(hours=2)
    assert status(http, old["url"]) == status(http, old["pdf"]) == 404
    assert all("visit_sheet" not in one["custom"] for one in patient.read()["messages"])
    new = sheet(patient)
    assert new["url"] != old["url"]
    assert status(http, new["url"]) == 200
    assert status(http, old["url"]) == 404


def test_erasure_kills_it(http: httpx.Client, patient: Patient, found: Found) -> None:
    link = sheet(patient)
    patient.erase()
    assert status(http, link["url"]) == status(http, link["pdf"]) == 404
    assert not found(patient.id)


def test_withdrawn_consent_kills_it(http: httpx.Client, patient: Patient) -> None:
    link = sheet(patient)
    patient.consent(False)
    assert status(http, link["url"]) == 404
    assert "visit_sheet" not in patient.say("你好")["replies"][0]["custom"]
    patient.consent(True)
    assert sheet(patient)["url"] != link["url"]


def test_a_foreign_token_opens_nothing(http: httpx.Client, patient: Patient) -> None:
    other = Patient(http)
    mine, theirs = sheet(patient)["url"], sheet(other)["url"]
    assert mine != theirs
    cut = mine.rsplit("/", 1)[1][:-1]
    for token in (patient.opened["token"], patient.id, "a" * 43, "A" * 5000, "%00", "..%2f", cut):
        for ending in ("", ".pdf"):
            assert status(http, f"/visit/{token}{ending}") == 404


def test_the_404_is_a_kind_page(http: httpx.Client) -> None:
    answer = http.get(f"/visit/{'a' * 43}")
    assert answer.headers["content-type"].startswith("text/html")
    assert "过期" in answer.text
    assert "120" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"].startswith("noindex")


def test_what_was_stored_never_becomes_markup(http: httpx.Client, brain: CaseBrain, patient: Patient) -> None:
    brain.profile = {"drugs": ["osimertinib"], "months_on_drug": 3, "unheard_of": "<script>alert(1)</script>"}
    patient.say("<script>alert(1)</script>")
    assert "<script" not in http.get(sheet(patient)["url"]).text


def test_with_a_public_url_it_is_absolute(settings: Settings, brain: CaseBrain, clock: Clock) -> None:
    public = settings.copy(update={"public_url": "https://chat.hospital.cn/"})
    with served(create_app(public, brain, Rules(), clock)) as url, httpx.Client(base_url=url) as http:
        assert sheet(Patient(http))["url"].startswith("https://chat.hospital.cn/visit/")


def test_an_expert_does_not_carry_it_and_the_waiting_bot_does(patient: Patient) -> None:
    assert "visit_sheet" in patient.say("找专家")["replies"][0]["custom"]


def test_too_many_openings_are_refused_kindly(settings: Settings, brain: CaseBrain, clock: Clock) -> None:
    strict = settings.copy(update={"rate_limit": "3/minute"})
    with served(create_app(strict, brain, Rules(), clock)) as url, httpx.Client(base_url=url) as http:
        link = sheet(Patient(http))["url"]
        answers = [http.get(link) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[3].headers["retry-after"]) > 0
    assert "120" in answers[3].text
