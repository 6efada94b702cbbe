"""The JSON of the public contract, both ways. The OpenAPI document is made from these."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field, StrictBool, StrictStr, root_validator, validator
from typing_extensions import Self

from houlu.conversations.records import Answered, Message, Opened
from houlu.replies import Owner

# An id is stored and compared, never repaired.
_NO_CONTROL_CHARACTERS = r"^[^\u0000-\u001f\u007f-\u009f]+$"


class In(BaseModel):
    """What comes in: a JSON object, where pydantic 1 would also take a list of pairs."""

    @classmethod
    def validate(cls, value: Any) -> Self:
        """Raises TypeError, which pydantic makes a validation error."""
        if not isinstance(value, dict):
            raise TypeError("expected a JSON object")
        return super().validate(value)


class Out(BaseModel):
    """What goes out. Unlike pydantic 1, its schema says which fields may be null."""

    class Config:
        """How the schema is made."""

        @staticmethod
        def schema_extra(schema: dict[str, Any], model: type[BaseModel]) -> None:
            """Add null where the type allows it."""
            for field in model.__fields__.values():
                if field.allow_none:
                    named = schema["properties"][field.alias]
                    named["type"] = [named["type"], "null"]


class Consent(In):
    """Whether the person agrees that what is written is kept."""

    consent: StrictBool


class SayBody(In):
    """One message of a patient: exactly one of text and choice."""

    id: StrictStr = Field(
        min_length=1, max_length=128, regex=_NO_CONTROL_CHARACTERS, description="the client's own message id")
    text: StrictStr | None = Field(None, description="at most 1,000 characters after trimming, not blank")
    choice: StrictStr | None = Field(None, description="the id of a quick reply of this conversation")

    class Config:
        """Says "exactly one" in the schema too."""

        schema_extra: ClassVar[dict[str, Any]] = {"oneOf": [{"required": ["text"]}, {"required": ["choice"]}]}

    @validator("id")
    @classmethod
    def _storable(cls, value: str) -> str:
        value.encode()  # a lone surrogate is a UnicodeEncodeError, which is a ValueError
        return value

    @root_validator(skip_on_failure=True)
    @classmethod
    def _exactly_one(cls, values: dict[str, Any]) -> dict[str, Any]:
        if (values["text"] is None) == (values["choice"] is None):
            raise ValueError("exactly one of text and choice")
        return values


class ChoiceOut(Out):
    """A quick reply."""

    id: str
    title: str


class MessageOut(Out):
    """One message of either side."""

    seq: int
    at: str = Field(description="UTC, such as 2026-11-22T10:00:00Z")
    sender: Literal["user", "bot", "expert", "system"] = Field(alias="from")
    id: str | None = Field(description="the client's id of a patient's message")
    text: str
    choices: list[ChoiceOut]
    image: str | None = Field(
        description="a picture's address: a path of this service, absolute with HOULU_PUBLIC_URL; "
                    "custom.image_alt says it in words")
    custom: dict[str, Any]

    @classmethod
    def of(cls, message: Message) -> MessageOut:
        """A stored message as the client sees it: which expert wrote it, and under what id, is the desk's."""
        return cls.parse_obj(_message(message))


def _message(message: Message) -> dict[str, Any]:
    custom = {key: value for key, value in message.custom.items() if key != "by"}
    client_id = message.client_id if message.sender == "user" else None
    return {
        "seq": message.seq, "at": message.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "from": message.sender,
        "id": client_id, "text": message.text, "image": message.image, "custom": custom,
        "choices": [{"id": choice.id, "title": choice.title} for choice in message.choices],
    }


class OpenedOut(Out):
    """A new conversation."""

    conversation: str
    token: str
    owner: Owner
    replies: list[MessageOut]

    @classmethod
    def of(cls, opened: Opened) -> OpenedOut:
        """From the service."""
        return cls(conversation=opened.conversation, token=opened.token, owner=opened.owner,
                   replies=[MessageOut.of(reply) for reply in opened.replies])


class AnsweredOut(Out):
    """The patient's sequence number and the replies to it."""

    seq: int
    owner: Owner
    replies: list[MessageOut]

    @classmethod
    def of(cls, answered: Answered) -> AnsweredOut:
        """From the service."""
        return cls(seq=answered.seq, owner=answered.owner, replies=[MessageOut.of(one) for one in answered.replies])


def answered(turn: Answered) -> dict[str, Any]:
    """`AnsweredOut` as JSON."""
    return {"seq": turn.seq, "owner": turn.owner, "replies": [_message(one) for one in turn.replies]}


class HistoryOut(Out):
    """Both sides in order."""

    messages: list[MessageOut]
    owner: Owner


class ConfigOut(Out):
    """What a front end needs before the first message."""

    phone: str | None
    office_open: bool
    office_hours: str
    ai_label: str
    consent_text: str
    titles: dict[str, str]


class StatusOut(Out):
    """Whether the process can work."""

    status: Literal["ok", "unavailable"]
    problems: list[str]


class ErrorDetail(Out):
    """A code for programs, a message for the patient."""

    code: str
    message: str


class ErrorOut(Out):
    """Every error."""

    error: ErrorDetail
