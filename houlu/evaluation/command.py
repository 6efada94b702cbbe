"""`houlu evaluate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from houlu.settings import ROOT

if TYPE_CHECKING:
    from houlu.evaluation.run import Results


@click.command()
@click.option("--quick", is_flag=True, help="only what `make test` guards: three voices, profile set, practice files")
@click.option("--record", is_flag=True, help="append the figures to docs/evaluation/history.jsonl")
@click.option("--set-baseline", is_flag=True, help="make the guarded figures of this --quick run the baseline")
@click.option("--diet", is_flag=True, help="also train DIET on a sample (slow)")
def evaluate(quick: bool, record: bool, set_baseline: bool, diet: bool) -> None:
    """Measure how well Houlu understands; writes build/evaluation/report.html."""
    if set_baseline and not quick:
        raise click.UsageError("--set-baseline needs --quick: the guard repeats the quick part")
    _be_quiet()
    from houlu.evaluation import record as records
    from houlu.evaluation import report

    results = _quick() if quick else _full(diet)
    entry = records.line(results.figures, "quick" if quick else "full")
    past = records.history()
    if record:
        records.append(entry)
    if set_baseline:
        from houlu.evaluation.run import guarded

        records.set_baseline(guarded(results.figures))
    path = report.write(results, [*past, entry])
    for key, value in results.figures.items():
        click.echo(f"{key:45} {value:8.3f}")
    click.echo(f"report: {path}")


def _be_quiet() -> None:
    import os
    import warnings

    os.chdir(ROOT)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    warnings.filterwarnings("ignore")


def _quick() -> Results:
    from houlu.evaluation import run

    results = run.Results()
    with run.part("reading the utterances", results, click.echo):
        bench = run.Bench.ready()
    with run.part("three voices left out", results, click.echo):
        run.without_voices(bench, run.QUICK_VOICES, results, click.echo)
    _served(results)
    return results


def _full(diet: bool) -> Results:
    from houlu.evaluation import run

    results = run.Results()
    with run.part("reading the utterances", results, click.echo):
        bench = run.Bench.ready()
    _served(results)
    with run.part("every voice left out once", results, click.echo):
        found = run.without_voices(bench, bench.voices(), results, click.echo)
    with run.part("cross-validation", results, click.echo):
        run.without_groups(bench, results, click.echo)
    with run.part("other methods", results, click.echo):
        run.methods(bench, found, results, click.echo)
    with run.part("thresholds", results, click.echo):
        run.thresholds(bench, found, results)
    if diet:
        with run.part("DIET", results, click.echo):
            from houlu.rasa.diet import compare

            results.figures |= compare(bench.data.utterances, click.echo)
    return results


def _served(results: Results) -> None:
    """What needs the trained model."""
    from houlu.evaluation import practice, run, service

    with service.started() as started:
        with run.part("profile set", results, click.echo):
            run.told(started.profile, results)
        with run.part("danger in unseen words", results, click.echo):
            run.alarmed(started.alarm, results)
        with run.part("time for a message", results, click.echo):
            run.timed(started.times, results)
        if not practice.is_here():
            click.echo("no practice files beside the project: left out")
            return
        with run.part("practice files", results, click.echo), started.served() as base_url:
            run.practised(base_url, results)
