"""Report particulars: who asked for the report, on what site, for what, and as of when."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.brief import stated
from quire.graphs.kinds.site_zoning_report.assessing.records import capital, records_of
from quire.nodes.computations.blocks import facts, paragraph, section, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, Value, claim
from quire.nodes.records.entries import Records

_PARTICULARS = {
    "report_number": "Report number",
    "client": "Client",
    "address": "Site",
    "parcel_ids": "Parcel",
    "jurisdiction": "Jurisdiction",
    "district": "Zoning district, as the client states it",
    "purpose": "Purpose",
    "existing_use": "Existing use",
    "proposed_use": "Proposed use",
    "use_floor_area": "Floor area of the proposed use",
    "seats": "Seats",
    "employees": "Employees on the largest shift",
    "dwelling_units": "Dwelling units",
    "research_date": "Effective date of research",
    "report_date": "Date of report",
    "version": "Version",
    "prepared_by": "Prepared by",
}
_ESSENTIAL = ("client", "address", "parcel_ids", "jurisdiction", "research_date", "report_date")
_RECORDED = {"address": "address", "parcel_ids": "parcel"}
"""Fields of the parcel's record that state what the brief leaves out."""
_ELSEWHERE = frozenset({"reliance", "site_changes"})
_AS_OF = "The research is effective as of {}. Changes of law or of fact after that date are outside this report."


def compute(materials: Materials) -> SectionContent:
    """State the particulars, in a fixed order, then whatever else the brief states."""
    rows = dict(_particulars(materials, records_of(materials)))
    missing = [label for label, made in rows.items() if made["basis"] == "open"]
    as_of = stated(materials, "research_date", _AS_OF)
    return section(
        [facts([claim(label, "fixed"), made] for label, made in rows.items()), *([paragraph(as_of)] if as_of else [])],
        _values(materials),
        [f"{label}: neither the brief nor a record of the site states it." for label in missing],
    )


def _particulars(materials: Materials, records: Records) -> Iterator[tuple[str, Claim]]:
    parcel = records.first("parcel")
    for name, label in _PARTICULARS.items():
        recorded = parcel.said(_RECORDED[name]) if parcel and name in _RECORDED else None
        made = stated(materials, name) or recorded
        if made:
            yield label, made
        elif name in _ESSENTIAL:
            yield label, claim("Not determined", "open")
    for name in materials.facts:
        made = stated(materials, name) if name not in _PARTICULARS and name not in _ELSEWHERE else None
        if made:
            yield capital(name.replace("_", " ")), made


def _values(materials: Materials) -> dict[str, Value]:
    named = {"report.research_date": "research_date", "report.date": "report_date", "site.address": "address"}
    claims = {name: stated(materials, source) for name, source in named.items()}
    return {name: value(made["text"], *made["evidence"]) for name, made in claims.items() if made}
