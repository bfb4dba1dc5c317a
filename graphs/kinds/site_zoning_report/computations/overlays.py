"""Overlays and environment: which lie over the site, what the flood map shows, and what binds only on a condition."""

from collections.abc import Iterator

from quire.graphs.kinds.site_zoning_report.assessing.records import section_of
from quire.graphs.kinds.site_zoning_report.assessing.review import Review
from quire.graphs.kinds.site_zoning_report.assessing.standards import Assessment
from quire.graphs.kinds.site_zoning_report.assessing.telling import named_at, required, statements
from quire.nodes.computations.blocks import facts, note, paragraph, section, value, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim
from quire.nodes.records.entries import Entry, Records

_FLOOD = {"panel": "flood.panel", "effective": "flood.effective"}
_SHOWN = ("zone", "elsewhere", "panel", "effective", "elevation")
_NO_FLOOD = (
    "No flood map determination was read: the flood zone, the map panel and its effective date are not determined."
)
_ELSEWHERE = "Of wetlands, slopes, soil and air no record was supplied; whether they affect the site is not determined."


def compute(materials: Materials) -> SectionContent:
    """Report the flood map, and the standards that bind only new or substantially improved buildings."""
    review = Review(materials)
    conditional = [made for made in review.assessments if made.entry.choice("binds")]
    blocks: list[Block] = [
        *_flood(review.records),
        *yielding(*(paragraph(*_binding(made, review)) for made in conditional)),
        paragraph(claim(_ELSEWHERE, "open")),
    ]
    return section(blocks, _values(review.records.first("flood")))


def _flood(records: Records) -> Iterator[Block]:
    flood = records.first("flood")
    if flood is None:
        yield note(claim(_NO_FLOOD, "open"), level="warning")
    else:
        fields = flood.kind.fields
        yield facts(
            [claim(fields[name].called(name), "fixed"), _with_part(flood, name)] for name in _SHOWN if flood.text(name)
        )
    said = statements(records, "flood")
    if said:
        yield from yielding(paragraph(*said))


def _with_part(flood: Entry, name: str) -> Claim:
    made, part = flood.said(name), flood.text("part")
    if name != "zone" or not part:
        return made
    return claim(f"{made['text']}, {part[:1].lower()}{part[1:]}", "source", *made["evidence"], *flood.cited("part"))


def _binding(made: Assessment, review: Review) -> Iterator[Claim]:
    """Say that a standard binds on a condition only, and what the condition is."""
    figure, whom = made.states["proposed"].required, made.entry.choice("binds")
    text = f"{made.label} ({section_of(made.entry)}): {required(made)}. This binds a {whom} only"
    cited = [*figure.evidence, *made.entry.cited("binds"), *named_at(made)]
    parcel = review.records.first("parcel")
    if parcel and parcel.text("year_built"):
        text += f"; the building was built in {parcel.text('year_built')}"
        cited += parcel.cited("year_built")
    yield claim(f"{text}.", "computed", *cited, how=figure.how or made.states["proposed"].how)
    if "improve" in whom:
        yield from statements(review.records, "substantial improvement")


def _values(flood: Entry | None) -> dict[str, Value]:
    named = _FLOOD.items() if flood else ()
    return {name: value(flood.text(field), *flood.cited(field)) for field, name in named if flood and flood.text(field)}
