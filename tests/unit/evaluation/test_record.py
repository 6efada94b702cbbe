"""The history grows, and a fall is named."""

from __future__ import annotations

from pathlib import Path

from houlu.evaluation import record


def test_a_fall_of_more_than_two_points_is_named() -> None:
    guarded = {"accuracy": 0.9, "calm": 0.99, "practice": 1.0}
    assert record.fallen({"accuracy": 0.881, "calm": 1.0}, guarded) == []
    assert record.fallen({"accuracy": 0.87, "calm": 0.99}, guarded) == ["accuracy: 0.870, was 0.900"]


def test_the_history_keeps_every_line(tmp_path: Path) -> None:
    path = tmp_path / "evaluation" / "history.jsonl"
    for value in (0.8, 0.81234):
        record.append(record.line({"accuracy": value}, "quick"), path)
    lines = record.history(path)
    assert [line["figures"]["accuracy"] for line in lines] == [0.8, 0.8123]
    assert len(lines[0]["commit"]) in (0, 40)


def test_the_baseline_keeps_what_was_not_measured(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    record.set_baseline({"accuracy": 0.8, "practice": 0.9}, path)
    record.set_baseline({"accuracy": 0.85}, path)
    assert record.baseline(path) == {"accuracy": 0.85, "practice": 0.9}
