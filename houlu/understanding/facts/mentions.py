"""Names in their context: names that are only listed share what is said before the first and behind the last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from houlu.understanding.clauses import Clause
from houlu.understanding.recognise import Entity

#: Between the names of one list; over a comma or a space only what is said of "all" reaches back.
_JOINED = re.compile(r"(?:\s*(?:、|和|跟|与|同|同埋|及|以及|加|\+|/|联合|联|还有|或者?|还是|配)\s*)?")
_LISTED = re.compile(r"[\s,，]+")
_OF_ALL = re.compile(
    r"(?:这?[两三俩几四]个?)?(?:也|就)?(?:都|全|均|(?:任何)?一(?:个|样)(?:也|都)|一概|统统|通通|一律|皆)"
)


@dataclass(frozen=True)
class Mention:
    """before: the clause up to the name or its list; prior: the same without what stands before an earlier name.

    after: what follows the name or its list, up to the next name or the end of the clause; beyond: up to the end of the next clause.
    """

    entity: Entity
    clause: Clause
    before: str
    prior: str
    after: str
    beyond: bool


def in_context(text: str, clauses: list[Clause], entities: list[Entity]) -> list[Mention]:
    """Every entity that stands in one of the clauses, in order."""
    placed = [(e, i) for e in entities for i, c in enumerate(clauses) if c.start <= e.start < c.end]
    found = []
    for n, (entity, at) in enumerate(placed):
        first, last = _list_of(text, placed, n)
        head, tail = placed[first], placed[last]
        start = clauses[head[1]].start
        end = _reach(text, clauses, placed, last)
        before = text[start : head[0].start]
        prior = text[max(start, placed[first - 1][0].end) : head[0].start] if first else before
        after = text[tail[0].end : end]
        found.append(Mention(entity, clauses[at], before, prior, after.strip(" ,，。"), end > clauses[tail[1]].end))
    return found


def _list_of(text: str, placed: list[tuple[Entity, int]], n: int) -> tuple[int, int]:
    """The first name whose `before`, and the last name whose `after` the n-th one shares."""
    first = last = n
    while first and _JOINED.fullmatch(text[placed[first - 1][0].end : placed[first][0].start]):
        first -= 1
    while last + 1 < len(placed) and _JOINED.fullmatch(text[placed[last][0].end : placed[last + 1][0].start]):
        last += 1
    loose = last
    while loose + 1 < len(placed) and (
        _JOINED.fullmatch(between := text[placed[loose][0].end : placed[loose + 1][0].start])
        or _LISTED.fullmatch(between)
    ):
        loose += 1
    return first, loose if loose > last and _OF_ALL.match(text[placed[loose][0].end :].strip()) else last


def _reach(text: str, clauses: list[Clause], placed: list[tuple[Entity, int]], n: int) -> int:
    """Where `after` ends: at the next name, or with the clause; a name that ends its clause reads on into the next."""
    entity, at = placed[n]
    following = placed[n + 1] if n + 1 < len(placed) else None
    end = clauses[at].end
    if following and following[1] == at:
        return following[0].start
    bare = not text[entity.end : end].strip()
    if bare and at + 1 < len(clauses) and not (following and following[1] == at + 1):
        end = clauses[at + 1].end
    return end
