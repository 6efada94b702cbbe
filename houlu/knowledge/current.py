"""The knowledge in use: loaded at first use, replaced as a whole when its files change."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from houlu import log
from houlu.knowledge.files import KnowledgeError, knowledge_folder
from houlu.knowledge.phrases import Phrases
from houlu.knowledge.pictures import picture_files
from houlu.knowledge.table import Knowledge, content_files, lexicon_files, lexicon_version
from houlu.safety.check import unfit
from houlu.safety.red_flags import RedFlags
from houlu.understanding.lexicon import Lexicon

#: Seconds between two looks at the files. A change counts when it has stood still for one of them.
LOOK_EVERY = 2.0
_REBUILD = "lexicon: it has changed; run `houlu train` and restart, until then the old one stays in use"
_log = logging.getLogger(__name__)
_Stamp = tuple[tuple[str, int, int], ...]


def knowledge() -> Knowledge:
    """The tables in use. Raises KnowledgeError when they have never been right."""
    return of(knowledge_folder()).knowledge


@lru_cache(maxsize=8)  # each message asks several times, and `resolve` looks at the disk
def of(folder: Path) -> Current:
    """The one holder of a folder's tables in this process. Raises KnowledgeError."""
    return _of(folder.resolve())


@lru_cache(maxsize=8)
def _of(folder: Path) -> Current:
    return Current(folder)


class Current:
    """The tables and the red-flag rules of one folder. A reader sees the old ones or the new ones, never a mixture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lexicon_seen = _stamp(lexicon_files(folder))
        self._seen = self._standing = _stamp(_watched(folder))
        self._knowledge = Knowledge.load(folder)
        self._rules: RedFlags | None = None
        self._rejected: list[str] = []
        self._lexicon_problems: list[str] = []

    @property
    def knowledge(self) -> Knowledge:
        """The tables."""
        return self._knowledge

    @property
    def rules(self) -> RedFlags:
        """The red-flag rules, compiled at first use."""
        if self._rules is None:
            self._rules = RedFlags.load(self._folder)
        return self._rules

    @property
    def phrases(self) -> Phrases:
        """The phrases, which follow every change."""
        return _Following(self)

    def warnings(self) -> list[str]:
        """What is wrong with the files while the tables in use serve on: one sentence each."""
        return [*self._rejected, *self._lexicon_problems]

    async def watch(self) -> None:
        """Look at the files for ever, beside the event loop."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await asyncio.to_thread(self.look)
            except Exception as error:
                log.event(_log, logging.ERROR, "knowledge_look_failed", error=log.where(error))

    def look(self) -> None:
        """Take over what has changed and stands still. What is broken is told once and never used."""
        self._look_at_lexicon()
        now = _stamp(_watched(self._folder))
        still, self._standing = now == self._standing, now
        if now == self._seen or not still:
            return
        self._seen = now
        try:
            self._replace()
        except KnowledgeError as error:
            self._reject(error.problems)
        except Exception as error:
            self._reject([f"{self._folder}: {log.where(error)}"])

    def _replace(self) -> None:
        before = self._knowledge.version
        tables = Knowledge.load(self._folder, serving=self._knowledge)
        if problems := unfit(tables):
            raise KnowledgeError(problems)
        rules = self._rules
        if rules is not None and not self._lexicon_problems:  # the rules' drug names come from the lexicon
            rules = RedFlags.load(self._folder)
        if _stamp(_watched(self._folder)) != self._seen:
            self._seen = ()  # it changed meanwhile: the next look takes it
            return
        self._knowledge, self._rules, self._rejected = tables, rules, []
        if tables.version != before:
            log.event(_log, logging.INFO, "knowledge_reloaded", version=tables.version, before=before)

    def _reject(self, problems: list[str]) -> None:
        version = self._knowledge.version
        short = [problem.replace(f"{self._folder}/", "") for problem in problems]
        self._rejected = [f"knowledge: {problem}; version {version} stays in use" for problem in short]
        log.event(_log, logging.ERROR, "knowledge_rejected", kept=version, problems=" | ".join(short))

    def _look_at_lexicon(self) -> None:
        now = _stamp(lexicon_files(self._folder))
        if now == self._lexicon_seen:
            return
        self._lexicon_seen = now
        self._lexicon_problems = _lexicon_problems(self._folder, self._knowledge.lexicon_version)
        for problem in self._lexicon_problems:
            log.event(_log, logging.WARNING, "lexicon_not_used", problem=problem)


class _Following(Phrases):
    """The phrases of whatever knowledge is in use now."""

    def __init__(self, current: Current) -> None:
        self._current = current

    def require(self, needs: Mapping[str, Collection[str]]) -> None:
        """As in Phrases."""
        self._current.knowledge.phrases.require(needs)

    def text(self, key: str, **values: object) -> str:
        """As in Phrases."""
        return self._current.knowledge.phrases.text(key, **values)


def _lexicon_problems(folder: Path, serving: str) -> list[str]:
    if lexicon_version(folder) == serving:
        return []
    try:
        Lexicon.load(folder)
    except KnowledgeError as error:
        return [f"lexicon: {problem.replace(f'{folder}/', '')}; the old one stays in use" for problem in error.problems]
    return [_REBUILD]


def _watched(folder: Path) -> list[Path]:
    """What takes effect without training."""
    return [*content_files(folder), *picture_files()]


def _stamp(files: Iterable[Path]) -> _Stamp:
    """Changes when a file is written, added or removed."""
    found = []
    for path in files:
        try:
            stat = path.stat()
        except FileNotFoundError:  # between the listing and here
            continue
        found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(found)
