"""Which drugs this patient has taken, in order: not those only asked about, planned, denied, or somebody else's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from houlu.understanding.clauses import Clause
from houlu.understanding.recognise import Entity

Status = Literal["taken", "denied", "mentioned"]

_FAILED = r"(?:耐|失效|无效|没效|没啥效|没用了|没用$|不行了|不灵|不管用|不顶|不起作用|没作用|压不住|控制不住|控不住|进展|又长|又大|长了|大了|不好使|失败|冇效|冇用|断了药效|顶不住|没劲)"
_TIME = r"(?:大半|小半|半|小|快|差不多|将近|大概|[\d一二两俩三仨四五六七八九十几])+(?:来|多)?(?:个)?(?:多|半)?(?:个)?(?:月|年|星期|礼拜|周)"
_TAKEN_AFTER = re.compile(
    rf"^[^,]{{0,5}}(?:吃|用|服|食|打|上|试)(?:了|着|过|完|到|得|的|咗|紧|{_TIME})|^(?:已经|已|也|都|就|现在|又|今年|它|这药|这个|那个|片|胶囊|之前|以前|不知道是不是|好像|好似|可能|貌似|怕是|怕)*{_FAILED}"
    rf"|^(?:片|胶囊|已经|才|都|也|有|有了)?{_TIME}|^(?:之|以)?后|^(?:也)?(?:断断续续|一直)?(?:在)?(?:吃|用|服|食)(?:了|着|的)"
)
_TAKEN_BEFORE = re.compile(
    r"(?:吃|用|服|食|打|口服)(?:的|着|了|过|完|咗|紧)(?:药)?(?:是|就是|叫)?$|(?:吃|用|服|食)$|(?:换|改|转)(?:了|成了|到了|上了|吃了|用了)$|(?:一直|正在|现在|目前|最早|开始|一线|二线|一开始|原来|之前|以前|先|后来|先是|后是|然后|接着)(?:是|用|吃|上|服|口服|打|换|换成|改成|改)*(?:的|了)?$|药(?:是|叫|名)$"
)
_PLANNED_BEFORE = re.compile(
    r"(?:能|能不能|可以|可不可以|可唔可以|要不要|要唔要|该不该|想|准备|打算|建议|让|叫|要给|给加|给换|推荐|考虑|听说|适合|下一步|接下来|后面|还能|再|直接|换成|改成|改|配|加上|加|联合|买|弄|搞|开|上)(?:我|他|她|爸|妈|我爸|我妈|病人|给|单独|单|只|光|先|也|就|一起|同时|继续|换|吃|用|食|服|上|加|打|试|试试|换成|改成|成)*$"
)
#: 「后来换成」: it has happened.
_CHANGED_BEFORE = re.compile(
    r"(?:后来|然后|接着|之后|于是|就|已经|又|现在|目前)(?:医生|大夫|主任)?给?(?:他|她|我)?(?:又|就)?(?:换|改|转)(?:成|到|上|吃|用|为|的|了)*$"
)
_QUESTION_AFTER = re.compile(
    r"^[^,]{0,10}(?:吗|么|行不|好不|能不能|可不可以|怎么样|咋样|是啥|是什么|干啥|多少钱|医保|报销|副作用|哪买|哪儿|有用|管用|好使|靠谱|适合|行吗|得唔得|好唔好|几时|几钱)"
)
_DENIED_BEFORE = re.compile(
    r"(?:没|没有|未|从没|从来没|冇)(?:吃|用|服|食|打|上|试)?(?:过)?(?:靶向药|靶向|这个药)?$|(?:不是|唔系|并非|不叫)(?:吃|用)?(?:的)?$"
)
#: 「没用」 alone says that it failed.
_DENIED_AFTER = re.compile(r"^(?:没|没有|未|冇)(?:(?:吃|服|食|打|上|试)(?:过)?|用过)")
_EARLIER = re.compile(r"之前|以前|先前|最早|一开始|原来|起初|前面|先|开头")
_LATER = re.compile(r"现在|目前|后来|换|改|接着|然后|如今")
#: A class counts only when it is said to have been given.
_CLASS_GIVEN = {
    "chemotherapy": re.compile(
        r"(?<!没)(?<!没有)(?:做|打|上|用|化)(?:过|了|完)(?!吗|么)[^,]{0,6}(?:化疗|次化疗)|化疗(?:了|过|完|做了|打了|失败|也没用|没用|无效|\d|[一二两三四五六七八]次|后又|后进展|后耐药|后长)|化(?:过|完)疗|化了(?:\d|[一二两三四五六])"
    ),
    "immunotherapy": re.compile(
        r"(?:打|用|上|做)(?:过|了|完)[^,]{0,4}(?:免疫|pd1)|免疫(?:治疗|药|针)?(?:打了|用了|做了|失败|也没用|无效|耐药)"
    ),
}


@dataclass(frozen=True)
class Mention:
    """A drug in the message and what is said of it. order: 0 earlier, 1 as told, 2 later."""

    id: str
    status: Status
    order: int
    start: int
    heard: bool = False


def heard(text: str, clauses: list[Clause], entities: list[Entity], *, telling: bool) -> list[Mention]:
    """Every named drug in order of the text, then the classes said to have been given.

    telling: the message tells facts (or answers the question for the drug), so a bare name means "taken".
    """
    named = [e for e in entities if e.label == "drug" and e.id not in _CLASS_GIVEN]
    mentions = [_mention(text, clauses, entity, named, telling) for entity in named]
    mentions += _given_classes(clauses, mentions)
    return mentions


def _mention(text: str, clauses: list[Clause], entity: Entity, named: list[Entity], telling: bool) -> Mention:
    at = next((i for i, c in enumerate(clauses) if c.start <= entity.start < c.end), None)
    if at is None:
        return Mention(entity.id, "mentioned", 1, entity.start, entity.heard)
    clause = clauses[at]
    before, after = _around(text, clauses, at, entity, named)
    if not clause.about_us:
        status: Status = "mentioned"
    elif _DENIED_BEFORE.search(before) or _DENIED_AFTER.search(after):
        status = "denied"
    elif _PLANNED_BEFORE.search(before) and not _has_changed(clause, before):
        status = "taken" if _FAILED_SOON.match(after) or _FOR_SO_LONG.match(after) else "mentioned"
    elif _TAKEN_AFTER.search(after) or (_TAKEN_BEFORE.search(before) and not _QUESTION_AFTER.search(after)):
        status = "taken"
    elif _QUESTION_AFTER.search(after) or clause.question:
        status = "mentioned"
    else:
        status = "taken" if telling else "mentioned"
    return Mention(entity.id, status, _order(before, clause.start, named), entity.start, entity.heard)


def _has_changed(clause: Clause, before: str) -> bool:
    """「换了」「后来换成」 tell what was done; 「想换成」「现在换成行不行」 do not."""
    done = re.search(r"(?:换|改|转)(?:成|到|上|吃|用)?$", before.replace("了", "")[-3:] if "了" in before[-3:] else "")
    return bool(done) or (not clause.question and bool(_CHANGED_BEFORE.search(before)))


def _order(before: str, start: int, named: list[Entity]) -> int:
    """0 earlier, 2 later, 1 as told: the nearest word of time between the name before and this one."""
    since = max((e.end - start for e in named if e.end - start <= len(before)), default=0)
    near = before[max(since, len(before) - 12, 0) :]
    earlier = max((m.start() for m in _EARLIER.finditer(near)), default=-1)
    later = max((m.start() for m in _LATER.finditer(near)), default=-1)
    if earlier == later:
        return 1
    return 0 if earlier > later else 2


_FAILED_SOON = re.compile(rf"^(?:吃|用|服|打)?(?:了)?(?:{_TIME})?(?:就|又|也|都|已经)?{_FAILED}")
_FOR_SO_LONG = re.compile(rf"^(?:都|已经|快|有|吃|用|了)*{_TIME}多?了")


def _around(text: str, clauses: list[Clause], at: int, entity: Entity, named: list[Entity]) -> tuple[str, str]:
    """What stands before and behind the name; a clause that is the bare name reads on into the next one."""
    clause = clauses[at]
    end = clause.end
    if not text[entity.end : clause.end].strip() and at + 1 < len(clauses):
        follower = clauses[at + 1]
        if not any(follower.start <= other.start < follower.end for other in named):
            end = follower.end
    before, after = text[clause.start : entity.start], text[entity.end : end].strip(" ,，。")
    for other in named:  # 先吃易瑞沙后吃奥希: another name ends the reach
        if entity.end <= other.start < end:
            after = text[entity.end : other.start]
            shared = re.match(r"^(?:和|跟|加|\+|、|还有|,| )+$", after)
            after = text[other.end : end].strip() if shared else after
            break
    return before, after


def _given_classes(clauses: list[Clause], named: list[Mention]) -> list[Mention]:
    found = []
    for drug, pattern in _CLASS_GIVEN.items():
        for clause in clauses:
            if clause.about_us and not clause.question and (match := pattern.search(clause.text)):
                start = clause.start + match.start()
                found.append(Mention(drug, "taken", 1, start))
                break
    return found


def in_order(mentions: list[Mention]) -> list[str]:
    """The taken drugs in the order taken, each once."""
    taken = sorted((m for m in mentions if m.status == "taken"), key=lambda m: (m.order, m.start))
    return list(dict.fromkeys(m.id for m in taken))
