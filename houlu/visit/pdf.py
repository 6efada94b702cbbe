"""The visit sheet as a PDF: A4, at most two pages, the font embedded as a subset. Imported when one is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fpdf import FPDF

from houlu.visit.breaks import lines_of
from houlu.visit.font import Faces
from houlu.visit.sheet import Lines, Option, Sheet, Source
from houlu.visit.wording import Words, ranges

_PAGES = 2
#: Sizes of the running text to try, in points: the largest with which everything fits.
_SIZES = (10.5, 10, 9.5, 9, 8.5, 8)
_MARGIN, _FOOT, _MM = 14.0, 15.0, 0.3528  # millimetres; a point in millimetres
_INK, _SOFT, _GREEN, _RED = (20, 20, 20), (95, 95, 95), (7, 113, 63), (179, 20, 12)
_faces = Faces()


def pdf_of(sheet: Sheet, words: Words, likely: Callable[[], str] = str) -> bytes:
    """The PDF. likely: text whose characters other sheets may need too."""
    needed = frozenset(character for character in _all_text(sheet, words) if character.isprintable())
    files = _faces.files(needed, likely)
    for size in _SIZES:
        paper = _Paper(size, words, sheet)
        for style, file in files.items():
            paper.add_font("noto", style, file)
        _write(paper, sheet, words)
        if paper.pages_count <= _PAGES:
            break
    return bytes(paper.output())


def _all_text(sheet: Sheet, words: Words) -> str:
    labels = "".join(words(key) for key in (
        "title", "subtitle", "label", "told.heading", "told.note", "bring.heading", "ask.heading", "ask.case",
        "ask.general", "options.heading", "options.note", "options.general", "options.none", "options.evidence",
        "options.approval", "options.effects", "options.others", "options.caution", "danger.heading",
        "notes.heading", "sources.heading"))
    more = words.day("date", sheet.day) + words("options.left", count=0) + words("sources.version", version="")
    return f"{sheet}{labels}{more}0123456789[],/·. "


class _Paper(FPDF):
    """Blocks of text down the page; the cursor stands at the left margin after each."""

    def __init__(self, size: float, words: Words, sheet: Sheet) -> None:
        super().__init__(format="A4")
        self._size = size
        self._widths: dict[str, dict[str, float]] = {}
        self._footer_text = f"{words('title')} · {words.day('date', sheet.day)}"
        self._version = words("sources.version", version=sheet.version)
        self.set_margins(_MARGIN, 12, _MARGIN)
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.set_title(words("title"))
        self.set_lang("zh-CN")
        self.set_creator("Houlu")

    def footer(self) -> None:
        self._pen("", 7.5, _SOFT)
        self.set_xy(_MARGIN, self.h - 11)
        self.cell(self.epw, 4, f"{self._footer_text} · {self._version}")
        self.set_xy(_MARGIN, self.h - 11)
        self.cell(self.epw, 4, f"{self.page_no()} / {{nb}}", align="R")

    def paragraph(
        self, text: str, *, scale: float = 1, style: str = "", ink: tuple[int, int, int] = _INK, indent: float = 0,
        width: float | None = None, before: Callable[[], None] | None = None, keep: int = 1,
    ) -> None:
        """A block of text. before: draws beside its first line. keep: lines that must find room together."""
        size, left = self._size * scale, _MARGIN + indent
        self._pen(style, size, ink)
        height = size * _MM * 1.42
        for number, line in enumerate(lines_of(text, (width or self.epw) - indent, self.measure)):
            self.room(height * (keep if number == 0 else 1))
            if number == 0 and before:
                before()
            self._pen(style, size, ink)
            self.set_x(left)
            self.cell(0, height, line)
            self.set_xy(_MARGIN, self.y + height)

    def measure(self, text: str) -> float:
        """How wide a text is in the present font (the library's own measure looks at directions and ligatures too)."""
        widths = self._widths.setdefault(self.font_style, {})
        for character in text:
            if character not in widths:
                widths[character] = self.get_string_width(character) / self.font_size
        return sum(map(widths.__getitem__, text)) * self.font_size

    def heading(self, text: str, cited: Sequence[int] = (), ink: tuple[int, int, int] = _GREEN) -> None:
        """The heading of a section, with a rule under it."""
        self.set_y(self.y + self._size * 0.17)
        self.paragraph(text, scale=1.22, style="B", ink=ink, keep=4)
        self._marks(cited)
        self.set_draw_color(*ink)
        self.set_line_width(0.3)
        self.line(_MARGIN, self.y, self.w - _MARGIN, self.y)
        self.set_y(self.y + 0.9)

    def small_heading(self, text: str, cited: Sequence[int] = (), keep: int = 3) -> None:
        """A heading inside a section; keep: lines that must stand on the same page with it."""
        self.set_y(self.y + 0.7)
        self.paragraph(text, style="B", width=self.epw - 16, keep=keep)
        self._marks(cited)

    def item(self, text: str, *, box: bool = False, ink: tuple[int, int, int] = _INK) -> None:
        """One line of a list, with a dot or with a box to tick."""
        self.paragraph(text, indent=self._size * 0.47, ink=ink, before=lambda: self._bullet(box, ink))

    def pair(self, label: str, text: str) -> None:
        """A label and what it says, indented."""
        def mark() -> None:
            self._pen("", self._size * 0.94, _SOFT)
            self.set_x(_MARGIN)
            self.cell(0, self._size * 0.94 * _MM * 1.42, label)

        self.paragraph(text, scale=0.94, indent=self._size * 1.65, before=mark)

    def room(self, height: float) -> None:
        """A new page when so much does not fit under the cursor."""
        if self.y + height > self.h - _FOOT:
            self.add_page()

    def _marks(self, cited: Sequence[int]) -> None:
        """The numbers of the sources, at the right end of the line just written."""
        if cited:
            self._pen("", 7, _SOFT)
            self.set_xy(_MARGIN, self.y - 4)
            self.cell(self.epw, 4, f"[{ranges(cited)}]", align="R")
            self.set_xy(_MARGIN, self.y + 4)

    def _bullet(self, box: bool, ink: tuple[int, int, int]) -> None:
        self.set_line_width(0.25)
        self.set_draw_color(*_SOFT)
        self.set_fill_color(*ink)
        middle = self.y + self._size * _MM * 0.71
        if box:
            side = self._size * 0.25
            self.rect(_MARGIN + 0.3, middle - side / 2, side, side)
        else:
            self.circle(_MARGIN + 1.4, middle, 0.55, style="F")

    def _pen(self, style: str, size: float, ink: tuple[int, int, int]) -> None:
        self.set_font("noto", style, size)
        self.set_text_color(*ink)


def _write(paper: _Paper, sheet: Sheet, words: Words) -> None:
    paper.add_page()
    paper.paragraph(words("title"), scale=1.9, style="B", ink=_GREEN)
    paper.paragraph(f"{words('subtitle')} · {words.day('date', sheet.day)}", ink=_SOFT)
    paper.paragraph(words("label"), scale=0.86, ink=_SOFT)
    _facts(paper, sheet, words)
    _ticked(paper, words("bring.heading"), sheet.bring)
    paper.heading(words("ask.heading"), sheet.general.cited)
    if sheet.particular.lines:
        paper.small_heading(words("ask.case"), sheet.particular.cited)
        _boxes(paper, sheet.particular)
        paper.small_heading(words("ask.general"))
    _boxes(paper, sheet.general)
    paper.heading(words("danger.heading"), sheet.danger.cited, ink=_RED)
    for line in sheet.danger.lines:
        paper.item(line, ink=_INK)
    _options(paper, sheet, words)
    _sources(paper, words("sources.heading"), sheet.sources)
    _notes(paper, words("notes.heading"))


def _facts(paper: _Paper, sheet: Sheet, words: Words) -> None:
    paper.heading(words("told.heading"))
    for fact in sheet.told:
        paper.paragraph(
            fact.said, style="B" if fact.known else "", ink=_INK if fact.known else _SOFT, indent=34,
            before=lambda what=fact.what: _label(paper, what))  # type: ignore[misc]
        if not fact.known:
            paper.set_draw_color(*_SOFT)
            paper.line(_MARGIN + 34, paper.y, paper.w - _MARGIN, paper.y)
    if not all(fact.known for fact in sheet.told):
        paper.paragraph(words("told.note"), scale=0.86, ink=_SOFT)


def _label(paper: _Paper, what: str) -> None:
    paper.set_font("noto", "")
    paper.set_text_color(*_SOFT)
    paper.set_x(_MARGIN)
    paper.cell(0, paper.font_size * 1.42, what)


def _ticked(paper: _Paper, heading: str, group: Lines) -> None:
    paper.heading(heading, group.cited)
    _boxes(paper, group)


def _boxes(paper: _Paper, group: Lines) -> None:
    for line in group.lines:
        paper.item(line, box=True)


def _options(paper: _Paper, sheet: Sheet, words: Words) -> None:
    paper.heading(words("options.heading"))
    if not sheet.options:
        paper.paragraph(words("options.none"))
    else:
        note = words("options.general") + words("options.note") if sheet.thin else words("options.note")
        paper.paragraph(note, scale=0.86, ink=_SOFT)
    for number, option in enumerate(sheet.options, 1):
        _option(paper, number, option, words)
    for heading, group in (("options.others", sheet.others), ("options.caution", sheet.cautions)):
        if group.lines:
            paper.small_heading(words(heading), group.cited)
            for line in group.lines:
                paper.item(line)
    if sheet.left:
        paper.paragraph(words("options.left", count=sheet.left), scale=0.86, ink=_SOFT)


def _option(paper: _Paper, number: int, option: Option, words: Words) -> None:
    paper.small_heading(f"{number}. {option.regimen}", option.cited, keep=6)
    paper.paragraph(option.why, scale=0.86, ink=_SOFT)
    paper.paragraph(option.summary)
    paper.pair(words("options.evidence"), option.evidence)
    paper.pair(words("options.approval"), option.approval)
    if option.effects:
        paper.pair(words("options.effects"), option.effects)


def _sources(paper: _Paper, heading: str, sources: Sequence[Source]) -> None:
    """Two columns of small print; a title with an address is a link."""
    paper.heading(heading)
    paper.set_font("noto", "", 7)
    paper.set_text_color(*_SOFT)
    width, height = (paper.epw - 6) / 2, 7 * _MM * 1.35
    told = [(lines_of(f"[{one.number}] {one.title}", width, paper.measure), one.url) for one in sources]
    rows = [(line, url, number == 0) for lines, url in told for number, line in enumerate(lines)]
    half = next((place for place in range(-(-len(rows) // 2), len(rows)) if rows[place][2]), len(rows))
    paper.room(half * height)
    paper.set_font("noto", "", 7)  # a new page has its own
    paper.set_text_color(*_SOFT)
    top = paper.y
    for place, (line, url, _) in enumerate(rows):
        paper.set_xy(_MARGIN + (width + 6) * (place >= half), top + height * (place % half if half else 0))
        paper.cell(width, height, line, link=url or "")
    paper.set_xy(_MARGIN, top + height * half)


def _notes(paper: _Paper, heading: str) -> None:
    """Lines to write on, when there is room left."""
    rules = int((paper.h - _FOOT - paper.y - 12) / 8)
    if rules < 2:
        return
    paper.heading(heading)
    paper.set_draw_color(190, 190, 190)
    for _ in range(min(rules, 6)):
        paper.set_y(paper.y + 8)
        paper.line(_MARGIN, paper.y, paper.w - _MARGIN, paper.y)
