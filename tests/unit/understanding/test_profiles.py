"""The table of what patients say and what it tells of them, in many voices (profiles.yaml)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, Extra

from houlu.understanding.profile import Profile
from tests.unit.understanding.listening import listen

#: Months within half a month are the same.
_NEAR = 0.51


class Row(BaseModel):
    """profiles.yaml explains the keys. gap: why the row is known to fail."""

    say: list[str] | str
    has: dict[str, Any] = {}
    not_: dict[str, list[Any] | None] = {}
    intent: str = "inform"
    asked: str | None = None
    gap: str | None = None

    class Config:
        extra = Extra.forbid
        fields = {"not_": "not"}

    @property
    def said(self) -> list[str]:
        return self.say if isinstance(self.say, list) else [self.say]

    def faults(self, profile: dict[str, Any]) -> Iterator[str]:
        for key, value in self.has.items():
            if not _same(key, value, profile.get(key)):
                yield f"{key} is {profile.get(key)!r}, not {value!r}"
        for key, values in self.not_.items():
            held = profile.get(key)
            if values is None and held is not None:
                yield f"{key} is {held!r}, but nothing was said of it"
            if values and set(values) & set(held if isinstance(held, list) else [held]):
                yield f"{key} holds {held!r}"


def _same(key: str, wanted: Any, held: Any) -> bool:
    if key == "months_on_drug":
        return held is not None and abs(held - wanted) < _NEAR
    if key in ("findings", "negative"):  # in any order
        return set(held or ()) == set(wanted)
    return bool(held == wanted)


def _rows() -> Iterator[Any]:
    table = yaml.safe_load((Path(__file__).parent / "profiles.yaml").read_text(encoding="utf-8"))
    for group, rows in table.items():
        for row in (Row(**given) for given in rows):
            marks = [pytest.mark.xfail(reason=row.gap, strict=True)] if row.gap else []
            yield pytest.param(row, id=f"{group}: {' / '.join(row.said)}", marks=marks)


@pytest.mark.parametrize("row", _rows())
def test_what_is_said_is_what_the_profile_holds(row: Row) -> None:
    profile = Profile()
    for said in row.said:
        profile = listen(said, intent=row.intent, asked=row.asked, before=profile).profile
    assert not list(row.faults(profile.to_dict())), profile
