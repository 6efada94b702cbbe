"""Settings are typed, and a wrong one is named."""

from __future__ import annotations

import os

import pytest
from pydantic import ValidationError

from houlu.settings import Settings


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)


def test_defaults_need_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("HOULU_")]:
        monkeypatch.delenv(name)
    found = settings()
    assert found.port == 5005
    assert found.database_url.startswith("sqlite:///")
    assert found.phone is None


def test_values_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOULU_PORT", "6006")
    monkeypatch.setenv("HOULU_PHONE", " ")
    assert settings().port == 6006
    assert settings().phone is None


@pytest.mark.parametrize("url", ["postgres://u:p@h/n", "postgresql://u:p@h/n", "postgresql+psycopg2://u:p@h/n"])
def test_usual_spellings_of_postgresql(url: str) -> None:
    assert settings(database_url=url).database_url == "postgresql+psycopg2://u:p@h/n"


@pytest.mark.parametrize(("name", "value"), [
    ("port", 0), ("database_url", "mysql://h/n"), ("office_hours", "mon-fri"), ("office_hours", "fri-mon 08:00-09:00"),
    ("office_hours", "mon 12:00-08:00"), ("office_hours", "mon 25:00-26:00"), ("office_hours", ""),
    ("rate_limit", "often"), ("retention_days", 0), ("frame_ancestors", "'self'; script-src *"),
    ("frame_ancestors", "a\r\nb: c\x00"),
])
def test_a_wrong_value_is_named(name: str, value: object) -> None:
    with pytest.raises(ValidationError) as error:
        settings(**{name: value})
    assert error.value.errors()[0]["loc"] == (name,)
