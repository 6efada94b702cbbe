"""From the classifier's ranking to an act: what is foreign, what is danger, and when it is wiser to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from houlu.knowledge import ids
from houlu.knowledge.files import read_yaml
from houlu.safety.red_flags import RedFlags, Sign
from houlu.understanding.clauses import clauses
from houlu.understanding.recognise import Entity

FALLBACK = "nlu_fallback"
_FOREIGN = ("other_disease", "other_cancer", "cancer_general", "special_population", "non_medical")
#: What may be asked about anything: what to do, how to live with it.
_VAGUE = ("strategy", "advice")
_LUNG = ("nsclc", "sclc", "lung")
#: What programs understand and patients do not type: it is only text here.
_COMMAND = re.compile(r"\s*/\s*[a-z_]+|[^一-鿿]*(?:[{}]|</)[^一-鿿]*$")
#: Said in so many words: two patients must never be mixed, whatever the classifier thinks of the rest.
_ANOTHER_PATIENT = re.compile(
    r"先?不(?:讲|说|管|问|聊|提)[^,，。]{1,5}了[,，。 ]*(?:来|再)?(?:说|讲|问|聊)[说讲问聊]?(?:我|俺|咱)|"
    r"换(?:个|一个|一位|另一个)(?:病人|患者)|换(?:个|一个)人(?:问|[,，。 ]|说(?:我|俺|咱|下)|$)"
    r"|另(?:外)?(?:一)?(?:个|位)(?:病人|患者)|的(?:情况)?先(?:放放|放一放|放下|放一边|不说|别管)"
)
_WIPE = re.compile(
    r"重新开始|从头|重来|重新来|重新说|全部清|清空|清掉|再来一遍|重头|换个人|换一个人|(?:另外一个|另一个|另一位)(?!群|病友|地|药|办法|方|医|位置|基因|突变)|别的病人|还有一个(?:病人|人)|不是(?:我)?(?:妈|爸)了"
)
_STRONG = re.compile(
    r"耐药|抗药|靶向|靶点|病灶|再活检|活检|基因检测|突变|扩增|三代药|二代药|一代药|免疫治疗|化疗|进展|胸水|药.{0,4}(?:不管用|没用了|冇用|不灵|失效|没效|没啥效|没劲|不顶|不行了|不好使|不起作用)|肿瘤标志物|cea|没靶|变(?:成)?了?(?:小细胞|鳞)|转(?:成|了)?(?:小细胞|鳞)"
)
#: What may stand around names that are only told.
_WHOSE = re.compile(
    r"[\s,，。.和跟、+的是了呢啊哈]|我|俺|咱|他|她|家里?|爸爸?|妈妈?|爹|娘|爷爷?|奶奶?|老公|老婆|老伴|外公|外婆|公公|婆婆|岳父|岳母|先生|太太|得|患|晚期|[一二三四1-4]期"
)
#: A disease that was, beside what is asked now.
_HISTORY = re.compile(r"[得有患做犯]过|以前|老早|早年|从前|曾经|去年|前年|上个?月|病史|老毛病|好了|治好")
_WISH = re.compile(r"想|要|能|可以|请|求|讲|说说|介绍|了解|推荐|帮|听说|试试")
#: How much or how often: never to be answered, whatever else the message is about.
_DOSE = re.compile(
    r"(?:打|吃|用|服|上)多少(?:毫升|毫克|片|粒|支|剂量|mg|ml|量|$|[,，。?？ ])|多少(?:毫升|毫克|mg|ml)|"
    r"一天(?:能|要|该|得)?(?:吃|打|用|服)几[次片粒颗]|几[片粒颗]一天"
)
#: Up to here a message of unknown words is too little to judge.
_SHORT = 4


@dataclass(frozen=True)
class Thresholds:
    """Chosen on unseen voices (docs/understanding.md), not by feel.

    Seven for the summed probability of the emergency intents. flagged: enough where a red-flag rule holds; below it
    the classifier is sure that the rule mistook a word; flagged_self_harm: the same of suicide. emergency: enough
    where a sign of the danger is named. alone: enough without one. silent: enough where a sign is named, but denied,
    past or somebody else's. foreign_danger: the same where another disease is named. own_topic: what the classifier
    needs to name the danger otherwise than the rule does.
    answer: below it Houlu asks what was meant. foreign: below it, without a word of our subject, a question is not
    ours; vague: the same of the questions that anybody may ask about anything.
    told: from here a message that asks nothing is an account. plainly: an account so sure is one, whatever organs it
    names. known: the least share of n-grams that the training data knows. wipe: what starting over or changing the
    patient needs, unless the words themselves say it.
    """

    flagged: float = 0.1
    flagged_self_harm: float = 0.05
    emergency: float = 0.3
    alone: float = 0.6
    silent: float = 0.9
    foreign_danger: float = 0.9
    own_topic: float = 0.5
    answer: float = 0.2
    foreign: float = 0.5
    vague: float = 0.65
    known: float = 0.25
    wipe: float = 0.75
    told: float = 0.3
    plainly: float = 0.95


class Decider:
    """Built once from `lexicon/foreign.yaml`; calling it is pure."""

    def __init__(
        self,
        home: str,
        other_disease: str,
        shared: Collection[str],
        rules: Callable[[], RedFlags],
        thresholds: Thresholds = Thresholds(),
    ) -> None:
        """shared: ids of genes and drugs that other cancers have too. rules: the red-flag rules in use now."""
        self._rules = rules
        self._shared = frozenset(shared)
        self._home = re.compile(home)
        self._other = re.compile(other_disease.replace(" ", ""))
        self._at = thresholds

    @classmethod
    def load(cls, knowledge: Path, rules: Callable[[], RedFlags] | None = None) -> Decider:
        """rules: those in use, which may change; without it the folder's now. Raises KnowledgeError."""
        data = read_yaml(knowledge / "lexicon" / "foreign.yaml")
        return cls(data["home"], data["other_disease"], data["shared"], rules or _standing(RedFlags.load(knowledge)))

    def __call__(
        self,
        text: str,
        entities: Sequence[Entity],
        ranking: Sequence[tuple[str, float]],
        known: float,
    ) -> tuple[str, float]:
        """The intent to act on and its confidence.

        ranking: all intents, best first. known: the share of the message's n-grams that training has seen, 0 to 1.
        """
        share = dict(ranking)
        if danger := self._danger(text, entities, ranking, known):
            return danger, share[danger]
        if _COMMAND.match(text):
            return "non_medical", 1.0
        if _ANOTHER_PATIENT.search(text) and not self.other_cancer(entities):
            return "change_patient", 1.0
        if _is_name_only(text, entities):
            return "inform", 1.0
        calm = [(name, p) for name, p in ranking if name not in ids.EMERGENCY_TOPICS]
        calm = self._without_rash(text, entities, calm)
        best, confidence = calm[0]
        if (foreign := self._foreign(text, entities, calm)) is not None:
            return foreign, max(confidence, share.get(foreign, 0.0))
        if known < self._at.known:
            return ("non_medical" if len(text) > _SHORT else FALLBACK), confidence
        if self._is_unsure(calm):
            if self._ours_only(text, entities) and not any(c.question for c in clauses(text)):
                return "inform", confidence  # a complaint of ours in unknown words: the journey asks on
            return self._unsure(text, entities, calm), confidence
        if best in (*ids.IN_SCOPE_TOPICS, "other_disease") and _DOSE.search(text):
            return "dosing", confidence
        if best in ids.IN_SCOPE_TOPICS and share.get("inform", 0.0) >= self._at.told and _asks_nothing(text, entities):
            return "inform", confidence
        return best, confidence

    def _is_unsure(self, calm: Sequence[tuple[str, float]]) -> bool:
        best, first = calm[0]
        return first < self._at.answer and best not in ("inform", "other_disease", "other_cancer", "non_medical")

    def _without_rash(
        self, text: str, entities: Sequence[Entity], calm: list[tuple[str, float]]
    ) -> list[tuple[str, float]]:
        """The ranking without what nothing in the words supports: wiping the account, or a foreign subject although
        only ours is named."""
        rash = {name for name in ("start_over", "change_patient") if not _WIPE.search(text)}
        kept = [(n, p) for n, p in calm if not (n in rash and p < self._at.wipe)]
        if self._ours_only(text, entities):
            theirs = "other_cancer" if not self._outweighs(entities) else ""  # 「髓样癌 RET的药」: they have RET, too
            kept = [
                (n, p)
                for n, p in kept
                if n not in ("other_disease", "other_cancer", "non_medical") or (n == theirs and p >= self._at.alone)
            ] or kept
        return kept or calm

    def _ours_only(self, text: str, entities: Sequence[Entity]) -> bool:
        ours = self.is_lung(entities) or bool(_STRONG.search(text))
        return ours and not self.other_cancer(entities) and not self._about_another_disease(text)

    def _about_another_disease(self, text: str) -> bool:
        """Another disease is spoken of, and not only as history beside a question of ours: 「得过脑梗 能上贝伐吗」."""
        parts = clauses(text)
        others = [part for part in parts if self._other.search(part.text)]
        if any(part.question and self._home.search(part.text) and part not in others for part in parts):
            return False
        return any(not _HISTORY.search(part.text) or len(parts) == 1 for part in others)

    def _danger(
        self, text: str, entities: Sequence[Entity], ranking: Sequence[tuple[str, float]], known: float
    ) -> str | None:
        """The emergency topic that rules and classifier agree on, or that one of them is sure enough of."""
        flagged = [(name, p) for name, p in ranking if name in ids.EMERGENCY_TOPICS]
        share = sum(p for _, p in flagged)
        topic, own = flagged[0]
        rules = self._rules()
        if flag := rules.find(text):
            least = self._at.flagged_self_harm if flag.topic == "self_harm" else self._at.flagged
            if share < least and known >= self._at.known:
                return None
            return topic if own >= self._at.own_topic else flag.topic
        if share < self._at.emergency or rules.is_everyday(text, topic):
            return None
        if share < self._at.foreign_danger and self._speaks_of_others(text, entities):
            return None
        if topic != "self_harm" and _only_supposed(text):
            return topic if share >= self._at.silent else None
        return topic if share >= self._needed(rules.sign(text, topic)) else None

    def _needed(self, sign: Sign) -> float:
        return {"told": self._at.emergency, "none": self._at.alone, "silent": self._at.silent}[sign]

    def _speaks_of_others(self, text: str, entities: Sequence[Entity]) -> bool:
        return self.other_cancer(entities) or bool(self._other.search(text))

    def _foreign(self, text: str, entities: Sequence[Entity], calm: Sequence[tuple[str, float]]) -> str | None:
        best, confidence = calm[0]
        ours = best in ids.IN_SCOPE_TOPICS or best == "inform"
        if self.other_cancer(entities) and not self._outweighs(entities):
            return (
                "other_cancer"
                if ours
                or best
                in (
                    "cancer_general",
                    "side_effect",
                    "nutrition",
                    "prognosis",
                    "other_disease",
                    "tcm_supplement",
                    "self_stop_or_change",
                    FALLBACK,
                    "dosing",
                    "insurance_price",
                )
                else None
            )
        if not ours:
            return None
        if best == "inform" and confidence >= self._at.plainly:
            return None  # 「肝上 肾上腺上 腰椎也有」 tells where it is
        if (
            self._about_another_disease(text)
            and not self.is_lung(entities)
            and not re.search(r"靶向|耐药后|肺|化疗|免疫治疗", text)
        ):
            return "other_disease"
        if best != "inform" and not (self.at_home(text, entities) or _STRONG.search(text)):
            least = self._at.vague if best in _VAGUE and len(text) > _SHORT else self._at.foreign
            weak = confidence < least or confidence < 2 * self._foreign_mass(calm)
            return FALLBACK if weak else None
        return None

    @staticmethod
    def _foreign_mass(calm: Sequence[tuple[str, float]]) -> float:
        return sum(p for name, p in calm if name in _FOREIGN)

    def _unsure(self, text: str, entities: Sequence[Entity], calm: Sequence[tuple[str, float]]) -> str:
        """Ask when the candidates are ours; a foreign favourite is handed over rather than asked about."""
        ours = sum(p for name, p in calm[:4] if name in ids.IN_SCOPE_TOPICS or name == "inform")
        if ours >= sum(p for name, p in calm[:4]) / 2 and self.at_home(text, entities):
            return FALLBACK
        foreign = [name for name, _ in calm[:4] if name not in ids.IN_SCOPE_TOPICS]
        return foreign[0] if foreign else FALLBACK

    def at_home(self, text: str, entities: Sequence[Entity]) -> bool:
        """The message has a word of our subject."""
        return (
            bool(self._home.search(text))
            or any(e.label in ("drug", "gene") for e in entities)
            or self.is_lung(entities)
        )

    def names_our_subject(self, text: str) -> bool:
        """The text has a word of our subject, whatever names are in it."""
        return bool(self._home.search(text))

    @staticmethod
    def other_cancer(entities: Sequence[Entity]) -> bool:
        """Another cancer, or a drug that is given only for another one, is named."""
        return any(e.label == "cancer" and e.id not in _LUNG for e in entities)

    def _outweighs(self, entities: Sequence[Entity]) -> bool:
        """A lung cancer, or what only lung cancers have, is named beside the other cancer."""
        return self.is_lung([e for e in entities if e.id not in self._shared])

    @staticmethod
    def is_lung(entities: Sequence[Entity]) -> bool:
        """A lung cancer, or a gene or drug of our table, is named."""
        return any(e.label in ("gene", "drug") or (e.label == "cancer" and e.id in _LUNG) for e in entities)


def _standing(rules: RedFlags) -> Callable[[], RedFlags]:
    return lambda: rules


def _asks_nothing(text: str, entities: Sequence[Entity]) -> bool:
    """「易瑞沙耐药 查出T790M了」 names what the case is, and neither asks nor wishes."""
    named = any(entity.label in ("drug", "gene") for entity in entities)
    return named and not _WISH.search(text) and not any(part.question for part in clauses(text))


def _only_supposed(text: str) -> bool:
    """「要是哪天烧到39度 我该找谁」: what is not asked is supposed. Veiled words of suicide suppose, too."""
    parts = clauses(text)
    return any(part.hypothetical for part in parts) and all(part.hypothetical or part.question for part in parts)


def _is_name_only(text: str, entities: Sequence[Entity]) -> bool:
    """「奥希」「我妈肺腺癌」: nothing but names, and whose they are, tells a fact."""
    rest = text
    for entity in entities:
        if entity.label not in ("drug", "gene") and entity.id not in _LUNG:
            return False
        rest = rest.replace(entity.text, "")
    return bool(entities) and not _WHOSE.sub("", rest)
