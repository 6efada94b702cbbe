"""Where labelled utterances go (data/nlu), and which messages have been reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from houlu.evaluation.corpus import VOICES, examples, note_voice

#: The voice of all utterances that come from real conversations.
VOICE = "patients"
_MARKUP = re.compile(r"\](?=[(\[{])")  # Rasa would read an annotated entity


class DuplicateError(Exception):
    """The training data has this utterance. Its argument is the intent it has there."""


@dataclass
class Shelf:
    """The training files and the list of reviewed messages."""

    nlu: Path
    reviewed: Path
    voices: Path = VOICES

    @cached_property
    def intents(self) -> list[str]:
        """All intents that have a file."""
        return sorted(path.stem for path in self.nlu.glob("*.yml"))

    @cached_property
    def _known(self) -> dict[str, str]:
        return {_plain(text): intent for intent, text in examples(self.nlu)}

    def add(self, intent: str, text: str) -> None:
        """Append an utterance to its intent's file. Raises DuplicateError."""
        line = _MARKUP.sub("] ", " ".join(text.split())).lstrip("/- ")
        if (there := self._known.get(_plain(line))) is not None:
            raise DuplicateError(there)
        path = self.nlu / f"{intent}.yml"
        before = path.read_text(encoding="utf-8")
        path.write_text(f"{before.rstrip()}\n      - {line}\n", encoding="utf-8")
        self._known[_plain(line)] = intent
        note_voice([line], VOICE, self.voices)

    def done(self) -> frozenset[str]:
        """Keys of the messages that were added or discarded."""
        return frozenset(self.reviewed.read_text("utf-8").split()) if self.reviewed.exists() else frozenset()

    def mark(self, keys: Iterable[str]) -> None:
        """Do not ask for these messages again."""
        self.reviewed.parent.mkdir(parents=True, exist_ok=True)
        with self.reviewed.open("a", encoding="utf-8") as file:
            file.writelines(f"{key}\n" for key in keys)


def _plain(text: str) -> str:
    """Two utterances with the same letters are the same."""
    return re.sub(r"[\W_]+", "", text.lower()) or text
