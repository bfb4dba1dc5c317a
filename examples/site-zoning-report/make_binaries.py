"""Make the two binary sources of this example, byte for byte the same each time.

Run it in this folder after a change of the texts below::

    python make_binaries.py
"""

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

HERE = Path(__file__).parent
LETTER_DATE = dt.datetime(2026, 9, 11, 9, 0, tzinfo=dt.UTC)

LETTER_HEAD = (
    "Village of Alder Falls",
    "Office of the Zoning Administrator",
    "11 September 2026",
    "Zoning verification letter",
    "Re: 41 Mill Lane, parcel 14-022-07",
)
LETTER_TEXT = """
In answer to your request of 1 September 2026, this office reports as follows from its records.

The parcel lies in the MX Mill Street Mixed-Use District on the Official Zoning Map, as last amended 11 March 2025.
It also lies in the HO Mill Race Historic Overlay District. The rear part of the parcel lies in the FH Flood Hazard
Overlay District.

The Planning and Zoning Code in effect is codified through Ordinance 2026-11, passed 12 May 2026. No amendment that
affects the parcel is pending.

A bakery with 42 seats is a conditional use in the MX District. This office has received no application for it.

The building was built in 1931, before zoning was first adopted on 14 April 1958. This office regards its west side
yard as lawfully nonconforming under Chapter 1261.

No variance is on record for the parcel. The site plan of 1998 (SP-98-03) remains in effect.

One zoning violation is open, case Z-26-017. No other zoning violation is reported as of 11 September 2026. This
office keeps no building or fire records.

This letter reports the records of this office. It does not certify that the property or a use of it conforms.
"""
LETTER_RECORDS = (
    ("Record searched", "Through", "Result"),
    ("Official Zoning Map", "11 September 2026", "MX; HO; FH in part"),
    ("Zoning permits and site plans", "11 September 2026", "Site plan SP-98-03 in effect"),
    ("Variances", "11 September 2026", "None on record"),
    ("Zoning violations", "11 September 2026", "Case Z-26-017 open"),
)

FLOOD_FACTS = (
    ("Item", "Finding"),
    ("Community", "Village of Alder Falls, community 990412"),
    ("Map panel", "99041C0217F"),
    ("Effective date of panel", "14 March 2019"),
    ("Zone of the rear part of the parcel", "AE"),
    ("Base flood elevation", "703.0 feet NAVD 88"),
    ("Zone of the rest of the parcel", "X"),
    ("Date of determination", "4 September 2026"),
)
FLOOD_FIRST = """
Flood zone determination for 41 Mill Lane, parcel 14-022-07. This determination was made on 4 September 2026.

The rear 34 feet of the parcel lie in Zone AE on Flood Insurance Rate Map panel 99041C0217F, effective 14 March 2019.

The base flood elevation at the parcel is 703.0 feet NAVD 88.
"""
FLOOD_SECOND = """
The building is shown outside Zone AE by scaling from the map.

No surveyed elevation was supplied. Whether the lowest floor of the building lies above the base flood elevation is
not determined.

An elevation certificate by a licensed surveyor would settle the determination for the building.

No letter of map amendment is on file for the parcel.
"""


def _paragraphs(text: str) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]


def write_letter(path: Path) -> None:
    """Write the zoning verification letter as DOCX."""
    document = docx.Document()
    for index, line in enumerate(LETTER_HEAD):
        document.add_heading(line, level=1) if index == len(LETTER_HEAD) - 2 else document.add_paragraph(line)
    for text in _paragraphs(LETTER_TEXT):
        document.add_paragraph(text)
    table = document.add_table(rows=0, cols=len(LETTER_RECORDS[0]))
    for record in LETTER_RECORDS:
        for cell, text in zip(table.add_row().cells, record, strict=True):
            cell.text = text
    document.add_paragraph("Zoning Administrator, Village of Alder Falls")
    properties = document.core_properties
    properties.title, properties.author = "Zoning verification letter, 41 Mill Lane", "Village of Alder Falls"
    properties.created = properties.modified = LETTER_DATE
    made = io.BytesIO()
    document.save(made)
    path.write_bytes(_with_constant_times(made.getvalue()))


def _with_constant_times(archive: bytes) -> bytes:
    """Zip again with one time for all members: DOCX writers stamp the clock."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, LETTER_DATE.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def write_flood_determination(path: Path) -> None:
    """Write the flood zone determination as a PDF of two pages."""
    styles = getSampleStyleSheet()
    facts = Table(FLOOD_FACTS, hAlign="LEFT")
    facts.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "#888888"), ("FONTSIZE", (0, 0), (-1, -1), 10)]))
    story: list[Flowable] = [Paragraph("Flood zone determination", styles["Title"])]
    story += [Paragraph(text, styles["BodyText"]) for text in _paragraphs(FLOOD_FIRST)]
    story += [Spacer(1, 12), facts, PageBreak(), Paragraph("Determination for the building", styles["Heading2"])]
    story += [Paragraph(text, styles["BodyText"]) for text in _paragraphs(FLOOD_SECOND)]
    title = "Flood zone determination, 41 Mill Lane"
    SimpleDocTemplate(str(path), pagesize=letter, title=title, author="Weir & Race Flood Services", invariant=1).build(
        story
    )


if __name__ == "__main__":
    write_letter(HERE / "zoning_letter.docx")
    write_flood_determination(HERE / "flood_overlay.pdf")
