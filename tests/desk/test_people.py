"""Log-in, log-out, lock-out, one-time codes, passwords, accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from houlu.api.state import State
from houlu.cli import app
from houlu.conversations.store import utc_now
from houlu.people.tables import login_failures, people, sessions
from houlu.settings import get_settings
from tests.desk.conftest import ask
from tests.support.expert import API, PASSWORD, Expert
from tests.support.patient import Patient

NEW = "yi-ge-xin-mima-9"


@pytest.fixture
def somebody(state: State, request: pytest.FixtureRequest) -> str:
    """A fresh expert's name."""
    name = f"p{abs(hash(request.node.name)) % 10**9}"
    state.people.add("@test", name, "新来的", "expert", PASSWORD)
    return name


@pytest.fixture
def command(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("HOULU_DATABASE_URL", settings.database_url)
    get_settings.cache_clear()
    yield CliRunner()
    get_settings.cache_clear()


def test_the_cookie_is_for_the_server_only(url: str, somebody: str) -> None:
    one = Expert(url, somebody)
    cookie = one.login.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=strict", "path=/api/desk"):
        assert part in cookie
    assert "secure" not in cookie
    me = one.get("session")
    assert me["person"] == {"name": somebody, "title": "新来的", "role": "expert", "totp": False}
    assert me["csrf"] == one.csrf
    assert len(me["desk"]["close_reasons"]) == 7


def test_the_database_holds_neither_token_nor_password(url: str, somebody: str, state: State) -> None:
    one = Expert(url, somebody)
    token = one.http.cookies["houlu_desk"]
    rows = state.database.read(lambda c: [*c.execute(sa.select(sessions)), *c.execute(sa.select(people))])
    assert token not in str(rows)
    assert PASSWORD not in str(rows)
    assert "$argon2id$" in str(rows)


def test_after_the_log_out_the_cookie_is_worth_nothing(url: str, somebody: str) -> None:
    one = Expert(url, somebody)
    cookie = one.http.cookies["houlu_desk"]
    one.call("DELETE", "session")
    one.http.cookies.set("houlu_desk", cookie)
    assert one.error("GET", "session") == (401, "not_signed_in")


def test_log_out_gives_the_tickets_back(url: str, somebody: str, patient: Patient) -> None:
    one, ticket = Expert(url, somebody), ask(patient)
    one.claim(ticket)
    one.call("DELETE", "session")
    assert patient.read()["owner"] == "waiting"
    assert "回到队列" in patient.read()["messages"][-1]["text"]


def test_wrong_names_and_passwords_look_the_same(url: str, somebody: str, state: State) -> None:
    answers = [Expert(url, name, password).login for name, password in
               ((somebody, "falsch"), ("gibtesnicht", PASSWORD), (somebody, ""), (somebody, "x" * 900))]
    assert [one.status_code for one in answers] == [401, 401, 400, 401]
    assert answers[0].json() == answers[1].json()


def test_after_five_failures_the_account_is_locked_for_a_while(url: str, somebody: str, state: State) -> None:
    for name in (somebody, "nobody-at-all"):
        for _ in range(5):
            assert Expert(url, name, "falsch").login.status_code == 401
        locked = Expert(url, name).login
        assert (locked.status_code, locked.json()["error"]["code"]) == (429, "locked")
        assert 0 < int(locked.headers["retry-after"]) <= 900
    earlier = utc_now() - timedelta(minutes=16)
    state.database.write(lambda c: c.execute(sa.update(login_failures).values(last_at=earlier)))
    assert Expert(url, somebody).login.status_code == 200


def test_a_disabled_account_is_shut_out_at_once(url: str, somebody: str, root: Expert, patient: Patient) -> None:
    one, ticket = Expert(url, somebody), ask(patient)
    one.claim(ticket)
    assert root.call("PATCH", f"people/{somebody}", {"disabled": True}).json()["person"]["disabled"] is True
    assert one.error("GET", "queue") == (401, "not_signed_in")
    assert Expert(url, somebody).login.status_code == 401
    assert patient.read()["owner"] == "waiting"


@pytest.mark.parametrize(("column", "back"), [("expires_at", timedelta(hours=13)), ("used_at", timedelta(minutes=61))])
def test_sessions_end_by_themselves(url: str, somebody: str, state: State, column: str, back: timedelta) -> None:
    one = Expert(url, somebody)
    aged = {column: utc_now() - back}
    state.database.write(lambda c: c.execute(sa.update(sessions).where(sessions.c.person == somebody).values(**aged)))
    assert one.error("GET", "queue") == (401, "not_signed_in")


def test_changing_the_password_ends_the_other_sessions(url: str, somebody: str) -> None:
    one, other = Expert(url, somebody), Expert(url, somebody)
    assert one.error("PUT", "password", {"old": "falsch", "new": NEW}) == (403, "wrong_password")
    for weak in ("kurz", "aaaaaaaaaaaa", f"{somebody}-12345", "x" * 201):
        assert one.error("PUT", "password", {"old": PASSWORD, "new": weak}) == (422, "weak_password")
    assert one.call("PUT", "password", {"old": PASSWORD, "new": NEW}).status_code == 204
    assert one.call("GET", "session").status_code == 200
    assert other.error("GET", "session") == (401, "not_signed_in")
    assert Expert(url, somebody).login.status_code == 401
    assert Expert(url, somebody, NEW).login.status_code == 200


def test_a_first_password_must_be_changed(url: str, root: Expert) -> None:
    made = root.post("people", {"name": "chen", "title": " 陈  护士\n", "role": "expert"})
    assert made["person"]["title"] == "陈 护士"
    one = Expert(url, "chen", made["password"])
    assert one.login.json()["must_change"] is True
    assert one.error("GET", "queue") == (403, "password_change_needed")
    assert one.call("PUT", "password", {"old": made["password"], "new": NEW}).status_code == 204
    assert one.call("GET", "queue").status_code == 200
    assert root.error("POST", "people", {"name": "chen", "role": "expert"}) == (409, "conflict")
    assert root.error("POST", "people", {"name": "chen2", "role": "chef"}) == (422, "unknown_choice")
    assert root.error("POST", "people", {"name": "../x", "role": "expert"}) == (400, "bad_request")


def test_one_time_codes(url: str, somebody: str, root: Expert) -> None:
    secret = root.post(f"people/{somebody}/totp")["secret"]
    assert Expert(url, somebody).login.json()["error"]["code"] == "code_needed"
    assert Expert(url, somebody, code="000000").login.json()["error"]["code"] == "wrong_login"
    code = pyotp.TOTP(secret).now()
    assert Expert(url, somebody, code=code).login.status_code == 200
    assert Expert(url, somebody, code=code).login.status_code == 401  # a code counts once
    assert root.call("DELETE", f"people/{somebody}/totp").status_code == 204
    assert Expert(url, somebody).login.status_code == 200


def test_the_totp_secret_is_encrypted(somebody: str, root: Expert, state: State) -> None:
    secret = root.post(f"people/{somebody}/totp")["secret"]
    assert secret not in str(state.database.read(lambda c: c.execute(sa.select(people)).all()))


def test_an_admin_does_not_shut_themselves_out(root: Expert) -> None:
    for change in ({"disabled": True}, {"role": "expert"}):
        assert root.error("PATCH", "people/root", change) == (403, "role")
    assert root.error("PATCH", "people/niemand", {"title": "x"}) == (404, "unknown_person")


def test_a_log_in_from_another_site_is_refused(url: str, somebody: str) -> None:
    one = Expert(url, somebody)
    body = {"name": somebody, "password": PASSWORD}
    answer = one.http.post(f"{API}/session", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "csrf")
    form = one.http.post(f"{API}/session", data=body)
    assert form.status_code == 400


def test_the_command_makes_and_shuts_accounts(command: CliRunner, url: str) -> None:
    made = command.invoke(app, ["people", "add", "sun", "--title", "孙护士"])
    password = made.output.split("First password: ")[1].strip()
    assert Expert(url, "sun", password).login.status_code == 200
    assert "sun 孙护士 expert online" in command.invoke(app, ["people", "list"]).output
    secret = command.invoke(app, ["people", "totp", "sun"]).output.split("Secret of sun: ")[1].splitlines()[0]
    assert Expert(url, "sun", password, pyotp.TOTP(secret).now()).login.status_code == 200
    assert command.invoke(app, ["people", "totp", "sun", "--off"]).exit_code == 0
    again = command.invoke(app, ["people", "password", "sun"]).output.split(": ")[1].strip()
    assert Expert(url, "sun", password).login.status_code == 401
    assert Expert(url, "sun", again).login.status_code == 200
    assert command.invoke(app, ["people", "disable", "sun"]).exit_code == 0
    assert Expert(url, "sun", again).login.status_code == 401
    refused = command.invoke(app, ["people", "add", "sun"])
    assert refused.exit_code == 1


def test_a_page_that_nobody_touches_logs_out(url: str, somebody: str, state: State) -> None:
    """What it does by itself does not count; a hand on it does."""
    one = Expert(url, somebody)

    def used(minutes: int) -> None:
        then = utc_now() - timedelta(minutes=minutes)
        state.database.write(
            lambda c: c.execute(sa.update(sessions).where(sessions.c.person == somebody).values(used_at=then)))

    used(59)
    one.get("queue")
    assert one.post("presence")["idle_seconds"] <= 60
    assert one.post("presence", {"active": True})["idle_seconds"] == 3600
    used(59)
    one.get("session")
    one.post("presence", {"active": False})
    used(61)
    assert one.error("POST", "presence", {"active": True}) == (401, "not_signed_in")
