"""A message cut into clauses, each with what it says about itself: hypothesis, question, somebody else, correction."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CUT = re.compile(r"[,，。;；:：!！?？~…、\n ]+|(?:\.{2,})|(?=但是|不过|可是|而且|然后|后来|(?<!到)现在|目前|所以|我?[就只]?想(?:问|知道|请教)|请问)")
_HYPOTHESIS = re.compile(
    r"如果|要是|假如|假设|万一|若是|若果|倘若|假使|(?<=[有是到出阳阴性了大药增变])的话|就怕|要真是|一旦|比如说"
)
#: Suspected or wondered, not known.
_DOUBT = re.compile(
    r"会不会|是不是|是否|系咪|怕是|怕有|怕系|(?:担心|害怕|怕)(?:是|有|会|他|她|又|已经)|怀疑|疑似|猜(?!不)|说不定|(?<!不)可能(?:是|有|会|出现|已经)|有可能|有没有可能|搞不好|八成|估计(?:是|有)"
    r"|难道|不会是|别是|是吗|对吗|不知道是|不确定|不晓得是|考虑(?:是|为)?(?!换|用|吃|上|加|做|打)|待排|不除外"
)
_QUESTION = re.compile(
    r"[?？]|^(?:就|只|我|也)*(?:想|来|要)?(?:问|请教|咨询|打听)(?:一下|下|问)?(?=.)(?!题|了|过|他|她|医生|大夫)|^想知道|吗|么$|嘛$|呢$|不$|没$|(?<!贝)伐$|行不|好不|中不|得不(?!行|了|轻|像|成|多|少|到|住|出|着|够|能)|要不要|能不能|可不可以|是不是|有没有|算不算|会不会|该不该|用不用|值不值|"
    r"怎么|怎样|咋|点样|几多|多少|几时|(?<!没)(?<!没有)(?<!冇)(?:什么|甚么|啥)|哪|谁|几代|几天|多久|为何|难道|还能|能否|可否|是否|何解|乜|边个|边只|要唔要|得唔得|系咪"
)
_SOMEONE_ELSE = re.compile(
    r"隔壁|[个位群][^,]{0,6}病友|(?<![a-z\d老号])病友(?!了)|群主|(?:跟|和|同)(?:我们|咱们?|俺们?|我家)(?:家)?(?:这个|的)?(?:不一样|不同|两回事)|邻居|邻床|旁边床|同事|群里|群友|别人|(?<!老)人家(?!说|讲|话我|告诉|回复|让|给我|医生|大夫|医院|检测|公司)|他家|她家|同病房|同屋|有个人|有人|有位|朋友(?!圈)|亲戚说|别的病人|临床的|老乡|同学|楼[上下](?=[的阿大邻那叔老])|对面(?=床|的)|同一?个?病房|战友|工友|领导|老板|客户|房东"
)
#: Told or read of somebody; it speaks for its own clause only.
_HEARSAY = re.compile(r"听说|听讲|网上|电视|新闻|帖子|抖音|视频|直播|快手|公众号|文章|百度|小红书|说明书|指南")
_OWN = re.compile(
    r"我|俺|咱|额|阿拉|本人|自己|家父|家母|老爸|老妈|老公|老婆|老伴|阿爸|阿妈|(?<![的他她])(?:爸|妈|爹|娘)|他现在|她现在|^[他她](?:自己|吃了|[\d一二两三四五六七八九十]+[年个])"
)
#: Such a relative is the patient, unless a nearer one is told of beside, or it is said that he has it "too".
_RELATIVE = re.compile(
    r"[姨舅姑叔婶嫂](?!息)|妹夫|姐夫|弟媳|弟妹|妹婿|连襟|妯娌|伯(?!尔|瑞)|表[哥姐弟妹]|堂[哥姐弟妹]|亲家|侄|外甥"
)
#: A relative's relative: the patient only where nothing is known of another.
_SECOND_DEGREE = re.compile(
    r"(?:妹夫|姐夫|弟媳|弟妹|嫂子?|嫂嫂|亲家|表[哥姐弟妹]|堂[哥姐弟妹]|舅|姨|姑|叔|伯)(?:的|他|她|家)+(?:爸|妈|爹|娘|公|婆|丈母|岳|老[公婆]|弟|哥|姐|妹)"
)
#: The patient's own relatives are not the patient: 「他表弟」.
_HIS = re.compile(
    r"(?:(?<![娃子儿])[他她](?:的)?|(?:老[伴公婆]儿?|[爸妈爹娘])的)(?:爸|妈|爹|娘|哥|姐|弟|妹|姨|舅|姑|叔|表|堂|岳父|同学)"
)
_NEAR = re.compile(
    r"(?:我|俺|咱|阿|老)(?:们)?(?:家|个)?(?:爸|妈|爹|娘|老公|老婆|老伴|爷(?!叔)|奶|公|婆|父|母|自己|本人|哥|姐(?!夫)|弟(?!媳|妹)|妹(?!夫|婿)|女儿|儿子)|母亲|父亲|老公|老婆|妈妈|爸爸"
)
_TOO = re.compile(r"也(?:是|得|生|患|查|吃|用|有(?=[这肺癌病过]))")
#: Then a relative who is told of beside a known patient is another one.
_UNLIKE_US = re.compile(r"(?:跟|和|同)(?:我们|咱们?|俺们?|我家)[^,]{0,3}(?:不一样|不同|两回事)")
_CORRECTION = re.compile(
    r"[说讲看记搞弄写打算听输](?:错|岔|反|混|串)|不对(?![劲症称头])|更正|纠正|(?:^|[哦噢喔啊哎呃额嗯诶])(?:错了|不是(?![腺鳞]))|口误|笔误|[哦噢喔]不|^不(?:不)?$|其实(?:医生|大夫|主任)?(?:是|没|不|系|应该)|唔系|(?:都|也)(?:系|是)错|改一下|重说|更新一下"
)


@dataclass(frozen=True)
class Clause:
    """A stretch of the message. start: its offset in the normalised text."""

    text: str
    start: int
    hypothetical: bool
    doubtful: bool
    question: bool
    someone_else: bool
    correction: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def about_us(self) -> bool:
        """It states something about this patient (it may still be a question)."""
        return not (self.hypothetical or self.someone_else)

    @property
    def known(self) -> bool:
        """It states something about this patient that is neither supposed nor suspected."""
        return self.about_us and not self.doubtful


def clauses(text: str, *, known: bool = False) -> list[Clause]:
    """The clauses of a normalised text. Somebody else stays the subject until the own family is named again.

    known: a patient has been told of before.
    """
    found: list[Clause] = []
    other = False
    beside = _NEAR.search(text) or _TOO.search(text) or (known and (_SECOND_DEGREE.search(text) or _UNLIKE_US.search(text)))
    distant = bool(beside and _RELATIVE.search(text))
    for start, part, mark in _parts(text):
        if _SOMEONE_ELSE.search(part) or _HIS.search(part) or (distant and _RELATIVE.search(part)):
            other = True
        elif _OWN.search(part):
            other = False
        found.append(
            Clause(
                part,
                start,
                hypothetical=bool(_HYPOTHESIS.search(part)),
                doubtful=bool(_DOUBT.search(part)),
                question=bool(_QUESTION.search(part + mark)),
                someone_else=other or bool(_HEARSAY.search(part)),
                correction=bool(_CORRECTION.search(part)),
            )
        )
    return found


def sentences(parts: list[Clause]) -> list[tuple[list[Clause], bool]]:
    """The clauses in stretches, each with whether it takes back what was before: 「哦不,特罗凯」."""
    stretches: list[tuple[list[Clause], bool]] = []
    for part in parts:
        if not stretches or (part.correction and not stretches[-1][0][-1].correction):
            stretches.append(([], part.correction))
        stretches[-1][0].append(part)
    return stretches


def _parts(text: str) -> list[tuple[int, str, str]]:
    """(start, clause, the mark behind it)."""
    parts, last = [], 0
    for cut in _CUT.finditer(text):
        if cut.start() > last:
            parts.append((last, text[last : cut.start()], cut.group().strip()))
        last = cut.end() if cut.end() > cut.start() else cut.start()
    if last < len(text):
        parts.append((last, text[last:], ""))
    return parts
