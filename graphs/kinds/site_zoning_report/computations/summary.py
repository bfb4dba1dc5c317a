"""The answer: the zoning, whether the proposal is allowed and has its spaces, and what stands against it."""

from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.assessing.brief import stated
from quire.graphs.kinds.site_zoning_report.assessing.permissions import PERMITTED
from quire.graphs.kinds.site_zoning_report.assessing.records import section_of
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.standards import Assessment
from quire.graphs.kinds.site_zoning_report.assessing.statuses import COUNTED, DEPARTURES, INDETERMINATE, MEANINGS
from quire.graphs.kinds.site_zoning_report.assessing.telling import departure, labels_of, named_at, treated
from quire.nodes.computations.blocks import heading, listed, listing, note, paragraph, section, value, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim
from quire.nodes.records.entries import each_once

_UNREAD = (
    "No standard of the zoning code was read, so nothing about conformance is determined. The code stands in running "
    "text, which takes a model or a file of records."
)


def compute(materials: Materials) -> SectionContent:
    """Answer first: the proposal, the variant that conforms, what exists; then what is not met or not known."""
    review = Review(materials)
    departing = [one for one in review.assessments if one.status in DEPARTURES]
    against = [one for one in departing if one.entry.record["type"] == "standard"]
    standards = [one for one in review.assessments if one.entry.record["type"] == "standard"]
    title = "What else is not met" if len(against) < len(departing) else "What is not met"
    blocks: list[Block] = [
        *yielding(*(paragraph(*told(review)) for told in (_zoned, _proposal, _variant, _existing))),
        *([] if standards else [note(claim(_UNREAD, "open"), level="warning")]),
        *([heading(title), listing(map(departure, against))] if against else []),
        *yielding(paragraph(*_counts(review.assessments))),
    ]
    return section(blocks, _values(review.assessments))


def _zoned(review: Review) -> Iterator[Claim]:
    site = stated(review.materials, "address")
    where = site["text"] if site else "The site"
    base, overlays = (review.records.stating("district", "kind", kind) for kind in ("base", "overlay"))
    if not base:
        yield claim(f"{where}: the zoning district is not determined.", "open")
        return
    over = f", and in the {listed([one.text('district') for one in overlays])}" if overlays else ""
    evidence = [e for one in (*base, *overlays) for e in one.cited("district", "kind")]
    text = f"{where} lies in the {base[0].text('district')}{over}."
    brief = site["evidence"] if site else []
    yield claim(text, "computed", *each_once(evidence), *brief, how="as the sources state, district by district")


def _proposal(review: Review) -> Iterator[Claim]:
    if review.permission is None:
        return
    yield treated(review.permission)
    parking = review.parking["proposed"]
    if parking.demand.spaces is None or parking.short is None or parking.there is None:
        yield claim("How many parking spaces it needs is not determined.", "computed", how=parking.demand.how)
        return
    short = f"{parking.short} fewer" if parking.short else "which is enough"
    text = f"With the uses that stay it needs {parking.demand.spaces} parking spaces; {parking.there.text} are there, "
    how = f"{parking.demand.how}; {parking.demand.spaces} - {parking.there.text} = {parking.short}"
    evidence = each_once([*parking.demand.evidence, *parking.there.evidence])
    yield claim(f"{text}{short}.", "computed", *evidence, how=how if parking.short else parking.demand.how)


def _variant(review: Review) -> Iterator[Claim]:
    found = review.variant
    if found is None or found.permission.entry is None:
        return
    text = (
        f"With {found.seats} seats it is permitted by right ({section_of(found.permission.entry)}) and needs "
        f"{found.demand.spaces} spaces, which are there: then neither an approval of the use nor a further space is "
        f"needed. With more seats than {found.seats}, not both hold."
    )
    evidence = each_once([*found.permission.entry.cited("permission", "listed"), *found.demand.evidence])
    yield claim(text, "computed", *evidence, how=f"{found.permission.how}; {found.demand.how}")


def _existing(review: Review) -> Iterator[Claim]:
    found, parking = review.permissions["existing"], review.parking["existing"]
    if found and all(one.kind == PERMITTED for one in found):
        text = "All uses of today are permitted by right."
        evidence = each_once([e for one in found for e in one.evidence])
        yield claim(text, "computed", *evidence, how="; ".join(one.how for one in found))
    if parking.short is not None and parking.there and parking.demand.spaces is not None:
        status = f"{parking.short} are wanting" if parking.short else "existing parking conforms"
        text = f"They need {parking.demand.spaces} parking spaces, and {parking.there.text} are there: {status}."
        evidence = each_once([*parking.demand.evidence, *parking.there.evidence])
        yield claim(text, "computed", *evidence, how=f"{parking.demand.how}; {parking.there.text} are there")


def _counts(assessments: Sequence[Assessment]) -> Iterator[Claim]:
    if not assessments:
        return
    counts = {status: sum(one.status == status for one in assessments) for status in MEANINGS}
    told = listed([f"{number} {COUNTED[status][number > 1]}" for status, number in counts.items() if number])
    how = f"{len(assessments)} rows of the matrix, by status"
    yield claim(f"Of {len(assessments)} standards held against the proposal: {told}.", "computed", how=how)
    unknown = [one for one in assessments if one.status == INDETERMINATE]
    if unknown:
        how = f"{len(unknown)} rows of the matrix are {INDETERMINATE}"
        yield claim(f"Not determined: {labels_of(unknown)}.", "computed", *named_at(*unknown), how=how)


def _values(assessments: Sequence[Assessment]) -> dict[str, Value]:
    counts = {status: sum(one.status == status for one in assessments) for status in MEANINGS}
    return {
        f"summary.{status.lower().replace(' ', '_')}": value(str(number), figure=number)
        for status, number in counts.items()
    }
