"""`houlu learn`: list, review, voice."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

from houlu.conversations.database import Database
from houlu.conversations.errors import DatabaseDown
from houlu.people.audit import Audit
from houlu.settings import ROOT, get_settings

if TYPE_CHECKING:
    from houlu.learning.shelf import Shelf
    from houlu.learning.unsure import Unsure

Suggest = Callable[[str], Sequence[tuple[str, float]]]


@click.group("learn")
def learn_app() -> None:
    """What Houlu did not understand, masked: label it and add it to the training data."""


@learn_app.command("list")
def list_unsure() -> None:
    """Show the messages that wait for a label."""
    found = _waiting()
    for one in found:
        click.echo(f"{one.reason:24} {one.text}")
    click.echo(f"{len(found)} to review: houlu learn review" if found else "Nothing to review.")


@learn_app.command()
@click.option("--no-model", is_flag=True, help="without suggestions: starts at once")
def review(no_model: bool) -> None:
    """Label them one by one; the labelled ones are appended to data/nlu."""
    from houlu.learning.review import review_all

    found = _waiting()
    if not found:
        click.echo("Nothing to review.")
        return
    added = review_all(found, _shelf(), (lambda text: ()) if no_model else _model())
    click.echo(f"{added} added to data/nlu." + (" Train with: houlu train" if added else ""))


@learn_app.command()
@click.argument("name")
def voice(name: str) -> None:
    """Note that everything in data/nlu without a voice was written by NAME (for the evaluation by voice)."""
    from houlu.evaluation.corpus import NLU, VOICES, examples, note_voice

    count = note_voice((text for _, text in examples(ROOT / NLU)), name, ROOT / VOICES)
    click.echo(f"{count} utterances of {name}.")


def _waiting() -> list[Unsure]:
    from houlu.learning.unsure import unsure

    since = get_settings().learn_since
    if since is None:
        _refuse(
            "HOULU_LEARN_SINCE is not set. Patients agreed that their words are kept to answer them, and to nothing "
            "else. Add learning to the privacy notice (data/knowledge/phrases/door.yaml), then set the day since "
            "which it says so, for example HOULU_LEARN_SINCE=2026-12-01: only later conversations are read."
        )
    with _database() as database:
        found = database.read(lambda c: unsure(c, since, _shelf().done()))
        if found:
            audit, who = Audit(get_settings().keys().audit), f"@{getpass.getuser()}"[:64]
            database.write(lambda c: audit.note(c, who, "exported", detail=f"unsure {len(found)}"))
        return found


@contextmanager
def _database() -> Iterator[Database]:
    database = Database(get_settings().database_url)
    try:
        database.migrate()
        yield database
    except DatabaseDown:
        _refuse("the database cannot be reached")
    finally:
        database.close()


def _shelf() -> Shelf:
    from houlu.evaluation.corpus import NLU, VOICES
    from houlu.learning.shelf import Shelf

    return Shelf(ROOT / NLU, ROOT / "var" / "reviewed.txt", ROOT / VOICES)


def _model() -> Suggest:
    """The trained model's best readings of a text."""
    from houlu import launch

    settings = get_settings()
    click.echo("loading the model ...")
    memory = settings.copy(update={"database_url": "sqlite:///:memory:"})
    brain, _ = launch._brain(memory, settings.model or launch._ensure_model(False))
    asyncio.run(brain.load())

    def suggest(text: str) -> Sequence[tuple[str, float]]:
        parsed = asyncio.run(brain.understand(text))
        return [(row["name"], row["confidence"]) for row in parsed["intent_ranking"][:5]]

    return suggest


def _refuse(why: str) -> NoReturn:
    click.echo(f"houlu learn: {why}", err=True)
    raise SystemExit(1)
