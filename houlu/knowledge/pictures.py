"""The pictures that answers name: SVG files in one folder, drawn for the phone."""

from __future__ import annotations

import re
from pathlib import Path

from houlu.settings import get_settings

#: What a picture's file may be called: nothing that could lead out of its folder.
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\.svg")


def media_folder() -> Path:
    """`data/media`, or HOULU_MEDIA."""
    return get_settings().media


def picture_files() -> list[Path]:
    """Every picture there is, by name."""
    return [path for path in sorted(media_folder().glob("*.svg")) if NAME.fullmatch(path.name) and path.is_file()]


def picture_url(name: str) -> str:
    """Where the door serves a picture."""
    return f"/media/{name}"
