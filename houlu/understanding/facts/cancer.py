"""Which cancer the patient has, of what kind of tissue, and whether it has turned into another kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from houlu.understanding.clauses import Clause
from houlu.understanding.recognise import Entity

#: 乳腺癌, 胰腺癌 and the like are cancers of other organs.
_ADENO = re.compile(r"(?<![乳胰状列涎液腮胃肠宫])腺(?:癌|ca)|肺腺(?!泡)")
_SQUAMOUS = re.compile(r"(?<![食管颈喉舌腔])鳞(?:癌|ca)|鳞状细胞癌|(?<=[变转])鳞|(?<=[变转]成)鳞")
_SMALL = re.compile(r"(?<!非)小细胞(?!肺?癌?(?:疫苗|怎么))")
_LUNG = re.compile(r"肺")
_TURNED = re.compile(r"转|变|结果|写的|这次|这回|穿|再穿|活检|病理|重新|后来|又|混|合并|成分")
_ORIGIN = re.compile(r"一上来|一开始|本来|原来|起初|当初|确诊就|查出来就|原先")
_NOT = re.compile(r"(?:没有|没|无|未见?|不是|排除了?|冇|不像)[^,]{0,4}$")


@dataclass(frozen=True)
class Tissue:
    """cancer: nsclc, sclc, "lung" (which was not said) or None. turned: the finding it turned into; excluded: not into
    that."""

    cancer: str | None = None
    histology: str | None = None
    turned: str | None = None
    excluded: str | None = None


def heard(
    clauses: list[Clause], entities: list[Entity], *, treated: bool, lung: bool, adenocarcinoma: bool, correcting: bool
) -> Tissue:
    """Read one stretch of a message.

    treated: a targeted drug or its gene is known, so that small cells are a transformation. adenocarcinoma: the case is
    known as one, so that squamous cells are a transformation, unless correcting. lung: a lung cancer is known.
    """
    ours = [c for c in clauses if c.about_us]
    named = {e.id for e in entities if e.label == "cancer" and any(c.start <= e.start < c.end for c in ours)}
    foreign = bool(named - {"nsclc", "lung", "sclc"})
    lung = lung or bool(named & {"nsclc", "lung", "sclc"}) or treated or any(_LUNG.search(c.text) for c in ours)
    adeno = (lung or not foreign) and any(_states(_ADENO, c) for c in ours)
    turned, excluded = _turned(ours, treated, (adeno or adenocarcinoma) and not correcting)
    squamous = (lung or not foreign) and turned is None and any(_states(_SQUAMOUS, c) for c in ours)
    squamous = squamous and (correcting or not adenocarcinoma)
    histology = "adenocarcinoma" if adeno else "squamous" if squamous else None
    if "nsclc" in named or (histology and lung):
        return Tissue("nsclc", histology, turned, excluded)
    if turned or excluded:
        return Tissue(None, histology, turned, excluded)
    small = "sclc" in named or any(_states(_SMALL, c) and (c.known) for c in ours)
    return Tissue("sclc" if small and not treated else "lung" if "lung" in named else None, histology)


def _states(kind: re.Pattern[str], clause: Clause) -> bool:
    match = kind.search(clause.text)
    return bool(match and not _denied(match, clause.text))


def _denied(match: re.Match[str], text: str) -> bool:
    return bool(
        _NOT.search(text[: match.start()]) or re.match(r"(?:癌|转化)?(?:不是|没有|阴性|排除)", text[match.end() :])
    )


def _turned(ours: list[Clause], treated: bool, adeno: bool) -> tuple[str | None, str | None]:
    for kind, finding, known in (
        (_SMALL, "sclc_transformation", treated),
        (_SQUAMOUS, "squamous_transformation", adeno),
    ):
        for clause in ours:
            match = kind.search(clause.text)
            if not match or clause.question or clause.doubtful or _ORIGIN.search(clause.text):
                continue
            denied = _denied(match, clause.text)
            if not (
                _TURNED.search(clause.text)
                and (known or denied or re.search(r"[转变][^,]{0,4}$", clause.text[: match.start()]))
            ):
                continue
            if denied:
                return None, finding
            return finding, None
    return None, None
