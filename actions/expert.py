"""A human, the telephone, or not waiting any more. Handler: houlu/dialogue/expert.py."""

from actions.base import DialogueAction


class Expert(DialogueAction):
    act = "expert"
