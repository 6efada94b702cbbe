"""The figures over time: docs/evaluation/history.jsonl, and the baseline that `make test` guards."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

HISTORY = Path("docs/evaluation/history.jsonl")
BASELINE = Path("docs/evaluation/baseline.json")
#: A guarded figure may fall by so much.
TOLERANCE = 0.02


def line(figures: Mapping[str, float], kind: str) -> dict[str, Any]:
    """One line of the history. kind: quick or full."""
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%MZ")
    rounded = {key: round(value, 4) for key, value in figures.items()}
    return {"date": now, "commit": _git("rev-parse", "HEAD"), "changed": bool(_git("status", "--porcelain", "-uno")),
            "kind": kind, "figures": rounded}


def append(entry: Mapping[str, Any], path: Path = HISTORY) -> None:
    """Add a line to the history."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def history(path: Path = HISTORY) -> list[dict[str, Any]]:
    """All lines, the oldest first."""
    return [json.loads(text) for text in path.read_text("utf-8").splitlines()] if path.exists() else []


def baseline(path: Path = BASELINE) -> dict[str, float]:
    """The figures that are guarded; each is better when higher."""
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def set_baseline(figures: Mapping[str, float], path: Path = BASELINE) -> None:
    """Make these the guarded figures; those that were not measured now stay."""
    kept = {**baseline(path), **{key: round(value, 4) for key, value in figures.items()}}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def fallen(figures: Mapping[str, float], guarded: Mapping[str, float]) -> list[str]:
    """What got worse by more than the tolerance, a sentence each; a figure that is missing now is not judged."""
    return [
        f"{key}: {figures[key]:.3f}, was {was:.3f}"
        for key, was in guarded.items()
        if key in figures and figures[key] < was - TOLERANCE
    ]


def _git(*arguments: str) -> str:
    found = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return found.stdout.strip()
