"""Looks for words in everything SQLite has written."""

from __future__ import annotations

import json
from pathlib import Path


def found_on_disk(database: Path, words: str) -> bool:
    """Whether the words stand in the database file or its log, plain or escaped as JSON."""
    needles = (words.encode(), json.dumps(words)[1:-1].encode())
    files = database.parent.glob(f"{database.name}*")
    return any(needle in file.read_bytes() for file in files for needle in needles)
