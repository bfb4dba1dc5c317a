"""What a section says, as lines: a claim each, but the cells of a row together."""

from collections.abc import Iterator

from quire.nodes.evidence.content import Claim, SectionContent, claims_of


def lines_of(content: SectionContent) -> list[str]:
    """Give each claim as a line, and each row of a table or facts list as one: ``Map panel: 99041C0217F``."""
    lines = [claim["text"] for block in content["blocks"] for claim in block.get("claims", ())]
    rows = [row for block in content["blocks"] for row in block.get("rows", ())]
    return [*lines, *(": ".join(cell["text"] for cell in row) for row in rows)]


def all_claims(content: SectionContent) -> Iterator[Claim]:
    """Give the claims of all blocks, in reading order."""
    for block in content["blocks"]:
        yield from claims_of(block)
