"""What was looked at: each source with the headings or the columns that it has."""

from collections.abc import Iterator

from quire.nodes.computations.blocks import note, section, table
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim
from quire.nodes.sources.passage import Passage, Reading

MOST_NAMED = 12
"""Headings or columns of one source."""


def compute(materials: Materials) -> SectionContent:
    """List the sources that the section may use."""
    rows = [(claim(r["source"], "fixed"), _holds(r)) for r in materials.readings]
    listed = table("What was looked at", ["Source", "What it holds"], rows)
    return section([listed if rows else note(claim("No sources were given.", "open"), level="warning")])


def _holds(reading: Reading) -> Claim:
    named = dict(list(_named(reading))[:MOST_NAMED])
    if not named:
        return claim(reading["title"], "fixed")
    return claim("; ".join(named), "source", *{id(p): cite(reading, p) for p in named.values()}.values())


def _named(reading: Reading) -> Iterator[tuple[str, Passage]]:
    """Give a source's headings, or, where it has none, the columns of its rows, each with the passage that names it."""
    headings = [(p["text"], p) for p in reading["passages"] if p["kind"] == "heading"]
    if headings:
        yield from headings
        return
    for passage in reading["passages"]:
        if passage["kind"] == "row":
            yield from ((column, passage) for column in passage.get("fields", {}))
            return
