"""What understanding needs at run time, built from the knowledge files and loaded once a process."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

import jieba
from spacy.language import Language

from houlu.knowledge import current
from houlu.knowledge.files import knowledge_folder as knowledge_folder
from houlu.understanding.cues import Cues
from houlu.understanding.decide import Decider
from houlu.understanding.lexicon import Lexicon
from houlu.understanding.normalise import Normaliser, jieba_cache
from houlu.understanding.recognise import Recogniser, build_pipeline, save_pipeline

#: Written by `houlu build`; config.yml names the same paths.
BUILD = Path("build/lexicon")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon. Raises KnowledgeError."""
    return Lexicon.load(knowledge_folder())


@lru_cache(maxsize=1)
def normaliser() -> Normaliser:
    """The normaliser. Raises KnowledgeError."""
    return Normaliser.load(knowledge_folder())


@lru_cache(maxsize=1)
def decider() -> Decider:
    """The decision after the classifier. Raises KnowledgeError."""
    folder = knowledge_folder()
    return Decider.load(folder, lambda: current.of(folder).rules)


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The concepts that are features. Raises KnowledgeError."""
    return Cues.load(knowledge_folder())


@lru_cache(maxsize=4)
def recogniser(nlp: Language | None = None) -> Recogniser:
    """The recogniser over a saved pipeline, or over a new one."""
    return Recogniser(nlp or build_pipeline(lexicon()), lexicon())


@lru_cache(maxsize=1)
def words() -> jieba.Tokenizer:
    """Cuts a text into words, with the lexicon's names whole. Not jieba's shared tokenizer: that one weighs its words
    anew whenever a dictionary is loaded, so training and serving would cut a few messages differently."""
    cut = jieba.Tokenizer()
    cut.tmp_dir = str(jieba_cache())
    for path in sorted((BUILD / "jieba").glob("*")):
        cut.load_userdict(str(path))
    return cut


def fingerprint() -> str:
    """Changes when a lexicon file changes: then the dictionary and the pipeline must be built anew."""
    digest = hashlib.sha256()
    for path in sorted((knowledge_folder() / "lexicon").glob("*.yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_fresh(folder: Path = BUILD) -> bool:
    """The built lexicon is of the present knowledge files."""
    mark = folder / "fingerprint"
    return mark.exists() and mark.read_text().strip() == fingerprint()


def build(folder: Path = BUILD) -> None:
    """Write the spaCy pipeline and jieba's dictionary. Raises KnowledgeError when the lexicon is broken."""
    words = sorted({term.text for term in lexicon().terms if " " not in term.text})
    (folder / "jieba").mkdir(parents=True, exist_ok=True)
    (folder / "jieba" / "houlu.txt").write_text("".join(f"{word} 100000 nz\n" for word in words), encoding="utf-8")
    save_pipeline(lexicon(), folder / "spacy")
    (folder / "fingerprint").write_text(fingerprint())
