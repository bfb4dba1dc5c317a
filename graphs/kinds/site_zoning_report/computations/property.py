"""The site: its land and building as records and survey state them, and what is in the building."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.records import records_of, with_types
from quire.nodes.computations.blocks import facts, note, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim
from quire.nodes.records.entries import Entry, Records
from quire.nodes.records.showing import show_records

_USES = {
    "kind": "table",
    "of": "site_use",
    "title": "What is in the building, and what is proposed",
    "columns": ["use", "space", "state", "floor_area", "seats", "dwelling_units"],
    "order": ["state"],
    "otherwise": "No record lists the uses of the site by the part of the building that they are in.",
}
_PARCEL = ("legal", "area", "year_built", "construction", "north", "east", "south", "west")
_LAND = ("Lot area", "Lot width", "Lot depth", "Street frontage", "Gross floor area", "Building footprint")
"""What a survey calls the figures that describe a site; others stand in the matrix."""


def compute(materials: Materials) -> SectionContent:
    """Describe land and building, never people."""
    records = records_of(materials)
    rows = [[claim(label, "fixed"), made] for label, made in _described(records)]
    used = show_records([_USES], with_types(materials))
    nothing = note(claim("No record of the parcel and no survey was supplied.", "open"), level="warning")
    return section([facts(rows) if rows else nothing, *used["blocks"]], used["values"])


def _described(records: Records) -> Iterator[tuple[str, Claim]]:
    parcel = records.first("parcel")
    for name in _PARCEL if parcel else ():
        if parcel and parcel.text(name):
            yield parcel.kind.fields[name].called(name), parcel.said(name)
    surveyed = {entry.text("item"): entry for entry in records.of("survey")}
    for item in _LAND:
        if item in surveyed and surveyed[item].amount("value"):
            yield f"{item}, surveyed", _with_unit(surveyed[item])


def _with_unit(entry: Entry) -> Claim:
    unit = entry.record["fields"]["value"]["unit"]
    short = {"square foot": " sq ft", "foot": " ft", "acre": " acres"}.get(unit, f" {unit}" if unit else "")
    text = entry.text("value")
    return claim(f"{text}{'' if text.endswith(short) else short}", "source", *entry.cited("value"))
