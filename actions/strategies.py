"""What now: the strategy table, or the journey towards it. Handler: houlu/dialogue/strategies.py."""

from actions.base import DialogueAction


class Strategies(DialogueAction):
    act = "strategies"
