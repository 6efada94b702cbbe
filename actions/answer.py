"""A question in scope is answered from the content files. Handler: houlu/dialogue/answer.py."""

from actions.base import DialogueAction


class Answer(DialogueAction):
    act = "answer"
