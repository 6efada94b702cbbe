"""What was sent, understood as far as the store can: the choice behind an id, an earlier answer, a rating, consent."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from houlu.conversations import store, tokens
from houlu.conversations.errors import ForeignToken, NoToken, OtherContent, UnknownChoice
from houlu.conversations.pictures import Picture
from houlu.conversations.records import Answered, Conversation, StoredTurn
from houlu.conversations.visitor import Said, Visitor
from houlu.replies import Choice, Owner


@dataclass(frozen=True)
class Heard:
    """A message, understood as far as the store can."""

    conversation: Conversation
    text: str
    choice: Choice | None
    latest: tuple[Choice, ...]
    earlier: StoredTurn | None
    picture: Picture | None = None
    ratings: tuple[Choice, ...] = ()

    @property
    def consent_meant(self) -> bool | None:
        """What a tapped answer to the consent question says; None when it is no answer to it."""
        return self.choice.means.get("consent") if self.choice else None

    @property
    def rating_meant(self) -> tuple[int, int] | None:
        """Ticket and score of a tapped or typed rating."""
        typed = self.text.strip().rstrip("。.!！分")
        chosen = self.choice or next(
            (one for one in self.ratings if typed in (one.title, str(one.means["score"]))), None)
        return (chosen.means["rate"], chosen.means["score"]) if chosen and "rate" in chosen.means else None


def admitted(visitor: Visitor, c: Connection) -> Conversation:
    """The visitor's conversation. Raises UnknownConversation, NoToken or ForeignToken."""
    found = store.find(c, visitor.conversation)
    if tokens.matches(visitor.token, found.token_hash):
        return found
    raise ForeignToken if store.token_exists(c, tokens.hashed(visitor.token)) else NoToken


def hear(visitor: Visitor, said: Said, c: Connection) -> Heard:
    """One message of a visitor. Raises as `admitted`, and UnknownChoice."""
    conversation = visitor.conversation
    now = admitted(visitor, c)
    earlier = store.turn_of(c, conversation, said.client_id)
    latest = store.latest_choices(c, conversation)
    ratings: tuple[Choice, ...] = ()
    if latest and "rate" in latest[0].means:  # the question before it is still open
        ratings, latest = latest, store.latest_choices(c, conversation, "bot")
    if said.choice is None:
        return Heard(now, said.text or "", None, latest, earlier, said.picture, ratings)
    choice = store.choice(c, conversation, said.choice) if tokens.is_choice_id(said.choice) else None
    if choice is None and earlier is None:
        raise UnknownChoice
    return Heard(now, choice.title if choice else "", choice, latest, earlier)


def replay(earlier: StoredTurn, owner: Owner, fingerprint: str) -> Answered:
    """The stored answer again. Raises OtherContent when the same id came with another content."""
    if earlier.fingerprint != fingerprint:
        raise OtherContent
    return Answered(earlier.seq, owner, earlier.replies)
