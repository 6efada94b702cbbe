"""No change may cost Houlu more than two points of what it understands (docs/evaluation/baseline.json)."""

from __future__ import annotations

import httpx
import pytest

from houlu.evaluation import practice, record
from houlu.evaluation.run import QUICK_VOICES, Bench, Results, alarmed, guarded, practised, told, without_voices
from tests.support.patient import Patient


def check(results: Results) -> None:
    now = guarded(results.figures)
    assert now
    assert record.fallen(now, record.baseline()) == []


def test_voices_that_were_not_trained_on(bench: Bench) -> None:
    results = Results()
    without_voices(bench, QUICK_VOICES, results, lambda words: None)
    check(results)


def test_what_is_understood_about_the_patient(service: httpx.Client) -> None:
    results = Results()

    def talk(messages: list[str]) -> dict[str, object]:
        patient = Patient(service)
        return [patient.say(text) for text in messages][-1]["replies"][-1]["custom"]["profile"]

    told(talk, results)
    check(results)


def test_danger_in_words_that_nobody_trained_on(service: httpx.Client) -> None:
    results = Results()

    def alarm(text: str) -> str | None:
        first = Patient(service).say(text)["replies"][0]["custom"]
        return first["topic"] if first["kind"] == "emergency" else None

    alarmed(alarm, results)
    check(results)


@pytest.mark.skipif(not practice.is_here(), reason="no practice files in ../shared/practice")
def test_the_practice_files(service: httpx.Client) -> None:
    results = Results()
    practised(str(service.base_url), results)
    check(results)
