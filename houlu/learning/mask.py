"""Taking out of a patient's words what could tell who it is: names, telephone and identity numbers, other long numbers.

What stands in their place reads and counts like them, so that a masked message still trains the classifier.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_NUMBER, _NAME, _DAY = "000000", "某某", "某日"
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎武乔贺赖龚文陳張劉楊趙黃吳孫馬羅鄭謝韓馮許蕭呂盧蔣賈葉閻鍾薑範譚鄒陸龍萬錢湯龔"
)
_NOT_GIVEN = "上下去找问说让叫给了的是在就都也还要不来到和跟我你他她这那个"
_TITLE = "医生|大夫|主任|教授|专家|护士|院长|先生|女士|小姐|阿姨|叔叔|大爷|大妈|同志|老师|醫生|護士|教授|主任"
_SIGN = r"[:：是为叫 ]*"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", _NUMBER),
        (rf"((?:微信号?|wx|vx|qq|QQ|WX|VX){_SIGN})[A-Za-z0-9_-]{{5,}}", rf"\g<1>{_NUMBER}"),
        (rf"((?:住院|门诊|病历|病案|床位?|就诊卡|医保卡|社保卡|身份证|卡|编)号?{_SIGN})[A-Za-z]?\d[\dA-Za-z-]{{3,}}",
         rf"\g<1>{_NUMBER}"),
        (r"\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]", _NUMBER),
        (r"1[3-9]\d(?:[ -]?\d{4}){2}", _NUMBER),
        (r"0\d{2,3}[ -]?\d{7,8}", _NUMBER),
        (r"(?:19|20)\d{2}[年./-]\d{1,2}[月./-]\d{1,2}[日号]?", _DAY),
        (r"\d{5,}", _NUMBER),
        (r"[零〇一二三四五六七八九幺]{7,}", _NUMBER),
        (rf"((?:我叫|名叫|叫做|姓名|名字|患者|病人|本人|联系人|家属){_SIGN})"
         rf"[{_SURNAMES}][^\W{_NOT_GIVEN}a-zA-Z\d]{{1,2}}(?=[ ,，。.;；!！男女今]|$)", rf"\g<1>{_NAME}"),
        (rf"[{_SURNAMES}][^\W{_NOT_GIVEN}a-zA-Z\d]{{0,2}}(?={_TITLE})", "某"),
    )
)


def mask(text: str) -> str:
    """The text without names and long numbers, in one line."""
    text = " ".join(text.split())
    for pattern, by in _RULES:
        text = pattern.sub(by, text)
    return _without_names(text)


def _without_names(text: str) -> str:
    """What jieba takes for a person's name, unless it is a word of our own subject."""
    words = [(pair.word, pair.flag) for pair in _tagger().cut(text)]
    return "".join(_NAME if flag == "nr" and _is_name(word) else word for word, flag in words)


def _is_name(word: str) -> bool:
    return 2 <= len(word) <= 3 and word[0] in _SURNAMES and not any(word in term or term in word for term in _terms())


@lru_cache(maxsize=1)
def _tagger() -> Any:
    from jieba import posseg

    return posseg


@lru_cache(maxsize=1)
def _terms() -> frozenset[str]:
    from houlu.understanding import artefacts

    return frozenset(term.text for term in artefacts.lexicon().terms if len(term.text) > 1)
