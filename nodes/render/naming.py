"""Names by which claims, and what is said beside them, are found again in a file that comes back. Pure."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quire.nodes.evidence.content import Block, Claim, claims_of
from quire.nodes.render.numbered import Part

DOCUMENT = "_document_"
"""How the mark begins that tells which document a file is of."""
CLAIM = "_claim_"


def claim_name(section: int, claim: str) -> str:
    """Name a claim: its section's number, and its own name there. Word hides marks that begin so."""
    return f"{CLAIM}{section}_{claim}"


def claims_by_name(blocks: Sequence[Block], section: int) -> dict[str, Claim]:
    """Give the claims of a section, all of which have names, by that under which they are found again."""
    return {claim_name(section, made["id"]): made for block in blocks for made in claims_of(block)}


def document_mark(document: Mapping[str, Any]) -> str:
    """Name a document by what it says, so that a file tells which one it was made of."""
    said = json.dumps(document, sort_keys=True)  # in ASCII: half a surrogate pair can stand in it too
    return f"{DOCUMENT}{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def note_name(section: int, kind: str, *place: int) -> str:
    """Name a note beside the text: what was struck behind a block, an objection."""
    return "_".join(["", kind, str(section), *map(str, place)])


def with_names(parts: Sequence[Part], blocks: Sequence[Block], section: int) -> Iterator[Part]:
    """Give each statement of a section its claim's name.

    Args:
        parts: as they are shown, one a block.
        blocks: all of whose claims have names.
        section: its number.

    """
    for part, block in zip(parts, blocks, strict=True):
        names = iter([claim_name(section, made["id"]) for made in claims_of(block)])
        statements = tuple(replace(s, name=next(names)) for s in part.statements)
        widths = [len(row) for row in block.get("rows", ())]
        rows = tuple(
            tuple(replace(cell, name=next(names)) if n < width else cell for n, cell in enumerate(row))
            for row, width in zip(part.rows, widths, strict=True)
        )
        yield replace(part, statements=statements, rows=rows)
