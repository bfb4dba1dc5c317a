"""What a document is made of: ``Document -> Section -> Block -> Claim -> Evidence``, all plain JSON.

Every exporter renders this model and every check reads it. A block never holds bare prose: its
words stand in claims, so that each sentence, list item and table cell can be followed to where it
comes from. Text is plain (no Markdown, no HTML); exporters escape it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

Basis = Literal["source", "computed", "brief", "inference", "fixed", "open", "unsupported"]
"""Why a claim may stand.

``source``: its evidence says so. ``computed``: code derived it, and ``how`` shows the derivation.
``brief``: the user stated it. ``inference``: it is concluded from other claims, which it names.
``fixed``: the blueprint's own wording, no statement about the subject.
``open``: not determined, said openly. ``unsupported``: nothing found for it, marked as such.
"""


Kind = Literal["fact", "computed", "inference", "gap"]
"""What a claim is: stated by evidence, worked out by code, concluded from others, or said to be in no source."""


class Judged(TypedDict):
    """What was found when a claim was held against its evidence."""

    verdict: Literal["supported", "contradicted", "insufficient"]
    by: Literal["code", "model"]
    sure: bool
    """False where code decided leniently because nobody could read."""
    words: str
    """The words of the evidence that decide; empty where none do."""
    reasons: list[str]
    """Sentences that a writer can act on."""


class Evidence(TypedDict):
    """One place in one source, and what it stands under there."""

    source: str
    """Name of the source (``ordinance/r3.md``), or ``brief``."""
    address: str
    """Where in it: ``§ 12.3(a), line 40``, ``page 2, line 7``, ``row 3, far``, ``facts.client``."""
    quote: str
    """The words at that address, verbatim up to white space."""
    hash: str
    """SHA-256 (hex) of the source's bytes; of the fact's JSON for the brief."""
    heading: NotRequired[str]
    """Headings above it, outermost first (``Costs > 2026``)."""
    header: NotRequired[str]
    """Titles of its row and columns, where it stands in a table."""
    label: NotRequired[str]
    """What a value is called."""
    what: NotRequired[str]
    """What its source is (``minutes``, ``price list``)."""
    date: NotRequired[str]
    """The date of its source, ISO 8601 with open parts left out (``2026-03``)."""
    status: NotRequired[str]
    """Of its source: ``current``, ``superseded``, ``draft``, ``archived``, ``withdrawn``."""
    standing: NotRequired[str]
    """That a value of it does not count, and which does (``older, 2022-03-14; now 310 vehicles``)."""


class Person(TypedDict):
    """That the words of a claim are a person's, and what they stand beside."""

    was: str
    """What stood there before; empty where nothing did."""
    by: str
    """Who it was, if that was told."""
    instead_of: NotRequired[str]
    """What a draft says there now, where that is neither what the person saw nor what the person wrote."""
    then: NotRequired[str]
    """What the evidence said when the person wrote, where it says something else now."""
    now: NotRequired[str]
    """What it says now; empty where nothing like it is there."""


class Removed(TypedDict):
    """A claim that a person took out."""

    text: str
    by: str


class Claim(TypedDict):
    """A sentence, list item or cell, and why it may stand."""

    text: str
    basis: Basis
    evidence: list[Evidence]
    how: NotRequired[str]
    """For ``computed``: the derivation, readable (``0.35 x 14,200 sq ft = 4,970 sq ft``)."""
    retells: NotRequired[bool]
    """That ``how`` is another's, a row's or another section's statement's: behind the text it is listed there."""
    beside: NotRequired[bool]
    """That its derivation is plain from what stands beside it, so that no letter leads a reader to it."""
    status: NotRequired[str]
    """A verdict shown as a badge (``Conforming``, ``Indeterminate`` …)."""
    id: NotRequired[str]
    """Its name within its section (``c7``), the same over revisions as long as its words stay."""
    kind: NotRequired[Kind]
    verdict: NotRequired[Judged]
    quoted: NotRequired[bool]
    """That it stands in the words of its source, as nobody could judge its author's own."""
    premises: NotRequired[list[str]]
    """Of an inference: the claims (``c3``) or the evidence (``E5``) that it rests on."""
    silent: NotRequired[list[str]]
    """Of an inference: the words of what it rests on that says that the sources are silent, and so has no evidence."""
    looked: NotRequired[str]
    """Of a gap: where was looked."""
    item: NotRequired[int]
    """Of a list: the number of its item, where an item says several things; else each claim is an item."""
    lead: NotRequired[str]
    """What leads in its item or paragraph, in bold: a title, and no statement (``Revenue.``)."""
    person: NotRequired[Person]
    """The words are a person's: no draft changes them."""


