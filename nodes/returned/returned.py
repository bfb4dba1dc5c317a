"""What a returned Word file asks for: edits of claims, and instructions to their sections."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from quire.nodes.faults import BadInput
from quire.nodes.render.document import Document, nameable_blocks
from quire.nodes.render.docx import render
from quire.nodes.render.naming import CLAIM, DOCUMENT, claims_by_name, document_mark
from quire.nodes.returned.aligning import Aligned, aligned
from quire.nodes.returned.moving import Change
from quire.nodes.returned.reading import Returned, read_returned
from quire.nodes.sources.confined import confined_answer
from quire.nodes.sources.read import MAX_BYTES


class ReturnedEdit(NamedTuple):
    """A person's words in a section."""

    section: str
    claim: str
    text: str
    """Empty: the claim goes."""
    behind: bool
    by: str
    before: bool = False
    moves: str = ""
    """Name of the claim whose words these are, and which goes from where it stood."""


class Instruction(NamedTuple):
    """What a person wrote in the margin of a section."""

    section: str
    text: str


class Asks(NamedTuple):
    """What a file asks for."""

    edits: list[ReturnedEdit]
    instructions: list[Instruction]
    left: list[str]
    """What was changed in it that cannot be taken up: headings, marks, notes, contents."""


def asked_by(document: Document, name: str, data: bytes, template: bytes | None = None) -> Asks:
    """Read a file that was made of a document and changed since, and say what it asks for.

    Args:
        document: what it was made of.
        name: of the file, for messages.
        data: its bytes.
        template: that the document is written in, if there is one.

    Raises:
        BadInput: it cannot be read within the bounds of a source, or was made of another document.

    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"is larger than {MAX_BYTES // 1_000_000} MB", file=name, hint="take pictures out")
    came = Returned.of(confined_answer(f"{read_returned.__module__}:{read_returned.__name__}", name, data))
    mark = document_mark(document)
    if (marks := _marks(came)) and mark not in marks:
        raise BadInput("was made of another version", file=name, hint="name the run that it was downloaded from")
    found = aligned(read_returned(name, render(document, template)), came)
    ids = [section["id"] for section in document["sections"]]
    claims = {
        name: made["text"]
        for n, section in enumerate(document["sections"], 1)
        for name, made in claims_by_name(nameable_blocks(section), n).items()
    }
    edits = [_edit(change, ids, claims) for change in found.changes]
    return Asks(edits, list(_instructions(found, ids)), found.left)


def _marks(came: Returned) -> set[str]:
    return {name for line in came.lines for name, _, _ in line.names if name.startswith(DOCUMENT)}


def _edit(change: Change, sections: list[str], claims: Mapping[str, str]) -> ReturnedEdit:
    section, claim = change.name.removeprefix(CLAIM).split("_", 1)
    moves = change.moves.removeprefix(CLAIM).partition("_")[2]
    text = claims.get(change.moves, change.text)
    return ReturnedEdit(sections[int(section) - 1], claim, text, change.behind, change.by, change.before, moves)


def _instructions(found: Aligned, sections: list[str]) -> Iterator[Instruction]:
    for one in found.asked:
        where = f"Where it says “{one.about[:300]}”: " if one.about else ""
        yield Instruction(sections[one.section - 1], f"{where}{one.text}")
