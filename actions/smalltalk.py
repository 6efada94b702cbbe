"""Manners. Handler: houlu/dialogue/smalltalk.py."""

from actions.base import DialogueAction


class Smalltalk(DialogueAction):
    act = "smalltalk"
