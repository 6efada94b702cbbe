"""A condition as one line: 「最初的基因=egfr；查到任一=t790m、c797s」; several conditions are several lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from houlu.knowledge.phrases import Phrases
from houlu.knowledge.strategies import Condition

_FIELDS = tuple(Condition.__fields__)


class ConditionError(ValueError):
    """A line that is no condition; `args[0]` is what was not understood."""


def say(condition: Condition, phrases: Phrases, name: Callable[[str], str] = str) -> str:
    """A condition in one line. name: how an id is shown."""
    parts = [
        f"{label(field, phrases)}={_shown(value, phrases, name)}"
        for field in _FIELDS
        if (value := getattr(condition, field)) not in (None, [])
    ]
    return "；".join(parts) or phrases.text("clinician.condition.always")


def read(line: str, phrases: Phrases) -> dict[str, Any]:
    """The fields of one line, for `Condition`. Raises ConditionError."""
    if line == phrases.text("clinician.condition.always"):
        return {}
    names = {label(field, phrases): field for field in _FIELDS}
    found: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in re.split("[；;]", line))):
        said, sign, value = ([*re.split("([=＝：:])", part, maxsplit=1), "", ""])[:3]
        field = names.get(said.strip())
        if not sign or field is None or field in found:
            raise ConditionError(part)
        found[field] = _value(field, value, phrases)
    return found


def labels(phrases: Phrases) -> list[str]:
    """What may stand before the equals sign."""
    return [label(field, phrases) for field in _FIELDS]


def label(field: str, phrases: Phrases) -> str:
    """A field's name as the clinician reads it."""
    return phrases.text(f"clinician.condition.{field}")


def _shown(value: Any, phrases: Phrases, name: Callable[[str], str]) -> str:
    if isinstance(value, bool):
        return phrases.text("clinician.is" if value else "clinician.is_not")
    return "、".join(name(item) for item in value)


def _value(field: str, text: str, phrases: Phrases) -> Any:
    items = [item.strip() for item in re.split("[、,，]", text) if item.strip()]
    if not items:
        raise ConditionError(text)
    if field != "no_target":
        return items
    flags = {phrases.text("clinician.is"): True, phrases.text("clinician.is_not"): False}
    if items[0] not in flags:
        raise ConditionError(text)
    return flags[items[0]]
