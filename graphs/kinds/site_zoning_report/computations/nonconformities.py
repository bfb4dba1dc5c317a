"""Nonconformities: what does not conform, whether it may stay, and what the code says of damage and rebuilding."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.permissions import PERMITTED
from quire.graphs.kinds.site_zoning_report.assessing.records import section_of, titled
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.statuses import DEPARTURES, LEGAL_NONCONFORMING
from quire.graphs.kinds.site_zoning_report.assessing.telling import named_at, quoted
from quire.nodes.computations.blocks import facts, note, paragraph, section, value, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.records.entries import Records, each_once

_CLAUSES = {
    "continuation": "Continuation",
    "enlargement": "Enlargement",
    "damage": "Damage",
    "destruction": "Destruction",
    "abandonment": "Abandonment",
    "parking": "Parking and planting",
    "change of use": "On a change of use",
    "proof": "Proof",
}
NO_CLAUSES = "The code's provisions on nonconformities were not read; what may be rebuilt is not determined."


def compute(materials: Materials) -> SectionContent:
    """Say of what exists and does not conform whether it is lawful, and what may become of it."""
    review = Review(materials)
    existing = [made for made in review.assessments if made.states["existing"].status in DEPARTURES]
    blocks: list[Block] = [
        *yielding(paragraph(*_found(review))),
        *yielding(*(paragraph(*part) for part in (list(_rebuilding(review)), list(_uses(review))) if part)),
        *_clauses(review.records),
    ]
    counted = len([made for made in review.assessments if made.status in DEPARTURES])
    values = {
        "nonconformity.count": value(str(counted), figure=counted),
        "nonconformity.existing": value(str(len(existing)), figure=len(existing)),
    }
    return section(blocks, values)


def _found(review: Review) -> Iterator[Claim]:
    existing = [made for made in review.assessments if made.states["existing"].status in DEPARTURES]
    if not existing:
        yield claim("Of what exists nothing was found not to conform.", "computed", how="no row of the matrix says so")
        return
    for made in existing:
        lawful = made.states["existing"].status == LEGAL_NONCONFORMING
        now = made.states["existing"]
        if lawful:
            said = next(e for e in review.records.of("lawful") if e.text("site") == made.entry.text("site"))
            text = f"{made.label} ({section_of(made.entry)}): “{said.text('words')}” ({titled(said)})."
            yield claim(text, "source", *said.cited("words"), *now.required.evidence, *named_at(made))
        elif made.entry.text("words"):
            text = f"{made.label} ({section_of(made.entry)}): {now.how}, a violation to be cured and no nonconformity."
            yield claim(text, "computed", *each_once([*now.evidence, *named_at(made)]), how=now.how)
        else:
            text = (
                f"{made.label} ({section_of(made.entry)}): no source shows that the departure was lawful when it began."
            )
            yield claim(text, "computed", *each_once([*now.evidence, *named_at(made)]), how=now.how)


def _rebuilding(review: Review) -> Iterator[Claim]:
    """Say what the clause on damage means for this building."""
    damage = next(iter(review.records.stating("clause", "matter", "damage")), None)
    share, period = (damage.amount("value"), damage.text("period")) if damage else (None, "")
    if damage is None or share is None:
        return
    text = f"For this building: damage of up to {damage.text('value')}, as the clause measures it, may be made good"
    text += f", within {period}" if period else ""
    cited = damage.cited("words", "value", "period")
    text += f" ({section_of(damage)}); beyond that, what is rebuilt has to conform to every standard in the matrix."
    yield claim(text, "computed", *each_once(cited), how=f"“{damage.text('words')}”")


def _uses(review: Review) -> Iterator[Claim]:
    found = review.permissions["existing"]
    if found and all(one.kind == PERMITTED for one in found):
        text = "No use of today is nonconforming, so that the period of abandonment runs for none."
        yield claim(text, "computed", how="; ".join(one.how for one in found))


def _clauses(records: Records) -> Iterator[Block]:
    rows = []
    for matter, label in _CLAUSES.items():
        for made in quoted(records.stating("clause", "matter", matter)):
            text = f"{made['text']} ({made.get('lead', '').rstrip('.')})"
            rows.append([claim(label, "fixed"), claim(text, "source", *made["evidence"])])
    if not rows:
        yield note(claim(NO_CLAUSES, "open"), level="warning")
        return
    yield from yielding(paragraph(claim("In the code's words:", "fixed")), facts(rows))
