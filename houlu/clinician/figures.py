"""How much there is: rows by driver, answers by topic, names, sources."""

from __future__ import annotations

from collections.abc import Iterator

from houlu.knowledge import ids
from houlu.knowledge.strategies import Strategy
from houlu.knowledge.table import Knowledge

#: A line of a table, or its heading.
Line = tuple[str | int, ...]


def rows(knowledge: Knowledge) -> Iterator[Line]:
    """Strategies by the driver that they are for; a row for several drivers counts for each."""
    yield ("strategies for", "rows", "options", "cautions", "context", "verified", "not verified", "without source")
    families = [d for d in ids.DRIVERS if ids.driver_family(d) == d and d != "none"]
    for family in families:
        yield _line(family, [row for row in knowledge.strategies if any(family in c.driver for c in row.applies)])
    yield _line("any driver", [row for row in knowledge.strategies if any(not c.driver for c in row.applies)])
    yield _line("all rows", knowledge.strategies)


def answers(knowledge: Knowledge) -> Iterator[Line]:
    """Answers by topic. for a case: those that only some cases get."""
    yield ("answers on", "answers", "with a longer one", "for a case")
    for topic in (*ids.IN_SCOPE_TOPICS, "all topics"):
        own = [row for row in knowledge.answers if topic in (row.topic, "all topics")]
        yield topic, len(own), sum(bool(row.long) for row in own), sum(bool(row.applies) for row in own)


def words(knowledge: Knowledge) -> Iterator[Line]:
    """The lexicon, and what statements rest on."""
    lexicon, sources = knowledge.lexicon, knowledge.sources.values()
    yield ("lexicon and sources", "")
    yield "drugs", len(lexicon.drugs)
    for label in ("drug", "gene", "cancer"):
        yield f"names of a {label}", sum(term.label == label for term in lexicon.terms)
    yield "bare numbers that need their context", sum(term.label.startswith("code_") for term in lexicon.terms)
    yield "terms that are asked about", len(lexicon.ambiguous)
    yield "sources", len(sources)
    yield "sources with a link", sum(source.url is not None for source in sources)
    yield "refusals and hand-overs", len(knowledge.refusals)
    yield "lines of the visit sheet", len(knowledge.visit)


def _line(name: str, own: list[Strategy]) -> Line:
    roles = [sum(row.role == role for row in own) for role in ("option", "caution", "context")]
    verified = sum(row.verified for row in own)
    return name, len(own), *roles, verified, len(own) - verified, sum(not row.sources for row in own)
