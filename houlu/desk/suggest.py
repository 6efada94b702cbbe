"""Rows of the strategy table for this case, ready to be sent with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from houlu.knowledge.table import Knowledge

_CAUTIONS = 4


@dataclass(frozen=True)
class Suggestion:
    """payload: as in the contract's `strategies`. text: what would be sent."""

    payload: dict[str, Any]
    sources: list[dict[str, str | None]]
    text: str


def suggestions(profile: dict[str, Any], knowledge: Knowledge) -> tuple[list[Suggestion], list[Suggestion]]:
    """Options and cautions in the matcher's order."""
    from houlu.dialogue.scene import Message, Scene
    from houlu.dialogue.state import State
    from houlu.dialogue.strategies import payload
    from houlu.knowledge.matcher import match
    from houlu.understanding.profile import Profile

    scene = Scene(knowledge, State(profile=Profile.from_dict(profile)), Message("", "strategy"))

    def made(found: Any) -> Suggestion:
        row, data = found.row, payload(scene, found)
        lines = [row.regimen, row.summary, f"{_word(scene, 'evidence')}{row.evidence_level}"]
        lines += [f"{_word(scene, 'approval')}{data['approval']}"] if row.role == "option" else []
        return Suggestion(data, knowledge.cite(row.sources), "\n".join([*lines, _word(scene, "closing")]))

    rows = knowledge.strategies
    return ([made(one) for one in match(rows, scene.case)],
            [made(one) for one in match(rows, scene.case, "caution")[:_CAUTIONS]])


def _word(scene: Any, key: str) -> str:
    return str(scene.knowledge.phrases.text(f"experts.send.{key}"))
