"""Builds web/ into build/web when its sources changed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from houlu.pages import node
from houlu.settings import ROOT

SOURCES = ROOT / "web"
BUILT = ROOT / "build" / "web"
_MARKER = ".built-from"


class BuildError(Exception):
    """The pages could not be built; the message is the end of what the tool said."""


def fresh() -> bool:
    """Whether build/web is there and made from the present sources."""
    marker = BUILT / _MARKER
    return marker.exists() and marker.read_text() == _fingerprint()


def ensure() -> bool:
    """Build when something changed; False when there was nothing to do. Raises NodeError or BuildError.

    The pages that are there stay in place until the new ones are complete.
    """
    if fresh():
        return False
    environment, made_from = node.environment(), _fingerprint()
    _install(environment)
    new = BUILT.with_name("web.new")
    shutil.rmtree(new, ignore_errors=True)
    for config in ("vite.config.ts", "embed.config.ts"):
        _run(["npm", "exec", "--", "vite", "build", "--config", config, "--outDir", str(new), "--logLevel", "warn"],
             environment)
    (new / _MARKER).write_text(made_from)
    shutil.rmtree(BUILT, ignore_errors=True)
    new.rename(BUILT)
    return True


def check() -> None:
    """Types and unit tests of the pages. Raises NodeError or BuildError."""
    environment = node.environment()
    _install(environment)
    _run(["npm", "run", "--silent", "check"], environment)


def _install(environment: dict[str, str]) -> None:
    """The locked packages, when they are not those of the lock file already."""
    lock, installed = SOURCES / "package-lock.json", SOURCES / "node_modules" / ".houlu-lock"
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return
    _run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], environment)
    installed.write_bytes(lock.read_bytes())


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=SOURCES, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{' '.join(command[:4])} failed:\n" + "\n".join(done.stdout.splitlines()[-25:]))


def _fingerprint() -> str:
    """The hash of everything the pages are made from."""
    digest = hashlib.sha256()
    for file in sorted(_files(SOURCES)):
        digest.update(str(file.relative_to(SOURCES)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "node_modules":
            yield from _files(entry)
        elif entry.is_file() and not entry.name.endswith((".md", ".test.ts", ".tsbuildinfo")):
            yield entry
