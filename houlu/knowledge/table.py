"""All knowledge in memory, loaded once, checked as a whole."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from houlu.knowledge.case import Case, holds
from houlu.knowledge.checks import Fault, Rows, faults
from houlu.knowledge.files import KnowledgeError, locate, read_rows
from houlu.knowledge.phrases import Phrases
from houlu.knowledge.pictures import picture_files
from houlu.knowledge.strategies import Answer, Emergency, Refusal, Source, Strategy
from houlu.knowledge.visit import VisitRow
from houlu.understanding.lexicon import Lexicon

LEXICON = "lexicon"
#: The files of each table, and what a row is.
FILES: dict[str, tuple[str, Any]] = {
    "strategies": ("strategies/*.yaml", Strategy),
    "answers": ("answers/*.yaml", Answer),
    "refusals": ("refusals.yaml", Refusal),
    "emergencies": ("emergencies.yaml", Emergency),
    "visit": ("visit.yaml", VisitRow),
    "sources": ("sources/*.yaml", Source),
}


@dataclass(frozen=True)
class Knowledge:
    """The tables. Every cross-reference (sources, drugs) has been checked."""

    lexicon: Lexicon
    strategies: list[Strategy]
    answers: list[Answer]
    refusals: list[Refusal]
    emergencies: list[Emergency]
    sources: dict[str, Source]
    phrases: Phrases
    version: str
    lexicon_version: str
    visit: list[VisitRow] = field(default_factory=list)

    @classmethod
    def load(cls, folder: Path, serving: Knowledge | None = None) -> Knowledge:
        """Read every file. serving: the tables in use, whose lexicon stays (the model was trained with it) and whose
        phrases the program relies on. Raises KnowledgeError with every problem of every file."""
        problems: list[str] = []
        rows = Rows(**{name: _read(folder, *FILES[name], problems) for name in FILES})
        try:
            lexicon = serving.lexicon if serving else Lexicon.load(folder)
            phrases = Phrases.load(folder / "phrases")
            if serving:
                phrases.require(serving.phrases.needs())
        except KnowledgeError as error:
            raise KnowledgeError([*problems, *error.problems]) from error
        # An unreadable row is missing for the others: what it would have been cited for is no mistake of theirs.
        if not problems:
            pictures = [path.name for path in picture_files()]
            problems = [_located(folder, fault) for fault in faults(rows, lexicon.drugs, pictures)]
        if problems:
            raise KnowledgeError(problems)
        trained = serving.lexicon_version if serving else lexicon_version(folder)
        return cls(
            lexicon, rows.strategies, rows.answers, rows.refusals, rows.emergencies,
            {source.id: source for source in rows.sources}, phrases, version_of(folder, trained), trained,
            rows.visit,
        )

    @cached_property
    def _cues(self) -> dict[str, re.Pattern[str]]:
        return {}

    def answer(self, topic: str, text: str, case: Case) -> Answer:
        """The answer of a topic that fits the message and the case best: cues and case, cues, case, default."""
        rows = [row for row in self.answers if row.topic == topic]
        fitting = [row for row in rows if self._fits(row, text, case)]
        # max keeps the first of equals: the order of the file decides among answers that fit as closely
        return max(fitting or rows[-1:], key=lambda row: (bool(row.cues), bool(row.applies)))

    def refusal(self, topic: str, text: str) -> Refusal:
        """The refusal or handoff text of a topic for this message."""
        rows = [row for row in self.refusals if row.topic == topic] or [
            row for row in self.refusals if row.id.startswith(topic)  # cancer_general is handed over as ask_expert
        ]
        own = [row for row in rows if row.cues and self._says(row.cues, text)]
        plain = [row for row in rows if not row.cues]
        return (own or plain or rows)[0]

    def emergency(self, topic: str) -> Emergency:
        """What to do for an emergency topic."""
        return next((row for row in self.emergencies if row.topic == topic), self.emergencies[-1])

    def cite(self, source_ids: list[str]) -> list[dict[str, str | None]]:
        """The contract's list of sources, each once."""
        return [
            {"id": source, "title": self.sources[source].title, "url": self.sources[source].url}
            for source in dict.fromkeys(source_ids)
        ]

    @property
    def rows(self) -> Rows:
        """The tables as the clinicians write them."""
        sources = list(self.sources.values())
        return Rows(self.strategies, self.answers, self.refusals, self.emergencies, self.visit, sources)

    def _fits(self, row: Answer, text: str, case: Case) -> bool:
        return (not row.cues or self._says(row.cues, text)) and (
            not row.applies or (case.lung and any(holds(condition, case) for condition in row.applies))
        )

    def _says(self, cues: list[str], text: str) -> bool:
        for cue in cues:
            pattern = self._cues.get(cue) or self._cues.setdefault(cue, re.compile(cue))
            if pattern.search(text):
                return True
        return False


def version_of(folder: Path, lexicon_version: str) -> str:
    """A short hash of the content files, the pictures and the lexicon in use: the same content has the same version."""
    digest = hashlib.sha256(lexicon_version.encode())
    for path in content_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    for path in picture_files():
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def content_files(folder: Path) -> list[Path]:
    """What takes effect without training: everything but the lexicon."""
    return [path for path in sorted(folder.rglob("*.yaml")) if path.relative_to(folder).parts[0] != LEXICON]


def lexicon_files(folder: Path) -> list[Path]:
    """What the dictionary, the pipeline and the model are built from."""
    return sorted((folder / LEXICON).glob("*.yaml"))


def lexicon_version(folder: Path) -> str:
    """A short hash of the lexicon files."""
    digest = hashlib.sha256()
    for path in lexicon_files(folder):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _read(folder: Path, pattern: str, model: Any, problems: list[str]) -> list[Any]:
    found: list[Any] = []
    for path in sorted(folder.glob(pattern)):
        try:
            found += read_rows(path, model)
        except KnowledgeError as error:
            problems.extend(error.problems)
    return found


def _located(folder: Path, fault: Fault) -> str:
    pattern, _ = FILES[fault.table]
    if not fault.row:
        return f"{folder / pattern}: {fault}"
    place = locate(sorted(folder.glob(pattern)), fault.row, fault.field, fault.value, last=fault.code == "twice")
    return f"{place}: row {fault.row}, field {fault.field}: {fault}"
