"""What must not or cannot be answered here. Handler: houlu/dialogue/refuse.py."""

from actions.base import DialogueAction


class Refuse(DialogueAction):
    act = "refuse"
