"""The utterances as the classifier sees them, read once."""

from __future__ import annotations

import pytest

from houlu.evaluation.run import Bench


@pytest.fixture(scope="session")
def bench() -> Bench:
    return Bench.ready()
