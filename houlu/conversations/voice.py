"""What the door answers by itself, without the dialogue engine: greeting, consent, telephone, apology."""

from __future__ import annotations

import unicodedata

from houlu.knowledge.phrases import Phrases
from houlu.replies import Choice, Reply

NEEDS: dict[str, tuple[str, ...]] = {
    "door.greeting": (), "door.ai_label": (), "door.phone_words": (), "door.phone.none": (),
    "door.picture.text": (), "door.picture.reply": (), "door.titles.ask_expert": (), "desk.rating.thanks": (),
    "door.phone.offered": ("phone",), "desk.apology": (), "desk.no_summary": (),
    **{f"door.consent.{key}": () for key in (
        "text", "question", "again", "declined", "withdrawn", "given", "agree", "decline")},
}


class Voice:
    """Replies from the phrases. Raises KnowledgeError at once when one is missing."""

    def __init__(self, phrases: Phrases, phone: str | None) -> None:
        phrases.require(NEEDS)
        self._text = phrases.text
        self._phone = phone

    @property
    def _consent(self) -> tuple[Choice, Choice]:
        return (
            Choice(self._text("door.consent.agree"), {"consent": True}),
            Choice(self._text("door.consent.decline"), {"consent": False}),
        )

    def greeting(self) -> Reply:
        """The first words when the engine does not speak."""
        return Reply("smalltalk", "greeting", self._text("door.greeting"))

    def consent(self, key: str) -> Reply:
        """The question for consent, after what the key says: question, again, declined or withdrawn."""
        return Reply("question", "consent", self._text(f"door.consent.{key}"), self._consent)

    def thanks_for_consent(self) -> Reply:
        """For one who agrees a second time."""
        return Reply("smalltalk", "greeting", self._text("door.consent.given"))

    def phone(self) -> Reply:
        """The helpline, or that there is none."""
        key = "door.phone.offered" if self._phone else "door.phone.none"
        return Reply("handoff", "phone", self._text(key, phone=self._phone))

    def picture_text(self) -> str:
        """What stands for a picture where only text can be shown."""
        return self._text("door.picture.text")

    def picture(self) -> Reply:
        """It is not read; the expert is offered."""
        choices = (Choice(self._text("door.titles.ask_expert"), {"act": "expert"}),)
        return Reply("refusal", "read_report", self._text("door.picture.reply"), choices)

    def thanks_for_rating(self) -> Reply:
        """Whatever the score was."""
        return Reply("smalltalk", "thanks", self._text("desk.rating.thanks"))

    def apology(self) -> Reply:
        """The engine failed; the expert takes over."""
        return Reply("handoff", "ask_expert", self._text("desk.apology"))

    def no_summary(self) -> str:
        """For the expert, in place of the engine's summary."""
        return self._text("desk.no_summary")

    def asks_phone(self, text: str) -> bool:
        """Whether somebody without consent asks for the telephone."""
        return any(word in text for word in self._text("door.phone_words").split())

    def typed_consent(self, text: str) -> bool | None:
        """What a typed answer to the consent question says; None when it is no answer to it."""
        plain = unicodedata.normalize("NFKC", text).strip(" 。.!")
        for number, choice in enumerate(self._consent, 1):
            if plain in (choice.title, str(number)):
                return bool(choice.means["consent"])
        return None
