"""Overlays and environmental constraints: what the sources state, what the code then requires, what stays open."""

import re
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import (
    Assessment,
    assessment_table,
    assessment_values,
)
from quire.graphs.kinds.site_zoning_report.computations.documents import called
from quire.graphs.kinds.site_zoning_report.computations.flood import Flood, Told, flood_at, floor_elevation
from quire.graphs.kinds.site_zoning_report.computations.historic import historic_review, historic_statements
from quire.graphs.kinds.site_zoning_report.computations.roles import Role, role_of, with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import Statement, first_said, in_full, said
from quire.graphs.kinds.site_zoning_report.computations.watercourse import stream_setback
from quire.nodes.computations.blocks import facts, heading, listed, listing, note, paragraph, section, value
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim
from quire.nodes.sources.passage import Reading

_FURTHER = {
    "wetlands": r"\bwetlands?\b",
    "steep slopes": r"steep slope|hillside|\bslopes?\b",
    "airport or height hazards": r"\bairport\b|air ?port hazard|flight path",
    "soil or groundwater contamination": r"contaminat|underground (?:storage )?tank|brownfield",
    "wildfire or mine hazards": r"wildfire|mine subsidence|undermined",
}
_REQUIRED = (
    (r"flood", r"\bpermit\b", r"\bno\b|\bshall\b|\bwithout\b"),
    (r"\bsubstantial", r"percent", r"value"),
    (
        r"certificate of appropriateness|design review",
        r"\bno\b|\bshall\b|\bwithout\b",
        r"\bexterior\b|\balter|\bchange",
    ),
    (r"exterior changes?", r"\binclude|\bmeans?\b"),
    (r"\bflues?\b|\bvents?\b|rooftop", r"\bplaced\b|\bscreened\b|\bshall\b"),
)
_OVERLAY_TITLE = re.compile(
    r"overlay|flood|histor|preservation|design review|riparian|stream|hillside|wetland", re.IGNORECASE
)
_SITE_ROLES: tuple[Role, ...] = (
    "flood determination",
    "zoning letter",
    "survey",
    "property record",
    "street record",
    "other",
)
_PANEL_NEEDED = (
    "Flood: zone, map panel and effective date are not all stated. Obtain a flood zone determination that names them."
)


def compute(materials: Materials) -> SectionContent:
    """Report flood, historic review, watercourses and further constraints, and assess what can be compared."""
    readings = materials.readings
    flood = flood_at(readings)
    comparisons = (floor_elevation(readings, flood), historic_review(materials), stream_setback(readings))
    assessed = [made for made in comparisons if made]
    blocks = [
        heading("Flood"),
        *_flood(flood),
        *_historic(readings),
        *_requirements(readings),
        *([assessment_table("Overlay standards", assessed)] if assessed else []),
        heading("Further constraints"),
        *_further(readings),
    ]
    return section(blocks, {**_values(flood), **assessment_values(assessed)}, _questions(readings, flood, assessed))


def _flood(flood: Flood) -> Iterator[Block]:
    if not flood.statements and not flood.zones:
        yield note(claim("No source states the flood zone of the site. It is not determined.", "open"), level="warning")
        return
    determination = [s for s in flood.statements if role_of(s.reading) == "flood determination"]
    yield paragraph(*in_full(determination), *(_quoted(s) for s in flood.statements if s not in determination))
    rows = [[claim(zone.label or "Flood zone", "fixed"), _told(zone)] for zone in flood.zones]
    yield facts(
        [
            *(rows or [[claim("Flood zone", "fixed"), _told(None)]]),
            [claim("Map panel", "fixed"), _told(flood.panel)],
            [claim("Effective date of panel", "fixed"), _told(flood.effective)],
            [claim("Base flood elevation", "fixed"), _told(flood.base)],
        ]
    )


def _told(told: Told | None) -> Claim:
    return claim(told.text, "source", told.evidence) if told else claim("Not determined", "open")


def _quoted(statement: Statement) -> Claim:
    """Say who states it: a sentence taken out of a letter may lean on the one before it."""
    return claim(f"{called(statement.reading)}: “{statement.text}”", "source", statement.evidence)


def _historic(readings: Sequence[Reading]) -> Iterator[Block]:
    stated = historic_statements(readings)
    if stated:
        yield heading("Historic and design review")
        yield paragraph(*map(_quoted, stated))


def _requirements(readings: Sequence[Reading]) -> Iterator[Block]:
    """Quote what the code's overlay chapters require, one sentence for each kind of requirement."""
    chapters = [r for r in with_role(readings, "zoning code") if _OVERLAY_TITLE.search(called(r))]
    chapters = chapters or list(with_role(readings, "zoning code"))
    found = [statement for kinds in _REQUIRED if (statement := first_said(chapters, *kinds))]
    quoted = {s.text: claim(_with_section(s.text, s.passage.get("section", "")), "source", s.evidence) for s in found}
    if quoted:
        yield heading("What the overlays require")
        yield listing(quoted.values())


def _with_section(text: str, number: str) -> str:
    return f"Section {number}: {text}" if number else text


def _further(readings: Sequence[Reading]) -> Iterator[Block]:
    """Quote what is said of other constraints; silence about the rest is said to be silence."""
    site = with_role(readings, *_SITE_ROLES)
    stated = [statement for words in _FURTHER.values() for statement in said(site, words)]
    if stated:
        yield paragraph(*in_full(stated))
    silent = _silent(site)
    if silent:
        how = f"none of the {len(site)} records of the site has a word for it"
        text = f"No record of the site speaks of {listed(silent, 'or')}; whether they affect it is not determined."
        yield paragraph(claim(text, "open", how=how), *_regulated(readings, silent))


def _silent(site: Sequence[Reading]) -> list[str]:
    texts = [passage["text"] for reading in site for passage in reading["passages"]]
    return [name for name, words in _FURTHER.items() if not any(re.search(words, t, re.IGNORECASE) for t in texts)]


def _regulated(readings: Sequence[Reading], silent: Sequence[str]) -> Iterator[Claim]:
    """Name the chapters of the code that regulate a constraint on which the records are silent."""
    for reading in with_role(readings, "zoning code"):
        names = [name for name in silent if re.search(_FURTHER[name], called(reading), re.IGNORECASE)]
        if names:
            first = reading["passages"][0]
            text = f"The code regulates {listed(names)} in “{called(reading)}”."
            yield claim(text, "computed", cite(reading, first), how="told by the title of the chapter")


def _values(flood: Flood) -> dict[str, Value]:
    named = {"overlay.flood_panel": flood.panel, "overlay.flood_panel_date": flood.effective}
    named["overlay.base_flood_elevation"] = flood.base
    values = {name: value(told.text, told.evidence) for name, told in named.items() if told}
    if flood.zones:
        text = "Zone " + listed([zone.text.upper().removeprefix("ZONE ") for zone in flood.zones])
        values["overlay.flood_zone"] = value(text, *(zone.evidence for zone in flood.zones))
    return values


def _questions(readings: Sequence[Reading], flood: Flood, assessed: Sequence[Assessment]) -> Iterator[str]:
    if not (flood.zones and flood.panel and flood.effective):
        yield _PANEL_NEEDED
    for made in assessed:
        if made.status.startswith("Indeterminate"):
            yield f"{made.label}: {made.actual['text'].lower()}. Required: {made.required['text']}."
    silent = _silent(with_role(readings, *_SITE_ROLES))
    if silent:
        yield f"Is the site affected by {listed(silent, 'or')}? No record of the site says."
