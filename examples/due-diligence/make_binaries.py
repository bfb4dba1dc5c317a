"""Make the binary sources of this example, the same each time.

Run it in this folder after a change of the texts below::

    python make_binaries.py
"""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pptx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FOLDER = Path(__file__).parent / "folder"
MADE = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)

Rows = Sequence[Sequence[str]]

ANNUAL_2025 = (
    "Annual report 2025",
    "Brackwater Ferries Ltd. Published 20 March 2026.",
    [
        ("Results", "Revenue rose by 13 % in 2025. The Outer Isles route carried most of the growth."),
        ("Financing", "Net debt at the end of 2025: £21.6m. Cash at the end of 2025: £6.3m."),
        ("Outlook", "The company expects to be free of net debt in 2031. No dividend is planned before 2028."),
    ],
    [
        ("Measure", "2025", "2024"),
        ("Revenue", "£48.6m", "£43.1m"),
        ("EBITDA", "£9.4m", "£7.7m"),
        ("Capital expenditure", "£5.1m", "£3.3m"),
        ("Passengers", "1,240,000", "1,110,000"),
    ],
)
ANNUAL_2023 = (
    "Annual report 2023",
    "Brackwater Ferries Ltd. Published 22 March 2024.",
    [("Financing", "Net debt at the end of 2023: £27.9m. Cash at the end of 2023: £2.2m.")],
    [
        ("Measure", "2023", "2022"),
        ("Revenue", "£39.5m", "£36.2m"),
        ("EBITDA", "£6.1m", "£5.5m"),
        ("Passengers", "1,020,000", "930,000"),
    ],
)
OPERATIONS_2026 = (
    "Operations report, first quarter 2026",
    "Prepared by the operations office, 16 April 2026.",
    [
        ("Service", "Punctuality: 96.1 % (target: 95.0 %). Sailings run: 98.2 % of those planned. Load factor: 63 %."),
        (
            "Incidents",
            (
                "On 9 January 2026 the gearbox of Gannet failed off Selby Point. 22 sailings were cancelled within "
                "4 days, and nobody was hurt. Cause: a seal past its service life."
            ),
        ),
        ("Vessels", "The licence of Kestrel allows 280 passengers."),
    ],
    [],
)
OPERATIONS_2025 = (
    "Operations report, first quarter 2025",
    "Prepared by the operations office, 15 April 2025.",
    [("Service", "Punctuality: 93.4 % (target: 95.0 %). Sailings run: 96.9 % of those planned. Load factor: 58 %.")],
    [],
)
TRADING_2026 = (
    "Trading update Q1 2026",
    "28 April 2026",
    [
        "Revenue in Q1 2026 was £9.8m, 13 % more than in Q1 2025 (£8.7m).",
        "Freight made up 31 % of revenue.",
        "Average fare per passenger: £14.20.",
    ],
)
TRADING_2025 = (
    "Trading update Q1 2025",
    "29 April 2025",
    [
        "Revenue in Q1 2025 was £8.7m, 9 % more than in Q1 2024.",
        "Freight made up 35 % of revenue.",
        "Average fare per passenger: £13.40.",
    ],
)
LEASE: Rows = [
    ("Item", "Agreed"),
    ("Counterparty", "Port Ansel Harbour Board"),
    ("Subject", "Lease of the terminal at Port Ansel"),
    ("Start", "1 January 2015"),
    ("End", "31 December 2034"),
    ("Annual value", "£0.64m"),
    ("Notice", "24 months"),
    ("Change of control", "Consent of the harbour board is needed"),
]
DEBT: Rows = [
    ("Lender", "Loan", "Outstanding (GBP)", "Interest (%)", "Maturity"),
    ("Ansel Savings Bank", "Ship mortgage Skua", 7400000, 4.1, "2031-06-30"),
    ("Ansel Savings Bank", "Ship mortgage Gannet", 4600000, 3.8, "2028-09-30"),
    ("Coastal Development Fund", "Terminal loan", 2900000, 2.5, "2033-12-31"),
    ("Merrow Bank", "Revolving facility", 13000000, 6.2, "2027-03-31"),
]  # type: ignore[list-item]  # figures are figures in a workbook
PROPERTY: Rows = [
    ("Property", "Site", "Built", "Book value (GBP)"),
    ("Workshop", "Port Ansel", 1988, 1150000),
    ("Ticket hall", "Selby Point", 2006, 780000),
    ("Crew house", "Outer Isles", 1974, 310000),
]  # type: ignore[list-item]
HYBRID = [
    "Delivery: Q3 2027",
    "Price: £31m, of which £18m is paid from the rights issue",
    "Passengers: 420",
    "Battery range: 11 nautical miles",
    "Ordered at Vardal Yard on 2 February 2026",
]
HYBRID_RISKS = [
    "The shore charger at Port Ansel needs a new grid connection; the permit is expected in November 2026.",
    "The battery has a single supplier, Lumen Cells.",
]


