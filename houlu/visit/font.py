"""The Chinese font of the PDF: Noto Sans SC (OFL), which `justmytype-intl-cjk` carries, cut down to what is in use."""

from __future__ import annotations

import io
import logging
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

_WEIGHTS = {"": 400, "B": 700}
logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every table it drops


class Faces:
    """A file for each weight. The whole font takes seconds to cut, so it is done once a process for all `likely`
    characters, and again only when a sheet has one that is not among them."""

    def __init__(self) -> None:
        self._have: frozenset[str] = frozenset()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()

    def files(self, needed: frozenset[str], likely: Callable[[], str]) -> dict[str, Path]:
        """A TrueType file by style ("" and "B") that has every needed character the font knows."""
        with self._lock:
            if self._folder is None or not needed <= self._have:
                self._have |= needed | frozenset(likely())
                self._folder = _cut(self._have)
            return {style: Path(self._folder.name) / f"{weight}.ttf" for style, weight in _WEIGHTS.items()}


def _cut(characters: frozenset[str]) -> tempfile.TemporaryDirectory[str]:
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    with TTFont(_whole(), lazy=True) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(characters))
        cutter.subset(font)
        small = io.BytesIO()
        font.save(small)
    folder = tempfile.TemporaryDirectory(prefix="houlu-font-")
    for weight in _WEIGHTS.values():
        with TTFont(io.BytesIO(small.getvalue())) as font:
            instantiateVariableFont(font, {"wght": weight}, inplace=True)
            font.save(Path(folder.name) / f"{weight}.ttf")
    return folder


def _whole() -> Path:
    import justmytype_intl_cjk

    return Path(justmytype_intl_cjk.__file__).parent / "fonts" / "ofl" / "notosanssc" / "NotoSansSC[wght].ttf"
