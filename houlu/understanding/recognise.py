"""Which drugs, genes and cancers a message names: spaCy's EntityRuler, then what only context or sound tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import spacy
from spacy.language import Language

from houlu.understanding.lexicon import CLASS_NAMES, Lexicon, Term
from houlu.understanding.normalise import sound

Label = Literal["drug", "gene", "cancer", "unknown_drug"]
_SEPARATOR = "|"
_LATIN = re.compile(r"[a-z0-9]")
#: Beside a bare number: it is a gene's or a drug's.
_CODE_CONTEXT = re.compile(
    r"突变|位点|点位|阳|阴|基因|检|测|查|有(?!点)|出|没|莫|冇|无|除|顺式|反式|耐|药|写|加|和|跟|转|egfr|alk|ros1|met|ret|t790m|c797s|是|系|报"
)
_CODE_TAKEN_BEFORE = re.compile(r"(?:吃|用|服|食|打|上|换|转|联|加|试|停)(?:了|过|着|的|完|成|到|合|咗|紧)?(?:是)? ?$")
_CODE_TAKEN_AFTER = re.compile(
    r"^ ?(?:吃|打|用|上|服|没|耐|这会儿|到现在|失效|\+|联|加|[一两三四五六七八九十半\d]+个?(?:多)?(?:月|年|周|针))"
)
_LAB_VALUE = re.compile(
    r" ?(?:元|块|钱|万|%|ml|mg|ng|公里|毫|厘|u/|μ|/|\.\d)|千|号|楼|路|点半|床|电话|体温|斤|米|年|月|日|天|岁|个(?!月)|人(?!家)|层|度|分|次|步|小时|房|栋|排|多"
)
_LAB_NAME = re.compile(
    r"(?:cea|癌胚抗原?|血小板|白细胞|指标|标志物|cyfra|nse|scc|ca ?\d+|ldh|血压|血糖|转氨酶|体重|心率|中性粒|肌酐|花了|要价|只要|收了|一共|差不多|高达|号|涨到|升到|降到|从)[^,，。;a-z]{0,6}$"
)
#: Two digits are a name only where nothing else can be meant: 「是858,不是19」「19的吃易瑞沙」.
_SHORT_CODE_BEFORE = re.compile(r"(?:^|[,，。 ]|是|系|只有|有|我[爸妈]|家)$")
_ALONE_BEFORE = re.compile(r"(?:^|[,，。;; ]|[爸妈爹娘公婆伴爷奶家]|是)$")
_ALONE_AFTER = re.compile(r"^(?:的?(?:[,，。;; ]|$))")
_SHORT_CODE_AFTER = re.compile(r"^(?:的(?![号日天岁床楼])|[,，。 ]|$)")
_CHINESE = re.compile(r"[一-鿿]+")
#: What may stand right before a drug's name; any other character is part of the name.
_BEFORE_NAME = frozenset(
    "吃用服食打上试喝换改转加配是的了着过叫药和跟与或先后再又还就给种代片粒盒我你他她俺爸妈爹娘爷奶公婆哥姐弟妹叔姨舅姑"
)
_HAN = re.compile(r"[一-鿿]{3,}")
#: 「大伯了」 is an uncle and not 达伯乐.
_KIN = re.compile(r"大[伯爷姨姑叔舅]")
_DRUG_SHAPE = re.compile(r"[一-鿿]{1,4}(?:[替提体][尼泥你]|非尼|珠单抗|利单抗|妥单抗|尤单抗|雷塞)")

_SPLIT = re.compile(
    r"(?<![a-z])(?P<gene>met|her2|egfr|alk|ret|ros1|ntrk|braf|kras)(?P<between>(?:基因|也|都|还|就|的|是|有|又|再|查|检|测|发现|出|到|见|了|没有|没|未|无|冇|唔|啥|什么|显示|提示|结果|呢| )*)(?P<event>扩增|过表达|高表达|突变|融合|重排)"
)


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
        self._genes = {term.text: term.id for term in lexicon.terms if term.label == "gene"}
        self._gene_words = {name for name in self._genes if name.isascii() and name.isalnum()}
        self._by_sound: dict[tuple[str, ...], set[str]] = {}
        self._spelt: dict[tuple[str, ...], str] = {}
        for term in lexicon.terms:
            if term.label == "drug" and term.id not in CLASS_NAMES and _HAN.fullmatch(term.text):
                self._by_sound.setdefault(_syllables(term.text), set()).add(term.id)
                self._spelt[_syllables(term.text)] = self._spelt.get(_syllables(term.text), "") + term.text
        self._lengths = sorted({len(key) for key in self._by_sound}, reverse=True)
        self._shortened: dict[str, set[str]] = {}
        for drug in lexicon.drugs.values():
            if drug.id not in CLASS_NAMES and _CHINESE.fullmatch(drug.zh) and len(drug.zh) > 3:
                for key in (drug.zh, *_without_one(drug.zh)):
                    self._shortened.setdefault(key, set()).add(drug.id)
        self._longest = max(map(len, self._shortened), default=0) + 1

    def __call__(self, text: str) -> list[Entity]:
        """The entities in their order. Raises nothing: an empty text has none."""
        return self.from_doc(self._nlp(text)) if text.strip() else []

    def from_doc(self, doc: Any) -> list[Entity]:
        """The entities of a spaCy document whose text is normalised."""
        text = doc.text
        found = self._split(text)
        listed = [self._named(text, span) for span in doc.ents]
        found += [self._doubted(text, e) for e, is_code in listed if e and not is_code and not _overlaps(e, found)]
        found += self._by_ear(text, found)
        codes = [e for e, is_code in listed if e and is_code and not _overlaps(e, found)]
        named = any(e.label in ("drug", "gene") for e in found) or len(codes) > 1
        found += [e for e in codes if _code_in_context(text, e, named)]
        return sorted(found, key=lambda entity: entity.start)

    def _split(self, text: str) -> list[Entity]:
        """「met也没扩增」「her2有突变」: the event stands apart from its gene."""
        found = []
        for match in _SPLIT.finditer(text):
            gene = self._genes.get(match["gene"] + match["event"])
            if gene and match["between"]:
                found.append(Entity("gene", gene, match.start(), match.end(), match.group()))
        return found

    def _named(self, text: str, span: Any) -> tuple[Entity | None, bool]:
        """The entity of a listed name, and whether it is a bare number that needs its context."""
        label, _, entity_id = span.ent_id_.partition(_SEPARATOR)
        start, end = span.start_char, span.end_char
        if _inside_latin_word(text, start, end) and not self._behind_gene(text, start):
            return None, False
        return Entity(label.removeprefix("code_"), entity_id, start, end, text[start:end]), label.startswith("code_")

    def _doubted(self, text: str, found: Entity) -> Entity:
        """A name inside what is one character off another drug's name may be that drug, written wrong: to be asked.

        「阿法美替尼」 holds 阿法, and is 阿美替尼 with a character too many.
        """
        if found.label != "drug" or not _CHINESE.fullmatch(found.text):
            return found
        for start in range(found.start, max(0, found.end - self._longest) - 1, -1):
            if not _CHINESE.fullmatch(text[start]):
                break
            for end in range(found.end, min(len(text), start + self._longest) + 1):
                meant = self._one_off(text[start:end]) if end - start > len(found.text) else set()
                if meant - {found.id}:
                    return _asked_about({*meant, found.id}, start, text[start:end])
        return found

    def _one_off(self, name: str) -> set[str]:
        """The drugs whose Chinese name is at most one character away from this one."""
        return set().union(*(self._shortened.get(key, set()) for key in (name, *_without_one(name))))

    def _behind_gene(self, text: str, start: int) -> bool:
        """「EGFR19缺失」: written in one word with the gene's name."""
        word = re.search(r"[a-z][a-z0-9]*$", text[:start])
        return bool(word and word.group() in self._gene_words)

    def _by_ear(self, text: str, known: list[Entity]) -> list[Entity]:
        """Drug names that the dictionary lacks: the same sound is accepted once, anything else is to be asked."""
        heard = []
        for run in _HAN.finditer(text):
            heard += self._same_sound(run.group(), run.start(), known)
        for match in _DRUG_SHAPE.finditer(text):
            if not _overlaps(entity := self._unknown(match.group(), match.start()), [*known, *heard]):
                heard.append(entity)
        return heard

    def _same_sound(self, run: str, at: int, known: list[Entity]) -> list[Entity]:
        sounds = _syllables(run)
        found: list[Entity] = []
        for start in range(len(run)):
            for length in self._lengths:
                ids = self._by_sound.get(sounds[start : start + length])
                if ids is None or len(ids) > 1 or start + length > len(run):
                    continue
                name = run[start : start + length]
                if not set(name) & set(self._spelt[sounds[start : start + length]]):  # 「一路咳」 is not 伊鲁克
                    continue
                if _KIN.match(name):
                    continue
                entity = Entity("drug", next(iter(ids)), at + start, at + start + length, name, heard=True)
                if not _overlaps(entity, [*known, *found]) and _begins_a_name(run, start, name):
                    found.append(entity)
                    break
        return found

    def _unknown(self, name: str, at: int) -> Entity:
        while len(name) > 3 and name[0] in _BEFORE_NAME:
            name, at = name[1:], at + 1
        return _asked_about(self._nearest(name), at, name)

    def _nearest(self, name: str) -> set[str]:
        """Drugs whose name shares all syllables but one: candidates to ask about, never to assume."""
        best: set[str] = set()
        for cut in range(max(len(name) - 2, 1)):
            mine = _syllables(name[cut:])
            for other, ids in self._by_sound.items():
                if (
                    len(other) == len(mine)
                    and sum(a != b for a, b in zip(mine, other, strict=True)) == 1
                    and mine[0][0] == other[0][0]
                ):
                    best |= ids
        return set(sorted(best)[:3])


