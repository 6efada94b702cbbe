"""`houlu people` and `houlu audit`, for the engineer."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from houlu.conversations.database import Database
from houlu.conversations.errors import DatabaseDown
from houlu.people.accounts import ROLES, Person
from houlu.people.audit import Audit, latest
from houlu.people.codes import in_terminal
from houlu.people.errors import PeopleError
from houlu.people.people import People, Rules
from houlu.settings import get_settings


@click.group("people")
def people_app() -> None:
    """Who may work at the expert desk."""


@click.group("audit")
def audit_app() -> None:
    """The log of what was done at the desk."""


_name = click.argument("name")
_ask = click.option("--ask", is_flag=True, help="type the password here instead of having one made")


@people_app.command("add")
@_name
@click.option("--title", default="", help="what colleagues read, such as 李护士")
@click.option("--role", type=click.Choice(ROLES), default="expert", show_default=True)
@_ask
def add(name: str, title: str, role: str, ask: bool) -> None:
    """Make an account; prints a first password, to be changed at the first log-in."""
    with _parts() as parts:
        _, password = parts.people.add(_operator(), name, title, role, _asked(ask))
        click.echo(f"{name} ({role}) may log in at /desk." + ("" if ask else f" First password: {password}"))


@people_app.command("list")
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def list_people(as_json: bool) -> None:
    """Show all accounts."""
    with _parts() as parts:
        everybody, online, _ = parts.people.everybody()
    if as_json:
        click.echo(json.dumps([_json(one, one.name in online) for one in everybody], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_line(one, one.name in online) for one in everybody) or "Nobody has an account yet.")


@people_app.command("disable")
@_name
@click.option("--undo", is_flag=True, help="let them in again")
def disable(name: str, undo: bool) -> None:
    """Shut somebody out at once; their tickets go back to the queue."""
    with _parts() as parts:
        parts.people.change(_operator(), name, disabled=not undo)
        click.echo(f"{name} is {'enabled' if undo else 'disabled'}.")


@people_app.command("role")
@_name
@click.argument("role", type=click.Choice(ROLES))
def role(name: str, role: str) -> None:
    """Give somebody another role."""
    with _parts() as parts:
        parts.people.change(_operator(), name, role=role)
        click.echo(f"{name} is now {role}.")


@people_app.command("password")
@_name
@_ask
def password(name: str, ask: bool) -> None:
    """Set a new first password, end all sessions, lift the lock."""
    with _parts() as parts:
        made = parts.people.new_password(_operator(), name, _asked(ask))
        click.echo("The password was changed." if ask else f"First password of {name}: {made}")


@people_app.command("totp")
@_name
@click.option("--off", is_flag=True, help="without one-time codes from now on")
def totp(name: str, off: bool) -> None:
    """Ask for one-time codes at the log-in; prints the secret for the app."""
    with _parts() as parts:
        if off:
            parts.people.no_totp(_operator(), name)
            click.echo(f"{name} logs in without a code.")
        else:
            secret, uri = parts.people.new_totp(_operator(), name)
            click.echo(f"Secret of {name}: {secret}\n{uri}\n{in_terminal(uri)}")


@audit_app.command("list")
@click.option("--limit", default=50, show_default=True)
def list_audit(limit: int) -> None:
    """Show the newest entries."""
    with _parts() as parts:
        for one in parts.database.read(lambda c: latest(c, None, limit)):
            click.echo(f"{one.number} {one.at:%Y-%m-%d %H:%M:%S}Z {one.who} {one.what} {one.ticket or ''} {one.detail}")


@audit_app.command("verify")
@click.option("--head", help="NUMBER:CODE of an `audit_head` line of the log: shows a log that was cut off or replaced")
def verify(head: str | None) -> None:
    """Check that nothing in the log was changed, removed or put in between. Ends with 1 when it was."""
    with _parts() as parts:
        number, _, code = (head or "").partition(":")
        known = (int(number), code) if head and number.isdigit() else None
        verdict = parts.database.read(lambda c: parts.audit.verify(c, known))
    if verdict.broken_at is None:
        click.echo(f"{verdict.entries} entries, unchanged. Head: {verdict.entries}:{verdict.head}")
        return
    click.echo(f"The log was tampered with, or HOULU_SECRET_KEY is another: entry {verdict.broken_at}", err=True)
    raise SystemExit(1)


@dataclass(frozen=True)
class _Parts:
    database: Database
    people: People
    audit: Audit


@contextmanager
def _parts() -> Iterator[_Parts]:
    settings = get_settings()
    database = Database(settings.database_url)
    try:
        database.migrate()
        keys = settings.keys()
        audit = Audit(keys.audit)
        yield _Parts(database, People(database, keys, audit, Rules()), audit)
    except PeopleError as error:
        click.echo(f"houlu people: {error}", err=True)
        raise SystemExit(1) from None
    except DatabaseDown:
        click.echo("houlu people: the database cannot be reached", err=True)
        raise SystemExit(1) from None
    finally:
        database.close()


def _asked(ask: bool) -> str | None:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True)) if ask else None


def _operator() -> str:
    return f"@{getpass.getuser()}"[:64]


def _json(one: Person, online: bool) -> dict[str, object]:
    return {"name": one.name, "title": one.title, "role": one.role, "disabled": one.disabled,
            "totp": one.totp is not None, "must_change": one.must_change, "online": online}


def _line(one: Person, online: bool) -> str:
    marks = [one.role, *(["disabled"] if one.disabled else []), *(["totp"] if one.totp else []),
             *(["online"] if online else [])]
    return f"{one.name} {one.title} {' '.join(marks)}"
