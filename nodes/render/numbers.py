"""The numbers of a document by what a client has in hand: ids of sections, places in sources, derivations. Pure."""

from typing_extensions import TypedDict

from quire.nodes.render.document import Document, marks_in, number


class SectionNumbers(TypedDict):
    """The numbers of a section and of what has one in it."""

    id: str
    number: str
    parts: list[str]
    """Of its headings, tables and charts, in reading order."""


class CitationNumber(TypedDict):
    """The number of a place in a source."""

    source: str
    address: str
    number: int


class ComputationMark(TypedDict):
    """The letter of a derivation."""

    how: str
    mark: str


class Numbers(TypedDict):
    """All numbers, as every format shows them."""

    sections: list[SectionNumbers]
    citations: list[CitationNumber]
    computations: list[ComputationMark]


def numbers_of(document: Document) -> Numbers:
    """Give the numbers of a document."""
    marks, chapters = marks_in(document), number(document).chapters
    return Numbers(
        sections=[
            SectionNumbers(id=section["id"], number=chapter.number, parts=[p.number for p in chapter.parts if p.number])
            for section, chapter in zip(document["sections"], chapters, strict=True)
        ],
        citations=[
            CitationNumber(source=source, address=address, number=citation.number)
            for (source, address), citation in marks.citations.items()
        ],
        computations=[ComputationMark(how=how, mark=one.mark) for how, one in marks.computations.items()],
    )
