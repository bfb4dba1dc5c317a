"""A row whose figures cannot be found again is left out and named, so that the others may stand."""

from collections.abc import Iterator, Mapping, Sequence

from quire.nodes.checks.grounded import faults_of
from quire.nodes.computations.blocks import note
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.language.places import place_in
from quire.nodes.sources.passage import Reading

_NAMED = 5


def sound(content: SectionContent, materials: Materials) -> SectionContent:
    """Leave out the rows that their evidence does not carry, and say which."""
    return SectionContent(
        blocks=[kept for block in content["blocks"] for kept in _kept(block, content, materials)],
        values=content["values"],
        open_questions=content["open_questions"],
    )


def _kept(block: Block, content: SectionContent, materials: Materials) -> Iterator[Block]:
    readings = {reading["source"]: reading for reading in materials.readings}
    rows = block.get("rows", [])
    bad = [row for row in rows if any(_faults(cell, readings, content, materials) for cell in row)]
    if not bad:
        yield block
        return
    if good := [row for row in rows if row not in bad]:
        yield {**block, "rows": good}
    where = "; ".join(dict.fromkeys(_place(row, materials.words) for row in bad[:_NAMED])) + (
        " …" if bad[_NAMED:] else ""
    )
    yield note(claim(materials.words.count("section.rows-left-out", len(bad), where=where), "fixed"), level="warning")


def _faults(cell: Claim, readings: Mapping[str, Reading], content: SectionContent, materials: Materials) -> list[str]:
    return list(faults_of(cell, readings, content, materials.words, materials.convention))


def _place(row: Sequence[Claim], words: Words) -> str:
    evidence = next((e for cell in row for e in cell["evidence"]), None)
    return f"{evidence['source']}, {place_in(evidence['address'], words)}" if evidence else row[0]["text"]
