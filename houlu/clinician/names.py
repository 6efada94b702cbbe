"""Canonical ids as a clinician reads them."""

from __future__ import annotations

from houlu.knowledge.files import KnowledgeError
from houlu.knowledge.phrases import Phrases
from houlu.understanding.lexicon import CLASS_NAMES, Lexicon

_KINDS = ("dialogue.value", "dialogue.topic", "clinician.value", "dialogue.fact")


def name(item: str, phrases: Phrases, lexicon: Lexicon) -> str:
    """The Chinese name of a drug, finding, category, topic...; the id itself when it has none."""
    if item in lexicon.drugs or item in CLASS_NAMES:
        return lexicon.drug_name(item)
    for kind in _KINDS:
        try:
            return phrases.text(f"{kind}.{item}")
        except KnowledgeError:
            continue
    return item
