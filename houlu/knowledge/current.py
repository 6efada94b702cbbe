"""The knowledge in use: loaded at first use, replaced as a whole."""

from __future__ import annotations

from functools import lru_cache

from houlu.knowledge.table import Knowledge
from houlu.understanding.artefacts import knowledge_folder


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The tables of the knowledge folder. Raises KnowledgeError."""
    return Knowledge.load(knowledge_folder())
