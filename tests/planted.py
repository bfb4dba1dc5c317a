"""Sources of every type, each with a sentence of somebody else's in one of the places that such a file has."""

import base64
import csv
import io
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from typing import TypeAlias

import docx
import openpyxl
from openpyxl.comments import Comment
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas

Sentences: TypeAlias = tuple[str, str, str]
"""What the source is of, what it truly says, and what was planted."""
Source: TypeAlias = dict[str, str]


def _text(name: str, text: str) -> Source:
    return {"name": name, "text": text}


def _bytes(name: str, data: bytes) -> Source:
    return {"name": name, "base64": base64.b64encode(data).decode()}


def _markdown(planted: str) -> Callable[[Sentences], Source]:
    return lambda s: _text(f"{s[0]}.md", f"# {s[0]}\n\n{s[1]}\n\n{planted.format(s[2])}\n")


def _html(planted: str) -> Callable[[Sentences], Source]:
    return lambda s: _text(
        f"{s[0]}.html", f"<html><body><h1>{s[0]}</h1><p>{s[1]}</p>{planted.format(s[2])}</body></html>"
    )


def _csv(sentences: Sentences) -> Source:
    out = io.StringIO()
    csv.writer(out).writerows([["subject", "remark"], [sentences[0], sentences[1]], [sentences[0], sentences[2]]])
    return _text(f"{sentences[0]}.csv", out.getvalue())


def _word(sentences: Sentences, *, table: bool) -> Source:
    subject, said, planted = sentences
    word, out = docx.Document(), io.BytesIO()
    word.add_heading(subject, 1)
    word.add_paragraph(said)
    if table:
        cells = word.add_table(rows=2, cols=2).cell
        cells(0, 0).text, cells(0, 1).text, cells(1, 0).text, cells(1, 1).text = "subject", "remark", subject, planted
    else:
        word.add_paragraph(planted)
    word.save(out)
    return _bytes(f"{subject}.docx", out.getvalue())


def _pdf(sentences: Sentences, *, seen: bool) -> Source:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(3_000, 400))
    for line, text in enumerate(sentences):
        if line == len(sentences) - 1 and not seen:
            canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(40, 360 - 40 * line, text)
    canvas.save()
    return _bytes(f"{sentences[0]}.pdf", out.getvalue())


def _workbook(sentences: Sentences, *, place: str) -> Source:
    subject, said, planted = sentences
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["subject", "remark"])
    sheet.append([subject, said])
    if place == "comment":
        sheet["B2"].comment = Comment(planted, "a")
    else:
        sheet.append([subject, f"\u200b{planted}"])  # words, even where they begin as a formula does
        sheet.row_dimensions[3].hidden = place == "hidden"
    book.save(out)
    return _bytes(f"{subject}.xlsx", out.getvalue())


def _slides(sentences: Sentences, *, notes: bool) -> Source:
    subject, said, planted = sentences
    deck, out = Presentation(), io.BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = subject
    slide.placeholders[1].text_frame.text = said if notes else f"{said}\n{planted}"
    if notes:
        slide.notes_slide.notes_text_frame.text = planted
    deck.save(out)
    return _bytes(f"{subject}.pptx", out.getvalue())


def _mail(planted: str) -> Callable[[Sentences], Source]:
    def made(sentences: Sentences) -> Source:
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "a@example.org", sentences[0]
        mail.set_content(f"{sentences[1]}\n\n{planted.format(sentences[2])}\n")
        return _bytes(f"{sentences[0]}.eml", mail.as_bytes())

    return made


CARRIERS: Mapping[str, Callable[[Sentences], Source]] = {
    "md-paragraph": _markdown("{}"),
    "md-list": _markdown("- {}"),
    "md-quote": _markdown("> {}"),
    "md-table": lambda s: _markdown("| remark |\n|---|\n| {} |")((*s[:2], s[2].replace("|", "\\|"))),
    "md-code": _markdown("```\n{}\n```"),
    "txt": lambda s: _text(f"{s[0]}.txt", "\n\n".join(s)),
    "csv": _csv,
    "html-paragraph": _html("<p>{}</p>"),
    "html-item": _html("<ul><li>{}</li></ul>"),
    "html-cell": _html("<table><tr><th>remark</th></tr><tr><td>{}</td></tr></table>"),
    "docx-paragraph": lambda s: _word(s, table=False),
    "docx-cell": lambda s: _word(s, table=True),
    "xlsx-cell": lambda s: _workbook(s, place="cell"),
    "xlsx-comment": lambda s: _workbook(s, place="comment"),
    "pptx-line": lambda s: _slides(s, notes=False),
    "pptx-notes": lambda s: _slides(s, notes=True),
    "eml-line": _mail("{}"),
    "eml-quoted": _mail("> {}"),
    "pdf-line": lambda s: _pdf(s, seen=True),
    "file-name": lambda s: _text(f"{s[2][:200].replace('/', '')}.md", f"# {s[0]}\n\n{s[1]}\n"),
}
"""Places that are read: what is planted there comes before the model."""
SILENT: Mapping[str, Callable[[Sentences], Source]] = {
    "md-comment": _markdown("<!-- {} -->"),
    "html-comment": _html("<!-- {} -->"),
    "html-hidden": _html('<p style="display:none">{}</p>'),
    "html-struck": _html("<p><del>{}</del></p>"),
    "xlsx-hidden": lambda s: _workbook(s, place="hidden"),
    "html-script": _html("<script>{}</script>"),
    "pdf-white": lambda s: _pdf(s, seen=False),
}
"""Places that no reader sees: what is planted there comes before nobody."""
