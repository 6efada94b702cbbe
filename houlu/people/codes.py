"""The QR code that brings a one-time code's secret onto a phone. Drawn here: no other service sees the secret."""

from __future__ import annotations

from io import StringIO
from itertools import groupby

import segno

_QUIET = 4  # modules of white around it, as readers need


def drawing(uri: str) -> dict[str, int | str]:
    """Size in modules, and the dark ones as the path of an SVG of that size."""
    code = segno.make_qr(uri, error="m")
    lines = [
        f"M{start + _QUIET} {y + _QUIET}h{length}v1h-{length}z"
        for y, row in enumerate(code.matrix) for start, length in _runs(row)]
    return {"size": len(code.matrix) + 2 * _QUIET, "path": "".join(lines)}


def in_terminal(uri: str) -> str:
    """The same in characters, for a terminal."""
    written = StringIO()
    segno.make_qr(uri, error="m").terminal(written, compact=True)
    return written.getvalue()


def _runs(row: bytes | bytearray) -> list[tuple[int, int]]:
    found, x = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            found.append((x, length))
        x += length
    return found
