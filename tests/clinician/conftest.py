"""A clinician's own copy of the knowledge, to break and to mend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from houlu.settings import ROOT

KNOWLEDGE = ROOT / "data" / "knowledge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """All content files, in a folder that may be changed."""
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def edit(path: Path, old: str, new: str) -> None:
    """Change one place of a file, as an editor does."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
