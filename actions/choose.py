"""A tapped quick reply (the channel names this intent, never the patient). Handler: houlu/dialogue/choose.py."""

from actions.base import DialogueAction


class Choose(DialogueAction):
    act = "choose"
