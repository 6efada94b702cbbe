"""Danger that the classifier sees (the rules run before Rasa). Handler: houlu/dialogue/emergency.py."""

from actions.base import DialogueAction


class Emergency(DialogueAction):
    act = "emergency"
