"""A telephone number to call back: what is one, and how much of it a screen shows."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(r"\+?\d{7,15}")
_SHOWN = 3, 4


def number_of(text: str) -> str | None:
    """The digits of a typed number; None when it cannot be one."""
    plain = re.sub(r"[\s()\-–—.]", "", unicodedata.normalize("NFKC", text))
    return plain if _NUMBER.fullmatch(plain) else None


def masked(number: str) -> str:
    """138****5678; of a short or unreadable one nothing."""
    first, last = _SHOWN
    return f"{number[:first]}****{number[-last:]}" if len(number) >= first + last + 4 else "****"
