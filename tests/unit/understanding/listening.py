"""One message read as the dialogue reads it, without a classifier: the intent is given."""

from __future__ import annotations

from datetime import date

from houlu.understanding import artefacts
from houlu.understanding.hear import Heard, hear
from houlu.understanding.profile import Profile

TODAY = date(2026, 11, 22)


def listen(text: str, *, intent: str = "inform", asked: str | None = None, before: Profile | None = None) -> Heard:
    """What is heard in the patient's own words."""
    plain = artefacts.normaliser()(text).text
    entities = artefacts.recogniser()(plain)
    return hear(before or Profile(), plain, entities, artefacts.lexicon(), intent=intent, asked=asked, today=TODAY)
