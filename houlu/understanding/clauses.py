"""A message cut into clauses, each with what it says about itself: hypothesis, question, somebody else, correction."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CUT = re.compile(r"[,，。;；:：!！?？~…、\n ]+|(?:\.{2,})|(?=但是|不过|可是|而且|然后|后来|现在|目前|所以)")
_HYPOTHESIS = re.compile(r"如果|要是|假如|假设|万一|若是|倘若|会不会是|是不是有|怕是|怕有|就怕|假使|的话")
_QUESTION = re.compile(
    r"[?？]|吗|么$|嘛$|呢$|不$|没$|伐$|行不|好不|中不|得不|要不要|能不能|可不可以|是不是|有没有|算不算|会不会|该不该|用不用|值不值|"
    r"怎么|怎样|咋|点样|几多|多少|几时|(?<!没)(?<!没有)(?<!冇)(?:什么|甚么|啥)|哪|谁|几代|几天|多久|为何|难道|还能|能否|可否|是否|何解|乜|边个|边只|要唔要|得唔得|系咪"
)
_SOMEONE_ELSE = re.compile(
    r"隔壁|病友|邻居|邻床|同事|群里|别人|人家|他家|她家|听说|网上|电视|同病房|同屋|有个人|有人|朋友吃|朋友用|亲戚说|新闻|帖子|别的病人|临床的|老乡|抖音|视频里"
)
_OWN = re.compile(r"我|俺|咱|额|阿拉|本人|自己|家父|家母|老爸|老妈|老公|老婆|老伴|爸|妈|爹|娘|他现在|她现在")
_CORRECTION = re.compile(
    r"说错|讲错|不对|看错|看岔|记错|搞错|弄错|写错|打错|搞混|弄混|更正|纠正|错了|哦不|噢不|应该是|其实是|是我说错|唔系|改一下|重说"
)


@dataclass(frozen=True)
class Clause:
    """A stretch of the message. start: its offset in the normalised text."""

    text: str
    start: int
    hypothetical: bool
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


def clauses(text: str) -> list[Clause]:
    """The clauses of a normalised text. Somebody else stays the subject until the own family is named again."""
    found: list[Clause] = []
    other = False
    for start, part, mark in _parts(text):
        if _SOMEONE_ELSE.search(part):
            other = True
        elif _OWN.search(part):
            other = False
        found.append(
            Clause(
                part,
                start,
                bool(_HYPOTHESIS.search(part)),
                bool(_QUESTION.search(part + mark)),
                other,
                bool(_CORRECTION.search(part)),
            )
        )
    return found


def corrects(text: str) -> bool:
    """The message takes back something said before."""
    return bool(_CORRECTION.search(text))


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
