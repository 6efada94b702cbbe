"""From one message to the profile: only what holds for this patient now is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from houlu.understanding.account import Account, inferred_family
from houlu.understanding.clauses import Clause, clauses, sentences
from houlu.understanding.facts import cancer, course, drugs, duration, genes, pd_l1, retest, shorthand
from houlu.understanding.lexicon import Ambiguous, Lexicon
from houlu.understanding.profile import Profile
from houlu.understanding.recognise import Entity

#: Intents in which a bare drug or gene is a fact of the case.
_TELLING = frozenset(
    (
        "inform",
        "strategy",
        "affirm",
        "deny",
        "unknown",
        "continue",
        "ask_expert",
        "confirm_resistance",
        "change_patient",
    )
)
#: Questions about a drug that need not be the patient's own.
_ABOUT_A_DRUG = frozenset(("dosing", "insurance_price", "unlicensed_drug"))
#: So short a message after a question is its answer.
_SHORT = 16
#: 「MET那栏写了个阳」 says 「MET阳」.
_IN_A_COLUMN = re.compile(
    r"(?<=[a-z0-9]) ?(?:那|这|一)?(?:栏|项|格|行)(?:里|上|后面)?(?:写|填|标|打|报|画|是)(?:了|着|的)?(?:是|个)?"
)
#: Blood after tissue is a new sample only where that is said; else the two results are compared.
_ANEW = re.compile(r"又|再|后来|这次|这回|重新|新抽|不是|其实|上个?(?:周|礼拜|星期|月)|昨|今|刚")
_TELLING_GENES = _TELLING | {"pathway_switch", "combination"}


@dataclass(frozen=True)
class Heard:
    """profile: after the message. said: the keys that the message set or changed. heard_as: drug ids recognised by
    sound only, to be said back. unclear: an ambiguous term to ask about. unknown_drug: a name and the drug ids near it
    ("a|b")."""

    profile: Profile
    said: frozenset[str] = frozenset()
    heard_as: tuple[str, ...] = ()
    unclear: Ambiguous | None = None
    unknown_drug: tuple[str, str] | None = None


def hear(
    profile: Profile,
    text: str,
    entities: list[Entity],
    lexicon: Lexicon,
    *,
    intent: str,
    asked: str | None,
    today: date,
    unclear: str | None = None,
) -> Heard:
    """Read one normalised message.

    intent: what the classifier thinks is asked. asked: the journey's open question ("drug", "progression", "pattern",
    "rebiopsy", "findings", "driver"), whose answer may be a fragment. today: for 「从去年三月」.
    unclear: the id of the ambiguous term that was asked about, whose gene the answer goes on with.
    """
    entities = _with_meant(text, entities, profile, lexicon)
    parts = clauses(text, known=profile != Profile())
    if intent == "change_patient":  # the one named now is the patient
        parts = [replace(part, someone_else=False) for part in parts]
    account = Account(profile, lexicon)
    telling = intent in _TELLING or (asked is not None and len(text) <= 12) or _only_names(text, entities)
    asking = _Asking(intent, asked, telling, today, unclear)
    heard_as: list[str] = []
    for stretch, correcting in sentences(parts):
        names = [e for e in entities if stretch[0].start <= e.start < stretch[-1].end]
        heard_as += _read(account, text, stretch, names, asking, correcting)
    account.forget_other_cancer()
    ambiguous = _unclear(text, parts, entities, account.profile, lexicon, intent, asked)
    unknown = next(((e.text, e.id) for e in entities if e.label == "unknown_drug"), None)
    return Heard(account.profile, frozenset(account.said), tuple(heard_as), ambiguous, unknown)


@dataclass(frozen=True)
class _Asking:
    """What the message is an answer to. telling: a bare name in it is a fact."""

    intent: str
    asked: str | None
    telling: bool
    today: date
    unclear: str | None


def _read(
    account: Account, text: str, parts: list[Clause], entities: list[Entity], asking: _Asking, correcting: bool
) -> list[str]:
    """Take in one stretch of a message. Returns the drugs that were recognised by their sound only."""
    mentions = drugs.heard(text, parts, entities, telling=asking.telling)
    if asking.intent in _ABOUT_A_DRUG:
        questions = [c for c in parts if c.question]
        mentions = [m for m in mentions if not any(c.start <= m.start < c.end for c in questions)]
    account.take_drugs(mentions, correcting)
    account.take("months_on_drug", _months(account.profile, parts, mentions, correcting, asking.today))
    said = genes.heard(
        text,
        parts,
        entities,
        account.lexicon,
        telling=asking.intent in _TELLING_GENES
        or asking.asked in ("findings", "driver")
        or (asking.unclear is not None and len(text) <= _SHORT),
        known_driver=None if correcting else inferred_family(account.profile, account.lexicon),
        known=(*account.profile.negative, *account.profile.findings, asking.unclear or ""),
    )
    tissue = cancer.heard(
        parts,
        entities,
        treated=bool(account.profile.drugs or account.profile.driver or said.driver) or asking.asked == "findings",
        lung=account.profile.cancer == "nsclc",
        adenocarcinoma=account.profile.histology == "adenocarcinoma",
        correcting=correcting,
    )
    account.take_tissue(tissue)
    said.take(tissue.turned, tissue.excluded)
    account.take_genes(said, correcting)
    account.take("pd_l1", pd_l1.heard(text, parts, known=account.profile.pd_l1))
    account.take_progression(course.progression(parts, asked=asking.asked == "progression"), correcting)
    account.deny_patterns(course.denied(parts))
    account.take_pattern(
        course.pattern(parts, about_pattern=asking.intent == "progression_pattern", asked=asking.asked == "pattern"),
        correcting or asking.asked == "pattern",
    )
    tested = _tested(parts, said)
    sample = retest.heard(parts, asked=asking.asked == "rebiopsy") or tested
    if sample == "pending" and tested and (said.findings or said.nothing_found):
        sample = tested  # 「血送出去测了,出来是MET扩增」: it has come
    if not (sample == "blood" and account.profile.rebiopsy == "tissue" and not (correcting or _ANEW.search(text))):
        account.take("rebiopsy", sample)
    return [m.id for m in mentions if m.heard and m.status == "taken"]


def _months(
    profile: Profile, parts: list[Clause], mentions: list[drugs.Mention], correcting: bool, today: date
) -> float | None:
    last = profile.drugs[-1:]
    mentions = [m for m in mentions if any(c.about_us and c.start <= m.start < c.end for c in parts)]
    mentions = [m for m in mentions if m.status != "denied"]
    of_last = {(m.start, m.end) for m in mentions if m.id in last}  # a name may stand for two drugs
    return duration.heard(
        parts,
        named_drug=[(m.start, m.end) for m in mentions],
        earlier=[(m.start, m.end) for m in mentions if (m.start, m.end) not in of_last],
        wanted=bool(last) and profile.months_on_drug is None,
        correcting=correcting,
        today=today,
    )


def _tested(parts: list[Clause], said: genes.Genes) -> str | None:
    """A finding said together with its sample: 「抽血查出T790M」."""
    if not (said.findings or said.negative or said.nothing_found):
        return None
    stated = " ".join(c.text for c in parts if c.about_us)
    if re.search(r"穿刺|活检|组织|气管镜|穿[了的]|扎|病理", stated) and not re.search(
        r"(?:怕|不想|要不要|还用|能不能|再)(?:穿|扎|活检)", stated
    ):
        return "tissue"
    if re.search(r"抽血|血检|血液|验血|液体活检|ctdna|血里|血(?:已经)?送|送血", stated):
        return "blood"
    return None


def _with_meant(text: str, entities: list[Entity], profile: Profile, lexicon: Lexicon) -> list[Entity]:
    """The entities, with the drugs of an ambiguous term that can mean nothing else here: D+T where BRAF V600E is."""
    drivers = {profile.driver} | {lexicon.genes[e.id].as_driver for e in entities if e.label == "gene"}
    meant = [
        Entity("drug", drug, match.start(), match.end(), match.group())
        for term, pattern in lexicon.patterns
        for option in term.options
        if option.given and option.given in drivers
        for match in [pattern.search(text)]
        if match
        for drug in option.drugs
    ]
    return sorted([*entities, *meant], key=lambda e: e.start)


def _only_names(text: str, entities: list[Entity]) -> bool:
    rest = text
    for entity in entities:
        rest = rest.replace(entity.text, "")
    return bool(entities) and len(re.sub(r"[\s,，。和跟、+的是]", "", rest)) <= 1


def _unclear(
    text: str,
    parts: list[Clause],
    entities: list[Entity],
    profile: Profile,
    lexicon: Lexicon,
    intent: str,
    asked: str | None,
) -> Ambiguous | None:
    """An ambiguous term that matters for this case and has not been settled."""
    if not (intent in _TELLING_GENES or asked):
        return None
    text = _IN_A_COLUMN.sub("", text)
    settled = {e.id for e in shorthand.names(text, entities, ()) if e.label == "gene" and not shorthand.is_bare(e)}
    for term, pattern in lexicon.patterns:
        match = pattern.search(text)
        if not match or any(c.hypothetical and c.start <= match.start() < c.end for c in parts):
            continue
        if any(option.gene in settled for option in term.options if option.gene):
            continue
        if any(option.given and option.given in (profile.driver, *settled) for option in term.options):
            continue
        if term.needs == "no_driver" and (inferred_family(profile, lexicon) or profile.drugs):
            continue
        if term.id == "braf_unclear" and {"braf_v600e", "braf_other"} & settled:
            continue
        return term
    return None
