"""A served patient side, and the desk's commands on the same database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from houlu.cli import app
from houlu.settings import get_settings
from tests.api.conftest import brain, http, patient, settings, stranger, url
from tests.support.databases import postgres

__all__ = ["brain", "http", "patient", "postgres", "settings", "stranger", "url"]


class DeskCommand:
    """`houlu desk ... --json`, as somebody."""

    def __call__(self, command: str, *arguments: str, name: str = "li", fails: bool = False) -> Any:
        who = [] if command in ("list", "show") else ["--as", name]
        result = CliRunner().invoke(app, ["desk", command, *arguments, *who, "--json"])
        assert result.exit_code == int(fails), result.stdout
        return json.loads(result.stdout)


@pytest.fixture
def desk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskCommand]:
    monkeypatch.setenv("HOULU_DATABASE_URL", settings.database_url)
    get_settings.cache_clear()
    yield DeskCommand()
    get_settings.cache_clear()
