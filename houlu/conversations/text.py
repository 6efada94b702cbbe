"""Cleaning what a client sends before anything else sees it."""

from __future__ import annotations

import re
import unicodedata

from houlu.conversations.errors import EmptyText, TextTooLong

MAX_LENGTH = 1000
# Control characters and lone surrogates break PostgreSQL and UTF-8; direction overrides let a text look like another.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def clean(text: str) -> str:
    """The text as it is understood and stored: no control characters, one kind of line end, trimmed."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def patient_text(text: str) -> str:
    """The cleaned words of a patient. Raises EmptyText or TextTooLong."""
    cleaned = clean(text)
    if not any(_visible(char) for char in cleaned):
        raise EmptyText
    if len(cleaned) > MAX_LENGTH:
        raise TextTooLong
    return cleaned


def _visible(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc", "Mn", "Me")
