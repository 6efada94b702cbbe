"""Several things in one message: its questions, each to be read by itself, and which of them Houlu goes by."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from houlu.knowledge import ids
from houlu.understanding.clauses import clauses
from houlu.understanding.decide import FALLBACK

#: Chat, and the way to a doctor: any question of ours behind it counts.
_CHAT = (FALLBACK, "non_medical", "greeting", "goodbye", "thanks")
#: Gives way to a question of ours unless it is this sure: 「谁家的贝伐好」 asks for a brand.
_WHOM, _PLAINLY = "hospital_doctor", 0.8
#: Other illnesses: a question behind them counts when it has a word of our subject. 「多年糖尿病，怎么办」 has none.
_OTHERS = ("other_disease", "cancer_general", "ask_expert", "advice")
#: How sure a question by itself must be to count beside the whole message.
SURE = 0.6
#: So few characters say nothing without the clause before them: 「咋办」.
_LITTLE = 5
#: Short, and yet a whole question: 「想问消融」「啥叫双靶」.
_COMPLETE = re.compile(r"(?:想|来|要)?问|想知道|(?:啥|什么)(?:叫|是)")
_MOST = 2

#: An intent and its confidence.
Asked = tuple[str, float]


def questions(text: str) -> list[str]:
    """The last questions of a normalised text of several clauses, in order; none when it is all one clause."""
    parts = clauses(text)
    if len(parts) < 2:
        return []
    found = []
    for index, part in enumerate(parts):
        if not part.question or part.hypothetical or clauses(part.text)[0].someone_else:
            continue  # a question behind a remark about a neighbour is the patient's own
        alone = len(part.text) > _LITTLE or not index or _COMPLETE.match(part.text)
        found.append(part.text if alone else text[parts[index - 1].start : part.end])
    return found[-_MOST:]


def counting(whole: Asked, asked: Sequence[tuple[str, Asked]], names_our_subject: Callable[[str], bool]) -> list[Asked]:
    """What the questions ask that counts beside the whole message. asked: each question's text and reading."""
    return [
        (name, sure)
        for text, (name, sure) in asked
        if name in ids.IN_SCOPE_TOPICS and sure >= SURE and (_gives_way(whole) or names_our_subject(text))
    ]


def chosen(whole: Asked, ours: Sequence[Asked]) -> Asked:
    """What to go by: the whole message, or a question of ours that stands beside something else."""
    if not ours or not (_gives_way(whole) or whole[0] in _OTHERS) or whole[0] in dict(ours):
        return whole
    return max(ours, key=lambda one: one[1])


def _gives_way(whole: Asked) -> bool:
    name, sure = whole
    return name in _CHAT or (name == _WHOM and sure < _PLAINLY)
