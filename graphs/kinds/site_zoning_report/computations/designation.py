"""The zoning: the code and its edition, the map, the district and what lies over it."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.brief import stated
from quire.graphs.kinds.site_zoning_report.assessing.records import NOT_STATED, records_of
from quire.graphs.kinds.site_zoning_report.assessing.telling import statements
from quire.nodes.computations.blocks import facts, paragraph, section, value, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim
from quire.nodes.records.entries import Entry, Records


def compute(materials: Materials) -> SectionContent:
    """Name the authority, the code, the map, the district and the overlays, each as a source states it."""
    records = records_of(materials)
    base, overlays = (records.stating("district", "kind", kind) for kind in ("base", "overlay"))
    rows = [[claim(label, "fixed"), made] for label, made in _named(materials, records, base, overlays)]
    intent = statements(records, "intent")
    blocks: list[Block] = [facts(rows), *(yielding(paragraph(*intent)) if intent else [])]
    questions = [] if base else ["In which zoning district does the site lie? No source was read to state it."]
    return section(blocks, _values(records, base), questions)


def _named(
    materials: Materials, records: Records, base: list[Entry], overlays: list[Entry]
) -> Iterator[tuple[str, Claim]]:
    code = _edition(records)
    if authority := stated(materials, "jurisdiction"):
        yield "Zoning authority", authority
    yield "Zoning code", code.said("code") if code else claim(NOT_STATED, "open")
    yield "Edition", code.said("edition") if code else claim("Edition not stated", "open")
    yield "Zoning map, last amended", base[0].said("map_date") if base else claim(NOT_STATED, "open")
    yield "District", base[0].said("district") if base else claim("Not determined", "open")
    for overlay in overlays:
        part = overlay.text("part")
        told = overlay.said("district", f"{{}}; {part[:1].lower()}{part[1:]}" if part else "{}")
        yield "Overlay", {**told, "evidence": [*told["evidence"], *overlay.cited("part")]}
    if client := stated(materials, "district"):
        yield "District, as the client states it", client


def _edition(records: Records) -> Entry | None:
    """Find the record of the code that states an edition, else the first."""
    found = records.of("edition")
    return next((entry for entry in found if entry.text("edition")), next(iter(found), None))


def _values(records: Records, base: list[Entry]) -> dict[str, Value]:
    code = _edition(records)
    values = {}
    if code and code.text("edition"):
        values["code.edition"] = value(code.text("edition"), *code.cited("edition"))
    if base:
        values["zoning.district"] = value(base[0].text("district"), *base[0].cited("district"))
    return values
