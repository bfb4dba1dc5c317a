"""A document as a run hands it back, with everything in it that an exporter must be able to show."""

from typing import Literal

from quire.nodes.evidence.content import Block, Claim, Column, Evidence, SectionContent, Value, claim, digest_of
from quire.nodes.render.document import Document, DocumentSection, SourceEntry

ORDINANCE, SURVEY, LETTER, PLAN = "ordinance/r3.md", "survey.csv", "zoning-letter.docx", "plan-excerpt.pdf"


def evidence(source: str, address: str, quote: str) -> Evidence:
    return Evidence(source=source, address=address, quote=quote, hash=digest_of([source]))


def column(title: str, align: Literal["left", "right", "center"] = "left") -> Column:
    return Column(title=title, align=align)


def said(text: str, *grounds: Evidence) -> Claim:
    return claim(text, "source" if grounds else "fixed", *grounds)


def paragraph(*claims: Claim) -> Block:
    return Block(kind="paragraph", claims=list(claims))


def content(*blocks: Block, values: dict[str, Value] | None = None) -> SectionContent:
    return SectionContent(blocks=list(blocks), values=values or {}, open_questions=[])


def section(  # a section has this many fields
    name: str, title: str, body: SectionContent, status: Literal["approved", "stub"] = "approved", reason: str = ""
) -> DocumentSection:
    made = DocumentSection(
        id=name, title=title, status=status, content=body, rounds=1, words=120, models={"writer": "gpt-4o"}
    )
    if reason:
        made["reason"] = reason
    return made


LOT_AREA = evidence(SURVEY, "row 2, lot_area_sqft", "lot_area_sqft: 14,200")
FRONTAGE = evidence(SURVEY, "row 3, frontage_ft", "frontage_ft: 96.5")
HEIGHT = evidence(SURVEY, "row 6, height_ft", "height_ft: 38")
FRONT_YARD = evidence(SURVEY, "row 7, front_yard_ft", "front_yard_ft: 14.5")
STALLS = evidence(SURVEY, "row 11, stalls", "stalls: 9")
DISTRICT = evidence(LETTER, "paragraph 3", "The property at 41 Mill Lane is zoned R-3, Mixed Residential.")
CLIENT = evidence("brief", "facts.client", "Harbour Lending")
MIN_LOT = evidence(ORDINANCE, "§ 1130.04(a), line 41", "Minimum lot area shall be 7,500 square feet.")
MAX_FAR = evidence(ORDINANCE, "§ 1130.04(c), line 45", "The floor area ratio shall not exceed 0.35.")
MAX_HEIGHT = evidence(ORDINANCE, "§ 1130.05, line 52", "No building shall exceed thirty-five (35) feet in height.")
MIN_YARD = evidence(ORDINANCE, "§ 1130.06(a), line 58", "A front yard of not less than 20 feet shall be provided.")
PARKING = evidence(ORDINANCE, "§ 1141.05, line 112", "Retail: one space for each 250 square feet of floor area.")
BAKERY = evidence(
    ORDINANCE,
    "§ 1130.03(b), line 33",
    "The following are conditional uses: bakeries and cafés with not more than 40 seats, subject to Chapter 1109.",
)
REBUILD = evidence(
    ORDINANCE,
    "§ 1145.06, line 88",
    "A nonconforming building damaged to the extent of more than fifty percent (50%) of its replacement cost "
    "shall not be restored except in conformity with this Code.",
)
GOAL = evidence(PLAN, "page 4, line 12", "Encourage small neighborhood-serving shops along Mill Lane.")

FAR_HOW = "0.35 \N{MULTIPLICATION SIGN} 14,200 sq ft = 4,970 sq ft"
STALLS_HOW = "2,600 sq ft ÷ 250 sq ft per space = 10.4, rounded up as § 1141.03 says = 11 spaces"


