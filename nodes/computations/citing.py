"""Evidence for what computations say: places in sources, and the brief's facts."""

from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.from_passages import from_brief
from quire.nodes.sources.passage import Passage, Reading, address_of


def cite(reading: Reading, passage: Passage, quote: str = "", field: str = "") -> Evidence:
    """Cite a passage: all of it, the ``quote`` in it, or one cell of a row (``row 4, height``, ``Budget!C4``)."""
    if field and passage["kind"] == "row":
        named = passage.get("cells", {}).get(field)
        cell = Evidence(
            source=reading["source"],
            address=named or f"{passage['address']}, {field}",
            quote=passage.get("fields", {})[field],
            hash=reading["hash"],
        )
        return {**cell, "header": field} if named else cell
    return Evidence(
        source=reading["source"], address=passage["address"], quote=quote or passage["text"], hash=reading["hash"]
    )


def cite_sentence(reading: Reading, passage: Passage, sentence: str) -> Evidence:
    """Cite a sentence of a passage, at the line on which it begins."""
    return {**cite(reading, passage, sentence), "address": address_of(passage, sentence)}


def cite_fact(materials: Materials, name: str) -> Evidence | None:
    """Cite a fact of the brief, or nothing if it was not given."""
    stated = materials.facts.get(name)
    return None if stated is None or stated == "" else from_brief(name, stated)
