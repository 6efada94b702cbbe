"""What can go wrong with a conversation, each with the code of the public error."""

# ruff: noqa: N818 (each is named after what happened, which reads better where it is raised)
from __future__ import annotations


class ConversationError(Exception):
    """An error the client is told of by its code."""

    code = "internal"


class NoToken(ConversationError):
    """No token, or none that was ever given out."""

    code = "unauthorized"


class ForeignToken(ConversationError):
    """A valid token of another conversation."""

    code = "forbidden"


class UnknownConversation(ConversationError):
    """Never opened, or erased."""

    code = "not_found"


class EmptyText(ConversationError):
    """Nothing but spaces and control characters."""

    code = "empty_text"


class TextTooLong(ConversationError):
    """Over the limit after trimming."""

    code = "too_long"


class UnknownChoice(ConversationError):
    """A choice that this conversation never offered."""

    code = "unknown_choice"


class BadPicture(ConversationError):
    """Not a picture that can be shown, or one too many."""

    code = "bad_picture"


class BadNumber(ConversationError):
    """Not a telephone number."""

    code = "bad_number"


class TooLarge(ConversationError):
    """More bytes than are taken."""

    code = "too_large"


class OtherContent(ConversationError):
    """The client's message id was used before for something else."""

    code = "conflict"


class TooMany(ConversationError):
    """Over the rate limit. `retry_after` is in whole seconds."""

    code = "too_many"

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class BrainNotReady(ConversationError):
    """The dialogue engine is still starting, or down."""

    code = "not_ready"


class DatabaseDown(ConversationError):
    """The database cannot be reached or refuses to work."""

    code = "unavailable"