def summary() -> DocumentSection:
    status = [
        ("Lot area", said("≥ 7,500 sq ft", MIN_LOT), said("14,200 sq ft", LOT_AREA), "Conforming"),
        ("Height", said("≤ 35 ft", MAX_HEIGHT), said("38 ft", HEIGHT), "Legal nonconforming"),
        ("Front yard", said("≥ 20 ft", MIN_YARD), said("14.5 ft", FRONT_YARD), "Nonconforming"),
        ("Parking", claim("11 spaces", "computed", PARKING, how=STALLS_HOW), said("9 spaces", STALLS), "Nonconforming"),
        ("Lot coverage", claim("", "open"), claim("\N{EN DASH}", "open"), "Indeterminate"),
        ("Loading", said("None below 5,000 sq ft"), said("None"), "Conforming subject to confirmation of floor area"),
    ]
    rows = [
        [said(name), required, actual, claim(verdict, "computed", status=verdict)]
        for name, required, actual, verdict in status
    ]
    return section(
        "summary",
        "Executive summary",
        content(
            paragraph(
                said("The property at 41 Mill Lane lies in the R-3, Mixed Residential district.", DISTRICT),
                said("A bakery with seating is a conditional use there.", BAKERY),
                claim(
                    "Of six standards compared, one is met, one subject to confirmation, and two are not met.",
                    "computed",
                    how="count of the statuses in Table 1: 1 Conforming, 1 Conforming subject to …, 2 Nonconforming",
                ),
            ),
            Block(
                kind="table",
                caption="Conformance of the property with the standards of its district",
                columns=[column("Standard"), column("Required", "right"), column("Actual", "right"), column("Status")],
                rows=rows,
            ),
            Block(
                kind="note",
                level="warning",
                claims=[said("This report is no legal opinion, warranty or guarantee of zoning compliance.")],
            ),
        ),
    )


def property_description() -> DocumentSection:
    facts = [
        ("Address", claim("41 Mill Lane, Chagrin Falls, Ohio", "brief", CLIENT)),
        ("Client", claim("Harbour Lending", "brief", CLIENT)),
        ("Lot area", said("14,200 sq ft (0.326 acre)", LOT_AREA)),
        ("Frontage", said("96.5 ft on Mill Lane", FRONTAGE)),
        ("Year built", claim("Not determined", "open")),
    ]
    return section(
        "property",
        "Property description",
        content(
            Block(kind="facts", rows=[[said(label), value] for label, value in facts]),
            Block(kind="heading", text="Buildings and site"),
            paragraph(
                said("The lot measures 14,200 square feet with 96.5 feet of frontage.", LOT_AREA, FRONTAGE),
                said("One two-storey building of 2,600 square feet stands 14.5 feet behind the lot line.", FRONT_YARD),
                claim("The building was extended in the 1970s.", "unsupported"),
            ),
            Block(kind="heading", text="Surroundings"),
            paragraph(claim("Uses of the adjoining lots are not determined by the sources.", "open")),
        ),
    )


def uses() -> DocumentSection:
    return section(
        "uses",
        "Permitted uses",
        content(
            paragraph(said("The ordinance lists a bakery among the conditional uses of the district.", BAKERY)),
            Block(kind="quote", claims=[said(BAKERY["quote"], BAKERY)]),
            paragraph(said("A conditional use permit requires:")),
            Block(
                kind="list",
                ordered=True,
                claims=[
                    said("an application to the Planning and Zoning Commission,"),
                    said("a public hearing, announced at least ten days ahead, and"),
                    said("findings that the use will not be “detrimental to the character of the neighborhood”."),
                ],
            ),
            Block(kind="list", claims=[said("No drive-through."), said("No more than 40 seats.", BAKERY)]),
        ),
    )


