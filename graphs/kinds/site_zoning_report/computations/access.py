"""Access and utilities: the street as its record describes it, and what each utility's record states."""

from quire.graphs.kinds.site_zoning_report.assessing.records import records_of, with_types
from quire.graphs.kinds.site_zoning_report.assessing.telling import statements
from quire.nodes.computations.blocks import note, paragraph, section, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent, claim
from quire.nodes.records.showing import show_records

_UTILITIES = {
    "kind": "table",
    "of": "utility",
    "columns": ["utility", "provider", "service", "capacity", "remarks", "document"],
    "otherwise": "No record or letter of a utility was supplied; service and capacity are not determined.",
}
_NO_STREET = "No record of the street was read: its class, right-of-way and traffic are not determined."


def compute(materials: Materials) -> SectionContent:
    """Report the street, then the utilities."""
    records = records_of(materials)
    street = statements(records, "street")
    shown = show_records([_UTILITIES], with_types(materials))
    first = yielding(paragraph(*street)) if street else [note(claim(_NO_STREET, "open"), level="warning")]
    silent = [entry.text("utility") for entry in records.of("utility") if not entry.text("capacity")]
    questions = [f"{name}: is the capacity enough for the proposed use? No record states it." for name in silent]
    return section([*first, *shown["blocks"]], shown["values"], questions)
