"""The whole evaluation, part by part; `guarded` is the part that `make test` repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from time import monotonic

import numpy as np

from houlu.evaluation import compare, corpus, danger, held_out, judge, practice, profile
from houlu.evaluation.features import Mask, read_all
from houlu.evaluation.held_out import Data, Prediction, Progress
from houlu.evaluation.judge import Figures, Judged
from houlu.evaluation.methods import METHODS
from houlu.evaluation.profile import ProfileScore, Talk
from houlu.safety.red_flags import RedFlags
from houlu.understanding import artefacts
from houlu.understanding.decide import Decider, Thresholds

#: Left out in the quick part: two persons and one collection of foreign questions.
QUICK_VOICES = ("elderly", "hk_tw", "foreign_b")
_PARTS = 4
_TIMED = 500
#: Beside those in use.
_GRID: dict[str, tuple[float, ...]] = {
    "flagged": (0.05, 0.2),
    "emergency": (0.2, 0.4),
    "alone": (0.5, 0.7),
    "silent": (0.6, 0.95),
    "answer": (0.12, 0.3),
    "foreign": (0.3, 0.6),
    "vague": (0.45, 0.8),
    "known": (0.1, 0.4),
    "wipe": (0.5, 0.9),
}
#: A voice of fewer utterances tells little when it is left out, and each costs a training.
_WORTH = 800
#: The figures of held-out voices that are guarded: all are better when higher.
_GUARDED = ("accuracy", "decided_right", "foreign_not_answered", "emergencies_by_classifier", "emergencies_by_both",
            "calm_kept_calm")


@dataclass
class Results:
    """What has been measured; parts that were left out are empty."""

    figures: Figures = field(default_factory=dict)
    voices: Judged | None = None
    by_voice: dict[str, Figures] = field(default_factory=dict)
    parts: Judged | None = None
    compared: list[compare.Compared] = field(default_factory=list)
    swept: list[tuple[str, float, Figures]] = field(default_factory=list)
    profile: ProfileScore | None = None
    times: list[tuple[float, str]] = field(default_factory=list)
    practice: dict[str, tuple[int, int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


class _Remembering(RedFlags):
    """The rules on utterances that are judged again with every threshold."""

    find = cache(RedFlags.find)
    sign = cache(RedFlags.sign)


@dataclass(frozen=True)
class Bench:
    """The utterances, read and judged by the rules."""

    data: Data
    ruled: Mask
    decide: Decider

    @classmethod
    def ready(cls) -> Bench:
        utterances = corpus.utterances()
        data = Data.of(utterances, read_all(u.text for u in utterances))
        folder = artefacts.knowledge_folder()
        rules = _Remembering.load(folder)
        return cls(data, judge.rules_say(data, rules), Decider.load(folder, lambda: rules))

    def judged(self, predictions: Sequence[Prediction]) -> Judged:
        """The decisions on these predictions."""
        return judge.judge(self.data, held_out.joined(predictions), self.decide, self.ruled)

    def voices(self) -> list[str]:
        """The voices that are worth leaving out."""
        count = Counter(u.voice for u in self.data.utterances if u.voice != corpus.UNNAMED)
        return sorted(voice for voice, utterances in count.items() if utterances >= _WORTH)


def without_voices(bench: Bench, voices: Sequence[str], results: Results, say: Progress) -> list[Prediction]:
    """Leave out one voice after the other."""
    found = held_out.predict(bench.data, held_out.by_voice(bench.data.utterances, voices), say)
    results.voices = bench.judged(found)
    results.by_voice = {name: judge.figures(results.voices.part(where)) for name, where in held_out.parts(found)}
    results.figures |= {f"voices_{key}": value for key, value in judge.figures(results.voices).items()}
    persons = [results.by_voice[name] for name in corpus.PERSONAS if name in results.by_voice]
    for key in ("accuracy", "decided_right"):
        results.figures[f"persons_{key}"] = float(np.mean([figures[key] for figures in persons]))
    return found


def without_groups(bench: Bench, results: Results, say: Progress) -> None:
    """Cross-validation that never divides a group of near-duplicates."""
    groups = corpus.near_duplicates([row.delexicalised for row in bench.data.rows])
    results.parts = bench.judged(held_out.predict(bench.data, held_out.by_group(groups, _PARTS), say))
    results.figures |= {f"parts_{key}": value for key, value in judge.figures(results.parts).items()}


def methods(bench: Bench, found: Sequence[Prediction], results: Results, say: Progress) -> None:
    """The other methods on the persons; `found` has ours."""
    ours = [p for p in found if p.fold in corpus.PERSONAS]
    folds = [held_out.Fold(p.fold, p.test) for p in ours]
    by_method = {
        name: ours if name == "logistic regression" else held_out.predict(bench.data, folds, say, method)
        for name, method in METHODS.items()
    }
    results.compared = compare.compare(bench.data, by_method)


def thresholds(bench: Bench, found: Sequence[Prediction], results: Results) -> None:
    """Every threshold of the decision, changed by itself."""

    def make(**changed: float) -> Decider:
        decide = copy(bench.decide)
        decide._at = Thresholds(**changed)  # nobody else needs to change them
        return decide

    grid = [(name, value) for name, values in _GRID.items() for value in values]
    results.swept = judge.sweep(bench.data, held_out.joined(found), bench.ruled, grid, make)


def told(talk: Talk, results: Results) -> None:
    """The profile set."""
    results.profile = profile.score(profile.load(), talk)
    results.figures |= {"profile_complete": results.profile.complete, "profile_clean": results.profile.clean,
                        "profile_both": results.profile.both}


def alarmed(alarm: danger.Alarm, results: Results) -> None:
    """Danger, and what only sounds like it, in words that nobody trained on."""
    results.figures |= {f"danger_{key}": value for key, value in danger.score(danger.load(), alarm).items()}


def timed(times: Callable[[Sequence[str]], list[tuple[float, str]]], results: Results) -> None:
    """The time to understand one message."""
    texts = [u.text for u in corpus.utterances()]
    results.times = times([texts[i] for i in np.random.default_rng(0).permutation(len(texts))[:_TIMED]])
    taken = [ms for ms, _ in results.times]
    results.figures |= {"ms_p50": float(np.percentile(taken, 50)), "ms_p95": float(np.percentile(taken, 95))}


def practised(base_url: str, results: Results) -> None:
    """The practice files."""
    results.practice = practice.score(base_url)
    shares = {f"practice {block}": passed / total for block, (passed, total) in results.practice.items()}
    results.figures |= shares


def guarded(figures: Mapping[str, float]) -> Figures:
    """Those of the quick part's figures that `make test` watches."""
    wanted = {f"voices_{key}" for key in _GUARDED} | {"profile_complete", "profile_clean"}
    return {k: v for k, v in figures.items() if k in wanted or k.startswith(("practice ", "danger_"))}


@contextmanager
def part(name: str, results: Results, say: Progress) -> Iterator[None]:
    """Says that a part begins and how long it took."""
    say(f"{name} ...")
    begun = monotonic()
    yield
    results.seconds[name] = monotonic() - begun
    say(f"  {results.seconds[name]:.0f} s")
