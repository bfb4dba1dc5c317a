"""Limitations and disclaimer: what the report is not, and how much it could not determine."""

from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.statuses import INDETERMINATE
from quire.nodes.computations.blocks import listed, listing, paragraph, section, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim

_WORDED = """
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
CLAUSES = [" ".join(clause.split()) for clause in _WORDED.split("\n\n")]
"""What every report of this kind says, word for word."""


def compute(materials: Materials) -> SectionContent:
    """State the clauses, then how many standards remained undetermined and which sections are missing."""
    assessments = Review(materials).assessments
    unknown = [made for made in assessments if made.status == INDETERMINATE]
    asked = materials.section.get("after", [])
    missing = [name for s in asked if (name := s.partition(".")[0]) not in materials.inputs]
    absent = f"Not completed, and so not determined here: {listed(missing)}."
    blocks = [
        listing((claim(clause, "fixed") for clause in CLAUSES), ordered=True),
        paragraph(_sum(len(unknown), len(assessments)), *([claim(absent, "open")] if missing else [])),
    ]
    return section(blocks, {"limitations.indeterminate": value(str(len(unknown)), figure=len(unknown))})


def _sum(unknown: int, compared: int) -> Claim:
    if not compared:
        return claim("No standard could be compared, so nothing about conformance is determined.", "open")
    text = (
        f"Of {compared} standards in the matrix {unknown or 'none'} {'was' if unknown == 1 else 'were'} not determined."
    )
    return claim(text, "computed", how=f"{unknown} of {compared} rows are {INDETERMINATE}")
