"""Where Chinese lines may break: anywhere, but not inside a word or number and not before a closing mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_CLOSING = "，。；：、！？）”’》】」%）％,.;:!?)…"
_OPENING = "（“‘《【「(["
_PIECE = re.compile(r"[A-Za-z0-9Α-ω][A-Za-z0-9Α-ω.\-/+%~≥≤=]*|\s+|.", re.DOTALL)


def lines_of(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of a text that is at most `width` wide, as `measure` has it."""
    return [line for paragraph in text.split("\n") for line in _fill(paragraph, width, measure)]


def _fill(paragraph: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    line = ""
    for piece in _pieces(paragraph):
        if line and measure(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
        while measure(line) > width and len(line) > 1:  # one word wider than the line
            fits = next(n for n in range(len(line), 0, -1) if n == 1 or measure(line[:n]) <= width)
            yield line[:fits]
            line = line[fits:]
    yield line.rstrip()


def _pieces(paragraph: str) -> Iterator[str]:
    """What stays together: a word, or one sign with the marks that hang on it."""
    held = ""
    for piece in _PIECE.findall(paragraph):
        if not held or piece[0] in _CLOSING or held[-1] in _OPENING:
            held += piece
        else:
            yield held
            held = piece
    if held:
        yield held
