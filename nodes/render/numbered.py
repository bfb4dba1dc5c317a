"""What exporters walk: the document with its numbers given and its text made safe.

Every number a reader can compare between two formats (sections, tables, citations, computations)
is decided once, here, so that no format can disagree with another.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias

from quire.nodes.evidence.content import Basis, Column
from quire.nodes.language.catalogue import Words, words_in
from quire.nodes.render.charts.picture import Picture

Tone: TypeAlias = Literal["good", "caution", "bad", "unknown", "neutral"]
"""The colour of a status. Its words always stand beside it."""

LONG_WORD = 28
"""Characters; wider than any column should be for one word."""
SHORT_TEXT = 16
"""Characters of a cell that stays in one line: ``14,200 sq ft``, ``2026-01-08 09:12``."""
MARKS_TOGETHER = 2
"""How many citation numbers stay in one line."""


class Piece(NamedTuple):
    """Words of a statement in which changes are tracked."""

    text: str
    change: Literal["", "new", "gone"] = ""


@dataclass(frozen=True)
class Statement:
    """A claim as it is shown."""

    text: str
    basis: Basis
    citations: tuple[int, ...]
    """Numbers in the evidence list, ascending."""
    computation: str
    """Its letter in the list of computations, or empty."""
    status: str
    tone: Tone
    flag: str = ""
    """That nothing supports it, if so, in the document's language."""
    concluded: bool = False
    """Whether it is a conclusion from what its marks lead to."""
    lead: str = ""
    """What leads in its item or paragraph, in bold."""
    item: int = 0
    """Of a list: the item that it is part of, where that says several things."""
    kind: str = ""
    """What it is (``quire.nodes.evidence.content.Kind``), where it was held against its evidence."""
    checked: str = ""
    """Who has held it against its evidence and what was found, in the document's language; else empty."""
    name: str = ""
    """By which it is found again in a file that comes back; empty of the document's own words."""
    tracked: tuple[Piece, ...] = ()
    """Its words with what was changed of them since an earlier version, where that is shown; else empty."""

    @property
    def spans(self) -> tuple[tuple[int, ...], ...]:
        """The citations as they are printed: three numbers or more that follow one another as their first and last."""
        runs = [[n for _, n in run] for _, run in groupby(enumerate(self.citations), lambda one: one[1] - one[0])]
        return tuple(
            span for run in runs for span in ([(run[0], run[-1])] if len(run) > MARKS_TOGETHER else [(n,) for n in run])
        )

    @property
    def arrow(self) -> str:
        """What stands before the marks of a conclusion."""
        return "\N{RIGHTWARDS ARROW}" if self.concluded else ""


def marks_on(statement: Statement) -> int:
    """Count the marks beside a statement."""
    return len(statement.spans) + bool(statement.computation)


@dataclass(frozen=True)
class Part:
    """A block as it is shown. Which fields are filled depends on ``kind``, as in ``content.Block``."""

    kind: str
    anchor: str
    """Of a heading, table or chart; else empty."""
    number: str
    """``2.1`` or ``2.1.3`` of a heading, ``3`` of a table or chart; else empty."""
    label: str
    """What it is called: ``Table``, ``Figure``, ``Note`` or ``Warning``, in the document's language; else empty."""
    text: str
    """A heading's words, a table's or a chart's caption."""
    statements: tuple[Statement, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Statement, ...], ...]
    """As many cells in each as there are columns (two in a facts list)."""
    ordered: bool
    warning: bool
    attribution: str
    """Of a quotation: where it is from."""
    depth: int = 3
    """Of a heading: 3 to 5; the section's title is 2."""
    picture: Picture | None = None
    """Of a chart."""

    @property
    def items(self) -> tuple[tuple[Statement, ...], ...]:
        """Of a list: the statements of each item."""
        parted = groupby(enumerate(self.statements), lambda one: (one[1].item, 0 if one[1].item else one[0]))
        return tuple(tuple(statement for _, statement in group) for _, group in parted)


@dataclass(frozen=True)
class Notice:
    """Why a section says less than planned."""

    heading: str
    reason: str
    tone: Tone


@dataclass(frozen=True)
class Chapter:
    """A section as it is shown."""

    number: str
    anchor: str
    title: str
    notice: Notice | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Citation:
    """A place in a source that the document rests on."""

    number: int
    anchor: str
    source: str
    address: str
    quotes: tuple[str, ...]
    cited_in: tuple[str, ...]
    """Numbers of the sections that cite it."""


@dataclass(frozen=True)
class Computation:
    """How figures were derived."""

    mark: str
    """``a`` … ``z``, ``aa`` …"""
    anchor: str
    text: str
    """The first claim derived so, or empty where ``how`` repeats it."""
    how: str
    cited_in: tuple[str, ...]


@dataclass(frozen=True)
class RegisteredSource:
    """A source and what became of it."""

    name: str
    title: str
    """Empty where it is the name again."""
    hash: str
    """The first twelve hexadecimal digits."""
    cited: int
    tone: Tone
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    number: str
    title: str
    anchor: str
    depth: int
    """1 of a section, 2 to 4 of what is in it."""


@dataclass(frozen=True)
class Numbered:
    """The whole document."""

    language: str
    """Of its fixed words."""
    title: str
    subtitle: str
    cover: tuple[tuple[str, str], ...]
    """Label and value, in order."""
    dated: str
    """The date that it bears, ISO 8601 as far as it is told; empty without one."""
    made: str
    """How it was made, in words a client understands."""
    cautions: tuple[str, ...]
    """What a reader must know before relying on it."""
    contents: tuple[Entry, ...]
    chapters: tuple[Chapter, ...]
    questions: tuple[str, ...]
    computations: tuple[Computation, ...]
    sources: tuple[RegisteredSource, ...]
    citations: tuple[Citation, ...]

    @property
    def words(self) -> Words:
        """The document's fixed words."""
        return words_in(self.language)
