"""A text in one spelling that knows where each of its characters came from."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Normalised:
    """text: lower case, simplified. origin[i]: the index in the original text that character i of `text` came from."""

    text: str
    origin: tuple[int, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `text[start:end]` came from."""
        if start >= end:
            return (self.origin[start] if start < len(self.origin) else 0,) * 2
        return self.origin[start], self.origin[end - 1] + 1

    def replaced(self, pattern: re.Pattern[str], by: str) -> Normalised:
        """A copy in which every match is `by`; the new characters point into the span that they replace."""
        text: list[str] = []
        origin: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            if self.text[start:end] == by:
                continue
            text += [self.text[last:start], by]
            origin += self.origin[last:start]
            within = [self.origin[min(start + i, end - 1)] for i in range(len(by) - 1)]
            origin += [*within, self.origin[end - 1]][: len(by)]
            last = end
        if not last:
            return self
        return Normalised("".join(text) + self.text[last:], (*origin, *self.origin[last:]))