def capacity() -> DocumentSection:
    far = claim("4,970 sq ft", "computed", MAX_FAR, LOT_AREA, how=FAR_HOW)
    left = claim("2,370 sq ft", "computed", how="4,970 sq ft \N{MINUS SIGN} 2,600 sq ft = 2,370 sq ft")
    rows = [
        [said(f"{name} floor, {use}"), said(f"{area:,} sq ft", LOT_AREA), said(f"{stalls}"), said(note)]
        for name, use, area, stalls, note in [
            (name, use, 410 + 37 * n, 2 + n, "Measured by the surveyor between the inner faces of the walls.")
            for n, (name, use) in enumerate(
                (name, use)
                for name in ("Lower", "Ground", "Mezzanine", "Upper", "Attic")
                for use in ("sales", "seating", "kitchen", "storage", "dwelling", "corridors", "plant")
            )
        ]
    ]
    return section(
        "capacity",
        "Development capacity",
        content(
            paragraph(
                said("The floor area ratio is limited to 0.35.", MAX_FAR),
                claim(
                    "On this lot that allows 4,970 square feet of floor area.",
                    "computed",
                    MAX_FAR,
                    LOT_AREA,
                    how=FAR_HOW,
                ),
            ),
            Block(
                kind="table",
                caption="Capacity by floor area ratio",
                columns=[column("Measure"), column("Value", "right")],
                rows=[[said("Floor area allowed"), far], [said("Floor area left"), left]],
            ),
            Block(kind="heading", text="Schedule of floor areas"),
            Block(
                kind="table",
                caption="Floor areas by room, as surveyed",
                columns=[column("Room"), column("Area", "right"), column("Stalls", "center"), column("Remark")],
                rows=rows,
            ),
            Block(
                kind="note", claims=[said("Areas are gross; parking is computed from net area where the code says so.")]
            ),
        ),
    )


def nonconformities() -> DocumentSection:
    return section(
        "nonconformities",
        "Nonconformities and rebuilding",
        content(
            paragraph(
                said("The building is 38 feet high where 35 feet are allowed.", HEIGHT, MAX_HEIGHT),
                said(
                    "Damage of more than half its replacement cost would end the right to rebuild it as it is.", REBUILD
                ),
            ),
            Block(kind="quote", claims=[said(REBUILD["quote"], REBUILD)]),
        ),
    )


def plan_consistency() -> DocumentSection:
    return section(
        "plan",
        "Consistency with the comprehensive plan",
        content(paragraph(said("The plan encourages small shops along Mill Lane.", GOAL))),
        status="stub",
        reason="Only the part drawn from the plan excerpt could be written; section “Access and traffic” is missing.",
    )


def missing(name: str, title: str, status: Literal["failed", "skipped", "cancelled"], reason: str) -> DocumentSection:
    return DocumentSection(
        id=name, title=title, status=status, reason=reason, rounds=2, words=0, models={"writer": "gpt-4o"}
    )


def source(name: str, title: str, cited: int, *warnings: str, passages: int = 40) -> SourceEntry:
    return SourceEntry(
        name=name,
        hash=digest_of([name]),
        media="text/plain",
        title=title,
        used=cited > 0,
        cited=cited,
        warnings=list(warnings),
        passages=passages,
    )


def document(mode: Literal["offline", "model"] = "model") -> Document:
    return Document(
        title="Site and zoning report, 41 Mill Lane",
        subtitle="Zoning due diligence report",
        blueprint="site-zoning-report",
        mode=mode,
        facts={"client": "Harbour Lending", "proposed_use": "bakery with seating"},
        cover=[
            ["Client", "Harbour Lending"],
            ["Property", "41 Mill Lane, Chagrin Falls, Ohio 44022"],
            ["Parcel", "932-14-007"],
            ["Proposed use", "Bakery with seating"],
            ["Report date", "14 October 2026"],
        ],
        sections=[
            summary(),
            property_description(),
            uses(),
            missing("access", "Access and traffic", "failed", "The model refused twice to answer; no draft was kept."),
            capacity(),
            nonconformities(),
            plan_consistency(),
            missing("recommendation", "Recommendation", "skipped", "Only written for a rezoning."),
        ],
        sources=[
            source(ORDINANCE, "Chapter 1130, Residential Districts, Mixed Use", 14),
            source(SURVEY, "Boundary and building survey", 11),
            source(LETTER, "Zoning verification letter", 1),
            source(PLAN, "Comprehensive plan, excerpt", 1, "page 3 holds no text (a scan?)"),
            source("utilities.csv", "utilities.csv", 0),
            source("flood-overlay.pdf", "Flood overlay", 0, "holds no text on any of its 2 pages (scans?)", passages=0),
        ],
        warnings=[
            "Nothing could be read of the source “flood-overlay.pdf”.",
            "The ordinance's edition could not be established; the text is as given by the client.",
        ],
        open_questions=[
            "What is the lot coverage? The survey gives no footprint of the garage.",
            "In which year was the building erected? It decides whether its height is legal nonconforming.",
        ],
    )
