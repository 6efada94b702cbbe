"""The service without HTTP, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from houlu.api.app import create_app
from houlu.api.state import State
from houlu.settings import Settings
from tests.support.brain import EchoBrain, Rules
from tests.support.databases import new_database, postgres

__all__ = ["postgres"]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def state(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    url = new_database(request.param, tmp_path_factory.mktemp("service"), request)
    settings = Settings(_env_file=None, database_url=url, rate_limit="off")
    found: State = create_app(settings, EchoBrain(), Rules()).state.houlu
    found.database.migrate()
    yield found
    found.database.close()
