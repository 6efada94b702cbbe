"""The case in plain words, for the expert and the visit sheet."""

from __future__ import annotations

from houlu.dialogue.state import State
from houlu.knowledge.table import Knowledge

ORDER = (
    "cancer",
    "histology",
    "driver",
    "drugs",
    "months_on_drug",
    "progression",
    "pattern",
    "rebiopsy",
    "findings",
    "negative",
    "pd_l1",
)


def facts(state: State, knowledge: Knowledge) -> list[tuple[str, str]]:
    """(what, said) for every fact, 没说 where there is a gap."""
    known = state.profile.to_dict()
    return [(_text(knowledge, f"fact.{key}"), _say(knowledge, key, known.get(key))) for key in ORDER]


def summary(state: State, knowledge: Knowledge) -> str:
    """The known facts, one line each; empty when nothing was said."""
    unknown = _text(knowledge, "fact.unknown")
    return "\n".join(f"{what}：{said}" for what, said in facts(state, knowledge) if said != unknown)


def _say(knowledge: Knowledge, key: str, value: object) -> str:
    if value is None:
        return _text(knowledge, "fact.unknown")
    if key == "months_on_drug":
        return _text(knowledge, "fact.months", number=f"{value:g}")
    if key == "pd_l1":
        return _text(knowledge, "fact.percent", number=value)
    if key == "rebiopsy" and value == "none":
        return _text(knowledge, "value.not_tested")
    return "、".join(_name(knowledge, key, str(item)) for item in (value if isinstance(value, list) else [value]))


def _name(knowledge: Knowledge, key: str, item: str) -> str:
    if key == "drugs" and item in knowledge.lexicon.drugs:
        return knowledge.lexicon.drug_name(item)
    if key == "cancer" and item in knowledge.lexicon.cancers and item not in ("nsclc", "sclc"):
        return knowledge.lexicon.cancers[item].names[0]
    return _text(knowledge, f"value.{item}")


def _text(knowledge: Knowledge, key: str, **values: object) -> str:
    return knowledge.phrases.text(f"dialogue.{key}", **values)
