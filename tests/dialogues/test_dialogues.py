"""Whole conversations with the trained model, filed by what the patient does. One YAML file is one conversation.

A file is a list of turns. A turn is what the patient does, and what must come back (README.md explains the keys).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, Extra

from tests.support.patient import Patient

_GAP = "# gap: "


def _conversations() -> Iterator[Any]:
    """A file whose first line is `# gap: why` is known to fail."""
    for path in sorted(Path(__file__).parent.glob("*/*.yml")):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        marks = [pytest.mark.xfail(reason=first.removeprefix(_GAP))] if first.startswith(_GAP) else []
        yield pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=marks)


class Strict(BaseModel):
    """A misspelt key fails."""

    class Config:
        extra = Extra.forbid


class ProfileExpected(Strict):
    """includes: keys with exactly these values. excludes: values that a key must not hold; null: the key is absent."""

    includes: dict[str, Any] = {}
    excludes: dict[str, list[str] | None] = {}

    def faults(self, profile: dict[str, Any]) -> Iterator[str]:
        for key, value in self.includes.items():
            if profile.get(key) != value:
                yield f"profile.{key} is {profile.get(key)!r}, not {value!r}"
        for key, values in self.excludes.items():
            held = profile.get(key)
            if values is None and held is not None:
                yield f"profile.{key} is {held!r}, but nothing was said of it"
            for value in values or ():
                if value == held or (isinstance(held, list) and value in held):
                    yield f"profile.{key} holds {value!r}: {held!r}"


class StrategiesExpected(Strict):
    """first: the row on top. contains: rows shown with it. never: rows that must not be among them."""

    first: str | None = None
    contains: list[str] = []
    never: list[str] = []

    def faults(self, shown: list[str]) -> Iterator[str]:
        if self.first and shown[:1] != [self.first]:
            yield f"the first strategy is not {self.first}: {shown}"
        yield from (f"strategy {row} is missing: {shown}" for row in self.contains if row not in shown)
        yield from (f"strategy {row} must not be shown" for row in self.never if row in shown)


class Turn(Strict):
    """One message of the patient (`user` or `tap`, after `pause` hours) and what is expected of the replies."""

    user: str | None = None
    tap: str | None = None
    pause: float = 0
    kinds: list[str] | None = None
    topics: list[str] | None = None
    step: str | None = None
    profile: ProfileExpected = ProfileExpected()
    strategies: StrategiesExpected = StrategiesExpected()
    text_any: list[str] = []
    text_none: list[str] = []
    choices: list[str] = []
    owner: str | None = None

    def faults(self, answer: dict[str, Any]) -> Iterator[str]:
        replies = answer["replies"]
        customs = [reply["custom"] for reply in replies]
        text = "\n".join(reply["text"] for reply in replies)
        yield from _differs("kinds", [custom["kind"] for custom in customs], self.kinds)
        yield from _differs("topics", [custom["topic"] for custom in customs], self.topics)
        yield from _differs("owner", answer["owner"], self.owner)
        if "step" in self.__fields_set__ and customs[-1]["step"] != self.step:
            yield f"step is {customs[-1]['step']!r}, not {self.step!r}"
        yield from self.profile.faults(customs[-1]["profile"])
        yield from self.strategies.faults([row["id"] for custom in customs for row in custom.get("strategies", ())])
        if self.text_any and not any(words in text for words in self.text_any):
            yield f"none of {self.text_any} is said"
        yield from (f"{words!r} is said" for words in self.text_none if words in text)
        offered = [choice["title"] for reply in replies for choice in reply["choices"]]
        yield from (f"{title!r} is not offered: {offered}" for title in self.choices if title not in offered)


@pytest.mark.parametrize("path", _conversations())
def test_conversation(path: Path, family: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    for turn in (Turn(**given) for given in yaml.safe_load(path.read_text(encoding="utf-8"))):
        if turn.pause:
            _pass_hours(monkeypatch, turn.pause)
        answer = _act(family, turn)
        told += [f"> {turn.user or turn.tap}", *(_shown(reply) for reply in answer["replies"])]
        faults = list(turn.faults(answer))
        assert not faults, "\n".join([*faults, "", *told])


def _act(family: Patient, turn: Turn) -> dict[str, Any]:
    if turn.user is not None:
        return family.say(turn.user)
    choices = [choice for message in family.read()["messages"] for choice in message["choices"]]
    found = [choice["id"] for choice in choices if choice["title"] == turn.tap]
    assert found, f"{turn.tap!r} was never offered: {[choice['title'] for choice in choices]}"
    return family.choose(found[-1])


def _pass_hours(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    before = time.time
    monkeypatch.setattr(time, "time", lambda: before() + hours * 3600)


def _differs(what: str, found: object, expected: object | None) -> Iterator[str]:
    if expected is not None and found != expected:
        yield f"{what}: {found}, not {expected}"


def _shown(reply: dict[str, Any]) -> str:
    custom = reply["custom"]
    rows = " ".join(row["id"] for row in custom.get("strategies", ()))
    return (
        f"    {custom['kind']} {custom['topic']} step={custom['step']} {rows}\n"
        f"      {reply['text'][:160]!r}\n      {custom['profile']}"
    )
