"""Sixteen office files of other languages and kinds, with what stands in them, written down before they were read."""

from datetime import date
from typing import Any

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pptx import Presentation
from pptx.oxml import parse_xml as parse_slide_xml
from pptx.util import Inches
from reader_inputs import MATH, Input, inside, saved, sign, with_parts, words

TYPES = "[Content_Types].xml"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# --- spreadsheets ----------------------------------------------------------------------------------------------------


def korean_quarters() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "실적"
    for row in (
        ["지점", 2025, None, 2026, None],
        [None, "상반기", "하반기", "상반기", "하반기"],
        ["서울", 1200, 1350, 1410, 1500],
        ["부산", 640, 655, 700, 720],
    ):
        sheet.append(row)
    for merged in ("A1:A2", "B1:C1", "D1:E1"):
        sheet.merge_cells(merged)
    return saved(book)


def russian_losses() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Отчёт"
    for row in (["Статья", "Сумма"], ["Выручка", 12500], ["Убыток", -1250.5], ["Прочее", 0]):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2, min_col=2):
        row[0].number_format = '#,##0.00_);(#,##0.00);"-"'
    return saved(book)


def ukrainian_days() -> bytes:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = "Строки"
    for row in (["Етап", "Дата"], ["Початок", date(2026, 3, 2)], ["Кінець", date(2026, 9, 30)]):
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2, min_col=2):
        row[0].number_format = "dd.mm.yyyy"
    return saved(book)


def hebrew_faults() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "דוח"
    sheet.sheet_view.rightToLeft = True
    for row in (["סעיף", "שיעור", "אושר"], ["שכר", 0.125, True], ["ציוד", "#DIV/0!", False]):
        sheet.append(row)
    sheet["B2"].number_format = "0.0%"
    return saved(book)


def thai_rich_text() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "ราคา"
    for row in (["รายการ", "ราคา"], ["ห้องประชุม", "rich"]):
        sheet.append(row)
    sheet["A1"].font = sheet["B1"].font = Font(bold=True)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rich = f"<sst xmlns='{main}'><si><r><rPr><strike/></rPr><t>900</t></r><r><t> 950 บาท</t></r></si></sst>".encode()

    def change(name: str, part: bytes) -> bytes:
        if name == TYPES:
            kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
            entry = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
            return part.replace(b"</Types>", entry.encode())
        if name == "xl/_rels/workbook.xml.rels":
            entry = f'<Relationship Id="rId99" Type="{OFFICE_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
            return part.replace(b"</Relationships>", f"{entry}</Relationships>".encode())
        return part.replace(b't="inlineStr"><is><t>rich</t></is>', b't="s"><v>0</v>')

    return with_parts(saved(book), change, {"xl/sharedStrings.xml": rich})


# --- slides ----------------------------------------------------------------------------------------------------------


def bulgarian_lines() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Такси"
    frame = slide.placeholders[1].text_frame
    frame.text = "Залата струва\v120 лева."
    second = frame.add_paragraph()
    second.text = "Дворът няма такса."
    second.level = 1
    field = '<a:fld xmlns:a="{}" id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:t>77</a:t></a:fld>'
    number = slide.shapes.add_textbox(Inches(8), Inches(7), Inches(1), Inches(0.4))
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    number.text_frame.paragraphs[0]._p.append(parse_slide_xml(field.format(drawing)))  # noqa: SLF001 - python-pptx has no other way to it
    return saved(deck)


