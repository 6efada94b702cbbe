"""build/evaluation/report.html: one file with tables and pictures, without any network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from houlu.evaluation import judge, plots
from houlu.evaluation.judge import Judged
from houlu.evaluation.run import Results

PATH = Path("build/evaluation/report.html")
_TREND = ("voices_accuracy", "persons_decided_right", "parts_accuracy", "profile_both", "practice messages profile")


def write(results: Results, history: Sequence[Mapping[str, Any]]) -> Path:
    """Write the report and say where. history: the recorded lines with the present one last."""
    pages = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    PATH.parent.mkdir(parents=True, exist_ok=True)
    text = pages.get_template("report.html.j2").render(
        now=history[-1], results=results, pictures=_pictures(results, history),
        intents=judge.by_intent(results.voices) if results.voices else [],
        confused=_confused(results.voices) if results.voices else [],
    )
    PATH.write_text(text, encoding="utf-8")
    return PATH


def _pictures(results: Results, history: Sequence[Mapping[str, Any]]) -> dict[str, Markup]:
    sets = {name: judged for name, judged in (("voice left out", results.voices), ("cross-validation", results.parts))
            if judged is not None}
    found = {
        "reliability": plots.reliability({n: judge.reliability(j.probability, j.sure) for n, j in sets.items()}),
        "coverage": plots.coverage({n: judge.coverage(j.probability, j.sure) for n, j in sets.items()}),
        "voices": plots.bars([(n, f["decided_right"]) for n, f in results.by_voice.items()], "decided right"),
        "history": plots.history([line for line in history if line["kind"] == history[-1]["kind"]], _TREND),
    }
    if results.voices is not None:
        found["confusion"] = plots.confusion(*judge.confusion(results.voices))
        found["intents"] = plots.bars([(n, recall) for n, _, recall, _ in judge.by_intent(results.voices)], "recall")
    return {name: Markup(picture) for name, picture in found.items()}


def _confused(judged: Judged) -> list[tuple[str, str, int]]:
    """The commonest mistakes: meant, decided, how often."""
    names, counts = judge.confusion(judged)
    pairs = [(names[i], names[j], int(counts[i, j])) for i in range(len(names)) for j in range(len(names)) if i != j]
    return sorted(pairs, key=lambda pair: -pair[2])[:25]
