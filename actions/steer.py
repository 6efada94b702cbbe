"""Steering the talk. Handler: houlu/dialogue/steer.py."""

from actions.base import DialogueAction


class Steer(DialogueAction):
    act = "steer"