def _overlaps(entity: Entity, others: list[Entity]) -> bool:
    return any(other.start < entity.end and entity.start < other.end for other in others)


def _asked_about(drugs: set[str], at: int, name: str) -> Entity:
    return Entity("unknown_drug", _SEPARATOR.join(sorted(drugs)[:3]), at, at + len(name), name)


def _without_one(name: str) -> set[str]:
    """The name without each of its characters: two names one character apart share one of these, or are one."""
    return {name[:at] + name[at + 1 :] for at in range(len(name))}


def _inside_latin_word(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    return (
        bool(_LATIN.match(text[start]) and before.isascii() and before.isalpha())
        or bool(_LATIN.match(text[end - 1]) and after.isascii() and after.isalpha() and not text[end - 1].isdigit())
        or bool(text[start].isdigit() and (before.isdigit() or before == "."))
        or bool(text[end - 1].isdigit() and after.isdigit())
    )


def _code_in_context(text: str, code: Entity, named: bool) -> bool:
    """A bare number is a name only beside words of genes, tests or drugs, and never as a value or a price.

    named: the message names a drug or a gene beside.
    """
    start, end = code.start, code.end
    before, after = text[:start], text[end:]
    if text.strip() == code.text or _LAB_VALUE.match(after) or _LAB_NAME.search(before):
        return False
    if end - start < 3 and text[start].isdigit():
        return named and bool(_SHORT_CODE_BEFORE.search(before) and _SHORT_CODE_AFTER.match(after))
    taken = _CODE_TAKEN_BEFORE.search(before) or _CODE_TAKEN_AFTER.match(after)
    alone = code.label == "gene" and _ALONE_BEFORE.search(before) and _ALONE_AFTER.match(after)
    return named or end - start >= 4 or bool(alone) or bool(taken or _CODE_CONTEXT.search(before[-6:] + after[:3]))


def _begins_a_name(run: str, start: int, name: str) -> bool:
    """A generic name may be the tail of one that does not exist: 安洛西替尼 is not 洛西替尼."""
    return not _DRUG_SHAPE.fullmatch(name) or not start or run[start - 1] in _BEFORE_NAME


def _syllables(text: str) -> tuple[str, ...]:
    """Character by character, so that a stretch of a sentence sounds as the name alone."""
    return tuple(sound(char)[0] for char in text)
