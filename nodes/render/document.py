"""The document that a run hands back, and its numbering, which is the same in every format."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from quire.nodes.evidence.claims import in_context
from quire.nodes.evidence.content import Block, Claim, SectionContent, claims_of
from quire.nodes.evidence.left_out import applies, is_left_out
from quire.nodes.evidence.persons import nameable
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.language.reasons import reason_meant
from quire.nodes.render import wording
from quire.nodes.render.cited import Said
from quire.nodes.render.dated import date_of
from quire.nodes.render.marks import Marks, marks_of
from quire.nodes.render.naming import with_names
from quire.nodes.render.numbered import Chapter, Entry, Numbered, RegisteredSource
from quire.nodes.render.parts import NUMBERED, parts_of
from quire.nodes.render.remarks import StruckAt, is_conclusion, with_remarks
from quire.nodes.render.text import clean, label, shown

_MOST_LISTED = 15
"""Sub-headings of a section that the contents list; of one with more, none."""


class DocumentSection(TypedDict):
    """A section as it ended."""

    id: str
    title: str
    status: Literal["approved", "stub", "skipped", "failed", "cancelled"]
    reason: NotRequired[str]
    """Why it is not approved, for a reader; its first line is shown."""
    content: NotRequired[SectionContent]
    """Shown of approved sections and stubs; a failed section's draft is not the document's."""
    rounds: int
    words: int
    struck: NotRequired[list[StruckAt]]
    """What was drafted and left out because its evidence does not carry it."""
    objections: NotRequired[list[str]]
    """What judges objected to and nobody mended."""
    models: dict[str, str]
    """Agent -> model that wrote or judged; empty offline."""


class SourceEntry(TypedDict):
    """A source in the register."""

    name: str
    hash: str
    """SHA-256 (hex) of its bytes."""
    media: str
    title: str
    used: bool
    """Whether any section was given something of it."""
    cited: int
    """How many claims cite it."""
    warnings: list[str]
    passages: NotRequired[int]
    """How many passages were read; 0 is said loudly."""


class Document(TypedDict):
    """Everything that exporters render. Plain JSON, without clock, run or machine."""

    title: str
    blueprint: str
    mode: Literal["offline", "model"]
    facts: dict[str, Any]
    sections: list[DocumentSection]
    sources: list[SourceEntry]
    warnings: list[str]
    open_questions: list[str]
    subtitle: NotRequired[str]
    """What kind of document it is; without it, the blueprint's name is spelled out."""
    cover: NotRequired[list[list[str]]]
    """Label and value rows for the cover."""
    lists_questions: NotRequired[bool]
    """A section says what is open, so a reader is not told again behind the sections what stands in one."""
    language: NotRequired[str]
    """Of its fixed words (``quire.nodes.language.catalogue.LANGUAGES``); without it, English."""


def number(document: Document) -> Numbered:
    """Give the document its numbers and make its text safe: sections, tables, citations, computations."""
    language = document.get("language", ENGLISH)
    words = words_in(language)
    marks = marks_in(document)
    chapters = _chapters(document, marks, words)
    questions = tuple(shown(question) for question in _left_to_list(document))
    return Numbered(
        language=language,
        title=label(document["title"]) or words("document.untitled"),
        subtitle=label(document.get("subtitle", "")) or document_kind(document["blueprint"]),
        cover=tuple((label(name), label(value)) for name, value in document.get("cover", [])),
        dated=date_of(document["facts"]),
        made=shown(_made(document, chapters, words)),
        cautions=tuple(_cautions(document, words)),
        contents=tuple(_contents(chapters, marks, words, questions=bool(questions))),
        chapters=chapters,
        questions=questions,
        computations=tuple(marks.computations.values()),
        sources=tuple(_registered(entry, words) for entry in document["sources"]),
        citations=tuple(dict.fromkeys(marks.citations.values())),
    )


def marks_in(document: Document) -> Marks:
    """Give the numbers of all evidence and the letters of all derivations that a document shows."""
    rows = [
        row
        for s in document["sections"]
        for b in _shown_blocks(s)
        if b["kind"] in NUMBERED
        for row in b.get("rows", ())
    ]
    return marks_of(_said(document), rows, words_in(document.get("language", ENGLISH)))


def _made(document: Document, chapters: tuple[Chapter, ...], words: Words) -> str:
    """Say how it was made, and what a letter and an arrow mean where there is one."""
    said = wording.made_by(words, document["mode"], [section["models"] for section in document["sections"]])
    parts = [part for chapter in chapters for part in chapter.parts]
    statements = [s for part in parts for s in (*part.statements, *(cell for row in part.rows for cell in row))]
    computed = document["mode"] != "offline" and any(s.computation for s in statements)  # offline it says so anyway
    told = {"document.computed": computed, "document.concluded": any(s.concluded for s in statements)}
    return " ".join([said, *(words(key) for key, is_so in told.items() if is_so)])


def document_kind(blueprint: str) -> str:
    """Spell out a blueprint's name: ``site-zoning-report`` is a ``Site zoning report``."""
    words = label(blueprint.replace("-", " ").replace("_", " "))
    return words[:1].upper() + words[1:]


