"""Which drugs, genes and cancers a message names: spaCy's EntityRuler, then what only context or sound tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import spacy
from spacy.language import Language

from houlu.understanding.lexicon import Lexicon, Term
from houlu.understanding.normalise import sound

Label = Literal["drug", "gene", "cancer", "unknown_drug"]
_SEPARATOR = "|"
_LATIN = re.compile(r"[a-z0-9]")
_CODE_CONTEXT = re.compile(
    r"突变|位点|点位|阳|阴|基因|检|测|查|有|出|顺式|反式|耐|吃|药|加|和|跟|egfr|alk|ros1|met|ret|t790m|c797s"
)
_LAB_VALUE = re.compile(
    r"cea|癌胚|血小板|白细胞|指标|标志物|元|块|钱|万|号楼|路|点半|床|电话|体温|斤|米|年|月|日|天|岁|%|个人|ml|mg"
)
#: What may stand right before a drug's name; any other character is part of the name.
_BEFORE_NAME = frozenset(
    "吃用服食打上试喝换改转加配是的了着过叫药和跟与或先后再又还就给种代片粒盒我你他她俺爸妈爹娘爷奶公婆哥姐弟妹叔姨舅姑"
)
_DRUG_SHAPE = re.compile(r"[一-鿿]{1,4}(?:[替提体][尼泥你]|非尼|珠单抗|利单抗|妥单抗|尤单抗|雷塞)")


@dataclass(frozen=True)
class Entity:
    """A name in the normalised text. heard: the name was recognised by its sound only and must be said back.

    id: of the drug, gene or cancer; for an unknown_drug the ids that sound nearest, joined by "|" (may be empty).
    """

    label: Label
    id: str
    start: int
    end: int
    text: str
    heard: bool = False

    def to_dict(self) -> dict[str, Any]:
        """A JSON-able copy for Rasa's entity list."""
        return asdict(self)


def build_pipeline(lexicon: Lexicon) -> Language:
    """A blank Chinese pipeline (character segmenter) with the lexicon as an EntityRuler, ids kept."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER", "overwrite_ents": True})
    ruler.add_patterns(
        [{"label": t.label, "pattern": t.text, "id": f"{t.label}{_SEPARATOR}{t.id}"} for t in _unique(lexicon.terms)]
    )
    return nlp


def save_pipeline(lexicon: Lexicon, folder: Path) -> None:
    """Write the pipeline to a folder that spacy.load and Rasa's SpacyNLP read."""
    build_pipeline(lexicon).to_disk(folder)


def _unique(terms: Iterable[Term]) -> list[Term]:
    """A bare number may be a drug's code and a gene's: the gene stays, context decides whether it counts."""
    by_text: dict[str, Term] = {}
    for term in sorted(terms, key=lambda term: term.label != "code_gene"):
        by_text.setdefault(term.text, term)
    return list(by_text.values())


class Recogniser:
    """Finds entities in a normalised text with a pipeline made by `build_pipeline`."""

    def __init__(self, nlp: Language, lexicon: Lexicon) -> None:
        self._nlp = nlp
        self._lexicon = lexicon
        genes = (term.text for term in lexicon.terms if term.label == "gene")
        self._gene_words = {name for name in genes if name.isascii() and name.isalnum()}
        self._by_sound: dict[tuple[str, ...], set[str]] = {}
        for term in lexicon.terms:
            if term.label == "drug" and re.fullmatch(r"[一-鿿]{3,}", term.text):
                self._by_sound.setdefault(sound(term.text), set()).add(term.id)

    def __call__(self, text: str) -> list[Entity]:
        """The entities in their order. Raises nothing: an empty text has none."""
        return self.from_doc(self._nlp(text)) if text.strip() else []

    def from_doc(self, doc: Any) -> list[Entity]:
        """The entities of a spaCy document whose text is normalised."""
        text = doc.text
        found = [e for span in doc.ents if (e := self._checked(text, span))]
        found += self._by_ear(text, found)
        return sorted(found, key=lambda entity: entity.start)

    def _checked(self, text: str, span: Any) -> Entity | None:
        label, _, entity_id = span.ent_id_.partition(_SEPARATOR)
        start, end = span.start_char, span.end_char
        if _inside_latin_word(text, start, end) and not self._behind_gene(text, start):
            return None
        if label.startswith("code_"):
            if not _code_in_context(text, start, end):
                return None
            label = label.removeprefix("code_")
        return Entity(label, entity_id, start, end, text[start:end])

    def _behind_gene(self, text: str, start: int) -> bool:
        """「EGFR19缺失」: written in one word with the gene's name."""
        word = re.search(r"[a-z][a-z0-9]*$", text[:start])
        return bool(word and word.group() in self._gene_words)

    def _by_ear(self, text: str, known: list[Entity]) -> list[Entity]:
        """Drug names that the dictionary lacks: the same sound is accepted once, anything else is to be asked."""
        heard = []
        for match in _DRUG_SHAPE.finditer(text):
            if any(entity.start < match.end() and match.start() < entity.end for entity in known):
                continue
            heard.append(self._heard(match.group(), match.start()))
        return heard

    def _heard(self, name: str, at: int) -> Entity:
        for cut in range(max(len(name) - 2, 1)):
            if cut and name[cut - 1] not in _BEFORE_NAME:  # 安洛西替尼 is not 洛西替尼
                continue
            ids = self._by_sound.get(sound(name[cut:]), set())
            if len(ids) == 1:
                return Entity("drug", next(iter(ids)), at + cut, at + len(name), name[cut:], heard=True)
        while len(name) > 3 and name[0] in _BEFORE_NAME:
            name, at = name[1:], at + 1
        near = sorted(self._nearest(name))
        return Entity("unknown_drug", _SEPARATOR.join(near), at, at + len(name), name)

    def _nearest(self, name: str) -> set[str]:
        """Drugs whose name shares all syllables but one: candidates to ask about, never to assume."""
        best: set[str] = set()
        for cut in range(max(len(name) - 2, 1)):
            mine = sound(name[cut:])
            for other, ids in self._by_sound.items():
                if (
                    len(other) == len(mine)
                    and sum(a != b for a, b in zip(mine, other, strict=True)) == 1
                    and mine[0][0] == other[0][0]
                ):
                    best |= ids
        return set(sorted(best)[:3])


def _inside_latin_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    return (
        bool(_LATIN.match(text[start]) and before.isascii() and before.isalpha())
        or bool(_LATIN.match(text[end - 1]) and after.isascii() and after.isalpha() and not text[end - 1].isdigit())
        or bool(text[start].isdigit() and (before.isdigit() or before == "."))
        or bool(text[end - 1].isdigit() and after.isdigit())
    )


def _code_in_context(text: str, start: int, end: int) -> bool:
    """A bare number is a name only beside words of genes, tests or drugs, and never as a value or a price."""
    after = text[end : end + 3]
    near = text[max(0, start - 6) : start] + after
    if _LAB_VALUE.match(after) or re.search(
        r"(cea|癌胚抗原?|血小板|白细胞|花了|要价|只要|收了|一共|差不多)[^，。 ]{0,3}$", text[:start]
    ):
        return False
    alone = text.strip() == text[start:end]
    return not alone and (len(text[start:end]) >= 4 or bool(_CODE_CONTEXT.search(near)))
