"""The audit log: what it notes, that it shows tampering, that it holds no patient's words."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from houlu.api.state import State
from houlu.conversations.errors import DatabaseDown
from houlu.people.audit import Audit, head
from houlu.people.tables import audit, audit_head
from tests.desk.conftest import DeskCommand, ask
from tests.support.expert import Expert
from tests.support.patient import Patient


def entries(root: Expert, ticket: str) -> list[tuple[str, str]]:
    found = root.get("audit?limit=500")
    assert found["verified"] is True
    return [(one["who"], one["what"]) for one in reversed(found["entries"]) if one["ticket"] == ticket]


def test_what_is_done_with_a_ticket_is_noted(li: Expert, wang: Expert, root: Expert, patient: Patient) -> None:
    ticket = ask(patient, "找专家，秘密的话")
    wang.get("queue")
    li.claim(ticket)
    li.get(f"tickets/{ticket}")
    li.say(ticket, "专家的话")
    li.post(f"tickets/{ticket}/notes", {"text": "同事的话"})
    li.post(f"tickets/{ticket}/hand-on", {"to": "wang"})
    wang.close(ticket, offer=True)
    patient.erase()
    whats = ["claimed", "opened", "answered", "noted", "handed_on"]
    assert entries(root, ticket) == [*(("li", what) for what in whats), ("wang", "closed"), ("-", "erased")]
    text = root.call("GET", "audit?limit=500").text
    for words in ("秘密的话", "专家的话", "同事的话", patient.id):
        assert words not in text


def test_log_ins_are_noted(root: Expert) -> None:
    assert ("root", "logged_in") in [(one["who"], one["what"]) for one in root.get("audit?limit=500")["entries"]]


def test_the_database_itself_refuses_a_change(state: State, root: Expert) -> None:
    root.get("audit")
    for change in (sa.update(audit).values(who="x"), sa.delete(audit)):
        with pytest.raises((DatabaseDown, DatabaseError)):
            state.database.write(lambda c, change=change: c.execute(change))
    assert root.get("audit")["verified"] is True


@pytest.fixture
def chain() -> Any:
    """A log of its own without the triggers: what somebody could do who owns the database."""
    engine = sa.create_engine("sqlite://", future=True)
    with engine.begin() as c:
        audit.create(c)
        audit_head.create(c)
        c.execute(sa.insert(audit_head).values(id=1, number=0, mac=""))
        for number in range(6):
            Audit(b"key").note(c, "li", "claimed", f"H-{number:04d}")
        yield c


@pytest.mark.parametrize(("tamper", "broken_at"), [
    (sa.update(audit).where(audit.c.number == 3).values(who="wang"), 3),
    (sa.update(audit).where(audit.c.number == 3).values(ticket=None), 3),
    (sa.delete(audit).where(audit.c.number == 4), 4),
    (sa.delete(audit).where(audit.c.number == 1), 1),
    (sa.delete(audit).where(audit.c.number == 6), 6),
    (sa.update(audit_head).values(number=5), 6),
    (sa.insert(audit).values(number=7, at=sa.func.now(), who="x", what="x", detail="", mac="x"), 7),
])
def test_tampering_shows(chain: Any, tamper: Any, broken_at: int) -> None:
    assert Audit(b"key").verify(chain).broken_at is None
    chain.execute(tamper)
    assert Audit(b"key").verify(chain).broken_at == broken_at


def test_a_log_cut_off_together_with_its_head_shows_against_a_kept_head(chain: Any) -> None:
    kept = head(chain)
    chain.execute(sa.delete(audit).where(audit.c.number > 4))
    last = chain.execute(sa.select(audit.c.mac).where(audit.c.number == 4)).scalar()
    chain.execute(sa.update(audit_head).values(number=4, mac=last))
    assert Audit(b"key").verify(chain).broken_at is None
    assert Audit(b"key").verify(chain, kept).broken_at is not None


def test_whoever_lacks_the_key_cannot_write_a_new_chain(chain: Any) -> None:
    assert Audit(b"other").verify(chain).broken_at == 1


def test_what_leaves_by_the_command_line_is_noted(desk: DeskCommand, root: Expert, patient: Patient) -> None:
    ticket = ask(patient)
    desk("list")
    desk("show", ticket)
    assert entries(root, ticket)[0][1] == "opened"
    assert entries(root, ticket)[0][0].startswith("@")
    noted = root.get("audit")["entries"]
    assert any(one["what"] == "exported" and one["detail"].startswith("queue ") for one in noted)
