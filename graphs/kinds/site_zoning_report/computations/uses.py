"""Uses: how the code treats those of today and the proposed one, and the whole range of the district."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.permissions import (
    CONDITIONAL,
    PERMITTED,
    PROHIBITED,
    Permission,
    entries_for,
)
from quire.graphs.kinds.site_zoning_report.assessing.records import capital, place_of
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.site import STATES
from quire.graphs.kinds.site_zoning_report.assessing.telling import quoted, sized, statements
from quire.nodes.computations.blocks import facts, heading, listing, note, paragraph, section, table, value, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, Evidence, SectionContent, claim
from quire.nodes.records.entries import Records, each_once

_RANGE = {PERMITTED: "Permitted by right", CONDITIONAL: "Conditional", PROHIBITED: "Prohibited"}
_COLUMNS = ["Use", "State", "Listed as", "Treatment", "Section"]


def compute(materials: Materials) -> SectionContent:
    """Set out the uses of the site with their entries, what attaches to the proposed one, and the district's range."""
    review = Review(materials)
    rows = [_row(found, state) for state in STATES for found in review.permissions[state]]
    rows = [row for n, row in enumerate(rows) if row[0]["text"] not in [before[0]["text"] for before in rows[:n]]]
    blocks: list[Block] = [table("Uses of the site under the code", _COLUMNS, rows)]
    if review.proposal:
        attached = quoted(entries_for(review.proposal, review.records.of("condition")), "condition")
        blocks += yielding(heading("What attaches to the proposed use"), listing(attached)) if attached else []
    blocks += _range(review.records)
    treated = review.permission
    values = {"uses.proposed": value(treated.kind, *treated.evidence)} if treated and treated.kind else {}
    questions = [f"Does the code allow {found.use.name}? {capital(found.how)}." for found in _undecided(review)]
    return section(blocks, values, questions)


def _undecided(review: Review) -> list[Permission]:
    return [found for state in STATES for found in review.permissions[state] if not found.kind]


def _row(found: Permission, state: str) -> list[Claim]:
    entry = found.entry
    kind = {**_RANGE, "": "Not determined"}[found.kind]
    return [
        claim(sized(found.use), "source", *found.use.evidence, *_size_evidence(found)),
        claim(capital(state), "fixed"),
        entry.said("listed") if entry else claim("Not listed, or its size is not stated", "open"),
        claim(kind, "computed", *found.evidence, how=found.how) if entry else claim(kind, "open"),
        place_of(entry) if entry else claim("", "fixed"),
    ]


def _size_evidence(found: Permission) -> list[Evidence]:
    return found.use.sizes["seats"].evidence if "seats" in found.use.sizes else []


def _range(records: Records) -> Iterator[Block]:
    """List the district's uses by how it treats them."""
    uses = records.of("use")
    if not uses:
        text = "The code's list of uses was not read; which other uses the district allows is not determined."
        yield note(claim(text, "open"), level="warning")
        return
    rows = []
    for kind, label in _RANGE.items():
        alike = [entry for entry in uses if entry.choice("permission") == kind]
        names = "; ".join(dict.fromkeys(entry.text("listed") or entry.text("use") for entry in alike))
        evidence = each_once(e for entry in alike for e in entry.cited("listed"))
        if alike:
            rows.append([claim(label, "fixed"), claim(names, "source", *evidence)])
    yield paragraph(claim("The range of uses in the district:", "fixed"))
    yield facts(rows)
    unlisted = statements(records, "unlisted uses")
    if unlisted:
        yield from yielding(paragraph(*unlisted))
