"""The seam between the channels and the dialogue engine. Channels know this protocol, never Rasa."""

from __future__ import annotations

from typing import Protocol

from houlu.replies import Incoming, Turn


class Brain(Protocol):
    """Understands one message after another. It stores nothing: what it must remember travels in `Turn.memory`."""

    async def start(self, conversation: str) -> Turn:
        """The first words of a conversation: greeting and AI label."""
        ...

    async def turn(self, conversation: str, message: Incoming) -> Turn:
        """Answer one message, an emergency before all else.

        Raises when the engine fails; the caller then apologises and opens a ticket."""
        ...

    async def danger(self, text: str) -> str | None:
        """The emergency topic that a text speaks of, outside any conversation. Raises when the engine fails."""
        ...

    def problems(self) -> list[str]:
        """Why it is not ready, in plain English for the operator; empty when ready."""
        ...

    def warnings(self) -> list[str]:
        """What the operator should know although it is ready, such as a broken knowledge file that is not used."""
        ...
