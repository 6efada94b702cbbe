"""Everything that a patient may read: (where it stands, text)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from houlu.knowledge.table import Knowledge


def texts(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """All texts of the tables and of the phrases."""
    for row in knowledge.strategies:
        for name in ("regimen", "summary", "evidence_level", "evidence", "not_shown"):
            yield f"strategy {row.id} {name}", getattr(row, name)
        yield f"strategy {row.id} approval", row.approval.text
        yield from ((f"strategy {row.id} side_effects", effect) for effect in row.side_effects)
    for answer in knowledge.answers:
        parts = (answer.short, answer.long, answer.image_alt, *answer.suggestions)
        yield from ((f"answer {answer.id}", part) for part in parts)
    yield from ((f"refusal {row.id}", row.text) for row in knowledge.refusals)
    yield from ((f"emergency {row.topic}", row.text) for row in knowledge.emergencies)
    yield from ((f"visit {row.id}", row.text) for row in knowledge.visit)
    yield from ((f"source {row.id}", row.title) for row in knowledge.sources.values())
    yield from ((f"phrase {key}", knowledge.phrases._texts[key]) for key in knowledge.phrases._texts)


def sentences(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The same, sentence by sentence."""
    for where, text in texts(knowledge):
        yield from ((where, part.strip()) for part in re.split(r"[。！？；\n]", text) if part.strip())
