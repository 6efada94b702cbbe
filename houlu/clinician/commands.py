"""`houlu knowledge`: check, overdue, coverage, export, import."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from houlu.clinician import figures, review
from houlu.clinician.tables import load, tables
from houlu.knowledge.files import KnowledgeError
from houlu.knowledge.phrases import Phrases
from houlu.knowledge.table import Knowledge
from houlu.safety.check import unfit
from houlu.safety.red_flags import RedFlags
from houlu.settings import get_settings

if TYPE_CHECKING:
    from houlu.clinician.coverage import Tally
    from houlu.clinician.importing import Plan

_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.group("knowledge")
def knowledge_app() -> None:
    """The knowledge that clinicians maintain: check it, list what is due, edit it in Excel."""


@knowledge_app.command()
def check() -> None:
    """Name every mistake in the knowledge files, all at once; 2 when there is one."""
    from houlu.understanding.decide import Decider  # spaCy and its company take seconds to import
    from houlu.understanding.normalise import Normaliser

    folder = get_settings().knowledge
    problems: list[str] = []
    for part in (Knowledge, RedFlags, Normaliser, Decider):
        try:
            loaded = part.load(folder)
            problems += unfit(loaded) if isinstance(loaded, Knowledge) else []
        except KnowledgeError as error:
            problems += error.problems
    if problems:
        _stop(list(dict.fromkeys(problems)))
    book = load(folder)
    counts = ", ".join(f"{len(book[table.name])} {table.name}" for table in tables())
    click.echo(f"The knowledge is right: {counts}; version {Knowledge.load(folder).version}.")


@knowledge_app.command()
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def overdue(as_json: bool) -> None:
    """List rows whose review is past, and rows that nobody has reviewed."""
    with _loaded() as knowledge:
        found = review.due(knowledge.rows, date.today())
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2, default=str))
        return
    for one in found:
        click.echo(f"{one.table} {one.id}: " + (f"due since {one.since}" if one.since else "never reviewed"))
    past = sum(one.since is not None for one in found)
    click.echo(f"{past} overdue, {sum(not one.reviewed_by for one in found)} never reviewed.")


@knowledge_app.command()
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def coverage(as_json: bool) -> None:
    """Try every case (driver, last drug, finding, pattern) and count everything; a minute; 1 when a row is wrong."""
    from houlu.clinician import coverage as cases

    with _loaded() as knowledge:
        tried = cases.coverage(knowledge)
        tables = [list(table(knowledge)) for table in (figures.rows, figures.answers, figures.words)]
    if as_json:
        by_driver = {driver or "unknown": asdict(tally) for driver, tally in tried.tallies.items()}
        speed = {"matches": tried.matches, "seconds": tried.seconds}
        click.echo(json.dumps({"cases": by_driver, "speed": speed, "counts": tables}, ensure_ascii=False, indent=2))
    else:
        _print_tables([list(_cases_table(tried.tallies)), *tables])
        rate = tried.matches / tried.seconds
        click.echo(f"{tried.matches} different cases in {tried.seconds:.1f} s of one core: {rate:.0f} a second.")
    if any(tally.excluded for tally in tried.tallies.values()):
        raise SystemExit(1)


def _cases_table(tallies: Mapping[str | None, Tally]) -> Iterator[figures.Line]:
    yield ("cases of", "all", "a row of their own", "general rows only", "nothing", "excluded rows", "nothing, such as")
    for driver, one in tallies.items():
        barren = "; ".join(" + ".join(part for part in tried if part) or "nothing told" for tried in one.barren)
        yield driver or "unknown", one.total, one.specific, one.general, one.nothing, one.excluded, barren


def _print_tables(tables: list[list[figures.Line]]) -> None:
    for table in tables:
        widths = [max(len(str(line[place])) for line in table) for place in range(len(table[0]))]
        for line in table:
            cells = [f"{cell:>{width}}" if isinstance(cell, int) else f"{cell:<{width}}"
                     for cell, width in zip(line, widths, strict=True)]
            click.echo("  ".join(cells).rstrip())
        click.echo()


@knowledge_app.command("export")
@_file
@click.option("--force", is_flag=True, help="replace an existing file")
def export_workbook(file: Path, force: bool) -> None:
    """Write the knowledge into one Excel workbook."""
    from houlu.clinician import export  # openpyxl takes a second to import

    _only_xlsx(file)
    if file.exists() and not force:
        _stop([f"{file} exists already and may hold somebody's changes; choose another name, or add --force"])
    with _loaded() as knowledge:
        book = load(get_settings().knowledge)
        export.workbook(book, knowledge.version, knowledge.phrases, knowledge.lexicon).save(file)
    click.echo(f"{sum(map(len, book.values()))} rows written to {file}.")


@knowledge_app.command("import")
@_file
@click.option("--apply", is_flag=True, help="write the files; without it, only a preview")
@click.option("--outdated", is_flag=True, help="apply although the knowledge has changed since the export")
def import_workbook(file: Path, apply: bool, outdated: bool) -> None:
    """Take an edited workbook back: preview what changes, and with --apply write it. Nothing when a cell is wrong."""
    from houlu.clinician import importing
    from houlu.clinician.workbook import WorkbookError

    _only_xlsx(file)
    folder = get_settings().knowledge
    with _loaded() as knowledge:
        text = knowledge.phrases
        try:
            plan = importing.plan(file, folder, knowledge)
        except WorkbookError as error:
            _stop([text.text("clinician.import.wrong", count=len(error.problems)), *error.problems])
        _preview(plan, text)
        if not plan.files:
            return
        if plan.exported != knowledge.version:
            values = {"exported": plan.exported or "?", "current": knowledge.version}
            click.echo(text.text("clinician.import.outdated", **values))
            if apply and not outdated:
                _stop([text.text("clinician.import.outdated_refused")])
        if not apply:
            click.echo(text.text("clinician.import.preview"))
            return
        plan.apply()
        version = Knowledge.load(folder).version
        click.echo(text.text("clinician.import.applied", count=len(plan.files), version=version))


def _preview(plan: Plan, text: Phrases) -> None:
    from houlu.clinician import changes

    if not plan.files:
        click.echo(text.text("clinician.import.same"))
        return
    click.echo(text.text("clinician.import.intro", count=len(plan.changes)))
    for change in plan.changes:
        click.echo("\n".join(changes.told(change, text)))


@contextmanager
def _loaded() -> Iterator[Knowledge]:
    try:
        yield Knowledge.load(get_settings().knowledge)
    except KnowledgeError as error:
        _stop(error.problems)


def _only_xlsx(file: Path) -> None:
    if file.suffix.lower() != ".xlsx":
        raise click.BadParameter("the file's name must end in .xlsx", param_hint="FILE")


def _stop(problems: list[str]) -> NoReturn:
    click.echo("\n".join(problems), err=True)
    raise SystemExit(2)
