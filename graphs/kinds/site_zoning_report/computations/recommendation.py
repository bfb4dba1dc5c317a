"""The recommendation for the stated purpose: what is to be settled first, and what may follow."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.brief import stated
from quire.graphs.kinds.site_zoning_report.assessing.permissions import CONDITIONAL, PROHIBITED
from quire.graphs.kinds.site_zoning_report.assessing.records import section_of
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.standards import Assessment
from quire.graphs.kinds.site_zoning_report.assessing.statuses import INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.assessing.telling import labels_of, named_at
from quire.nodes.computations.blocks import heading, listed, listing, paragraph, section, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.records.entries import Entry

_NO_PROMISE = "No outcome of an approval is promised."


def compute(materials: Materials) -> SectionContent:
    """Recommend, each point from what a section found."""
    review = Review(materials)
    opening = stated(materials, "purpose", "The purpose is {}.") or claim("No purpose is stated.", "open")
    blocks: list[Block] = [
        heading("To be settled first"),
        listing(_first(review), ordered=True),
    ]
    later = list(_later(review))
    told = yielding(*blocks, *([heading("May follow"), listing(later)] if later else []))
    return section([paragraph(opening, claim(_NO_PROMISE, "fixed")), *told])


def _first(review: Review) -> Iterator[Claim]:
    yield from _proposal(review)
    for made in review.assessments:
        if made.status == NONCONFORMING and made.entry.record["type"] == "standard":
            case, how = bool(made.entry.text("words")), made.states["proposed"].how
            or_else = f"and have the matter closed ({how})" if case else "or show that it is lawful"
            asked = [permit for permit in _open(review) if _asks_for(permit, made)]
            also = f"; {listed([one.text('number') for one in asked])} asks for it as well" if asked else ""
            text = f"{made.label}: bring this into line with {section_of(made.entry)}, {or_else}{also}."
            cited = [e for one in asked for e in one.cited("conditions", "condition_status", "number")]
            yield claim(text, "computed", *made.states["proposed"].evidence[:2], *cited, *named_at(made), how=how)
    unknown = [made for made in review.assessments if made.status == INDETERMINATE]
    if unknown:
        how = f"rows of the matrix that are {INDETERMINATE}"
        yield claim(f"Have determined: {labels_of(unknown)}.", "computed", *named_at(*unknown), how=how)
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


def _open(review: Review) -> list[Entry]:
    """Give the permits of which a condition is open."""
    permits = review.records.of("permit")
    return [one for one in permits if one.text("conditions") and one.text("condition_status").lower() == "open"]


def _asks_for(permit: Entry, made: Assessment) -> bool:
    """Whether a permit's condition names what a standard is about."""
    return made.label.lower() in permit.text("conditions").lower()


def _later(review: Review) -> Iterator[Claim]:
    wanting = [made for made in review.assessments if made.status == NONCONFORMING]
    for entry in _open(review):
        if not any(_asks_for(entry, made) for made in wanting):
            text = f"The condition of {entry.text('number')} is open: {entry.text('conditions')}."
            yield claim(text, "source", *entry.cited("conditions", "condition_status", "number"))
    for entry in review.records.of("utility"):
        if "require" in entry.text("remarks").lower():
            text = f"{entry.text('utility')}: {entry.text('remarks')[:1].lower()}{entry.text('remarks')[1:]}."
            yield claim(text, "source", *entry.cited("remarks", "utility"))
