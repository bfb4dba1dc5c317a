"""Five PDFs of other languages and kinds, with what stands in them, written down before they were read."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from reader_inputs import Input
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def drawn_on(canvas: Canvas, out: io.BytesIO) -> bytes:
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def faroese_mark() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.saveState()
    canvas.setFillGray(0.85)
    canvas.setFont("Helvetica-Bold", 90)
    canvas.translate(140, 330)
    canvas.rotate(50)
    canvas.drawString(0, 0, "UPPSKOT")
    canvas.restoreState()
    canvas.setFont("Helvetica", 11)
    lines = (
        "Leigan fyri hølini er 450 krónur um tíman, og hon skal",
        "gjaldast fyri tann fyrsta í mánaðinum. Børn undir fimtan ár",
        "sleppa inn fyri hálvan prís, og skúlar gjalda einki.",
    )
    for at, line in enumerate(lines):
        canvas.drawString(72, 600 - 14 * at, line)
    return drawn_on(canvas, out)


def galician_form() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, "Nome:")
    canvas.drawString(72, 660, "Importe:")
    for name, value, height in (("nome", "Rosa Castro", 692), ("importe", "350 euros", 652)):
        canvas.acroForm.textfield(name=name, value=value, x=150, y=height, width=200, height=20)
    return drawn_on(canvas, out)


def malagasy_turned() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 11)
    rows = (("Efitra", "2025", "2026"), ("Lehibe", "12 000", "13 500"), ("Kely", "4 000", "4 200"))
    for at, row in enumerate(rows):
        for to, text in enumerate(row):
            canvas.drawString(72 + 150 * to, 400 - 24 * at, text)
            canvas.rect(66 + 150 * to, 393 - 24 * at, 150, 24)
    return drawn_on(canvas, out)


def quechua_remark() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 700, "Wasi mañakuyqa sapa killa 350 soles.")
    plain = drawn_on(canvas, out)
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    writer.add_annotation(0, Text(rect=(400, 690, 420, 710), text="Kayta qhaway: 300?"))
    changed = io.BytesIO()
    writer.write(changed)
    return changed.getvalue()


def occitan_leaders() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(72, 740, "Los prètzes de la comuna per l'annada que ven son los seguents.")
    for at, (what, price) in enumerate((("Sala granda", "75 €"), ("Sala pichona", "40 €"), ("Cosina", "15 €"))):
        height = 700 - 18 * at
        canvas.drawString(72, height, "•")
        canvas.drawString(86, height, what)
        canvas.drawString(180, height, "." * 60)
        canvas.drawRightString(420, height, price)
    return drawn_on(canvas, out)


PDFS = [
    Input(
        "leiga.pdf",
        "Faroese",
        "a large word across the page behind the text",
        faroese_mark,
        together=(
            (
                "Leigan fyri hølini er 450 krónur um tíman, og hon skal gjaldast fyri tann fyrsta í mánaðinum.",
                "Børn undir fimtan ár sleppa inn fyri hálvan prís, og skúlar gjalda einki.",
            ),
        ),
    ),
    Input(
        "formulario.pdf",
        "Galician",
        "a form that is filled in",
        galician_form,
        together=(("Nome: Rosa Castro",), ("Importe: 350 euros",)),
    ),
    Input(
        "efitra.pdf",
        "Malagasy",
        "a table on a page that is turned",
        malagasy_turned,
        together=(("Efitra: Lehibe", "2025: 12 000", "2026: 13 500"), ("Efitra: Kely", "2026: 4 200")),
    ),
    Input(
        "wasi.pdf",
        "Quechua",
        "a reader's remark on a page",
        quechua_remark,
        together=(("Wasi mañakuyqa sapa killa 350 soles.",), ("Kayta qhaway: 300?",)),
    ),
    Input(
        "sala.pdf",
        "Occitan",
        "dots that lead to a price",
        occitan_leaders,
        together=(("Sala granda", "75 €"), ("Sala pichona", "40 €"), ("Cosina", "15 €")),
    ),
]
