"""What is known of this patient: the contract's profile, immutable."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Profile:
    """The contract's profile keys; None or empty means that nothing was said."""

    cancer: str | None = None
    histology: str | None = None
    driver: str | None = None
    drugs: tuple[str, ...] = ()
    months_on_drug: float | None = None
    progression: str | None = None
    pattern: str | None = None
    rebiopsy: str | None = None
    findings: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    pd_l1: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The contract's object: keys absent when unknown, JSON types."""
        known = {key: value for key, value in vars(self).items() if value is not None and value != ()}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in known.items()}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Profile:
        """The inverse of `to_dict`; unknown keys are ignored."""
        names = {field.name for field in fields(cls)}
        known: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in names}
        return cls(**known)

    def with_(self, **changes: Any) -> Profile:
        """A changed copy."""
        return replace(self, **changes)
