"""What the patient wants to know, in their own words: whoever asks for a person has mostly said it before."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from houlu.conversations.tables import choices, messages

_BARE = 8  # so short a request, such as 转人工 or 我要问医生, holds no question
_SHORTEST = 3
_LOOKED_BACK = 10


def question_of(c: Connection, conversation: str, asked: str) -> str:
    """The request itself when it says more than that, else the last typed words before it."""
    if len(asked) > _BARE:
        return asked
    return next((words for words in _typed(c, conversation) if words != asked), asked)


def _typed(c: Connection, conversation: str) -> Iterator[str]:
    """The newest first, without tapped quick replies and pictures."""
    mine = (messages.c.conversation == conversation, messages.c.sender == "user", messages.c.image.is_(None))
    offered = sa.select(choices.c.title).where(choices.c.conversation == conversation)
    query = sa.select(messages.c.text).where(*mine, messages.c.text.not_in(offered))
    for words in c.execute(query.order_by(messages.c.seq.desc()).limit(_LOOKED_BACK)).scalars():
        if len(words) >= _SHORTEST:
            yield words
