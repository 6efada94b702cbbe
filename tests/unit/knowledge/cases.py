"""Cases as the dialogue makes them of a profile, and what the real tables say to them."""

from __future__ import annotations

from typing import Any

from houlu.dialogue.scene import Message, Scene, case_of
from houlu.dialogue.state import State
from houlu.knowledge import current
from houlu.knowledge.case import Case
from houlu.knowledge.matcher import match
from houlu.understanding.profile import Profile


def scene(**profile: Any) -> Scene:
    """A conversation in which this profile is known."""
    return Scene(current.knowledge(), State(profile=Profile.from_dict(profile)), Message("", "inform"))


def case(**profile: Any) -> Case:
    """The matcher's view of a profile: family and generations are inferred."""
    return case_of(scene(**profile))


def shown(role: str = "option", **profile: Any) -> list[str]:
    """The ids of the rows of a role that fit a profile, in order."""
    return [found.row.id for found in match(current.knowledge().strategies, case(**profile), role)]
