"""Sentinel sentences at start-up: dictionary, entities, classifier and knowledge must work before patients come."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from houlu.knowledge.case import Case
from houlu.knowledge.matcher import match
from houlu.knowledge.table import Knowledge

Understand = Callable[[str], Awaitable[dict[str, Any]]]

#: (sentence, entity ids that must be found, intents one of which must come out)
_SENTENCES: tuple[tuple[str, set[str], set[str]], ...] = (
    ("奥希替尼吃了一年，片子上又大了", {"osimertinib"}, {"inform", "strategy"}),
    ("ＥＧＦＲ Ｔ７９０Ｍ 陽性", {"egfr", "t790m"}, set()),
    ("为什么还要再做一次穿刺", set(), {"rebiopsy_why"}),
    ("转人工", set(), {"ask_expert"}),
    ("糖尿病人吃什么水果好", set(), {"other_disease", "nutrition"}),
)


async def sentinels(understand: Understand, knowledge: Knowledge) -> list[str]:
    """What is wrong, one English sentence each; empty when all is well."""
    problems = []
    for sentence, entities, intents in _SENTENCES:
        parsed = await understand(sentence)
        found = {entity["value"] for entity in parsed.get("entities") or []}
        if missing := entities - found:
            problems.append(
                f"dictionary: {', '.join(sorted(missing))} not recognised in a sentinel sentence; run `houlu build`"
            )
        if intents and parsed["intent"]["name"] not in intents:
            problems.append(
                f"model: a sentinel sentence was read as {parsed['intent']['name']}, "
                f"not {' or '.join(sorted(intents))}; run `houlu train`"
            )
    return [*problems, *(f"knowledge: {problem}" for problem in unfit(knowledge))]


def unfit(knowledge: Knowledge) -> list[str]:
    """Why the tables cannot serve patients although every row is right."""
    case = Case(
        family="egfr", drugs=frozenset(["gefitinib"]), generations=frozenset("1"), findings=frozenset(["t790m"])
    )
    return [] if match(knowledge.strategies, case) else ["no strategy row fits T790M after gefitinib"]
