"""What the dialogue remembers of a conversation. It travels in one slot of the tracker."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from houlu.understanding.profile import Profile


@dataclass(frozen=True)
class State:
    """profile: what is known. step: of the contract, None before the journey. asked: the open question's slot.
    passed: slots answered with 不清楚 or 跳过. trail: the questions asked, with the profile before each (for 上一步).
    offered: the last reply offered the expert. misses: misunderstandings in a row. topic and answer: the last answer
    given, for 想多了解一点. picture: the last one shown. shown: strategy rows shown so far. unclear: id of the
    ambiguous term asked about. paused: an emergency interrupted. red_flags: emergencies of this conversation, for
    the expert's summary.
    """

    profile: Profile = field(default_factory=Profile)
    step: str | None = None
    asked: str | None = None
    passed: tuple[str, ...] = ()
    trail: tuple[tuple[str, dict[str, Any]], ...] = ()
    offered: bool = False
    misses: int = 0
    topic: str | None = None
    answer: str | None = None
    picture: str | None = None
    shown: int = 0
    unclear: str | None = None
    paused: bool = False
    red_flags: tuple[str, ...] = ()

    def with_(self, **changes: Any) -> State:
        """A changed copy."""
        return replace(self, **changes)

    def to_dict(self) -> dict[str, Any]:
        """A JSON-able copy without what is empty."""
        data = {
            key: value
            for key, value in vars(self).items()
            if value not in (None, (), [], False, 0) and key != "profile"
        }
        return {**data, "profile": self.profile.to_dict()}

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> State:
        """The inverse of `to_dict`; nothing gives a fresh state."""
        data = dict(data or {})
        profile = Profile.from_dict(data.pop("profile", {}))
        for key in ("passed", "red_flags"):
            data[key] = tuple(data.get(key, ()))
        data["trail"] = tuple((slot, before) for slot, before in data.get("trail", ()))
        return cls(profile=profile, **data)
