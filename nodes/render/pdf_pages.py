"""Pages of the PDF: the cover, running heads, page numbers, contents and outline."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Table, TableStyle
from reportlab.platypus.doctemplate import IndexingFlowable

from quire.nodes.render.numbered import Entry, Numbered
from quire.nodes.render.pdf_flow import Heading
from quire.nodes.render.pdf_fonts import SANS, marked_up
from quire.nodes.render.pdf_paragraph import Paragraph
from quire.nodes.render.pdf_styles import (
    ACCENT,
    BOTTOM,
    CONTENTS_1,
    CONTENTS_2,
    CONTENTS_PAGE,
    LINE,
    MARGIN,
    MEASURE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    RUNNING,
    TOP,
)

_NOTICE = "page-of"
_SHORTER = (100, 80, 60, 50, 40, 30, 20, 10)
"""Characters of a running head, of which the most that fit are shown."""
UPRIGHT, ON_ITS_SIDE = "upright", "on its side"
"""Pages behind the cover, by how they lie."""


class Contents(IndexingFlowable):
    """The table of contents. It knows the pages of the pass before, and is satisfied when they have not moved."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = entries
        self._shown: dict[str, int] = {}
        self._found: dict[str, int] = {}
        self._table: Flowable | None = None

    @property
    def total(self) -> int:
        """How many pages the document has."""
        return self._shown.get("", 0)

    def has(self, anchor: str) -> bool:
        """Say whether the anchor's page is known in this pass already: a long heading comes in pieces."""
        return anchor in self._found

    def beforeBuild(self) -> None:  # noqa: N802 - ReportLab calls it by this name
        """Start a pass with the pages of the last."""
        self._shown, self._found = self._found, {}

    def isSatisfied(self) -> bool:  # noqa: N802 - ReportLab calls it by this name
        """Say whether all pages shown were right."""
        return self._shown == self._found

    def notify(self, kind: str, stuff: tuple[str, int]) -> None:
        """Note the page of an anchor; the page of the empty anchor is the last."""
        if kind == _NOTICE:
            anchor, page = stuff
            self._found[anchor] = page

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Lay the entries out."""
        self._table = self._laid_out()
        self.width, self.height = self._table.wrapOn(self.canv, available_width, available_height)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Run over pages as a table does."""
        table = self._table or self._laid_out()
        return table.splitOn(self.canv, available_width, available_height)

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803 - ReportLab calls it by these names
        """Draw the table in this one's place."""
        (self._table or self._laid_out()).drawOn(canvas, x, y)

    def _laid_out(self) -> Table:
        rows = [self._row(entry) for entry in self._entries]
        appendix = next((n for n, entry in enumerate(self._entries) if not entry.number), 0)
        style = TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                *[("SPAN", (0, n), (1, n)) for n, entry in enumerate(self._entries) if not entry.number],
                ("LINEABOVE", (0, appendix), (-1, appendix), 0.4, HexColor(LINE)),
                ("TOPPADDING", (0, appendix), (-1, appendix), 7),
                ("BOTTOMPADDING", (0, appendix - 1), (-1, appendix - 1), 7),
            ]
        )
        return Table(rows, colWidths=[28, MEASURE - 68, 40], style=style, splitInRow=1)

    def _row(self, entry: Entry) -> list[Paragraph | str]:
        title = f'<a href="#{entry.anchor}">{marked_up(entry.title)}</a>'
        page = Paragraph(f'<a href="#{entry.anchor}">{self._shown.get(entry.anchor, "")}</a>', CONTENTS_PAGE)
        if not entry.number:
            return [Paragraph(title, CONTENTS_1), "", page]
        if entry.depth == 1:
            return [Paragraph(entry.number, CONTENTS_1), Paragraph(title, CONTENTS_1), page]
        return ["", Paragraph(f"{entry.number}\u00a0\u00a0\u00a0{title}", CONTENTS_2), page]


class _Properties(PDFInfo):
    """What a PDF says of itself. ReportLab would date it by the clock, or by a day that is always the same."""

    dated = ""
    """ISO 8601, or empty: then it bears no date."""

    def format(self, document: Any) -> Any:
        """Give the dictionary of the PDF (ISO 32000-2, table 349)."""
        said = {"Title": self.title, "Subject": self.subject, "Creator": self.creator, "Producer": self.producer}
        dated = f"D:{self.dated.replace('-', '')}"
        dates = {"CreationDate": dated, "ModDate": dated} if self.dated else {}
        return PDFDictionary({name: PDFString(value) for name, value in {**said, **dates}.items()}).format(document)


