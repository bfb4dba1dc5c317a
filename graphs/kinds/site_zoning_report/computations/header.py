"""Report particulars: who asked for the report, on what site, for what, and as of when."""

import re
from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.computations.items import Item, item, items
from quire.graphs.kinds.site_zoning_report.computations.particulars import fact, stated
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.nodes.computations.blocks import capitalized, facts, paragraph, section, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, Value, claim

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
_RECORDED = {
    "address": (r"^(?:site|property|street|situs) ?address", r"^address\b"),
    "parcel_ids": (r"^parcel (?:number|id|no)", r"^apn\b"),
    "jurisdiction": (r"^(?:jurisdiction|municipality)",),
}
"""Labels under which a property record states what the brief leaves out."""
_ELSEWHERE = frozenset({"reliance"})
_AS_OF = "The research is effective as of {}. Changes of law or of fact after that date are outside this report."


def compute(materials: Materials) -> SectionContent:
    """State the particulars, in a fixed order, then whatever else the brief states."""
    recorded = items(with_role(materials.readings, "property record", "survey"))
    rows = dict(_particulars(materials, recorded))
    missing = [label for label, made in rows.items() if made["basis"] == "open"]
    as_of = stated(materials, "research_date", _AS_OF)
    return section(
        [facts([claim(label, "fixed"), made] for label, made in rows.items()), *([paragraph(as_of)] if as_of else [])],
        _values(materials),
        [f"{label}: neither the brief nor a record of the site states it." for label in missing]
        + list(_contradicted(materials, recorded)),
    )


def _particulars(materials: Materials, recorded: list[Item]) -> Iterator[tuple[str, Claim]]:
    for name, label in _PARTICULARS.items():
        made = stated(materials, name) or _from_record(name, recorded)
        if made:
            yield label, made
        elif name in _ESSENTIAL:
            yield label, claim("Not determined", "open")
    for name in materials.facts:
        made = stated(materials, name) if name not in _PARTICULARS and name not in _ELSEWHERE else None
        if made:
            yield capitalized(name.replace("_", " ")), made


def _from_record(name: str, recorded: list[Item]) -> Claim | None:
    found = item(recorded, *_RECORDED.get(name, ())) if name in _RECORDED else None
    return claim(found.value, "source", found.evidence) if found and found.value else None


def _contradicted(materials: Materials, recorded: list[Item]) -> Iterator[str]:
    """Ask where the brief and the record of the site name different places."""
    for name, patterns in _RECORDED.items():
        brief, record = fact(materials, name), item(recorded, *patterns)
        if brief and record and record.value and not _alike(brief, record.value):
            label = _PARTICULARS[name]
            yield f"{label}: the brief states “{brief}”, the record of the site “{record.value}”. Which is right?"


def _alike(one: str, other: str) -> bool:
    """Tell whether one of two spellings holds the words of the other."""
    words, others = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return words <= others or others <= words


def _values(materials: Materials) -> dict[str, Value]:
    named = {"report.research_date": "research_date", "report.date": "report_date", "site.address": "address"}
    claims = {name: stated(materials, source) for name, source in named.items()}
    return {name: value(made["text"], *made["evidence"]) for name, made in claims.items() if made}
