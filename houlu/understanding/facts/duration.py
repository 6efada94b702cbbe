"""How long the last drug was taken, in months: 「十一个月」「一年半」「吃了小一年」「从去年三月到现在」."""

from __future__ import annotations

import re
from datetime import date

from houlu.understanding.clauses import Clause

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_NUM = r"(?:\d+(?:\.\d+)?|[零〇一二两俩三仨四五六七八九十]+)"
_PATTERN = re.compile(
    rf"(?:(?P<years>{_NUM})(?:个)?年(?P<half_year>半)?(?:多|左右)?(?:零|又|加|,)?)?(?:(?P<months>{_NUM}|仨|俩)(?:来|几|多)?(?:个)?(?:多)?(?P<half_month>半)?(?:个)?月(?P<half_after>半)?)"
    rf"|(?P<only_years>{_NUM})(?:个)?(?:多)?年(?P<only_half>半)?"
    rf"|(?P<half>(?P<size>大|小)?半(?:个)?年)|(?P<nearly>小一年|小两年|小三年)"
    rf"|(?P<weeks>{_NUM}|半)(?:个)?(?:多)?(?:星期|礼拜|周)(?!前)|(?P<half_month_only>半个(?:多)?月)"
)
_SINCE = re.compile(
    rf"(?:从|自|打)?(?P<year>去年|前年|今年|大前年|20\d\d年?)(?P<month>{_NUM})月(?:份)?.{{0,4}}(?:开始|起|吃|用|服|到现在|至今|到今)"
)
_NOT_A_COURSE = re.compile(
    r"每|隔|一次|一查|一回|复查|活|等|前$|前[^面]|后$|岁|大[了约]?\d|毫米|mm|厘米|走了|去世|上个月|这个月|下个月|本月|月份|月底|月初|化疗|放疗|术后|手术|报告|出结果|分钟|小时|号"
)
_COURSE = re.compile(
    r"吃|用|服|食|打|上|耐|没效|失效|无效|不管用|没用|不灵|不顶|控制|维持|管了|撑了|又长|又大|进展|才|就"
)


def months_of(text: str) -> float | None:
    """The number of months the first duration in `text` means; None when there is none."""
    match = _PATTERN.search(text)
    return _months(match) if match else None


def heard(
    clauses: list[Clause],
    *,
    named_drug: list[tuple[int, int]],
    earlier: list[tuple[int, int]],
    wanted: bool,
    today: date,
) -> float | None:
    """Months on the last drug, or None.

    named_drug: spans of all drugs. earlier: those of them that are not the last drug. wanted: the drug is known and the
    months are not, so that a bare time is them.
    """
    found = None
    correcting = any(clause.correction or _DENIED.search(clause.text) for clause in clauses)
    for clause in clauses:
        if not clause.about_us:
            continue
        value = _since(clause.text, today)
        for match in () if value else _PATTERN.finditer(clause.text):
            at = clause.start + match.start()
            if _negated(clause.text, match.start()) or _drug_of(clause, at, named_drug) in earlier:
                continue
            bare = wanted and len(clause.text) - len(match.group()) <= 1
            if _is_course(clause, match, named_drug, bare or correcting, len(clauses)):
                value = _months(match)
        found = value if value is not None else found
    return found


def _drug_of(clause: Clause, at: int, named: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The drug that a time belongs to: the nearest before it in its clause, else after it, else in the clauses before."""
    same = [span for span in named if clause.start <= span[0] < clause.end]
    before = [span for span in same if span[0] < at] or ([] if same else [span for span in named if span[0] < at])
    return max(before) if before else min(same, default=None)


def _is_course(
    clause: Clause, match: re.Match[str], named_drug: list[tuple[int, int]], asked: bool, total: int
) -> bool:
    rest = clause.text[: match.start()] + clause.text[match.end() :]
    around = clause.text[max(0, match.start() - 5) : match.end() + 4].replace(match.group(), "")
    if _NOT_A_COURSE.search(around):
        return False
    beside_drug = any(0 <= clause.start + match.start() - end <= 6 for _, end in named_drug)
    fragment = len(rest) <= 4 and (
        total == 1 or clause.correction or asked or bool(named_drug) or bool(_COURSE.search(rest))
    )
    return asked or beside_drug or fragment or bool(_COURSE.search(rest))


def _negated(text: str, at: int) -> bool:
    return bool(re.search(r"(不是|不到|没到|没有|唔系)$", text[:at]))


_DENIED = re.compile(rf"(?:不是|唔系){_NUM}(?:个)?(?:月|年)")


def _since(text: str, today: date) -> float | None:
    if not (match := _SINCE.search(text)):
        return None
    years = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
    label = match["year"]
    year = today.year - years[label] if label in years else int(label[:4])
    month = int(_number(match["month"]))
    months = (today.year - year) * 12 + today.month - month
    return float(months) if 1 <= month <= 12 and months > 0 else None


def _months(match: re.Match[str]) -> float:
    part = match.groupdict()
    if part["months"]:
        years = _number(part["years"]) * 12 + (6 if part["half_year"] else 0) if part["years"] else 0
        return years + _number(part["months"]) + (0.5 if part["half_month"] or part["half_after"] else 0)
    if part["only_years"]:
        return _number(part["only_years"]) * 12 + (6 if part["only_half"] else 0)
    if part["half"]:
        return {"大": 8.0, "小": 5.0}.get(part["size"] or "", 6.0)
    if part["nearly"]:
        return {"小一年": 11.0, "小两年": 23.0, "小三年": 35.0}[part["nearly"]]
    if part["weeks"]:
        return round(0.5 if part["weeks"] == "半" else _number(part["weeks"]) * 7 / 30, 1)
    return 0.5


def _number(text: str) -> float:
    """Arabic or Chinese numeral up to 99."""
    if text[0].isdigit():
        return float(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return float(int("".join(str(_DIGITS.get(char, 0)) for char in text)))
