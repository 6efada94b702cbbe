"""A small site in place of web/ and build/web, and machines with and without Node.js."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from houlu.pages import build, node

NewCommand = Callable[[str, str], None]


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the built pages are served from; empty."""
    folder = tmp_path / "built"
    for owner in ("houlu.pages.build", "houlu.api.pages", "houlu.api.routes.page"):
        monkeypatch.setattr(f"{owner}.BUILT", folder)
    return folder


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sources of a page, with a lock file."""
    folder = tmp_path / "web"
    (folder / "src").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>")
    (folder / "src" / "main.ts").write_text("export {}")
    (folder / "package-lock.json").write_text("{}")
    monkeypatch.setattr(build, "SOURCES", folder)
    return folder


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewCommand:
    """A PATH with nothing but a shell's usual tools and the commands that a test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "mkdir", "cat", "cp"):
        (folder / tool).symlink_to(str(shutil.which(tool)))
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(node, "ROOT", tmp_path)

    def new(name: str, script: str) -> None:
        file = folder / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        os.chmod(file, 0o755)

    return new
