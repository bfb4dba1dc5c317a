"""Limitations and disclaimer: what the report is not, and what it could not determine."""

from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessments_in, repeated
from quire.graphs.kinds.site_zoning_report.computations.matters import matters_in
from quire.graphs.kinds.site_zoning_report.computations.statuses import INDETERMINATE, status_of
from quire.nodes.computations.blocks import counted, heading, listed, listing, paragraph, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim

_CLAUSES = """
This report is not a legal opinion and is not a title opinion. The law is interpreted and applied by the authorities and
the courts; counsel should be asked where the outcome matters.

The report is no warranty and no assurance that an approval will be given, that a use may continue, or that a building
may be rebuilt.

The report states the law and the facts as of the effective date of research, as far as the listed sources show them.
Later amendments, approvals, violations and changes of the site are outside it.

The survey, records, letters and facts that were supplied were taken as given and were not verified.

Accessibility is not certified. Accessible parking is counted and compared with the zoning code only; compliance with
accessibility law is outside this report.

Building, fire, health and environmental codes are outside this report except where a source quoted here speaks of them.

The comprehensive plan guides decisions and does not regulate the site; a policy quoted here creates no right.

Private covenants, easements and leases were not reviewed unless a listed source contains them.

Only those named under “Scope, method and reliance” may rely on the report, and only as a whole.
"""
"""What every report of this kind says, word for word; a blank line parts the clauses."""

_NOTHING_OPEN = "Every standard that the sections compare was determined."


def compute(materials: Materials) -> SectionContent:
    """State the clauses, then everything that remained indeterminate and what would settle it."""
    indeterminate = [
        made
        for content in materials.inputs.values()
        for made in assessments_in(content["values"])
        if status_of(made.status) == INDETERMINATE
    ]
    missing = [
        name for s in materials.section.get("after", []) if (name := s.partition(".")[0]) not in materials.inputs
    ]
    blocks = [
        listing((claim(" ".join(clause.split()), "fixed") for clause in _CLAUSES.split("\n\n")), ordered=True),
        heading("What remained indeterminate"),
        paragraph(*_sum(materials, indeterminate), *_missing(missing)),
        *_table(materials, indeterminate),
    ]
    number = value(counted(len(indeterminate), "standard"), figure=len(indeterminate))
    return section(blocks, {"limitations.indeterminate": number})


def _sum(materials: Materials, indeterminate: Sequence[Assessment]) -> Iterator[Claim]:
    compared = sum(len(assessments_in(content["values"])) for content in materials.inputs.values())
    how = f"{len(indeterminate)} of {compared} statuses are Indeterminate"
    if indeterminate:
        verb = "was" if len(indeterminate) == 1 else "were"
        text = f"Of {counted(compared, 'standard')} compared, {len(indeterminate)} {verb} not determined."
        yield claim(text, "computed", how=how)
    elif compared:
        yield claim(_NOTHING_OPEN, "computed", how=how)
    else:
        yield claim("No standard could be compared, so nothing about conformance is determined.", "open")


def _missing(missing: Sequence[str]) -> Iterator[Claim]:
    if missing:
        yield claim(f"Not completed, and so not determined here: {listed(missing)}.", "open")


def _table(materials: Materials, indeterminate: Sequence[Assessment]) -> Iterator[Block]:
    if not indeterminate:
        return
    settled = {m.key: m.condition.partition(": ")[2] for m in matters_in(materials.inputs)}
    rows = [_row(made, settled.get(f"standard.{made.key}", "")) for made in indeterminate]
    yield table("Standards not determined", ["Standard", "Required", "What is known", "What would settle it"], rows)


def _row(made: Assessment, settled: str) -> list[Claim]:
    return [
        claim(made.label, "fixed"),
        repeated(made.required, made.how),
        repeated(made.actual, made.how),
        claim(settled[:1].upper() + settled[1:], "fixed"),
    ]
