"""Word templates as firms have them."""

from io import BytesIO

import docx
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

ROSE = RGBColor(0xB0, 0x20, 0x50)


def firm(*, cover: bool = True, rename: bool = True, lacks: tuple[str, ...] = ("Quote", "List Bullet")) -> bytes:
    """Give a template: A4, its own headings, head, foot and cover; in a German Word, where ids are other ones."""
    word = docx.Document()
    page = word.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin = Mm(210), Mm(297), Mm(30), Mm(30)
    for name, size in (("Heading 1", 22), ("Heading 2", 15), ("Normal", 11), ("Title", 30)):
        style = word.styles[name]
        style.font.name, style.font.size = "Georgia", Pt(size)
        if name != "Normal":
            style.font.color.rgb = ROSE
    for name in lacks:
        word.styles[name].element.getparent().remove(word.styles[name].element)
    if rename:
        word.styles["Heading 1"].element.set(qn("w:styleId"), "berschrift1")
    page.header.paragraphs[0].text = "Harbour & Partners"
    page.footer.paragraphs[0].text = "Confidential. {{title}}"
    if cover:
        word.add_paragraph("Harbour & Partners", style="Heading 2")
        parted = word.add_paragraph(style="Title")
        for piece in ("{{ti", "tle}}"):
            parted.add_run(piece)
        word.add_paragraph("For {{facts.client}}, {{date}}")
        word.add_paragraph().add_run().add_break(WD_BREAK.LINE)
    out = BytesIO()
    word.save(out)
    return out.getvalue()