def _pdf(file: Path, title: str, dated: str, sections: Sequence[tuple[str, str]], rows: Rows) -> None:
    styles, buffer = getSampleStyleSheet(), io.BytesIO()
    story: list[Flowable] = [Paragraph(title, styles["Title"]), Paragraph(dated, styles["BodyText"])]
    for heading, text in sections:
        story += [Paragraph(heading, styles["Heading2"]), Paragraph(text, styles["BodyText"])]
    if rows:
        grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")])
        story += [Spacer(1, 12), Table([list(row) for row in rows], style=grid)]
    SimpleDocTemplate(buffer, pagesize=A4, title=title, invariant=1).build(story)
    file.write_bytes(buffer.getvalue())


def _docx(file: Path, title: str, dated: str, lines: Sequence[str], rows: Rows = ()) -> None:
    made = docx.Document()
    made.core_properties.created = made.core_properties.modified = MADE.replace(tzinfo=None)
    made.add_heading(title, 1)
    if dated:
        made.add_paragraph(dated)
    for line in lines:
        made.add_paragraph(line, style="List Bullet")
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    made.save(buffer)
    _write(file, buffer)


def _xlsx(file: Path, sheet: str, rows: Rows) -> None:
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = MADE.replace(tzinfo=None)
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    _write(file, buffer)


def _pptx(file: Path, title: str, dated: str, slides: Sequence[tuple[str, Sequence[str]]]) -> None:
    deck = pptx.Presentation()
    deck.core_properties.created = deck.core_properties.modified = MADE.replace(tzinfo=None)
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = title
    first.placeholders[1].text = dated
    for heading, lines in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = heading
        frame = slide.placeholders[1].text_frame
        frame.text = lines[0]
        for line in lines[1:]:
            frame.add_paragraph().text = line
    buffer = io.BytesIO()
    deck.save(buffer)
    _write(file, buffer)


def _write(file: Path, buffer: io.BytesIO) -> None:
    """Write a file of Office with the same date on each of its parts."""
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            data = made.read(part)
            if part.filename == "docProps/core.xml":
                data = _dated(data)
            kept.writestr(zipfile.ZipInfo(part.filename, MADE.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)


def _dated(core: bytes) -> bytes:
    """Put the date of all into the one property that a library sets to the time of saving."""
    before, opening, rest = core.partition(b"<dcterms:modified")
    if not opening:
        return core
    inside, closing, after = rest.partition(b"</dcterms:modified>")
    attributes, _, _ = inside.partition(b">")
    return before + opening + attributes + b">" + MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + closing + after


def write_all(folder: Path) -> None:
    """Write all of them."""
    _pdf(folder / "finance/annual_report_2025.pdf", *ANNUAL_2025)
    _pdf(folder / "finance/archive/annual_report_2023.pdf", *ANNUAL_2023)
    _pdf(folder / "ops/q1_2026_operations_report.pdf", *OPERATIONS_2026)
    _pdf(folder / "ops/archive/q1_2025_operations_report.pdf", *OPERATIONS_2025)
    _docx(folder / "finance/q1_2026_trading_update.docx", *TRADING_2026)
    _docx(folder / "finance/archive/q1_2025_trading_update.docx", *TRADING_2025)
    _docx(folder / "contracts/terminal_lease.docx", "Terminal lease", "", [], LEASE)
    _xlsx(folder / "finance/loans_2026_03.xlsx", "Loans March 2026", DEBT)
    _xlsx(folder / "assets/property.xlsx", "Property", PROPERTY)
    _pptx(
        folder / "assets/hybrid_ferry_brief_2026.pptx",
        "Hybrid ferry: project brief",
        "March 2026",
        [("The ferry", HYBRID), ("Open risks", HYBRID_RISKS)],
    )


if __name__ == "__main__":
    write_all(FOLDER)
