"""How the PDF looks: its colours, measures in points, and paragraph styles."""

from collections.abc import Mapping
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle

from quire.nodes.render.numbered import Tone
from quire.nodes.render.pdf_fonts import SANS, SANS_BOLD, SERIF, SERIF_BOLD, SERIF_ITALIC

PAGE_WIDTH, PAGE_HEIGHT = letter
MARGIN, TOP, BOTTOM = 70.0, 84.0, 78.0
MEASURE = PAGE_WIDTH - 2 * MARGIN
WIDE_MEASURE = PAGE_HEIGHT - 2 * MARGIN
"""Between the margins of a page that lies on its side."""

INK, QUIET, ACCENT, LINE, ZEBRA = "#20262e", "#5b6470", "#17456b", "#d5d2ca", "#f7f6f2"
TONES: Mapping[Tone, tuple[str, str]] = {
    "good": ("#17613a", "#e2f1e6"),
    "caution": ("#7a4a00", "#fcefd3"),
    "bad": ("#9b1c24", "#fbe5e4"),
    "unknown": ("#4d5560", "#e9eaec"),
    "neutral": ("#4d5560", "#eef0f3"),
}

_ALIGNMENTS: Mapping[str, Literal[0, 1, 2]] = {"left": 0, "center": 1, "right": 2}

_INK, _QUIET, _ACCENT = HexColor(INK), HexColor(QUIET), HexColor(ACCENT)

BODY = ParagraphStyle(
    "Body",
    fontName=SERIF,
    fontSize=10,
    leading=15,
    textColor=_INK,
    spaceAfter=8,
    bulletFontName=SERIF,
    bulletFontSize=10,
)
TITLE = ParagraphStyle("Title", BODY, fontName=SERIF_BOLD, fontSize=27, leading=33, spaceAfter=18)
KICKER = ParagraphStyle(
    "Kicker", BODY, fontName=SANS_BOLD, fontSize=10, leading=14, textColor=_ACCENT, spaceAfter=14, letterSpacing=1
)
HEADING_1 = ParagraphStyle(
    "Heading 1", BODY, fontName=SERIF_BOLD, fontSize=17, leading=22, spaceBefore=26, spaceAfter=10
)
HEADING_2 = ParagraphStyle(
    "Heading 2", BODY, fontName=SERIF_BOLD, fontSize=12, leading=16, spaceBefore=14, spaceAfter=6
)
HEADING_3 = ParagraphStyle("Heading 3", HEADING_2, fontSize=10.5, leading=14, spaceBefore=11, spaceAfter=5)
HEADING_4 = ParagraphStyle("Heading 4", HEADING_3, fontName=SERIF_ITALIC, spaceBefore=9, spaceAfter=4)
SMALL = ParagraphStyle(
    "Small", BODY, fontName=SANS, fontSize=9, leading=13, spaceAfter=8, bulletFontName=SANS, bulletFontSize=9
)
QUIET_SMALL = ParagraphStyle("Quiet", SMALL, textColor=_QUIET)
CAPTION = ParagraphStyle("Caption", SMALL, textColor=_QUIET, spaceBefore=10, spaceAfter=5)
ITEM = ParagraphStyle("Item", BODY, leftIndent=18, bulletIndent=4, spaceAfter=4)
QUOTE = ParagraphStyle("Quote", BODY, fontName=SERIF_ITALIC, leftIndent=16, spaceBefore=4, spaceAfter=0)
ATTRIBUTION = ParagraphStyle("Attribution", QUIET_SMALL, leftIndent=16, spaceAfter=12)
REFERENCE = ParagraphStyle(
    "Reference", SMALL, leftIndent=34, spaceAfter=5, bulletFontName=SANS_BOLD, bulletColor=_ACCENT, bulletIndent=0
)
CONTENTS_1 = ParagraphStyle("Contents 1", BODY, fontSize=10, leading=14, spaceAfter=0)
CONTENTS_2 = ParagraphStyle("Contents 2", CONTENTS_1, fontName=SANS, fontSize=9, textColor=_QUIET)
CONTENTS_PAGE = ParagraphStyle("Contents page", CONTENTS_1, alignment=2)
RUNNING = ParagraphStyle("Running", SMALL, fontSize=8, leading=10, textColor=_QUIET, spaceAfter=0)
LABEL = ParagraphStyle("Label", SMALL, textColor=_QUIET, spaceAfter=0)
VALUE = ParagraphStyle("Value", SMALL, spaceAfter=0)

_SIZES = ((72.0, 8.6), (50.0, 7.4))
"""How many points of the line a column must have on average for which size of letters; the last is the smallest."""


def cell_style(
    alignment: Literal["left", "right", "center"], columns: int, *, heading: bool = False, measure: float = MEASURE
) -> ParagraphStyle:
    """Set a cell: smaller where many columns share the line.

    Args:
        alignment: of the column.
        columns: how many there are.
        heading: whether it is a column's title.
        measure: how wide the line is.

    """
    size = next((points for room, points in _SIZES if columns * room <= measure), _SIZES[-1][1])
    return ParagraphStyle(
        "Cell",
        SMALL,
        fontName=SANS_BOLD if heading else SANS,
        fontSize=size,
        leading=size * 1.35,
        alignment=_ALIGNMENTS[alignment],
        spaceAfter=0,
    )
