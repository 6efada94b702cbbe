"""Who speaks in a conversation, and what they sent."""

from __future__ import annotations

from dataclasses import dataclass

from houlu.conversations import tokens
from houlu.conversations.errors import NoToken, UnknownConversation
from houlu.conversations.pictures import Picture
from houlu.conversations.text import patient_text


@dataclass(frozen=True)
class Visitor:
    """Somebody who showed the token of a conversation."""

    conversation: str
    token: str

    @classmethod
    def claimed(cls, conversation: str, token: str | None) -> Visitor:
        """Somebody whose token is still to be compared. Raises NoToken or UnknownConversation for what can be none."""
        if token is None or not tokens.is_token(token):
            raise NoToken
        if not tokens.is_id(conversation):
            raise UnknownConversation
        return cls(conversation, token)


@dataclass(frozen=True)
class Said:
    """One message of a patient: words, the id of a quick reply, or a picture (its text stands in for it)."""

    client_id: str
    text: str | None = None
    choice: str | None = None
    picture: Picture | None = None

    @classmethod
    def words(cls, client_id: str, text: str) -> Said:
        """A typed message. Raises EmptyText or TextTooLong."""
        return cls(client_id, text=patient_text(text))

    def fingerprint(self, token: str) -> str:
        """The same for the same content only."""
        if self.picture is not None:
            return tokens.fingerprint(token, f"picture:{self.picture.digest}")
        return tokens.fingerprint(token, f"text:{self.text}" if self.choice is None else f"choice:{self.choice}")
