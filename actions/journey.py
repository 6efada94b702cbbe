"""Told facts lead to the next question or to the strategies. Handler: houlu/dialogue/journey.py."""

from actions.base import DialogueAction


class Journey(DialogueAction):
    act = "journey"
