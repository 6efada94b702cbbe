"""The `houlu` command."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from houlu import launch, log
from houlu.api.app import public_api
from houlu.api.bodies import MessageOut
from houlu.clinician.commands import knowledge_app
from houlu.conversations.database import Database
from houlu.conversations.errors import DatabaseDown
from houlu.desk.desk import Case, Desk, DeskError
from houlu.desk.tickets import Ticket
from houlu.evaluation.command import evaluate
from houlu.knowledge.phrases import Phrases
from houlu.learning.command import learn_app
from houlu.pages.command import web
from houlu.people.audit import Audit
from houlu.people.command import audit_app, people_app
from houlu.settings import get_settings


@click.group()
def app() -> None:
    """Houlu, the chat for families whose targeted drug has stopped working."""


for command in (launch.serve, launch.build, launch.train, launch.chat, web, knowledge_app, evaluate, learn_app,
                people_app, audit_app):
    app.add_command(command)


@app.group("desk")
def desk_app() -> None:
    """The experts' queue of tickets."""


_ticket = click.argument("ticket")
_as = click.option("--as", "name", envvar="HOULU_EXPERT", help="who you are; default: your login name")
_json = click.option("--json", "as_json", is_flag=True, help="print one JSON document")


@desk_app.command("list")
@click.option("--all", "every", is_flag=True, help="closed tickets too")
@_json
def list_tickets(every: bool, as_json: bool) -> None:
    """Show who waits, the next one first."""
    with _desk(as_json) as desk:
        found = desk.list(every)
        if found:
            desk.exported(_operator(), "queue", len(found))
    if as_json:
        _print_json({"tickets": [_ticket_json(ticket) for ticket in found]})
    else:
        click.echo("\n".join(map(_ticket_line, found)) or "Nobody is waiting.")


@desk_app.command()
@_ticket
@_json
def show(ticket: str, as_json: bool) -> None:
    """Show one case (such as H-0042, or 42) with the whole conversation."""
    with _desk(as_json) as desk:
        _print_case(desk.show(ticket, _operator()), as_json)


@desk_app.command()
@_ticket
@_as
@_json
def claim(ticket: str, name: str | None, as_json: bool) -> None:
    """Take a case: the bot falls silent."""
    with _desk(as_json) as desk:
        _print_case(desk.claim(ticket, _who(name)), as_json)


@desk_app.command()
@_ticket
@click.argument("text", default="-")
@_as
@_json
def answer(ticket: str, text: str, name: str | None, as_json: bool) -> None:
    """Write to the patient; without a text, what comes from standard input. Claims the case when nobody has."""
    words = sys.stdin.read() if text == "-" else text
    with _desk(as_json) as desk:
        _print_case(desk.answer(ticket, _who(name), words), as_json)


@desk_app.command()
@_ticket
@click.option("--reason", default="answered", show_default=True, help="why it ends")
@_as
@_json
def close(ticket: str, reason: str, name: str | None, as_json: bool) -> None:
    """End a case: the bot is back."""
    with _desk(as_json) as desk:
        _print_case(desk.close(ticket, _who(name), reason), as_json)


@desk_app.command("offers")
@click.option("--done", type=int, help="take this one off the list")
@_json
def list_offers(done: int | None, as_json: bool) -> None:
    """Show, for a clinician, the answers that experts offered for the knowledge base."""
    with _desk(as_json) as desk:
        if done is not None and not desk.drop_offer(done, _operator()):
            raise DeskError("not_found", f"there is no offer {done}")
        found = desk.offers()
        if found:
            desk.exported(_operator(), "offers", len(found))
    if as_json:
        _print_json({"offers": [
            {"id": one.id, "ticket": f"H-{one.ticket:04d}", "at": one.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "by": one.by,
             "question": one.question, "answer": one.answer} for one in found]})
    else:
        click.echo("\n\n".join(f"{one.id}: {one.question}\n{one.by}: {one.answer}" for one in found) or "Nothing.")


@app.command()
def openapi() -> None:
    """Print the OpenAPI document of the HTTP API."""
    _print_json(public_api().openapi())


@contextmanager
def _desk(as_json: bool) -> Iterator[Desk]:
    """The desk; its errors end the command with 1."""
    settings = get_settings()
    database = Database(settings.database_url)
    try:
        database.migrate()
        yield Desk(database, Phrases.load(settings.knowledge / "phrases"), Audit(settings.keys().audit))
    except DeskError as error:
        _fail(as_json, error.code, str(error))
    except DatabaseDown:
        _fail(as_json, "unavailable", "the database cannot be reached")
    finally:
        database.close()


def _fail(as_json: bool, code: str, message: str) -> NoReturn:
    if as_json:
        _print_json({"error": {"code": code, "message": message}})
    else:
        click.echo(f"houlu desk: {message}", err=True)
    raise SystemExit(1)


def _who(name: str | None) -> str:
    return (name or getpass.getuser())[:64]


def _operator() -> str:
    """As the audit log names whoever is at this machine's command line."""
    return f"@{getpass.getuser()}"[:64]


def _print_case(case: Case, as_json: bool) -> None:
    messages = [MessageOut.of(message) for message in case.transcript]
    if as_json:
        shown = [json.loads(message.json(by_alias=True)) for message in messages]
        _print_json({"ticket": {**_ticket_json(case.ticket), "ahead": case.ahead}, "messages": shown})
        return
    click.echo(_ticket_line(case.ticket))
    click.echo(f"{case.ticket.summary}\n")
    for message in messages:
        click.echo(f"{message.at} {message.sender}: {message.text}")


def _print_json(document: Any) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _ticket_json(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id, "conversation": ticket.conversation, "state": ticket.state, "urgent": ticket.urgent,
        "opened_at": ticket.opened_at.strftime("%Y-%m-%dT%H:%M:%SZ"), "opened_for": ticket.opened_for,
        "claimed_by": ticket.claimed_by, "closed_for": ticket.closed_for, "summary": ticket.summary,
        "question": ticket.question,
    }


def _ticket_line(ticket: Ticket) -> str:
    marks = " URGENT" if ticket.urgent else ""
    owner = f" {ticket.claimed_by}" if ticket.claimed_by else ""
    return f"{ticket.id} {ticket.state}{owner}{marks} {ticket.opened_at:%Y-%m-%d %H:%M}Z {ticket.question}"


def main() -> None:
    """Entry point of the console script."""
    log.configure()
    app()
