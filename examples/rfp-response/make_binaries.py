"""Make the three files of the request, the same each time.

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
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

HERE = Path(__file__).parent
MADE = dt.datetime(2026, 4, 20, 9, 0, tzinfo=dt.UTC)
Rows = Sequence[Sequence[str]]

INVITATION = (
    ("h", "Request for proposals: digitisation of the parish registers"),
    ("t", "Regional Archive of Aldermark. Issued 20 April 2026."),
    ("h", "Procedure"),
    ("t", "Questions are accepted until 11 May 2026. Proposals are due on 29 May 2026 at 12:00."),
    ("t", "The contract is awarded in July 2026 and runs for two years."),
    ("h", "General requirements"),
    ("t", "G-1 The contractor must be certified under ISO/IEC 27001 for the whole term of the contract."),
    ("t", "G-2 All data must be stored in data centres within the European Union."),
    ("t", "G-3 Originals must be insured during transport for at least EUR 1 million for each load."),
    ("t", "G-4 Penetration tests by third parties should be carried out once a year."),
    ("t", "G-5 Staff who handle originals must be trained conservators or work under their supervision."),
    ("t", "G-6 The contractor must work with state-of-the-art equipment and respond adequately to faults."),
)  # fmt: skip
FUNCTIONS: Rows = (
    ("ID", "Requirement", "Priority"),
    ("F-1", "Scanned pages shall have a resolution of at least 300 dpi.", "must"),
    ("F-2", "Master files shall be delivered as uncompressed TIFF.", "must"),
    ("F-3", "Text recognition shall reach 98 % of characters for printed text.", "must"),
    ("F-4", "Handwritten text shall be recognised from 1750 on.", "should"),
    ("F-5", "Daily throughput shall be at least 6,000 pages.", "must"),
    ("F-6", "The contractor shall provide a web viewer for the public.", "should"),
    ("F-7", "Every delivery shall have METS/ALTO metadata and checksums.", "must"),
    ("F-8", "Fold-outs up to A0 shall be scanned in one piece.", "should"),
    ("F-9", "Photographs on glass plates shall be scanned in colour and infrared.", "must"),
)
LEVELS: Rows = (
    ("No.", "Requirement", "Obligation"),
    ("S-1", "The help desk shall answer within 8 hours on working days.", "must"),
    ("S-2", "A weekly report shall list pages scanned, rejected and delivered.", "must"),
    ("S-3", "Copies of all files shall be kept for at least 180 days after acceptance.", "must"),
    ("S-4", "Originals shall be stored in rooms with climate control.", "must"),
    ("S-5", "Data shall be encrypted in transit and at rest.", "must"),
)


def write_all(folder: Path) -> None:
    """Write all of them."""
    styles, buffer = getSampleStyleSheet(), io.BytesIO()
    story: list[Flowable] = [
        Paragraph(text, styles["Heading2" if kind == "h" else "BodyText"]) for kind, text in INVITATION
    ]
    SimpleDocTemplate(buffer, pagesize=A4, title=INVITATION[0][1], invariant=1).build(story)
    (folder / "request/invitation.pdf").write_bytes(buffer.getvalue())

    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = MADE.replace(tzinfo=None)
    book.active.title = "Functions"
    for row in FUNCTIONS:
        book.active.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    _write(folder / "request/functions.xlsx", buffer)

    made = docx.Document()
    made.core_properties.created = made.core_properties.modified = MADE.replace(tzinfo=None)
    made.add_heading("Service levels", 1)
    table = made.add_table(len(LEVELS), len(LEVELS[0]))
    for cells, texts in zip(table.rows, LEVELS, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    made.save(buffer)
    _write(folder / "request/service_levels.docx", buffer)


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


if __name__ == "__main__":
    write_all(HERE)
