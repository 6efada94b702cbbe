"""Not understood: ask. Handler: houlu/dialogue/clarify.py."""

from actions.base import DialogueAction


class Clarify(DialogueAction):
    act = "clarify"
