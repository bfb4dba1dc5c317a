"""Capacity: what the standards leave room for, each with its derivation, and which limit binds first."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.amounts import in_whole, written
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.standards import Assessment, bound_of
from quire.nodes.computations.blocks import note, paragraph, section, table, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, claim
from quire.nodes.records.quantities import Quantity

_NONE = "No standard that limits what may be built was read with the figures of the site; its room is not determined."
_COLUMNS = ["Limit", ("Allowed", "right"), ("There", "right"), ("Room", "right")]


def compute(materials: Materials) -> SectionContent:
    """Set out the room under each limit that may be used up."""
    review = Review(materials)
    rows = [row for made in review.assessments for row in _limited(made, review)]
    if not rows:
        return section([note(claim(_NONE, "open"), level="warning")])
    blocks: list[Block] = [table("What the standards leave room for", _COLUMNS, rows)]  # type: ignore[arg-type]
    if review.variant:
        text = (
            f"The spaces that are there and the list of uses bind first: with them {review.variant.seats} seats are "
            f"possible by right."
        )
        blocks += yielding(paragraph(claim(text, "computed", how=review.variant.demand.how)))
    return section(blocks)


def _limited(made: Assessment, review: Review) -> Iterator[list[Claim]]:
    """Give the row of a maximum, or of a share of the lot that must stay open."""
    entry, then = made.entry, made.states["proposed"]
    site = review.figures.of(entry.text("site"), "proposed") if entry.text("site") else None
    counted_once = bool(entry.choice("one"))
    if counted_once or bound_of(entry) != "maximum" or site is None or site.amount is None:
        return
    if any(o.entry.text("site") == entry.text("site") and bound_of(o.entry) == "minimum" for o in review.assessments):
        return  # a range says where a building stands, and not how large it is
    if then.required.amount is None:
        return
    of = review.figures.of(entry.text("of"), "proposed") if entry.text("of") else None
    limit, how, cited = then.required.amount, then.required.how, then.required.evidence
    if of and of.amount and then.actual.how:  # the standard is a share: what it allows is that share of the whole
        share = limit.number / 100 if limit.unit == "percent" else limit.number
        how = f"{written(limit)} x {written(of.amount)}"
        limit = Quantity(share * of.amount.number, of.amount.unit)
        how, cited = f"{how} = {written(limit)}", [*cited, *of.evidence]
    yield _row(made, limit, how, cited, site.amount, site.evidence)


def _row(
    made: Assessment,
    limit: Quantity,
    how: str,
    cited: list[Evidence],
    there: Quantity,
    evidence: list[Evidence],
) -> list[Claim]:
    room = Quantity(limit.number - there.number, limit.unit or there.unit)
    whole = in_whole(room)
    allowed = claim(written(limit), "computed", *cited, how=how) if how else claim(written(limit), "source", *cited)
    left = f"{written(limit)} - {written(there)} = {written(room)}"
    left += f", of which {written(whole)} is whole" if whole != room else ""
    return [
        claim(made.label, "source", *made.entry.cited("standard")),
        allowed,
        claim(written(there), "source", *evidence),
        claim(written(whole), "computed", how=left),
    ]
