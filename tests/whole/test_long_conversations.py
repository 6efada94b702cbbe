"""A long conversation stays bounded, and forgets nothing that matters."""

from __future__ import annotations

import sqlalchemy as sa

from tests.support.patient import Patient

#: Characters of a dialogue's state, however long the talk: it holds what is known, not what was said.
BOUND = 6000


def test_the_tracker_is_bounded_and_the_profile_survives(family: Patient, service_database: str) -> None:
    family.say("我妈EGFR 19缺失，奥希替尼吃了14个月，CT上大了")
    for turn in range(40):
        family.say(("抽血准不准", "穿刺疼不疼", "谢谢")[turn % 3])
    profile = family.say("继续")["replies"][-1]["custom"]["profile"]
    assert profile["drugs"] == ["osimertinib"]
    assert profile["months_on_drug"] == 14
    assert 0 < _size(service_database, family.id) <= BOUND


def _size(url: str, conversation: str) -> int:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        query = sa.text("SELECT length(memory) FROM conversations WHERE id = :id")
        size = connection.execute(query, {"id": conversation}).scalar_one()
    engine.dispose()
    return int(size)