def _left_to_list(document: Document) -> list[str]:
    """Give the open questions that are listed behind the sections: all, or what no section says."""
    if not document.get("lists_questions"):
        return document["open_questions"]
    said = {text for section in document["sections"] for text in _statements(section)}
    return [question for question in document["open_questions"] if question not in said]


def _statements(section: DocumentSection) -> list[str]:
    """Give what a reader gets told by a section; by a cell, with the titles of its row and column."""
    shown_of_it = SectionContent(blocks=_shown_blocks(section), values={}, open_questions=[])
    return list(in_context(shown_of_it).values())


def _shown_blocks(section: DocumentSection) -> list[Block]:
    """Return what a reader gets of a section."""
    if section["status"] in ("approved", "stub") and "content" in section:
        return section["content"]["blocks"]
    return []


def nameable_blocks(section: DocumentSection) -> list[Block]:
    """Give what a reader gets of a section, with a name for each claim."""
    return nameable(SectionContent(blocks=_shown_blocks(section), values={}, open_questions=[]))["blocks"]


def _said(document: Document) -> Iterator[Said]:
    for n, section in enumerate(document["sections"], 1):
        for block in _shown_blocks(section):
            claims: Iterator[Claim] = claims_of(block)
            yield from ((str(n), claim) for claim in claims)


def _chapters(document: Document, marks: Marks, words: Words) -> tuple[Chapter, ...]:
    chapters: list[Chapter] = []
    before: Counter[str] = Counter()
    for n, section in enumerate(document["sections"], 1):
        title, shown = label(section["title"]), _shown_blocks(section)
        plain = list(parts_of(shown, section=n, title=title, before=before, marks=marks, words=words))
        own = list(with_names(plain, nameable_blocks(section), n))
        parts = tuple(with_remarks(own, n, section.get("struck", ()), section.get("objections", ()), words))
        before.update(part.kind for part in parts if part.kind in NUMBERED)
        notice = wording.notice_of(words, section["status"], clean(section.get("reason", "")))
        chapters.append(Chapter(str(n), f"section-{n}", title, notice, parts))
    return tuple(chapters)


def _contents(chapters: tuple[Chapter, ...], marks: Marks, words: Words, *, questions: bool) -> Iterator[Entry]:
    for chapter in chapters:
        yield Entry(chapter.number, chapter.title, chapter.anchor, 1)
        below = [p for p in chapter.parts if p.kind == "heading" and p.depth == 3]  # noqa: PLR2004 - right below the title
        yield from (Entry(p.number, p.text, p.anchor, 2) for p in below if len(below) <= _MOST_LISTED)
    if questions:
        yield Entry("", words("document.questions"), "questions", 1)
    if marks.computations:
        yield Entry("", words("document.computations"), "computations", 1)
    yield Entry("", words("document.sources"), "sources", 1)
    if marks.citations:
        yield Entry("", words("document.evidence"), "evidence", 1)


def _registered(entry: SourceEntry, words: Words) -> RegisteredSource:
    tone, remarks = wording.remarks_on(
        words, passages=entry.get("passages"), cited=entry["cited"], warnings=entry["warnings"]
    )
    name, title = label(entry["name"]), label(entry["title"])
    return RegisteredSource(
        name=name,
        title="" if title == name else title,
        hash=shown(entry["hash"])[:12],
        cited=entry["cited"],
        tone=tone,
        remarks=tuple(shown(remark) for remark in remarks),
    )


def _quoted(section: DocumentSection) -> int:
    return sum(made.get("quoted", False) for block in _shown_blocks(section) for made in claims_of(block))


def _cautions(document: Document, words: Words) -> Iterator[str]:
    missing = [
        (f"{n} {label(section['title'], 80)}", section["status"])
        for n, section in enumerate(document["sections"], 1)
        if section["status"] not in ("approved", "skipped")
    ]
    yield from wording.incomplete(words, missing, len(document["sections"]))
    ended = [
        (label(s["title"], 80), s["status"], shown(reason_meant(s.get("reason", ""), words)))
        for s in document["sections"]
    ]
    left_out = [(title, reason) for title, status, reason in ended if is_left_out(status, reason)]
    yield from wording.left_out(words, left_out, sum(applies(status, reason) for _, status, reason in ended))
    for say, wanted in ((wording.struck, False), (wording.unconfirmed, True)):
        counted = [sum(is_conclusion(one) == wanted for one in s.get("struck", ())) for s in document["sections"]]
        titles = [label(s["title"], 80) for s in document["sections"]]
        yield from say(words, [*zip(titles, counted, strict=True)])
    quoted = [(label(s["title"], 80), _quoted(s)) for s in document["sections"]]
    yield from wording.quoted(words, quoted)
    objected = [(label(s["title"], 80), len(s.get("objections", ()))) for s in document["sections"]]
    yield from wording.objected(words, objected)
    yield from (shown(warning) for warning in document["warnings"])