class Pages(BaseDocTemplate):
    """The cover and the pages behind it."""

    def __init__(self, file: BytesIO, numbered: Numbered, contents: Contents) -> None:
        super().__init__(
            file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=numbered.title,
            subject=numbered.subtitle,
            author="",
            creator="Quire",
            lang=numbered.language,
            displayDocTitle=1,
            invariant=1,  # no clock in the file: the same document has the same bytes
        )
        self._numbered, self._contents = numbered, contents
        self.addPageTemplates(
            [
                PageTemplate("cover", [_frame(PAGE_HEIGHT * 0.2)], onPage=_band),
                PageTemplate(UPRIGHT, [_frame(TOP)], onPageEnd=self._running),
                PageTemplate(
                    ON_ITS_SIDE,
                    [_frame(TOP, PAGE_HEIGHT, PAGE_WIDTH)],
                    onPageEnd=self._running,
                    pagesize=(PAGE_HEIGHT, PAGE_WIDTH),
                ),
            ]
        )

    def beforeDocument(self) -> None:  # noqa: N802 - ReportLab calls it by this name
        """Put our own properties in the place of ReportLab's."""
        properties, written = _Properties(), self.canv._doc  # type: ignore[attr-defined] # noqa: SLF001 - the canvas offers only a clock's dates
        vars(properties).update(vars(written.info))
        properties.dated = self._numbered.dated
        written.info = properties

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - ReportLab calls it by this name
        """Tell the contents and the outline where a heading came to stand."""
        if isinstance(flowable, Heading) and not self._contents.has(flowable.style.entry.anchor):
            entry: Entry = flowable.style.entry
            self.notify(_NOTICE, (entry.anchor, self.page))
            title = f"{entry.number} {entry.title}".strip()
            self.canv.addOutlineEntry(title, entry.anchor, entry.depth - 1)

    def afterPage(self) -> None:  # noqa: N802 - ReportLab calls it by this name
        """Tell the contents how many pages there are so far."""
        self.notify(_NOTICE, ("", self.page))

    def _page_number(self) -> str:
        words = self._numbered.words
        return f"{words('document.page')} {self.page} {words('document.of')} {self._contents.total}"

    def _running(self, canvas: Canvas, _template: BaseDocTemplate) -> None:
        width, height = self.pageTemplate.pagesize or (PAGE_WIDTH, PAGE_HEIGHT)
        measure, top, bottom = width - 2 * MARGIN, height - 48, 46
        canvas.saveState()
        _running_head(canvas, self._numbered.title, MARGIN, top, measure * 0.62)
        _running_head(canvas, self._numbered.subtitle, width - MARGIN - measure * 0.34, top, measure * 0.34, right=True)
        canvas.setFont(SANS, RUNNING.fontSize)
        canvas.setFillColor(HexColor(QUIET))
        canvas.drawRightString(width - MARGIN, bottom, self._page_number())
        canvas.setStrokeColor(HexColor(LINE))
        canvas.setLineWidth(0.4)
        canvas.line(MARGIN, top - 7, width - MARGIN, top - 7)
        canvas.restoreState()


def _frame(top: float, width: float = PAGE_WIDTH, height: float = PAGE_HEIGHT) -> Frame:
    return Frame(
        MARGIN,
        BOTTOM,
        width - 2 * MARGIN,
        height - top - BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


def _band(canvas: Canvas, _template: BaseDocTemplate) -> None:
    canvas.saveState()
    canvas.setFillColor(HexColor(ACCENT))
    canvas.rect(0, 0, 22, PAGE_HEIGHT, stroke=0, fill=1)
    canvas.restoreState()


def _running_head(canvas: Canvas, text: str, x: float, y: float, width: float, *, right: bool = False) -> None:
    """Draw as much of a text as one line holds."""
    style = ParagraphStyle("Running", RUNNING, alignment=2) if right else RUNNING
    for length in (len(text), *_SHORTER):
        head = Paragraph(marked_up(text if length >= len(text) else f"{text[:length].rstrip()} …"), style)
        if head.wrapOn(canvas, width, style.leading)[1] <= style.leading:
            head.drawOn(canvas, x, y - (style.leading - style.fontSize))
            return
