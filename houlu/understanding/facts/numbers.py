"""Numerals, dates and spans of time as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3, "叁": 3}
NUM = r"(?:\d+(?:\.\d+)?|[零〇一二两俩三仨叁四五六七八九十廿卅百]+)"
_MORE = r"(?:来|几|多|把)?(?:个)?(?:[多来])?"
_SPAN = re.compile(
    rf"(?:(?<![\d.第])(?=\d)|(?<!第)(?=\D))(?P<years>{NUM})(?:个)?(?:多)?[年载](?!前|级|代|初|底|头)(?P<year_half>半)?(?:多|左右|出头|不到|有余|整)?"
    rf"(?:(?:零|又|加|,|和|过|外加|带)?(?P<year_months>{NUM}){_MORE}(?P<year_month_half>半)?(?:个)?月(?P<year_month_after>半)?|差(?P<year_less>{NUM})个?月)?"
    rf"|(?P<quarters>{NUM})个?季度|(?:(?<![\d.])(?=\d)|(?=\D))(?P<months>{NUM})(?P<measure>{_MORE})(?P<month_half>半)?(?:个)?月(?P<month_after>半)?(?!份|底|初)"
    rf"|(?<![a-z\d.])(?P<m>\d{{1,2}})m(?![a-z\d])"
    rf"|第(?P<nth_year>{NUM})个?年头?"
    rf"|(?P<size>大|小)?半(?:个|拉)?(?:多)?[年载]|(?<![一二三四五六七八九十百几\d])(?P<year>年余)|(?<![一二两三四五六七八九十\d几半])(?P<year_and_half>年半)|小(?P<nearly>[一两三])年|(?P<month>个把月)"
    rf"|(?P<weeks>{NUM}|半)(?:来|多)?(?:个)?(?:多)?(?:星期|礼拜|周)(?!前|[一二三四五六日末岁期])|(?P<days>{NUM})(?:来|多)?天(?!一|前)|(?P<half_month>半个(?:多)?月)"
)
_YEARS = {"今年": 0, "去年": 1, "上年": 1, "旧年": 1, "前年": 2, "大前年": 3}
_SEASONS = {
    **dict.fromkeys(("年初", "初", "元旦"), 1),
    **dict.fromkeys(("春节", "过年", "年后"), 2),
    **dict.fromkeys(("开春", "春天"), 3),
    **dict.fromkeys(("五一",), 5),
    **dict.fromkeys(("年中", "端午", "上半年"), 6),
    **dict.fromkeys(("夏天", "暑假"), 7),
    **dict.fromkeys(("秋天", "中秋"), 9),
    **dict.fromkeys(("国庆", "下半年"), 10),
    **dict.fromkeys(("冬天", "年底", "年末", "底"), 12),
}
_DATE = re.compile(
    rf"(?P<year>大前年|今年|去年|上年|旧年|前年|(?:20|二[零〇])?[\d一二三四五六七八九零]{{2}}年)(?:的)?(?:(?:{'|'.join(_SEASONS)})(?=\D{{0,2}}\d?[\d一二三四五六七八九十]{{1,2}}月)\D{{0,2}})?(?:(?P<month>{NUM})月(?:份)?(?:底|初)?|(?P<season>{'|'.join(_SEASONS)}))"
    rf"|(?P<full>20\d\d)[./-](?P<number>\d{{1,2}})(?!\d)|(?P<season_only>年初|开春|春节|年中|国庆|中秋|端午|五一|元旦)|(?<![了满近快])(?P<month_only>{NUM})月份?(?=.{{0,4}}(?:开始|起(?!来)|换的|换成|换上|吃上|用上|吃的|到现在|至今))|(?P<last>上个?月)|(?P<ago>{NUM}(?:个)?(?:半)?(?:月|年|星期|周))(?:之|以)?前"
)
#: A span of more years than a targeted drug has been known is a date.
_LONGEST = 15


@dataclass(frozen=True)
class Span:
    """A time of so many months at text[start:end]. dated: the months since a date."""

    months: float
    start: int
    end: int
    dated: bool = False


def number(text: str) -> float:
    """An Arabic or Chinese numeral up to 999 (廿 is 20, 卅 is 30), or a year digit by digit: 「二零二五」; of 「十三四」 the first."""
    if text[0].isdigit():
        return float(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        return (_DIGITS.get(hundreds, 1) if hundreds else 1) * 100 + (number(rest) if rest else 0)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens[-1:], 1)) * 10 + _DIGITS.get(ones[:1], 0)
    digits = [_DIGITS[char] for char in text]
    return float(digits[0] if len(digits) in (2, 3) and digits[0] else int("".join(map(str, digits))))


def spans(text: str) -> list[Span]:
    """Every span of time in the text, in order."""
    found = ((match, _months(match, text)) for match in _SPAN.finditer(text))
    return [Span(months, match.start(), match.end()) for match, months in found if months is not None]


def dates(text: str, today: date) -> list[Span]:
    """Every date in the text as the months from it until today."""
    found = ((match, _ago(match, today)) for match in _DATE.finditer(text))
    return [Span(float(ago), match.start(), match.end(), dated=True) for match, ago in found if ago is not None]


def _ago(match: re.Match[str], today: date) -> float | None:
    part = match.groupdict()
    if part["last"]:
        return 1
    if part["ago"]:
        before = spans(part["ago"])
        return before[0].months if before else None
    if part["month_only"]:
        month, year = int(number(part["month_only"])), today.year
        year -= month > today.month
    elif part["full"]:
        year, month = int(part["full"]), int(part["number"])
    else:
        year = _year(part["year"] or "今年", today)
        season = part["season"] or part["season_only"]
        month = _SEASONS[season] if season else int(number(part["month"]))
    ago = (today.year - year) * 12 + today.month - month
    return ago if 1 <= month <= 12 and ago >= 0 else None


def _year(word: str, today: date) -> int:
    if word in _YEARS:
        return today.year - _YEARS[word]
    digits = "".join(char if char.isdigit() else str(_DIGITS[char]) for char in word.rstrip("年"))
    return int(digits) % 100 + 2000


def _months(match: re.Match[str], text: str) -> float | None:
    part = match.groupdict()
    if part["years"]:
        if number(part["years"]) > _LONGEST:
            return None
        months = number(part["years"]) * 12 + (6 if part["year_half"] else 0)
        months -= number(part["year_less"]) if part["year_less"] else 0
        half = part["year_month_half"] or part["year_month_after"]
        return months + (number(part["year_months"]) if part["year_months"] else 0) + (0.5 if half else 0)
    if part["months"]:
        return None if _is_calendar(match, text) else number(part["months"]) + _half(part)
    if part["quarters"]:
        return number(part["quarters"]) * 3
    if part["m"]:
        return float(part["m"])
    if part["nth_year"]:
        return number(part["nth_year"]) * 12 - 6
    if part["nearly"]:
        return number(part["nearly"]) * 12 - 1
    if part["weeks"]:
        return round((0.5 if part["weeks"] == "半" else number(part["weeks"])) * 7 / 30, 1)
    if part["days"]:
        return round(number(part["days"]) / 30, 1)
    if part["year_and_half"]:
        return 18.0
    if part["month"] or part["year"]:
        return 1.0 if part["month"] else 12.0
    if part["half_month"]:
        return 0.5
    return {"大": 8.0, "小": 5.0}.get(part["size"] or "", 6.0)


def _half(part: dict[str, str | None]) -> float:
    return 0.5 if part["month_half"] or part["month_after"] else 0


def _is_calendar(match: re.Match[str], text: str) -> bool:
    """「10月耐药」 is October; 「吃了10月」「俩月」「14月」 are spans."""
    word = match.group()
    if "个" in word or match["measure"] or _half(match.groupdict()) or match["months"] in ("俩", "仨", "两"):
        return False
    return number(match["months"]) <= 12 and not re.search(r"[了满近快才第]$", text[: match.start()])
