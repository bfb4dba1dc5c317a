"""The text of the answer, requirement by requirement: what is asked, and what the sources say to it. Pure."""

from collections.abc import Iterator

from quire.graphs.kinds.rfp_response.computations.matrix import Judged, judged_in
from quire.nodes.computations.blocks import heading, note, paragraph, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, SectionContent, claim


def compute(materials: Materials) -> SectionContent:
    """Answer each requirement with the words of the sources; what nothing answers is said to be open."""
    blocks = [block for one in judged_in(materials) for block in _answered(one)]
    return section(blocks or [note(claim("There is no requirement to answer.", "open"))])


def _answered(one: Judged) -> Iterator[Block]:
    match, judgement = one
    requirement, offer = match.requirement, match.offer
    yield heading(f"{requirement.id}: {judgement.status}")
    yield paragraph(claim(requirement.text, "source", requirement.evidence))
    if offer is not None:
        yield paragraph(claim(offer.text, "source", offer.evidence))
    if judgement.status == "Open":
        yield note(claim(f"{judgement.why}.", "open"))
