"""The recommendation for the stated purpose: what is to be settled first, and what may follow."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.brief import stated
from quire.graphs.kinds.site_zoning_report.assessing.permissions import CONDITIONAL, PROHIBITED
from quire.graphs.kinds.site_zoning_report.assessing.records import section_of
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.statuses import INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.assessing.telling import labels_of
from quire.nodes.computations.blocks import heading, listing, paragraph, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim

_NO_PROMISE = "No outcome of an approval is promised."


def compute(materials: Materials) -> SectionContent:
    """Recommend, each point from what a section found."""
    review = Review(materials)
    opening = stated(materials, "purpose", "The purpose is {}.") or claim("No purpose is stated.", "open")
    blocks: list[Block] = [
        paragraph(opening, claim(_NO_PROMISE, "fixed")),
        heading("To be settled first"),
        listing(_first(review), ordered=True),
    ]
    later = list(_later(review))
    return section([*blocks, *([heading("May follow"), listing(later)] if later else [])])


def _first(review: Review) -> Iterator[Claim]:
    yield from _proposal(review)
    for made in review.assessments:
        if made.status == NONCONFORMING and made.entry.record["type"] == "standard":
            case, how = bool(made.entry.text("words")), made.states["proposed"].how
            or_else = f"and have the matter closed ({how})" if case else "or show that it is lawful"
            text = f"{made.label}: bring this into line with {section_of(made.entry)}, {or_else}."
            yield claim(text, "computed", *made.states["proposed"].evidence[:2], how=how)
    unknown = [made for made in review.assessments if made.status == INDETERMINATE]
    if unknown:
        how = f"rows of the matrix that are {INDETERMINATE}"
        yield claim(f"Have determined: {labels_of(unknown)}.", "computed", how=how)
    if not review.assessments:
        yield claim("Have the standards of the zoning code read: nothing could be compared.", "open")


def _proposal(review: Review) -> Iterator[Claim]:
    kind, parking = (review.permission.kind if review.permission else ""), review.parking["proposed"]
    how = "; ".join(part for part in (review.permission.how if review.permission else "", parking.demand.how) if part)
    asks = ["a conditional use approval"] if kind == CONDITIONAL else []
    if parking.short:
        asks.append(f"{parking.short} more parking {'space' if parking.short == 1 else 'spaces'}")
        how += f"; {parking.demand.spaces} - {parking.there.text if parking.there else ''} = {parking.short}"
    if kind == PROHIBITED:
        yield claim("Do not rely on the proposed use: the code prohibits it in the district.", "computed", how=how)
    elif asks:
        least = f"Limit the proposal to {review.variant.seats} seats, or make it" if review.variant else "Make the use"
        text = f"{least} a condition that {' and '.join(asks)} {'are' if asks[1:] else 'is'} obtained."
        told = f"{how}; {review.variant.demand.how}; {review.variant.permission.how}" if review.variant else how
        yield claim(text, "computed", how=told)


def _later(review: Review) -> Iterator[Claim]:
    for entry in review.records.of("permit"):
        if entry.text("conditions") and entry.text("condition_status").lower() == "open":
            text = f"The condition of {entry.text('number')} is open: {entry.text('conditions')}."
            yield claim(text, "source", *entry.cited("conditions", "condition_status", "number"))
    for entry in review.records.of("utility"):
        if "require" in entry.text("remarks").lower():
            text = f"{entry.text('utility')}: {entry.text('remarks')[:1].lower()}{entry.text('remarks')[1:]}."
            yield claim(text, "source", *entry.cited("remarks", "utility"))
