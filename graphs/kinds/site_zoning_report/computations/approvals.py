"""Approvals and permits by date, with their conditions, and what the authority states of them."""

from quire.graphs.kinds.site_zoning_report.assessing.records import records_of, with_types
from quire.graphs.kinds.site_zoning_report.assessing.telling import statements
from quire.nodes.computations.blocks import paragraph, section, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent
from quire.nodes.records.showing import show_records

_PERMITS = {
    "kind": "table",
    "of": "permit",
    "title": "Approvals and permits, oldest first",
    "columns": ["date", "number", "kind", "subject", "decision"],
    "order": ["date"],
    "otherwise": "No record of approvals or permits was supplied; what was approved is not determined.",
}
_CONDITIONS = {
    "kind": "table",
    "of": "permit",
    "title": "Their conditions",
    "where": "stated(conditions)",
    "columns": ["number", "conditions", "condition_status"],
    "otherwise": "No condition of an approval is on record.",
}


def compute(materials: Materials) -> SectionContent:
    """List what was approved, leaving out the names of applicants."""
    records = records_of(materials)
    stated = statements(records, "history", "approvals")
    shown = show_records([_PERMITS, *([_CONDITIONS] if records.of("permit") else [])], with_types(materials))
    return section([*shown["blocks"], *(yielding(paragraph(*stated)) if stated else [])], shown["values"])
