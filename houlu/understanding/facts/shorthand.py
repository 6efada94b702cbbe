"""Gene names as laboratories and veterans shorten them: the event stands apart from its gene, or is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from houlu.understanding.recognise import Entity

_EVENTS = {
    "amp": {"met": "met_amp", "her2": "her2_amp", "egfr": "egfr_amp"},
    "mut": {"her2": "her2_mut"},
    "over": {"met": "met_overexpression", "her2": "her2_overexpression"},
}
_GENE = re.compile(r"(?<![a-z])(?:met|her2|egfr)(?![a-z])")
_NO = r"(?:没有?|未见?|无|冇|不)(?:再|发生|出现|见)?"
#: 「met没扩」「拷贝没增」「蛋白三个加号」; the negation is part of the event.
_EVENT = re.compile(
    rf"(?P<amp>(?:{_NO})?扩增|(?:{_NO})?扩(?!散|大|张|充)|(?<=met)开大了?|(?<=her2)开大了?|(?<![a-z])开大了|(?:(?<=met)|(?<=met )|(?<=her2)|(?<=her2 ))cn ?(?:[=:约]|为)? ?\d+|(?<![a-z])cn ?\d+ ?的? ?(?=met|her2)|拷贝(?:数)?(?:也|都|倒|还)?(?:{_NO}(?:怎么)?)?(?:增多?|升高?|[多高]|\d+))"
    rf"|(?P<mut>{_NO}突变)|(?P<over>(?:{_NO})?[过高]表达|(?:[三3]个?(?:加号?|\+)|\+{{3}}|3\+)(?:[, ]*[过高]表达)?)"
)
#: Of another organ's cancer the same name tells another thing.
_FOREIGN = re.compile(r"乳腺|胃癌|胃腺")
_OWN_EVENT = re.compile(r"^ ?(?:基因)?(?:突变|扩增|过表达|高表达|跳|14|外显子|插入|20|19|21|l|t|c|g|s)")


def names(text: str, entities: list[Entity], known: Sequence[str]) -> list[Entity]:
    """The genes of a message, those in shorthand included, in order.

    known: the findings told of before, or the ambiguous term asked about; an event alone continues the gene of the message, or the last of them.
    """
    if _FOREIGN.search(text):
        return entities
    genes = [e for e in entities if e.label == "gene"]
    bare = [m for m in _GENE.finditer(text) if not _inside(m, genes) or _is_general(m, genes)]
    found = []
    for match in _EVENT.finditer(text):
        behind = _GENE.match(text, match.end()) if match.group().startswith("cn") else None  # 「CN 9的MET」
        gene = behind.group() if behind else _gene_of(match.start(), bare, genes) or _told_last(known)
        event = _EVENTS[str(match.lastgroup)].get(gene or "")
        if event and not _inside(match, genes) and not (match["over"] and "pdl1" in text):
            found.append(Entity("gene", event, match.start(), match.end(), match.group()))
    for match in bare:
        if match.group() in ("met", "her2") and not _inside(match, genes) and not _OWN_EVENT.match(text[match.end() :]):
            found.append(Entity("gene", f"{match.group()}_amp", match.start(), match.end(), match.group()))
    return sorted([*entities, *found], key=lambda e: e.start)


def is_bare(entity: Entity) -> bool:
    """Only the gene was named: that it is absent can be told, but not what was found in it."""
    return entity.text in ("met", "her2")


def _inside(match: re.Match[str], genes: list[Entity]) -> bool:
    return any(e.start < match.end() and match.start() < e.end for e in genes)


def _is_general(match: re.Match[str], genes: list[Entity]) -> bool:
    """The gene is named without an event: EGFR."""
    return any((e.start, e.end) == match.span() for e in genes)


def _gene_of(at: int, bare: list[re.Match[str]], genes: list[Entity]) -> str | None:
    """The gene last named before, bare or with another event."""
    named = [(m.end(), m.group()) for m in bare if m.end() <= at]
    named += [(e.end, e.id.split("_")[0]) for e in genes if e.end <= at]
    return max(named)[1] if named else None


def _told_last(known: Sequence[str]) -> str | None:
    told = [name.split("_")[0] for name in known if name.startswith(("met_", "her2_"))]
    return told[-1] if told else None
