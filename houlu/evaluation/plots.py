"""The report's pictures, as SVG text."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib
import numpy as np
import numpy.typing as npt

from houlu.evaluation.features import Floats

matplotlib.use("svg")
from matplotlib import pyplot


def confusion(names: Sequence[str], counts: npt.NDArray[np.int64]) -> str:
    """A heat map: each row is one meant intent and adds up to one."""
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = pyplot.subplots(figsize=(13, 13))
    axes.imshow(np.sqrt(shares), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("decided")
    axes.set_ylabel("meant")
    return _svg(figure)


def reliability(curves: Mapping[str, Sequence[tuple[float, float, int]]]) -> str:
    """Promised probability against the share that is right."""
    figure, axes = pyplot.subplots(figsize=(6, 5))
    axes.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
    for name, bins in curves.items():
        axes.plot([said for said, _, _ in bins], [true for _, true, _ in bins], marker="o", label=name)
    _label(axes, "probability of the favourite", "share right")
    return _svg(figure)


def coverage(curves: Mapping[str, tuple[Floats, Floats]]) -> str:
    """How right the answers are when only the surest messages are answered."""
    figure, axes = pyplot.subplots(figsize=(6, 5))
    for name, (share, right) in curves.items():
        axes.plot(share[50:], right[50:], label=name)
    _label(axes, "share of messages answered", "share of these right")
    return _svg(figure)


def bars(rows: Sequence[tuple[str, float]], caption: str) -> str:
    """Horizontal bars from 0 to 1, the first row on top."""
    figure, axes = pyplot.subplots(figsize=(8, 0.22 * len(rows) + 1))
    axes.barh([name for name, _ in rows], [value for _, value in rows], color="#4a7fb5")
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel(caption)
    axes.tick_params(labelsize=8)
    axes.grid(axis="x", linewidth=0.3)
    return _svg(figure)


def history(lines: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> str:
    """Some figures over the recorded evaluations."""
    figure, axes = pyplot.subplots(figsize=(8, 4))
    for key in keys:
        axes.plot([line["figures"].get(key, np.nan) for line in lines], marker="o", label=key)
    axes.set_xticks(range(len(lines)), [line["commit"][:7] for line in lines], rotation=45, fontsize=7)
    _label(axes, "commit", "share")
    return _svg(figure)


def _label(axes: Any, x: str, y: str) -> None:
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(linewidth=0.3)
    axes.legend()


def _svg(figure: Any) -> str:
    text = io.StringIO()
    figure.savefig(text, format="svg", bbox_inches="tight")
    pyplot.close(figure)
    return text.getvalue()[text.getvalue().index("<svg") :]
