"""The visit sheet as a page for the phone that prints on A4. It is one file: no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from houlu.visit.wording import Words, ranges

if TYPE_CHECKING:  # the sheet's module brings the dialogue along, which a notice does not need
    from houlu.visit.sheet import Sheet

#: The sizes of the text, the chat page's own: a sign and the phrase beside it.
SIZES = (("A", "size.usual"), ("A+", "size.large"), ("A++", "size.largest"))
_FOLDER = Path(__file__).parent / "templates"


def html_of(sheet: Sheet, words: Words, pdf: str, expires: date, size: int = 0) -> str:
    """The page. pdf: where the same sheet is as a PDF. expires: the day on which the link dies. size: of the text."""
    return _template("sheet.html").render(
        sheet=sheet, words=words, pdf=pdf, expires=expires, css=Markup(css()), ranges=ranges, size=size, sizes=SIZES)


def notice(title: str, text: str) -> str:
    """A page that says why there is no sheet."""
    return _template("notice.html").render(title=title, text=text, css=Markup(css()), size=0)


def size_of(told: str) -> int:
    """The size of the text that a link asks for; the usual one when it asks for none that there is."""
    known = [str(size) for size in range(len(SIZES))]
    return known.index(told) if told in known else 0


@lru_cache(maxsize=1)
def css() -> str:
    """Our own style sheet, which stands inside the page."""
    return (_FOLDER / "sheet.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def policy() -> str:
    """The content security policy: this style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css().encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'")


@lru_cache(maxsize=4)
def _template(name: str) -> Template:
    loader = FileSystemLoader(_FOLDER)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template(name)
