"""The seam to the red-flag rules (`houlu.safety.guard.Guard` is one of these)."""

from __future__ import annotations

from typing import Protocol

from houlu.replies import Reply


class Flag(Protocol):
    """A danger sign in a text."""

    @property
    def topic(self) -> str:
        """The emergency topic of the public contract."""
        ...


class RedFlags(Protocol):
    """The rules that run before everything else."""

    def find(self, text: str) -> Flag | None:
        """The most serious danger sign in a text."""
        ...

    def reply(self, topic: str) -> Reply:
        """What to do now."""
        ...
