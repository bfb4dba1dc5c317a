"""Evidence whose source is there in a new version: what it says now, and where. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from quire.nodes.evidence.claims import unjudged
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, digest_of
from quire.nodes.sources.passage import Passage, Reading, address_of


class Gone(Exception):
    """A quotation is not in its source any more, or not in one place only."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__(evidence["source"])
        self.evidence = evidence


def saying(evidence: Iterable[Mapping[str, Any]]) -> str:
    """Give the digest of what evidence says, wherever it stands."""
    return digest_of([_placeless(one) for one in evidence])


def said_digest(content: Mapping[str, Any]) -> str:
    """Give the digest of what a section says, wherever its evidence stands and whatever was found of its claims."""
    bare = with_evidence(unjudged(cast("SectionContent", content)), lambda one: cast("Evidence", _placeless(one)))
    return digest_of(cast("dict[str, Any]", bare))


def refreshed(content: SectionContent, readings: Sequence[Reading]) -> SectionContent:
    """Give a section whose evidence names the places where its words stand now.

    Raises:
        Gone: a quotation of it is in its source no more, or in several places, none of which is its old one.

    """
    read = {reading["source"]: reading for reading in readings}
    return with_evidence(content, lambda one: placed_anew(one, read))


def found_again(content: SectionContent, readings: Sequence[Reading]) -> SectionContent:
    """Give a section whose evidence names the places where its words stand now, as far as they do."""
    read = {reading["source"]: reading for reading in readings}

    def anew(evidence: Evidence) -> Evidence:
        try:
            return placed_anew(evidence, read)
        except Gone:
            return evidence

    return with_evidence(content, anew)


def placed_anew(evidence: Evidence, read: Mapping[str, Reading]) -> Evidence:
    """Give evidence with the place at which its words stand now.

    Raises:
        Gone: they do not, or nobody can say where.

    """
    reading = read.get(evidence["source"])
    if evidence["source"] == "brief" or (reading is not None and reading["hash"] == evidence["hash"]):
        return evidence
    if reading is None:
        raise Gone(evidence)
    addresses = dict.fromkeys(a for passage in reading["passages"] if (a := _address(passage, evidence)) is not None)
    if evidence["address"] in addresses:
        return {**evidence, "hash": reading["hash"]}
    if len(addresses) != 1:
        raise Gone(evidence)
    return {**evidence, "hash": reading["hash"], "address": next(iter(addresses))}


def with_evidence(content: SectionContent, change: Callable[[Evidence], Evidence]) -> SectionContent:
    """Give a section with each piece of its evidence changed: of its claims, and of its values."""

    def changed(made: Claim) -> Claim:
        return {**made, "evidence": [change(one) for one in made["evidence"]]}

    def within(block: Block) -> Block:
        made = block.copy()
        if "claims" in block:
            made["claims"] = [changed(c) for c in block["claims"]]
        if "rows" in block:
            made["rows"] = [[changed(c) for c in row] for row in block["rows"]]
        return made

    values = {
        name: {**value, "evidence": [change(one) for one in value["evidence"]]}
        for name, value in content["values"].items()
    }
    return cast("SectionContent", {**content, "blocks": [within(b) for b in content["blocks"]], "values": values})


def _address(passage: Passage, evidence: Evidence) -> str | None:
    """Give where in a passage a quotation stands, if it does: in its text, or in one of its cells."""
    quote = evidence["quote"]
    for title, cell in passage.get("fields", {}).items():
        named = passage.get("cells", {}).get(title) or f"{passage['address']}, {title}"
        if cell == quote and evidence["address"].rpartition(", ")[2] in {title, named}:
            return named
    if quote and quote in passage["text"]:
        return address_of(passage, quote)
    return None


def _placeless(evidence: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in evidence.items() if key not in ("hash", "address")}
