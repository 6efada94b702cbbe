"""Health data stays out of the log, whatever happens."""

from __future__ import annotations

import pytest

from houlu import log
from tests.support.patient import Patient


def test_what_patients_write_is_not_logged(family: Patient, capfd: pytest.CaptureFixture[str]) -> None:
    log.configure()
    for words in ("布格替尼吃了二十九个月", "转人工", "她咳血止不住", "呱呱呱呱", "/inform{\"drug\":\"x\"}"):
        family.say(words)
    printed = "".join(capfd.readouterr())
    for words in ("布格替尼", "brigatinib", "咳血", "呱呱", "二十九"):
        assert words not in printed
