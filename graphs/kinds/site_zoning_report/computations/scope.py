"""Scope, method and reliance: what was compared with what, what was not supplied, and who may lean on it."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.brief import stated
from quire.graphs.kinds.site_zoning_report.assessing.records import records_of
from quire.graphs.kinds.site_zoning_report.assessing.statuses import MEANINGS
from quire.nodes.computations.blocks import facts, listed, paragraph, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim

_METHOD = (
    "Each requirement was read from the zoning code as a record, with the words that state it, and held against those "
    "words by a program; each figure of the site was taken from the survey or another record. The program compared the "
    "two. Each comparison ends in one of five statuses, which are used in no other sense."
)
_DOCUMENTS = (
    "The report rests on the documents in the source register. It reports no inspection, interview or search of public "
    "records beyond them."
)
_USUAL = {
    "survey": "a survey of the site",
    "district": "a zoning letter or map that names the district",
    "standard": "the standards of the zoning code, read as records",
    "parcel": "a record of the parcel",
    "permit": "a record of approvals and permits",
    "violation": "a record of violations",
    "utility": "records of the utilities",
    "flood": "a flood zone determination",
    "policy": "the comprehensive plan",
}
"""Types of records that a report usually has, and what they come from."""
_UNSTATED_RELIANCE = "Who may rely on this report is not determined."


def compute(materials: Materials) -> SectionContent:
    """Say what was asked, how it was answered, from what, and for whom."""
    reliance = stated(materials, "reliance", "This report may be relied upon by: {}.") or stated(
        materials, "client", "This report was commissioned by {}; no one else is named as entitled to rely on it."
    )
    lacking = [words for kind, words in _USUAL.items() if not records_of(materials).of(kind)]
    missing = f"Not supplied, or not read: {listed(lacking)}."
    blocks: list[Block] = [
        paragraph(*_task(materials)),
        paragraph(claim(_METHOD, "fixed")),
        facts([claim(status, "fixed"), claim(meaning, "fixed")] for status, meaning in MEANINGS.items()),
        paragraph(claim(_DOCUMENTS, "fixed"), *([claim(missing, "open")] if lacking else [])),
        paragraph(reliance or claim(_UNSTATED_RELIANCE, "open")),
    ]
    return section(blocks, open_questions=() if reliance else ["Who may rely on this report?"])


def _task(materials: Materials) -> Iterator[Claim]:
    site = stated(materials, "address", "This report compares the site at {} with the zoning that governs it.")
    yield site or claim("This report compares the site with the zoning that governs it.", "fixed")
    use = stated(materials, "proposed_use", "It considers the site as it stands and for the proposed use: {}.")
    if use:
        yield use
    purpose = stated(materials, "purpose", "Its purpose is {}.")
    yield purpose or claim("Its purpose is not determined: the brief does not state it.", "open")