class Column(TypedDict):
    """A table's column."""

    title: str
    align: Literal["left", "right", "center"]


class Mark(TypedDict):
    """What a chart draws for one of its rows."""

    row: int
    cell: int
    """The cell of that row that it leads to."""
    values: list[str]
    """Decimal numbers, or instants and dates in ISO 8601: a bar's length; where a point lies, and how high; when a
    span begins, and when it ends, or only a moment."""
    series: NotRequired[str]


class Chart(TypedDict):
    """How the rows of a block are drawn."""

    form: Literal["bars", "lines", "timeline"]
    unit: str
    """Of what is measured, as the axis names it."""
    marks: list[Mark]


class Block(TypedDict):
    """A paragraph, heading, list, quotation, note, facts list, table or chart.

    ``paragraph | quote | note``: ``claims``. ``list``: ``claims``, one an item, or several of
    one ``item``.
    ``heading``: ``text`` and ``depth``. ``table``: ``columns``, ``rows`` of claims, ``caption``.
    ``facts``: ``rows`` of two claims each: label and value. ``chart``: what a table has, and ``chart``.
    """

    kind: Literal["paragraph", "heading", "list", "quote", "note", "facts", "table", "chart"]
    claims: NotRequired[list[Claim]]
    text: NotRequired[str]
    depth: NotRequired[int]
    """Of a heading: 3 (the default) to 5; the section's own title is 2."""
    caption: NotRequired[str]
    columns: NotRequired[list[Column]]
    rows: NotRequired[list[list[Claim]]]
    ordered: NotRequired[bool]
    level: NotRequired[Literal["info", "warning"]]
    chart: NotRequired[Chart]
    offered: NotRequired[bool]
    """Of what code computed: a writer may leave it out."""
    yields: NotRequired[bool]
    """Of what code computed, until a text is made of it: words that are said where nobody writes.

    Where somebody does, the text takes their place; what a rule demands of them stays.
    """


class Value(TypedDict):
    """A figure or finding that other sections may use by name, so that it is the same everywhere."""

    value: str | int | float | bool | None
    unit: str
    text: str
    evidence: list[Evidence]
    label: NotRequired[str]
    """What a reader calls it; without it, its name."""


class SectionContent(TypedDict):
    """What a section says: its blocks and the named values that other sections build on."""

    blocks: list[Block]
    values: dict[str, Value]
    open_questions: list[str]
    cautions: NotRequired[list[str]]
    """What a reader must know of the subject before relying on the document: it stands on the cover."""
    removed: NotRequired[list[Removed]]
    """What persons took out, and no draft says again."""


def claim(text: str, basis: Basis, *evidence: Evidence, how: str = "", status: str = "", beside: bool = False) -> Claim:
    """Make a claim, leaving out what is not said."""
    made = Claim(text=text, basis=basis, evidence=list(evidence))
    if beside:
        made["beside"] = True
    if how:
        made["how"] = how
    if status:
        made["status"] = status
    return made


def claims_of(block: Block) -> Iterator[Claim]:
    """All claims of a block, in reading order."""
    yield from block.get("claims", ())
    for row in block.get("rows", ()):
        yield from row


def items_of(block: Block) -> list[list[Claim]]:
    """Give a list's claims by item."""
    items: list[list[Claim]] = []
    for made in block.get("claims", ()):
        number = made.get("item")
        if items and number is not None and items[-1][0].get("item") == number:
            items[-1].append(made)
        else:
            items.append([made])
    return items


def words_in(blocks: list[Block]) -> int:
    """Count the words a reader sees in the blocks."""
    shown = [f"{c.get('lead', '')} {c['text']}" for b in blocks for c in claims_of(b)] + [
        b.get("text", "") for b in blocks
    ]
    return sum(len(text.split()) for text in shown)


def canonical(value: Mapping[str, Any] | list[Any]) -> str:
    """JSON with one spelling per value: what digests are taken over."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: Mapping[str, Any] | list[Any]) -> str:
    """SHA-256 (hex) of the canonical JSON."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
