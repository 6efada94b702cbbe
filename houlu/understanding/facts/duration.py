"""How long the last drug was taken, in months: 「十一个月」「一年半」「吃了小一年」「从去年三月到现在」."""

from __future__ import annotations

import re
from datetime import date

from houlu.understanding.clauses import Clause
from houlu.understanding.facts.numbers import NUM, Span, dates, number, spans

#: Right before or behind a time: it is not one of treatment, or not of this drug.
_OTHER_BEFORE = re.compile(
    r"(?:每|隔|等|活|大了?|走了|去世|复查|耐药|耐|抗药|进展|停药?|断药|发现|确诊|查出|手术|术后|化疗|放疗|得病|生病|病|拖|休息|住院|结婚|退休|剩|还有|报告|结果|缓|歇)(?:是|了|有|后|已经|快|就|都|大概|得|要|完|做了|打了|出|差不多|不到|没到)*$|差$"
)
_OTHER_AFTER = re.compile(
    r"^(?:多|左右)?(?:一次|一查|一回|一复查|一个|之?前(?!后)|以前|后(?=再|去|复|手术|做|来|要|看)|岁|复查|出结果|的?报告|才?出|才拿|内)"
)
_SIZE = re.compile(r"(?:了|多|时间|下来)*(?:也就|才|只|就)?(?:长|大)?(?:了|出)?[^,]{0,3}(?:毫米|厘米|mm|cm|公分|一点)")
_COURSE = re.compile(
    r"吃|用|服|食|打|上|换|改|耐|没效|失效|无效|不管用|没用|不灵|不顶|控制|维持|管了|撑了|又长|又大|进展|恶化|才|就|开始|得$|到(?:现在|而家|这个月|今天|今)|整整|足足|[总一拢]共|统共|满打满算|算(?:一算|下来)|啱啱|刚好|这会儿"
)
_BEGUN = re.compile(r"开始|起|吃|用|服|食|换|上|打|改|到现在|至今|到今|一直")
_ENDED = re.compile(r"^.{0,3}(?:耐|停|进展|失效|查出|发现|复查|确诊|手术|做|拍|化疗|长|没效|不行|大了)")
_FAILED_THEN = re.compile(r"^.{0,4}(?:耐药|停|进展|失效|没效|不行)")
#: Behind a time: 「快两年了 差一个月」
_LESS = re.compile(rf"(?:还|就|只)?差(?P<less>{NUM})个?月(?:不到|没满|就满)?了?")
#: 「吃到上个月」: then it ended.
_UNTIL = re.compile(r"到$")
_DENIED = re.compile(rf"(?:不是|唔系|不止){NUM}(?:个)?(?:半)?(?:月|年)")


def heard(
    clauses: list[Clause],
    *,
    named_drug: list[tuple[int, int]],
    earlier: list[tuple[int, int]],
    wanted: bool,
    correcting: bool,
    today: date,
) -> float | None:
    """Months on the last drug, or None.

    named_drug: spans of all drugs. earlier: those of them that are not the last drug. wanted: the drug is known and the
    months are not, so that a bare time is them.
    """
    found, until = None, _end(clauses, today)
    correcting = correcting or any(_DENIED.search(clause.text) for clause in clauses)
    for clause in clauses:
        if not clause.about_us:
            continue
        for span in _courses(clause, named_drug, wanted, correcting, len(clauses), today):
            if _drug_of(clause, clause.start + span.start, named_drug) not in earlier:
                found = span.months - until if span.dated and until < span.months else span.months
        if found and (less := _LESS.fullmatch(clause.text)):
            found -= number(less["less"])
    return found


def _end(clauses: list[Clause], today: date) -> float:
    """How many months ago the drug failed, where that is dated: 「2026年2月进展」."""
    ends = [
        span.months
        for clause in clauses
        if clause.about_us
        for span in dates(clause.text, today)
        if _FAILED_THEN.match(clause.text[span.end :])
    ]
    return min(ends, default=0.0)


def _courses(
    clause: Clause, named: list[tuple[int, int]], wanted: bool, correcting: bool, total: int, today: date
) -> list[Span]:
    since = [span for span in dates(clause.text, today) if _is_beginning(clause.text, span)]
    if len(since) == 2 and "到" in clause.text[since[0].end : since[1].start]:
        return [Span(since[0].months - since[1].months, since[0].start, since[0].end, dated=False)]
    if since := [span for span in since if not _UNTIL.search(clause.text[: span.start])]:
        return since
    return [
        span
        for span in spans(clause.text)
        if not re.search(r"(?:不是|唔系|不止|没到)$", clause.text[: span.start])
        and _is_course(clause, span, named, (wanted and _alone(clause, span)) or correcting, total)
    ]


def _is_beginning(text: str, span: Span) -> bool:
    rest = text[: span.start][-6:] + text[span.end :]
    if re.search(r"(?:从|自|打)$", text[: span.start]) and re.match(r"到$|至今|以来", text[span.end :]):
        return True
    return bool(_BEGUN.search(rest)) and not _ENDED.match(text[span.end :])


def _alone(clause: Clause, span: Span) -> bool:
    return len(clause.text) - (span.end - span.start) <= 1


def _drug_of(clause: Clause, at: int, named: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The drug that a time belongs to: the nearest before it in its clause, else after it, else in the clauses before."""
    same = [span for span in named if clause.start <= span[0] < clause.end]
    if same and at < same[0][0] and re.search(r"换|改|转", clause.text):  # 「上个月刚把特罗凯换成泰瑞沙」
        return same[-1]
    before = [span for span in same if span[0] < at] or ([] if same else [span for span in named if span[0] < at])
    return max(before) if before else min(same, default=None)


def _is_course(clause: Clause, span: Span, named_drug: list[tuple[int, int]], asked: bool, total: int) -> bool:
    before, after = clause.text[: span.start], clause.text[span.end :]
    if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after):
        return False
    if before.endswith(("最近", "前", "这", "头")):
        return False  # 「前两天」「最近一个月」
    if _SIZE.match(after):  # 「半年才长三毫米」
        return False
    rest = before + after
    beside_drug = any(0 <= clause.start + span.start - end <= 6 for _, end in named_drug)
    fragment = len(rest) <= 4 and (total == 1 or clause.correction or bool(named_drug))
    return asked or beside_drug or fragment or bool(_COURSE.search(rest))
