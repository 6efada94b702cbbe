"""First-answer times: the office-hours clock, and apart from it what was answered while the desk was closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from houlu.conversations import store
from houlu.conversations.database import Database
from houlu.conversations.tables import tickets as table
from houlu.desk import tickets
from houlu.desk.hours import OfficeHours
from houlu.desk.overview import overview, percentile
from houlu.desk.targets import Targets

TARGETS = Targets(OfficeHours.parse("mon-fri 08:30-12:00,13:30-17:30"), 10, 30)
#: A Wednesday without holidays, in Chinese time.
DAY = datetime(2026, 11, 18)


def test_nights_and_lunch_breaks_do_not_make_the_desk_look_fast(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'houlu.db'}")
    database.migrate()
    for number, (opened, answered) in enumerate((
        ("09:00", "09:05"), ("07:00", "08:40"), ("11:55", "13:40"),  # 5, 10 and 15 minutes with the desk open
        ("06:00", "07:00"), ("12:10", "12:20"), ("18:00", "21:00"),  # nobody had to answer these yet
    )):
        database.write(lambda c, told=(number, opened, answered): _answered(c, *told))
    now = _utc("22:00")
    found = database.read(lambda c: overview(c, TARGETS, 120, now))
    assert [one // 60 for one in found.first_answers] == [5, 10, 15]
    assert [one // 60 for one in found.outside_hours] == [10, 60, 180]
    assert percentile(found.first_answers, 0.5) == 600
    assert found.answered == 6
    database.close()


def _answered(c: sa.engine.Connection, number: int, opened: str, answered: str) -> None:
    store.add(c, f"{number:032x}", f"{number}", True)
    made = tickets.open_ticket(c, f"{number:032x}", "asked", "", "")
    times = {"opened_at": _utc(opened), "waiting_since": _utc(opened), "first_answered_at": _utc(answered)}
    c.execute(sa.update(table).where(table.c.number == made.number).values(**times))


def _utc(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return DAY + timedelta(hours=hour - 8, minutes=minute)
