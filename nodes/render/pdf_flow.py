"""Claims and callouts as the PDF's paragraphs. All text passes ``marked_up``, so none of it is markup."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether

from quire.nodes.language.catalogue import Words
from quire.nodes.render.numbered import LONG_WORD, MARKS_TOGETHER, Entry, Statement, Tone
from quire.nodes.render.pdf_fonts import SANS, SANS_BOLD, marked_up
from quire.nodes.render.pdf_paragraph import Paragraph
from quire.nodes.render.pdf_styles import ACCENT, LINE, QUIET, QUOTE, SMALL, TONES

_KEPT_WHOLE = 1200  # characters of a callout that is not split over pages
_GAP = "\u00a0"


class Barred(Paragraph):
    """A paragraph with a bar at its left.

    Its style has ``barColor``, ``fillColor`` (or None) and ``above`` and ``below``, how far both
    reach beyond the words; so its pieces look the same when a page's end parts it.
    """

    def draw(self) -> None:
        """Draw the background, the bar and the paragraph."""
        height = self.height + self.style.above + self.style.below
        self.canv.saveState()
        if self.style.fillColor:
            self.canv.setFillColor(self.style.fillColor)
            self.canv.rect(0, -self.style.below, self.width, height, stroke=0, fill=1)
        self.canv.setFillColor(self.style.barColor)
        self.canv.rect(0, -self.style.below, 3, height, stroke=0, fill=1)
        self.canv.restoreState()
        super().draw()


class Heading(Paragraph):
    """A paragraph that the contents and the outline lead to. Its style has the ``entry``, as its pieces have too."""


def heading(entry: Entry, style: ParagraphStyle) -> Heading:
    """Make a heading that can be linked to."""
    number = f'<font color="{ACCENT}">{entry.number}</font>{_GAP * 2}' if entry.number else ""
    return Heading(
        f'<a name="{entry.anchor}"/>{number}{marked_up(entry.title)}', ParagraphStyle(style.name, style, entry=entry)
    )


def quotation(words: str) -> Barred:
    """Set quoted words apart."""
    style = ParagraphStyle("Quotation", QUOTE, barColor=HexColor(LINE), fillColor=None, above=0, below=0)
    return Barred(words, style)


def callout(title: str, lines: Iterable[str], tone: Tone, *, bullets: bool = False) -> Iterator[Flowable]:
    """Box what a reader must not miss.

    Args:
        title: plain text.
        lines: paragraph markup.
        tone: which colour.
        bullets: whether the lines are items of a list.

    """
    colour = TONES[tone][0]
    said = [f'<font name="{SANS_BOLD}" color="{colour}">{marked_up(title)}</font>', *lines]
    last = len(said) - 1
    boxed: list[Flowable] = []
    for n, line in enumerate(said):
        style = _box(tone, first=n == 0, last=n == last, indent=10 if bullets and n else 0)
        boxed.append(Barred(line, style, bulletText="•" if bullets and n else None))
    yield from [KeepTogether(boxed)] if sum(map(len, said)) < _KEPT_WHOLE else boxed


def _box(tone: Tone, *, first: bool, last: bool, indent: float) -> ParagraphStyle:
    return ParagraphStyle(
        "Callout",
        SMALL,
        leftIndent=14 + indent,
        rightIndent=10,
        bulletIndent=14,
        spaceBefore=22 if first else 0,
        spaceAfter=25 if last else 0,
        barColor=HexColor(TONES[tone][0]),
        fillColor=HexColor(TONES[tone][1]),
        above=7 if first else 0,
        below=8 if last else 0,
    )


def said(statements: Iterable[Statement]) -> str:
    """Write statements as the markup of one paragraph."""
    return " ".join(say(statement) for statement in statements)


def say(statement: Statement, *, apart: bool = False) -> str:
    """Write a statement with its flags, its status and its marks, as paragraph markup.

    Args:
        statement: what is said.
        apart: whether a line may end before the marks.

    """
    text = marked_up(statement.text)
    lead = f"<b>{marked_up(statement.lead)}</b>" if statement.lead else ""
    if text and statement.basis == "open":
        text = f'<font color="{QUIET}"><i>{text}</i></font>'
    flags = [badge(statement.flag, "caution")] if statement.flag else []
    if statement.status:
        flags.append(badge(statement.status, statement.tone))
    gap = " " if apart else ""
    return " ".join(part for part in (lead, text, *flags) if part) + gap + "".join(_marks(statement))


def in_cell(statement: Statement, *, one_line: bool) -> str:
    """Write a statement as a cell says it: behind a word that has to be broken, marks are not broken with it.

    Args:
        statement: what is said.
        one_line: whether its words have room for one line; marks that have not stand below them.

    """
    if one_line:
        return say(replace(statement, text=statement.text.replace(" ", _GAP)), apart=True)
    longest = max(map(len, statement.text.split()), default=0)
    return say(statement, apart=longest > LONG_WORD)


def badge(text: str, tone: Tone) -> str:
    """Write a status on its colour."""
    colour, fill = TONES[tone]
    return f'<font name="{SANS_BOLD}" color="{colour}" backColor="{fill}">{_GAP}{marked_up(text)}{_GAP}</font>'


def _marks(statement: Statement) -> Iterator[str]:
    if statement.citations:
        spans = ["\N{EN DASH}".join(f'<a href="#evidence-{n}">{n}</a>' for n in span) for span in statement.spans]
        gap = " " if len(spans) > MARKS_TOGETHER else _GAP
        yield _raised(f",{gap}".join(spans), statement.arrow)
    if statement.computation:
        yield _raised(f'<a href="#computation-{statement.computation}">{statement.computation}</a>')


def _raised(links: str, before: str = "") -> str:
    return f'<super rise="3.5" size="6.5"><font name="{SANS}" color="{ACCENT}">{before}[{links}]</font></super>'


def sections(numbers: Iterable[str], words: Words) -> str:
    """Link to sections by number."""
    shown = list(numbers)
    links = ", ".join(f'<a href="#section-{n}">{n}</a>' for n in shown)
    return f'<font color="{QUIET}">{words.count("document.sections", len(shown))}{_GAP}{links}</font>'
