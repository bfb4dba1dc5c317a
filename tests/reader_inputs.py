"""Twenty sources of other formats, languages and kinds, with the values that stand in them.

The values were written down from the sources, not from what a reader made of them.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment
from openpyxl.styles import Font
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


@dataclass(frozen=True)
class Input:
    """A source, and what stands in it."""

    name: str
    language: str
    kind: str
    make: Callable[[], bytes]
    texts: Mapping[str, str] = field(default_factory=dict)
    """Whole passages by address."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Cells by address."""
    together: tuple[tuple[str, ...], ...] = ()
    """Words that stand in one passage or in the titles over it, wherever that is."""
    once: tuple[str, ...] = ()
    """Words that exactly one passage holds."""
    absent: tuple[str, ...] = ()
    """Words that no passage holds."""
    warned: tuple[str, ...] = ()
    """Pieces of warnings."""


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_parts(data: bytes, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """Change the parts of a container, and add some."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (more or {}).items():
            new.writestr(name, part)
    return out.getvalue()


# --- spreadsheets ----------------------------------------------------------------------------------------------------


def german_budget() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Haushalt 2026"
    for row in (
        ["Haushaltsplan der Gemeinde Ahrdorf"],
        [],
        ["Posten", 2025, 2026, "Änderung"],
        ["Mäharbeiten", 12500, 13100.5, 0.048],
        ["Beleuchtung", None, 1050, None],
        ["Spielplatz", 400, 400, 0],
    ):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=4, min_col=2, max_col=3):
        for cell in row:
            cell.number_format = "#,##0.00 [$€-407]"
    for row in sheet.iter_rows(min_row=4, min_col=4, max_col=4):
        row[0].number_format = "0.0%"
    return saved(book)


def japanese_dates() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "出席"
    for row in (["氏名", "日付", "時間"], ["佐藤", date(2026, 5, 4), 3], ["鈴木", date(2026, 11, 30), 12]):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2, min_col=2, max_col=2):
        row[0].number_format = 'yyyy"年"m"月"d"日"'
    secret = book.create_sheet("下書き")
    secret.append(["秘密", 99])
    secret.sheet_state = "hidden"
    return saved(book)


def french_hours() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Heures"
    for row in (
        ["Agent", "Durée"],
        ["Martin", timedelta(hours=26, minutes=30)],
        ["Petit", timedelta(hours=7, minutes=5)],
        [],
        ["Salle", "Loyer"],
        ["Hall", 75],
        ["Total", "=SUM(B6:B6)"],
    ):
        sheet.append(row)
    for place in ("B2", "B3"):
        sheet[place].number_format = "[h]:mm"
    sheet["B6"].number_format = '"CHF" #,##0.00'
    return saved(book)


def spanish_inflated() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Precios"
    for row in (["Producto", "Precio", "Nota"], ["Trigo", 210, "viejo"], ["Maíz", 185, "vigente"]):
        sheet.append(row)
    sheet["C2"].font = Font(strike=True)
    sheet["B3"].comment = Comment("Precio sin transporte", "Ana")
    inflated = b'<dimension ref="A1:XFD1048576"/>'
    return with_parts(
        saved(book),
        lambda name, part: re.sub(rb"<dimension [^>]*/>", inflated, part) if name.endswith("sheet1.xml") else part,
    )


# --- slides ----------------------------------------------------------------------------------------------------------


def dutch_slides() -> bytes:
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[5])
    first.shapes.title.text = "Huurprijzen"
    table = first.shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for at, row in enumerate((["Wijk", "2024", "2025"], ["Noord", "€ 950", "€ 1.010"], ["Zuid", "€ 880", "€ 905"])):
        for to, text in enumerate(row):
            table.cell(at, to).text = text
    first.notes_slide.notes_text_frame.text = "De cijfers zijn exclusief servicekosten."
    hidden = deck.slides.add_slide(deck.slide_layouts[5])
    hidden.shapes.title.text = "Vervallen voorstel"
    hidden.element.set("show", "0")
    return saved(deck)


def portuguese_chart() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Vendas"
    late = slide.shapes.add_textbox(Inches(1), Inches(6), Inches(4), Inches(0.5))
    late.text_frame.text = "Fonte: relatório anual."
    group = slide.shapes.add_group_shape()
    early = group.shapes.add_textbox(Inches(1), Inches(1.5), Inches(4), Inches(0.5))
    early.text_frame.text = "As vendas subiram 8%."
    data = CategoryChartData()
    data.categories = ["Norte", "Sul"]
    data.add_series("2025", (12.5, 7.25))
    data.add_series("2026", (13.5, 8))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(6), Inches(3), data)
    return saved(deck)


def arabic_picture() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "خطة الحديقة"
    slide.placeholders[1].text_frame.text = "تفتح الحديقة يوم الجمعة."
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
    )
    picture = slide.shapes.add_picture(io.BytesIO(pixel), Inches(1), Inches(5))
    picture._element.nvPicPr.cNvPr.set("descr", "خريطة المدخل الشرقي")  # noqa: SLF001 - python-pptx has no other way to it
    return saved(deck)


# --- mail ------------------------------------------------------------------------------------------------------------


def english_reply() -> bytes:
    mail = EmailMessage()
    mail["From"] = "Rosa Hale <rosa@example.org>"
    mail["To"] = "office@example.org"
    mail["Subject"] = "Re: Fence"
    mail["Date"] = "Mon, 4 May 2026 09:10:00 +0000"
    mail.set_content(
        "We agree to a fence of 6 feet.\n\nOn 3 May 2026, the office wrote:\n"
        "> You may build 4 feet.\n> Please confirm.\n"
    )
    mail.add_attachment(b"post,price\nOak,45\n", maintype="text", subtype="csv", filename="posts.csv")
    return mail.as_bytes()


def italian_page() -> bytes:
    page = (
        "<html><body><p>Gentile città,</p><table><tr><th>Voce</th><th>Importo</th></tr>"
        "<tr><td>Canone</td><td>€ 1.200,50</td></tr></table></body></html>"
    )
    mail = EmailMessage()
    mail["From"] = "ufficio@example.it"
    mail["Subject"] = "Canone della società"
    mail.set_content(page, subtype="html", charset="cp1252", cte="quoted-printable")
    return mail.as_bytes()


def polish_forward() -> bytes:
    inner = EmailMessage()
    inner["From"] = "urzad@example.pl"
    inner["Subject"] = "Decyzja"
    inner.set_content("Termin upływa 30 czerwca 2026 r.\n", charset="utf-8", cte="base64")
    mail = EmailMessage()
    mail["From"] = "jan@example.pl"
    mail["Subject"] = "Fwd: Decyzja"
    mail.set_content("Przesyłam decyzję.\n")
    mail.add_alternative("<p>Przesyłam <b>decyzję</b>.</p>", subtype="html")
    mail.add_attachment(inner)
    return mail.as_bytes()


# --- Word ------------------------------------------------------------------------------------------------------------


def inside(document: Document, inner: str) -> None:
    document.element.body.insert(-1, parse_xml(inner))


def words(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def sign(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def swedish_equation() -> bytes:
    document = docx.Document()
    fraction = f"<m:f><m:num>{sign('q')}<m:sSup><m:e>{sign('L')}</m:e><m:sup>{sign('2')}</m:sup></m:sSup></m:num>"
    equation = f"<m:oMath>{sign('M=')}{fraction}<m:den>{sign('8')}</m:den></m:f></m:oMath>"
    inside(document, f"<w:p {nsdecls('w')} {MATH}>{words('Momentet är ')}{equation}{words(' kNm.')}</w:p>")
    return saved(document)


def czech_margins() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Obec Lhota, č. j. 45/2026"
    paragraph = document.add_paragraph("Poplatek činí 120 Kč.")
    document.add_comment(paragraph.runs[0], "Ověřit u starosty.", "Novák")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))  # noqa: SLF001 - python-docx has no other way to it
    note = f'<w:footnote w:id="2"><w:p>{words("Od 1. ledna 2026.")}</w:p></w:footnote>'
    part = f'<?xml version="1.0"?><w:footnotes {nsdecls("w")}>{note}</w:footnotes>'.encode()
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"

    def change(name: str, old: bytes) -> bytes:
        if name == "[Content_Types].xml":
            entry = f'<Override PartName="/word/footnotes.xml" ContentType="{main}"/></Types>'
            return old.replace(b"</Types>", entry.encode())
        if name == "word/_rels/document.xml.rels":
            entry = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
            return old.replace(b"</Relationships>", entry.encode())
        return old

    return with_parts(saved(document), change, {"word/footnotes.xml": part})


def finnish_strict() -> bytes:
    document = docx.Document()
    document.add_heading("Vuokra", 1)
    table = document.add_table(rows=2, cols=3)
    for at, row in enumerate((["Huone", "2025", "2026"], ["Sali", "75 €", "80 €"])):
        for to, text in enumerate(row):
            table.cell(at, to).text = text

    def strict(_name: str, part: bytes) -> bytes:
        for transitional, other in STRICT.items():
            part = part.replace(transitional.encode(), other.encode())
        return part

    return with_parts(saved(document), strict)


def greek_box() -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph("Το τέλος είναι ")
    paragraph.add_run("40").font.strike = True
    paragraph.add_run("45 ευρώ.")
    box = f"<w:txbxContent><w:p>{words('Ισχύει από 1 Ιουνίου.')}</w:p></w:txbxContent>"
    shape = f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{box}</v:textbox></v:shape></w:pict>'
    inside(document, f"<w:p {nsdecls('w')}>{words('Σημείωση.')}<w:r>{shape}</w:r></w:p>")
    return saved(document)


# --- pages and texts -------------------------------------------------------------------------------------------------


def turkish_terms() -> bytes:
    page = """<html><body><h1>Ücretler</h1><dl><dt>Başvuru</dt><dd>120 lira</dd>
    <dt>Yenileme</dt><dd><del>90</del> 95 lira</dd></dl></body></html>"""
    return page.encode()


def danish_archive() -> bytes:
    said = "Lejen er =E2=82=AC120 om m=C3=A5neden, og den betales forud h=\r\nvert kvartal."
    page = f"<html><body><h1>Havneplads</h1><p>{said}</p></body></html>"
    head = (
        'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"'
    )
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
    return f"{head}\r\n\r\n--b\r\n{part}\r\n\r\n{page}\r\n--b--\r\n".encode()


def chinese_table() -> bytes:
    return """# 高度

<table>
<tr><th>区域</th><th>高度</th><th>备注</th></tr>
<tr><td rowspan="2">甲</td><td>35 米</td><td>住宅</td></tr>

<tr><td>40 米</td><td>商店</td></tr>
</table>

以下为说明。
""".encode()


def norwegian_notes() -> bytes:
    return """# Leie

Prisen er ~~900~~ 950 kroner.

!!! warning "Frist"
    Søknaden sendes innen 1. mars.

:::note
Kontoret er stengt i juli.
:::

> [!NOTE]
> Nøkler hentes i resepsjonen.
""".encode()


def hungarian_export() -> bytes:
    return """sep=;
Bérleti díjak
Készült: 2026. május 4.

Terem;2025;2026
Nagyterem;12 500;13 100
Kisterem;;1 050
""".encode()


def vietnamese_pipes() -> bytes:
    return 'Ống\tGiá\n"2 inch\t45.000 ₫\n4 inch\t90.000 ₫\n'.encode()


INPUTS = [
    Input(
        "haushalt.xlsx",
        "German",
        "a budget by year",
        german_budget,
        texts={"Haushalt 2026!A1": "Haushaltsplan der Gemeinde Ahrdorf"},
        cells={
            "Haushalt 2026!B4": "12,500.00 €",
            "Haushalt 2026!C4": "13,100.50 €",
            "Haushalt 2026!D4": "4.8%",
            "Haushalt 2026!C5": "1,050.00 €",
        },
    ),
    Input(
        "shusseki.xlsx",
        "Japanese",
        "dates in words of their own",
        japanese_dates,
        texts={"出席!A2:C2": "氏名: 佐藤; 日付: 2026年5月4日; 時間: 3"},
        cells={"出席!B3": "2026年11月30日"},
        absent=("秘密",),
        warned=("下書き",),
    ),
    Input(
        "heures.xlsx",
        "French",
        "two tables, durations and a formula without a value",
        french_hours,
        texts={"Heures!A2:B2": "Agent: Martin; Durée: 26:30", "Heures!A6:B6": "Salle: Hall; Loyer: CHF 75.00"},
        cells={"Heures!B3": "7:05"},
        absent=("SUM",),
        warned=("B7",),
    ),
    Input(
        "precios.xlsx",
        "Spanish",
        "false sizes, struck-through text and a comment",
        spanish_inflated,
        texts={
            "Precios!A3:C3": "Producto: Maíz; Precio: 185; Nota: vigente",
            "Precios!B3, comment": "Precio sin transporte",
        },
        absent=("viejo",),
        warned=("viejo",),
    ),
    Input(
        "huur.pptx",
        "Dutch",
        "a table, notes and a hidden slide",
        dutch_slides,
        texts={"slide 1, notes, paragraph 1": "De cijfers zijn exclusief servicekosten."},
        cells={"slide 1, table 1, row 2, 2025": "€ 1.010", "slide 1, table 1, row 3, Wijk": "Zuid"},
        absent=("Vervallen",),
        warned=("slide 2 is hidden",),
    ),
    Input(
        "vendas.pptx",
        "Portuguese",
        "a chart and a group",
        portuguese_chart,
        texts={"slide 1, chart 1, row 2": "Sul; 2025: 7.25; 2026: 8"},
        cells={"slide 1, chart 1, row 1, 2026": "13.5"},
    ),
    Input(
        "hadiqa.pptx",
        "Arabic",
        "a picture's description",
        arabic_picture,
        texts={
            "slide 1, shape 2, paragraph 1": "تفتح الحديقة يوم الجمعة.",
            "slide 1, shape 3, alt text": "خريطة المدخل الشرقي",
        },
        warned=("1 picture",),
    ),
    Input(
        "fence.eml",
        "English",
        "a reply with what it replies to",
        english_reply,
        texts={
            "header subject": "Re: Fence",
            "body, line 1": "We agree to a fence of 6 feet.",
            "body, line 4, quoted": "You may build 4 feet. Please confirm.",
        },
        cells={"header from, From": "Rosa Hale <rosa@example.org>"},
        absent=("Oak",),
    ),
    Input(
        "canone.eml",
        "Italian",
        "a message that is a page",
        italian_page,
        texts={"body, paragraph 1": "Gentile città,"},
        cells={"body, table 1, row 2, Importo": "€ 1.200,50"},
    ),
    Input(
        "decyzja.eml",
        "Polish",
        "a forwarded message",
        polish_forward,
        texts={"body, line 1": "Przesyłam decyzję."},
        absent=("czerwca",),
    ),
    Input(
        "moment.docx",
        "Swedish",
        "an equation",
        swedish_equation,
        texts={"paragraph 1": "Momentet är M=(qL²)/8 kNm."},
    ),
    Input(
        "lhota.docx",
        "Czech",
        "a page header, a comment and a footnote",
        czech_margins,
        texts={
            "paragraph 1": "Poplatek činí 120 Kč.",
            "page header 1, paragraph 1": "Obec Lhota, č. j. 45/2026",
            "comment 1, paragraph 1": "Ověřit u starosty.",
            "footnote 1, paragraph 1": "Od 1. ledna 2026.",
        },
    ),
    Input(
        "vuokra.docx",
        "Finnish",
        "Strict OOXML",
        finnish_strict,
        texts={"table 1, row 2": "Huone: Sali; 2025: 75 €; 2026: 80 €"},
        cells={"table 1, row 2, 2026": "80 €"},
    ),
    Input(
        "telos.docx",
        "Greek",
        "a text box and struck-through text",
        greek_box,
        texts={
            "paragraph 1": "Το τέλος είναι 45 ευρώ.",
            "paragraph 2": "Σημείωση.",
            "text box 1, paragraph 1": "Ισχύει από 1 Ιουνίου.",
        },
        absent=("40",),
        warned=("“40”",),
    ),
    Input(
        "ucretler.html",
        "Turkish",
        "terms and what they mean",
        turkish_terms,
        cells={"table 1, row 1, Başvuru": "120 lira", "table 1, row 2, Yenileme": "95 lira"},
        absent=("90",),
        warned=("“90”",),
    ),
    Input(
        "havn.html",
        "Danish",
        "a page saved with its parts in one file",
        danish_archive,
        texts={"paragraph 1": "Lejen er €120 om måneden, og den betales forud hvert kvartal."},
        absent=("=E2",),
    ),
    Input(
        "gaodu.md",
        "Chinese",
        "a table of HTML in Markdown",
        chinese_table,
        texts={"line 3, row 3": "区域: 甲; 高度: 40 米; 备注: 商店", "line 10": "以下为说明。"},
        cells={"line 3, row 2, 高度": "35 米"},
    ),
    Input(
        "leie.md",
        "Norwegian",
        "admonitions",
        norwegian_notes,
        texts={
            "line 3": "Prisen er 950 kroner.",
            "line 6": "Søknaden sendes innen 1. mars.",
            "line 9": "Kontoret er stengt i juli.",
            "line 13": "Nøkler hentes i resepsjonen.",
        },
        absent=("900", ":::", "!!!", "[!NOTE]"),
        warned=("“900”",),
    ),
    Input(
        "berlet.csv",
        "Hungarian",
        "lines before the header",
        hungarian_export,
        texts={"row 1": "Bérleti díjak", "row 2": "Készült: 2026. május 4."},
        cells={"row 5, 2026": "13 100", "row 6, Terem": "Kisterem"},
    ),
    Input(
        "ong.tsv",
        "Vietnamese",
        "tabs, and a quotation mark that is one",
        vietnamese_pipes,
        cells={"row 2, Giá": "45.000 ₫", "row 3, Ống": "4 inch"},
    ),
]
