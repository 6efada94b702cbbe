"""Danger and what only sounds like it, in words that nobody trained on (data/evaluation/danger.yaml)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

PATH = Path("data/evaluation/danger.yaml")
#: The emergency topic of a message, or None.
Alarm = Callable[[str], str | None]


@dataclass(frozen=True)
class Said:
    """meant: the emergency topic, or None for a calm message."""

    text: str
    meant: str | None


def load(path: Path = PATH) -> list[Said]:
    """All messages."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    danger = [Said(text, topic) for topic, texts in data["danger"].items() for text in texts]
    return danger + [Said(text, None) for texts in data["calm"].values() for text in texts]


def score(said: Sequence[Said], alarm: Alarm) -> dict[str, float]:
    """Shares from 0 to 1: emergencies heard, heard under their own topic, and calm messages left calm."""
    found = [(s.meant, alarm(s.text)) for s in said]
    danger = [(meant, got) for meant, got in found if meant is not None]
    calm = [got for meant, got in found if meant is None]
    return {
        "heard": sum(got is not None for _, got in danger) / len(danger),
        "topic": sum(got == meant for meant, got in danger) / len(danger),
        "calm": sum(got is None for got in calm) / len(calm),
    }
