"""`houlu serve`, `build`, `train`, `chat`: the program that runs everything in one process."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

import click
from pydantic import ValidationError

from houlu.brain import Brain
from houlu.knowledge.files import KnowledgeError
from houlu.replies import Choice, Incoming
from houlu.settings import ROOT, Settings, get_settings


class StartError(Exception):
    """The reason why the service does not start, in a sentence for the operator."""


@click.command()
def build() -> None:
    """Build the lexicon (dictionary and spaCy pipeline) from data/knowledge/lexicon."""
    with _plain_errors():
        from houlu.understanding import artefacts

        artefacts.build()
        click.echo(f"lexicon built in {artefacts.BUILD}")


@click.command()
@click.option("--force", is_flag=True, help="train even when the model is up to date")
def train(force: bool) -> None:
    """Train the model when it is missing or older than its data."""
    with _plain_errors():
        _ensure_model(force)


@click.command()
def serve() -> None:
    """Serve the chat on HOULU_HOST:HOULU_PORT; builds and trains first when needed."""
    with _plain_errors():
        settings = get_settings()
        _refuse_taken_port(settings)
        _check_knowledge(settings)
        _build_pages()
        model = settings.model or _ensure_model(False)
        if not Path(model).exists():
            raise StartError(f"the model {model} (HOULU_MODEL) does not exist; unset HOULU_MODEL to train one")
        _serve(settings, Path(model))


@click.command()
def chat() -> None:
    """The same conversation in the terminal."""
    with _plain_errors():
        settings = get_settings()
        _check_knowledge(settings)
        _quiet()
        asyncio.run(_chat(settings, settings.model or _ensure_model(False)))


def _build_pages() -> None:
    """Build the pages beside everything else: neither the start nor `/ready` waits for them."""

    def work() -> None:
        from houlu.pages import build

        try:
            if build.ensure():
                click.echo("the pages are built")
        except Exception as error:
            click.echo(f"the chat page could not be built, the API works without it: {error}", err=True)

    threading.Thread(target=work, daemon=True).start()


def _serve(settings: Settings, model: Path) -> None:
    import uvicorn
    import uvloop

    from houlu.api.app import create_app

    started = time.monotonic()
    brain, guard = _brain(settings, model)
    app = create_app(settings, brain, guard)

    async def main() -> None:
        server = uvicorn.Server(
            uvicorn.Config(app, settings.host, settings.port, log_config=None, access_log=False, ws="none")
        )
        loading = asyncio.create_task(_load(brain, settings, started))
        await server.serve()
        loading.cancel()

    uvloop.install()
    asyncio.run(main())


async def _load(brain: object, settings: Settings, started: float) -> None:
    try:
        await brain.load()  # type: ignore[attr-defined]
    except Exception as error:
        logging.getLogger(__name__).error("the model could not be loaded: %s", error)
        raise
    if problems := brain.problems():  # type: ignore[attr-defined]
        click.echo("not ready:\n  " + "\n  ".join(problems), err=True)
        return
    where = f"http://{settings.host}:{settings.port}"
    click.echo(
        f"Houlu is ready after {time.monotonic() - started:.1f} s: open {where}/ "
        f"(API: {where}/openapi.json; stop: Ctrl-C)"
    )


def _brain(settings: Settings, model: Path):  # type: ignore[no-untyped-def]
    """The brain and the guard; Rasa is imported only here."""
    from houlu.rasa import costs

    costs.remove()
    _quiet()
    from houlu.knowledge import current
    from houlu.rasa.brain import RasaBrain
    from houlu.safety.guard import Guard
    from houlu.understanding import artefacts

    tables = current.of(settings.knowledge)
    _ = tables.rules  # a broken rule is told now, not with the first message
    return RasaBrain(model), Guard(tables, artefacts.normaliser())


async def _chat(settings: Settings, model: Path) -> None:
    brain, _ = _brain(settings, Path(model))
    await brain.load()
    await _talk(brain)


async def _talk(brain: Brain) -> None:
    conversation = uuid.uuid4().hex
    latest: tuple[Choice, ...] = ()
    memory: str | None = None
    replies = (await brain.start(conversation)).replies
    while True:
        for reply in replies:
            click.echo(f"\n后路  {reply.text}")
            latest = reply.choices or latest
            for number, choice in enumerate(reply.choices, 1):
                click.echo(f"      [{number}] {choice.title}")
        try:
            text = input("\n您    ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not text:
            continue
        turn = await brain.turn(conversation, Incoming(text, latest=latest, memory=memory))
        replies, memory = turn.replies, turn.memory


def _ensure_model(force: bool) -> Path:
    """The model of the present data, trained in a process of its own so that serving starts lean."""
    from houlu.rasa import train as training
    from houlu.understanding import artefacts

    target = training.model_path()
    if not artefacts.is_fresh():
        click.echo("[1/2] building the lexicon ...")
        artefacts.build()
    if target.exists() and not force:
        return target
    click.echo("[2/2] training the model (about a minute and a half) ...")
    begun = time.monotonic()
    code = "from houlu.rasa import costs; costs.remove(); from houlu.rasa.train import train; train()"
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    while True:
        try:
            output, _ = process.communicate(timeout=10)
            break
        except subprocess.TimeoutExpired:
            click.echo(f"      {time.monotonic() - begun:3.0f} s ...")
    if process.returncode:
        raise StartError("training failed:\n" + "\n".join(output.splitlines()[-15:]))
    click.echo(f"      trained in {time.monotonic() - begun:.0f} s: {target}")
    return target


def _refuse_taken_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise StartError(
                f"{settings.host}:{settings.port} cannot be used ({error.strerror}). Is Houlu running already? "
                "Choose another port: HOULU_PORT=5006 make run"
            ) from error


def _check_knowledge(settings: Settings) -> None:
    os.environ["HOULU_KNOWLEDGE"] = str(settings.knowledge)
    from houlu.knowledge import current

    current.knowledge()


def _quiet() -> None:
    """Rasa and its libraries log messages' text at debug level: nothing below a warning may pass."""
    import warnings

    warnings.filterwarnings("ignore")
    for name in ("rasa", "rasa_sdk", "jieba", "matplotlib", "tensorflow", "apscheduler", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING if name != "jieba" else logging.ERROR)


class _plain_errors:  # noqa: N801  (used like a function)
    """An expected failure is a sentence for the operator, not a traceback."""

    def __enter__(self) -> None:
        os.chdir(ROOT)
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KnowledgeError):
            click.echo("The knowledge cannot be used:\n  " + "\n  ".join(error.problems), err=True)
            raise SystemExit(2)
        if isinstance(error, ValidationError):
            wrong = [f"HOULU_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
            click.echo("A setting is wrong (see .env.example):\n  " + "\n  ".join(wrong), err=True)
            raise SystemExit(2)
        if isinstance(error, StartError):
            click.echo(str(error), err=True)
            raise SystemExit(2)
