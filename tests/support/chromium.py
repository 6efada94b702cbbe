"""Debian's Chromium and a Chinese font, installed when the machine has none."""

from __future__ import annotations

import os
import shutil
import subprocess

#: The same browser without windows comes first: it is lighter, and nobody looks.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WHY = (
    "The browser tests need {what}, and this machine has none. Install it (Debian: apt-get install {packages}) and run "
    "them again. It did not come by itself: {why}.")


class NoBrowser(Exception):  # noqa: N818 (named after what happened)
    """There is no browser, and it could not be installed."""


def chromium() -> str:
    """The path of Chromium. Raises NoBrowser with what to do."""
    path = _found()
    if path is None:
        _install("Chromium", "chromium-headless-shell", "chromium")
        path = _found()
    if not _speaks_chinese():
        _install("a Chinese font", "fonts-noto-cjk")
    assert path, "apt-get told of no failure, yet there is no Chromium"
    return path


def _found() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _speaks_chinese() -> bool:
    fonts = shutil.which("fc-list")
    return bool(fonts) and bool(subprocess.run([str(fonts), ":lang=zh"], capture_output=True, check=False).stdout)


def _install(what: str, *packages: str) -> None:
    """The first of these packages that this Debian has. Raises NoBrowser."""
    why = _cannot()
    if not why:
        # A list that cannot be read now may have been read before: whether it mattered, the installation tells.
        stale = _apt("update", "-o", "APT::Update::Error-Mode=any")
        package = next((one for one in packages if not _run("apt-cache", "show", one)), packages[-1])
        failed = _apt("install", "-y", "--no-install-recommends", package, "fontconfig")
        why = failed and "; ".join(filter(None, (stale, failed)))
    if why:
        raise NoBrowser(_WHY.format(what=what, packages=f"{packages[-1]} fontconfig", why=why))


def _cannot() -> str:
    if not shutil.which("apt-get"):
        return "there is no apt-get here"
    return "" if os.geteuid() == 0 else "only root may, and this is not root"


def _apt(command: str, *arguments: str) -> str:
    failed = _run("apt-get", command, "-qq", *arguments)
    return failed and f"apt-get {command} failed: {failed}"


def _run(*command: str) -> str:
    """What it complained about; nothing when it went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return (done.stderr.strip()[-400:] or f"code {done.returncode}") if done.returncode else ""
