"""The JSON of the public contract, both ways. The OpenAPI document is made from these."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field, StrictBool, StrictStr, root_validator

from houlu.conversations.records import Message
from houlu.conversations.service import Answered, Opened
from houlu.replies import Owner

# No control characters and no lone surrogates: an id is stored and compared, never repaired.
_CLIENT_ID = r"^[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]+$"


class Consent(BaseModel):
    """Whether the person agrees that what is written is kept."""

    consent: StrictBool


class OpenBody(BaseModel):
    """How a conversation begins."""

    consent: StrictBool = False


class SayBody(BaseModel):
    """One message of a patient: exactly one of text and choice."""

    id: StrictStr = Field(min_length=1, max_length=128, regex=_CLIENT_ID, description="the client's own message id")
    text: StrictStr | None = Field(None, description="at most 1,000 characters after trimming, not blank")
    choice: StrictStr | None = Field(None, description="the id of a quick reply of this conversation")

    class Config:
        """Says "exactly one" in the schema too."""

        schema_extra: ClassVar[dict[str, Any]] = {"oneOf": [{"required": ["text"]}, {"required": ["choice"]}]}

    @root_validator(skip_on_failure=True)
    @classmethod
    def _exactly_one(cls, values: dict[str, Any]) -> dict[str, Any]:
        if (values["text"] is None) == (values["choice"] is None):
            raise ValueError("exactly one of text and choice")
        return values


class ChoiceOut(BaseModel):
    """A quick reply."""

    id: str
    title: str


class MessageOut(BaseModel):
    """One message of either side."""

    seq: int
    at: str = Field(description="UTC, such as 2026-11-22T10:00:00Z")
    sender: Literal["user", "bot", "expert", "system"] = Field(alias="from")
    id: str | None = Field(description="the client's id of a patient's message")
    text: str
    choices: list[ChoiceOut]
    image: str | None
    custom: dict[str, Any]

    @classmethod
    def of(cls, message: Message) -> MessageOut:
        """A stored message as the client sees it."""
        return cls.parse_obj({
            "seq": message.seq, "at": message.at.strftime("%Y-%m-%dT%H:%M:%SZ"), "from": message.sender,
            "id": message.client_id, "text": message.text, "image": message.image, "custom": message.custom,
            "choices": [{"id": choice.id, "title": choice.title} for choice in message.choices],
        })


class OpenedOut(BaseModel):
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


class AnsweredOut(BaseModel):
    """The patient's sequence number and the replies to it."""

    seq: int
    owner: Owner
    replies: list[MessageOut]

    @classmethod
    def of(cls, answered: Answered) -> AnsweredOut:
        """From the service."""
        return cls(seq=answered.seq, owner=answered.owner, replies=[MessageOut.of(one) for one in answered.replies])


class HistoryOut(BaseModel):
    """Both sides in order."""

    messages: list[MessageOut]
    owner: Owner


class ConfigOut(BaseModel):
    """What a front end needs before the first message."""

    phone: str | None
    office_open: bool
    office_hours: str
    ai_label: str
    consent_text: str
    titles: dict[str, str]


class StatusOut(BaseModel):
    """Whether the process can work."""

    status: Literal["ok", "unavailable"]
    problems: list[str]


class ErrorDetail(BaseModel):
    """A code for programs, a message for the patient."""

    code: str
    message: str


class ErrorOut(BaseModel):
    """Every error."""

    error: ErrorDetail
