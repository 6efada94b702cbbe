"""The PD-L1 value, in percent: 「PD-L1 TPS 50%」「百分之八十」「阴性」; the name of the antibody is none."""

from __future__ import annotations

import re

from houlu.understanding.clauses import Clause
from houlu.understanding.facts.numbers import NUM, number

_NAME = re.compile(r"pdl1|(?<![a-z])(?:tps|cps)(?![a-z])")
_CLONE = re.compile(r"22c3|28-?8|sp ?\d+|e1l3n|\b(?:tps|cps|tc|dako)\b")
_VALUE = re.compile(
    rf"[^,;。、吃打用第月年天岁]{{0,9}}?,?[^,;。、吃打用第月年天岁\d]{{0,5}}?(?:(?P<less><|小于|不到|低于)?(?P<value>\d{{1,3}})(?:\.\d+)?(?! ?(?:[\d月年天个次岁针]|mg))|(?P<less_words>小于|不到|低于)?(?:百分之(?P<words>{NUM})|(?P<tens>[一二三四五六七八九]十[一二三四五六七八九]?(?![月年天个次岁针])))|(?P<none>阴|零|(?<!不)没有?表达|不表达|无表达))"
)
_THRESHOLD = re.compile(r"要到|得到|达到|大于|超过|高于|多少|以上|才能|才可以|才行|多高")


def heard(text: str, clauses: list[Clause], *, known: int | None) -> int | None:
    """0 to 100, or None when no value of this patient is said. known: the value that may be corrected."""
    if known is not None and (corrected := re.search(rf"不是{known}\D{{1,4}}是(\d{{1,3}})", text)):
        return min(int(corrected[1]), 100)
    for name in _NAME.finditer(text):
        clause = next((c for c in clauses if c.start <= name.start() < c.end), None)
        if clause is None or not clause.about_us or _THRESHOLD.search(clause.text):
            continue
        if match := _VALUE.match(_CLONE.sub("", text[name.end() : name.end() + 24])):
            return _percent(match)
    return None


def _percent(match: re.Match[str]) -> int | None:
    if match["none"]:
        return 0
    value = int(match["value"]) if match["value"] else int(number(match["words"] or match["tens"]))
    below = match["less"] or match["less_words"]
    return 0 if below and value == 1 else min(value, 100)
