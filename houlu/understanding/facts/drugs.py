"""Which drugs this patient has taken, in order: not those only asked about, planned, denied, or somebody else's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from houlu.understanding.clauses import Clause
from houlu.understanding.facts.mentions import Mention as Named
from houlu.understanding.facts.mentions import in_context
from houlu.understanding.facts.words import FAILED, MISTAKEN, NO
from houlu.understanding.lexicon import CLASS_NAMES
from houlu.understanding.recognise import Entity

#: others: somebody else takes it.
Status = Literal["taken", "denied", "mentioned", "others"]

#: Of a drug, too: it was stopped.
_FAILED = rf"(?:{FAILED}|也?不行$|停了|停药|断了)"
_NUMBER = r"[\d一二两俩仨三四五六七八九十廿卅几百半来多]+"
_TIME = rf"(?:大半|小半|半|小|快|差不多|将近|大概|有|个把|{_NUMBER})+(?:个)?(?:多|半)?(?:个)?(?:月|年|星期|礼拜|周|天|m(?![a-z]))"
_TIMES = rf"(?:打|做|用|上|化|吃|了|过)*(?:了|过)?{_NUMBER}(?:个)?(?:次|针|疗程|周期|盒|瓶|程|回(?!事)|轮)"
_VERB = r"(?:吃|用|服用?|食|打|上|试|口服|做|化|换|改|联|加)"
_DONE = r"(?:了|着|过|完|到|得|的|咗|紧|住|下来)"
_FILLER = r"(?:已经|已然|已|也|都|全|就|又|突然|忽然|一下子|最近|现在|今年|它|这药|这个|那个|这次|片|胶囊|之前|以前|早就|刚|终于|彻底|慢慢|还是|开始|不知道是不是|好像|好似|可能|貌似|似乎|感觉|觉得|怕是|估计|是不是|会不会|咋|怎么|产生|出现|吃到|我们|他|她|我|家|,)"
_TAKEN_AFTER = re.compile(
    rf"^[^,，]{{0,5}}?(?<![没未冇能想要])(?:吃|用|服|食|打|上|试|换|做|停|轮|换)(?:{_DONE}|{_TIME}|{_TIMES}|遍|崩|垮|废|满|足|够|上|下来)|^{_FILLER}*{_FAILED}|^{_FILLER}*(?:才|有|有了)*{_TIME}"
    rf"|^(?:治疗)?(?:之|以)?后|^{_FILLER}*(?:断断续续|一直)(?:在)?(?:吃|用|服|食)|^(?:治疗)?{_FILLER}*{_TIMES}|^没(?:吃|用)(?:几|多|两|[一二三到满])"
)
_TAKEN_BEFORE = re.compile(
    rf"{_VERB}{_DONE}(?:{_TIME}|{_TIMES}|几次)?(?:的)?(?:药)?(?:是|就是|叫)?(?:培美)?$|(?:吃|用|服|食|口服|盲试|试)$|(?:换|改|转|联|加)(?:了|成了|到了|上了|吃了|用了)$"
    rf"|(?:一直|正在|现在|目前|最早|开始|一线|二线|三线|一开始|原来|之前|以前|先|后来|先是|后是|然后|接着|舍不得停|停)(?:是|用|吃|上|服|口服|打|换|换成|改成|改|在|接受)*(?:的|了)?$|药(?:是|叫|名)$|在(?:吃|用)$|(?:→|->)$|(?:再)?(?:前|早|先)头(?:是)?$|(?:头一|第[一二三四])[拨轮](?:是|药|用|吊瓶|,| )*$"
)
_PLAN = re.compile(
    r"(?:可不可以|能不能|要不要|要唔要|使唔使|可唔可以|得唔得|该不该|适不适合|能否|可否|用不用|(?<![不才])能(?!够吃)|可以|(?<!应)该|想(?!不)|准备|打算|建议|推荐|考虑|计划|商量|纠结|琢磨|犹豫|盘算|寻思|申请|让(?!我们吃)|叫(?=.{0,4}(?:换|吃|用|上|打|试|停|加|配))|话食|劝"
    r"|(?<!不)要(?=吃|用|换|打|上|改|加|做|给|去)|给(?:他|她|我)?(?:换|加|上)(?!了)|听说|适合|下一步|接下来|后面|还没|没敢|等(?!了)|有个药|有种药|介绍|说是?有|贵|买)"
)
#: 「医生让换了」: what came after the plan has happened.
_HAPPENED = re.compile(rf"{_VERB}(?:成|到|上|用|吃)?(?:了|过|咗|着|完)|{_FAILED}|(?:后来|然后|于是)|{_TIME}")
#: A bare verb of change is a plan unless the sentence tells it as done.
_CHANGE = re.compile(r"(?:换|改|转|加|联合|配|弄|搞|开|上|直接|再)(?:成|到|上|吃|用|食|打|三代药)*$")
_NOW_DONE = re.compile(r"后来|然后|接着|之后|于是|已经|(?:^|[^就])又|刚|从|把|后")
_QUESTION_AFTER = re.compile(
    r"^[^,，]{0,10}(?:吗|么|行不|好不|能不能|可不可以|怎么样|咋样|是啥|是什么|干啥|多少钱|医保|报销|副作用|哪买|哪儿|有用|管用|好使|靠谱|适合|行吗|得唔得|好唔好|几时|几钱|好还是|还是)"
)
_DENIED_BEFORE = re.compile(
    rf"(?:从来|还|从)?{NO}(?:有)?(?:再|开始|给|敢|舍得)?{_VERB}?(?:过|上|到)?(?:靶向药|靶向|这个药|什么|啥)?$|(?:不是|唔系|并非|不叫|唔係)(?:吃|用)?(?:的)?$"
)
#: 「没用」 alone says that it failed.
_DENIED_AFTER = re.compile(
    r"^(?:我们|我们家|我|咱|俺|他|她|也|都|还|就|可|压根儿?|根本|一直|从来|当时|这?[俩两]个?|买了?|从)*(?:没有?|未|冇)(?:(?:沾|碰|吃|服|食|打|上|试|换)(?!几|多久|多长|两|一|三|到|满|住|下)(?:过|成)?|用过|做)"
)
#: What it has done to the patient: who suffers from it has taken it.
_SUFFERED = re.compile(
    r"^(?!.{0,4}(?:会|容易|常见|一般|引起|导致|副作用|可能|怕|如果|比|和|跟|不))[^,]{0,6}?(?:胖|肿|起疹|出疹|皮疹|长痘|起痘|拉肚|腹泻|拉稀|起泡|起皮|脱皮|裂口|烂|溃疡|甲沟|掉发|掉头发|失眠|幻觉|恶心|呕吐|吐得|痒|抽筋|血脂|健忘|记性|脾气|手抖|没胃口|便秘|水泡)"
)
_IMMUNE = re.compile(r"(?<!自身)(?<!增强)(?<!提高)免疫(?!力|系统|组化|功能|性|学|荧光|缺陷)")
_FUTURE_AFTER = re.compile(
    r"^(?:,|，)?(?:明天|后天|下周|下星期|下个?月|马上|过几天|过两天|准备|打算|等)[^,，]{0,6}(?:吃|用|打|上|换|开始)"
)
_RECOMMENDED_AFTER = re.compile(r"^(?:也|都|还|更|倒)?(?:行(?!不)|可以|能用|不错|挺好|有效|管用|好使|能上)")
_EARLIER = re.compile(r"之前|以前|先前|最早|一开始|原来|起初|前面|前头|再早|更早|早先|先(?!开始)|开头|本来|一线|再前头")
_LATER = re.compile(r"现在|目前|后来|换|改|接着|然后|如今|而家|依家")


@dataclass(frozen=True)
class Mention:
    """A drug in the message and what is said of it. order: 0 earlier, 1 as told, 2 later."""

    id: str
    status: Status
    order: int
    start: int
    end: int
    heard: bool = False


def heard(text: str, clauses: list[Clause], entities: list[Entity], *, telling: bool) -> list[Mention]:
    """Every named drug in order of the text; a class, as 「化疗」, only where it is said that it was given.

    telling: the message tells facts (or answers the question for the drug), so a bare name means "taken".
    """
    names = [e for e in entities if e.label == "drug"]
    names += [e for e in _classes(text) if not any(n.start < e.end and e.start < n.end for n in names)]
    drugs = in_context(text, clauses, sorted(names, key=lambda e: e.start))
    told = [_told(named, telling) for named in drugs]
    if not any(c.question for c in clauses) and any(m.status == "taken" for m in told):
        told = [_told(named, True) for named in drugs]  # nothing is asked: names beside one that was taken were, too
    if any(m.status == "taken" and m.id in _CHEMOTHERAPIES for m in told):
        told = [m for m in told if m.id != "chemotherapy"]
    return told


def _classes(text: str) -> list[Entity]:
    return [Entity("drug", "immunotherapy", m.start(), m.end(), m.group()) for m in _IMMUNE.finditer(text)]


def _told(named: Named, telling: bool) -> Mention:
    e = named.entity
    status: Status
    if e.id in CLASS_NAMES:
        status = _status(named, telling=False) if not named.clause.question else "mentioned"
    else:
        status = _status(named, telling)
    return Mention(e.id, status, _order(named), e.start, e.end, e.heard)


def _status(named: Named, telling: bool) -> Status:
    clause, prior, after = named.clause, named.prior, named.after
    if not clause.about_us:
        return "others" if clause.someone_else and not clause.hypothetical else "mentioned"
    if _DENIED_BEFORE.search(prior) or MISTAKEN.search(prior) or _denied_after(named):
        return "denied"
    if _FUTURE_AFTER.match(after) or _RECOMMENDED_AFTER.match(after):
        return "mentioned"
    taken_after = bool(_TAKEN_AFTER.search(after))
    if _planned(named):
        return "taken" if taken_after and not _QUESTION_AFTER.search(after) else "mentioned"
    if taken_after or (_TAKEN_BEFORE.search(prior) and not _QUESTION_AFTER.search(after)):
        return "taken"
    if clause.question or _QUESTION_AFTER.search(after):
        return "mentioned"
    return "taken" if telling or _SUFFERED.match(after) else "mentioned"


def _denied_after(named: Named) -> bool:
    match = _DENIED_AFTER.match(named.after)
    return bool(match and (not named.beyond or len(named.after) - match.end() <= 1))


def _planned(named: Named) -> bool:
    """A word of wish, advice or possibility governs the name, and nothing says that it came to pass."""
    before = named.before
    if plan := list(_PLAN.finditer(before)):
        return not _HAPPENED.search(before[plan[-1].end() :])
    return bool(_CHANGE.search(named.prior) and named.clause.question and not _NOW_DONE.search(before))


def _order(named: Named) -> int:
    """0 earlier, 2 later, 1 as told: the nearest word of time between the name before and this one."""
    near = named.prior[-12:]
    earlier = max((m.start() for m in _EARLIER.finditer(near)), default=-1)
    later = max((m.start() for m in _LATER.finditer(near)), default=-1)
    if earlier == later:
        return 1
    return 0 if earlier > later else 2


def in_order(mentions: list[Mention]) -> list[str]:
    """The taken drugs in the order taken, each once."""
    taken = sorted((m for m in mentions if m.status == "taken"), key=lambda m: (m.order > 0, m.start))
    return list(dict.fromkeys(m.id for m in taken))


_CHEMOTHERAPIES = frozenset(
    (
        "pemetrexed",
        "carboplatin",
        "cisplatin",
        "docetaxel",
        "paclitaxel",
        "gemcitabine",
        "vinorelbine",
        "etoposide",
        "platinum_chemotherapy",
    )
)