def croatian_merged() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Cijene"
    table = slide.shapes.add_table(4, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    rows = (["Zona", "Usluga", "Cijena"], ["I.", "Parking", "2 €"], ["", "Najam", "40 €"], ["II.", "Parking", "1 €"])
    for at, row in enumerate(rows):
        for to, text in enumerate(row):
            table.cell(at, to).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    return saved(deck)


def indonesian_diagram() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Tahapan"
    dgm = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    frame = (
        f'<p:graphicFrame {NSP}><p:nvGraphicFramePr><p:cNvPr id="9" name="Diagram 1"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        '<p:xfrm><a:off x="914400" y="1828800"/><a:ext cx="4572000" cy="1828800"/></p:xfrm>'
        f'<a:graphic><a:graphicData uri="{dgm}"><dgm:relIds xmlns:dgm="{dgm}" xmlns:r="{OFFICE_RELATIONS}" '
        'r:dm="rId91" r:lo="rId92" r:qs="rId93" r:cs="rId94"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    slide.shapes._spTree.append(parse_slide_xml(frame))  # noqa: SLF001 - python-pptx has no other way to it
    points = "".join(
        f'<dgm:pt modelId="{n}"><dgm:t><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for n, text in enumerate(("Perencanaan selama 3 bulan", "Pembangunan selama 9 bulan"), 1)
    )
    data = f'<dgm:dataModel xmlns:dgm="{dgm}" xmlns:a="{drawing}"><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>'
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"

    def change(name: str, part: bytes) -> bytes:
        if name == TYPES:
            entry = f'<Override PartName="/ppt/diagrams/data1.xml" ContentType="{kind}"/></Types>'
            return part.replace(b"</Types>", entry.encode())
        if name == "ppt/slides/_rels/slide1.xml.rels":
            entry = (
                f'<Relationship Id="rId91" Type="{OFFICE_RELATIONS}/diagramData" Target="../diagrams/data1.xml"/>'
                "</Relationships>"
            )
            return part.replace(b"</Relationships>", entry.encode())
        return part

    return with_parts(saved(deck), change, {"ppt/diagrams/data1.xml": data.encode()})


def slovak_remark() -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Nájomné"
    slide.shapes.add_textbox(Inches(1), Inches(2), Inches(4), Inches(1)).text_frame.text = "Nájomné je 350 € mesačne."
    remark = (
        f'<p:cmLst {NSP}><p:cm authorId="0" dt="2026-05-04T09:10:00.000" idx="1"><p:pos x="10" y="10"/>'
        "<p:text>Platí to od januára?</p:text></p:cm></p:cmLst>"
    )
    kind = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"

    def change(name: str, part: bytes) -> bytes:
        if name == TYPES:
            entry = f'<Override PartName="/ppt/comments/comment1.xml" ContentType="{kind}"/></Types>'
            return part.replace(b"</Types>", entry.encode())
        if name == "ppt/slides/_rels/slide1.xml.rels":
            entry = (
                f'<Relationship Id="rId91" Type="{OFFICE_RELATIONS}/comments" Target="../comments/comment1.xml"/>'
                "</Relationships>"
            )
            return part.replace(b"</Relationships>", entry.encode())
        return part

    return with_parts(saved(deck), change, {"ppt/comments/comment1.xml": remark.encode()})


NSP = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


# --- documents -------------------------------------------------------------------------------------------------------


def filled(table: Any, *rows: list[str]) -> None:
    for at, row in enumerate(rows):
        for to, text in enumerate(row):
            table.cell(at, to).text = text


def icelandic_nested() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    filled(table, ["Bygging", "Verð"], ["Safn", ""], ["Laug", "650 kr."])
    filled(table.cell(1, 1).add_table(rows=2, cols=2), ["Börn", "300 kr."], ["Fullorðnir", "900 kr."])
    return saved(document)


def irish_fields() -> bytes:
    document = docx.Document()

    def field(code: str, shown: str) -> str:
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{words(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    link = field(' HYPERLINK "https://halla.example/secret" ', "Halla")
    total = field(" =SUM(ABOVE) ", "1,450")
    inside(document, f"<w:p {nsdecls('w')}>{link}{words(': costas iomlán €')}{total}{words('.')}</w:p>")
    return saved(document)


def catalan_moved() -> bytes:
    document = docx.Document()
    document.add_paragraph("La taxa és de 45 euros.")
    mark = 'w:id="5" w:author="Anna" w:date="2026-05-04T09:10:00Z"'
    inside(document, f"<w:p {nsdecls('w')}><w:moveFrom {mark}>{words('Es paga abans del dia.')}</w:moveFrom></w:p>")
    document.add_paragraph("La sala té 80 places.")
    inside(document, f"<w:p {nsdecls('w')}><w:moveTo {mark}>{words('Es paga abans del dia.')}</w:moveTo></w:p>")
    return saved(document)


def basque_boxes() -> bytes:
    document = docx.Document()
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'

    def box(*, ticked: bool) -> str:
        state = f'<w14:checkbox {w14}><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
        sign_of = "☒" if ticked else "☐"
        return f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>{words(sign_of)}</w:sdtContent></w:sdt>"

    for ticked, text in ((True, " Onartua"), (False, " Baztertua")):
        inside(document, f"<w:p {nsdecls('w')}>{box(ticked=ticked)}{words(text)}</w:p>")
    drop = f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{words('2. eremua')}</w:sdtContent></w:sdt>"
    inside(document, f"<w:p {nsdecls('w')}>{words('Eremua: ')}{drop}</w:p>")
    return saved(document)


def georgian_merged() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    filled(
        table,
        ["ზონა", "შენობა", "სიმაღლე"],
        ["ა", "სახლი", "12 მ"],
        ["", "მაღაზია", "9 მ"],
        ["ბ", "სახლი", "15 მ"],
    )
    table.cell(1, 0).merge(table.cell(2, 0))
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001 - python-docx has no other way to it
    return saved(document)


def armenian_sum() -> bytes:
    document = docx.Document()
    limits = f"<m:sub>{sign('i=1')}</m:sub><m:sup>{sign('n')}</m:sup>"
    index = f"<m:sSub><m:e>{sign('x')}</m:e><m:sub>{sign('i')}</m:sub></m:sSub>"
    total = f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>{limits}<m:e>{index}</m:e></m:nary>'
    root = f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{sign("n")}</m:e></m:rad>'
    equation = f"<m:oMathPara><m:oMath>{sign('s=')}{total}{sign('/')}{root}</m:oMath></m:oMathPara>"
    inside(document, f"<w:p {nsdecls('w')} {MATH}>{words('Միջինը ')}{equation}</w:p>")
    return saved(document)


def swahili_hyphens() -> bytes:
    document = docx.Document()
    run = (
        "<w:r><w:t>Ada ya mwa</w:t><w:softHyphen/><w:t>ka 2025</w:t><w:noBreakHyphen/><w:t>2026</w:t><w:tab/>"
        "<w:t>1,500 TZS</w:t></w:r>"
    )
    inside(document, f"<w:p {nsdecls('w')}>{run}</w:p>")
    return saved(document)


OFFICE = [
    Input(
        "siljeok.xlsx",
        "Korean",
        "titles in two rows, merged",
        korean_quarters,
        cells={"실적!C3": "1350", "실적!D4": "700", "실적!A3": "서울"},
        together=(("지점: 서울", "2026, 상반기: 1410"), ("2025, 하반기: 655", "2026, 하반기: 720")),
    ),
    Input(
        "otchet.xlsx",
        "Russian",
        "losses in brackets",
        russian_losses,
        texts={"Отчёт!A3:B3": "Статья: Убыток; Сумма: (1,250.50)"},
        cells={"Отчёт!B2": "12,500.00", "Отчёт!B4": "-"},
    ),
    Input(
        "stroky.xlsx",
        "Ukrainian",
        "days counted from 1904",
        ukrainian_days,
        texts={"Строки!A2:B2": "Етап: Початок; Дата: 02.03.2026"},
        cells={"Строки!B3": "30.09.2026"},
    ),
    Input(
        "doch.xlsx",
        "Hebrew",
        "faults and yes or no, from right to left",
        hebrew_faults,
        texts={"דוח!A2:C2": "סעיף: שכר; שיעור: 12.5%; אושר: TRUE"},
        cells={"דוח!B3": "#DIV/0!", "דוח!C3": "FALSE"},
    ),
    Input(
        "rakha.xlsx",
        "Thai",
        "a part of a cell struck through",
        thai_rich_text,
        texts={"ราคา!A2:B2": "รายการ: ห้องประชุม; ราคา: 950 บาท"},
        absent=("900",),
        warned=("900",),
    ),
    Input(
        "taksi.pptx",
        "Bulgarian",
        "a line broken inside a paragraph, and a number of the slide",
        bulgarian_lines,
        texts={"slide 1, shape 1": "Такси"},
        together=(("Залата струва 120 лева.",), ("Дворът няма такса.",)),
        absent=("77",),
    ),
    Input(
        "cijene.pptx",
        "Croatian",
        "merged cells of a slide",
        croatian_merged,
        texts={"slide 1, table 1, row 3": "Zona: I.; Usluga: Najam; Cijena: 40 €"},
        cells={"slide 1, table 1, row 4, Cijena": "1 €"},
    ),
    Input(
        "tahapan.pptx",
        "Indonesian",
        "a diagram of Office",
        indonesian_diagram,
        together=(("Perencanaan selama 3 bulan",), ("Pembangunan selama 9 bulan",)),
    ),
    Input(
        "najomne.pptx",
        "Slovak",
        "a reviewer's comment on a slide",
        slovak_remark,
        together=(("Nájomné je 350 € mesačne.",), ("Platí to od januára?",)),
    ),
    Input(
        "safn.docx",
        "Icelandic",
        "a table within a cell",
        icelandic_nested,
        together=(("Börn", "300 kr."), ("Fullorðnir", "900 kr."), ("Laug", "650 kr.")),
        once=("650 kr.",),
    ),
    Input(
        "halla.docx",
        "Irish",
        "fields",
        irish_fields,
        texts={"paragraph 1": "Halla: costas iomlán €1,450."},
        absent=("SUM", "secret", "HYPERLINK"),
    ),
    Input(
        "taxa.docx",
        "Catalan",
        "a sentence that was moved",
        catalan_moved,
        together=(("La taxa és de 45 euros.",), ("La sala té 80 places.",)),
        once=("Es paga abans del dia.",),
    ),
    Input(
        "onarpena.docx",
        "Basque",
        "boxes to tick and a list to choose from",
        basque_boxes,
        texts={"paragraph 1": "☒ Onartua", "paragraph 2": "☐ Baztertua"},
        together=(("2. eremua",),),
    ),
    Input(
        "zona.docx",
        "Georgian",
        "cells merged down a column",
        georgian_merged,
        texts={"table 1, row 3": "ზონა: ა; შენობა: მაღაზია; სიმაღლე: 9 მ"},
        cells={"table 1, row 4, სიმაღლე": "15 მ"},
    ),
    Input(
        "mijin.docx",
        "Armenian",
        "a sum and a root",
        armenian_sum,
        together=(("Միջինը", "s=", "∑", "i=1", "√"),),
    ),
    Input(
        "ada.docx",
        "Swahili",
        "hyphens that may not show and one that must not break",
        swahili_hyphens,
        together=(("Ada ya mwaka", "2026", "1,500 TZS"),),
        absent=("\xad", "20252026", "20261,500"),
    ),
]
