"""Debian's Chromium and a Chinese font, installed when the machine has none."""

from __future__ import annotations

import os
import shutil
import subprocess

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WHY = (
    "The browser tests need {what}. Install it (Debian: apt-get install {packages}) and run them again: "
    "this machine has none, and {reason}.")


class NoBrowser(Exception):  # noqa: N818 (named after what happened)
    """There is no browser, and it could not be installed."""


def chromium() -> str:
    """The path of Chromium. Raises NoBrowser with what to do."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        _install("Chromium", "chromium")
        found = shutil.which("chromium") or ""
    if not _speaks_chinese():
        _install("a Chinese font", "fonts-noto-cjk")
    return found


def _speaks_chinese() -> bool:
    fonts = shutil.which("fc-list")
    return bool(fonts) and bool(subprocess.run([str(fonts), ":lang=zh"], capture_output=True, check=False).stdout)


def _install(what: str, package: str) -> None:
    packages = f"{package} fontconfig"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoBrowser(_WHY.format(what=what, packages=packages, reason="only root on Debian can install it here"))
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *packages.split()]):
        done = subprocess.run(["apt-get", *command], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = f"apt-get {command[0]} failed: {done.stderr.strip()[-300:]}"
            raise NoBrowser(_WHY.format(what=what, packages=packages, reason=reason))
