import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from quire.nodes.faults import BadInput
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def reading(document: Document) -> Reading:
    return read("letter.docx", saved(document))


def shown(found: Reading) -> list[tuple[str, str]]:
    return [(passage["address"], passage["text"]) for passage in found["passages"]]


def test_paragraphs_are_counted_as_they_stand_in_the_body() -> None:
    document = docx.Document()
    document.add_heading("Zoning letter", 0)
    document.add_paragraph("")
    document.add_paragraph("Dear Ms. Hale:")
    found = reading(document)
    assert shown(found) == [("paragraph 1", "Zoning letter"), ("paragraph 3", "Dear Ms. Hale:")]
    assert found["title"] == "Zoning letter"
    assert found["media"].endswith("wordprocessingml.document")


def test_headings_give_sections_and_marks_give_subdivisions() -> None:
    document = docx.Document()
    document.add_heading("Section 4.2 Yards", 1)
    for text in ("(a) Front.", "(1) Twenty feet.", "(b) Rear."):
        document.add_paragraph(text)
    sections = [passage["section"] for passage in reading(document)["passages"]]
    assert sections == ["4.2", "4.2(a)", "4.2(a)(1)", "4.2(b)"]


def test_a_numbered_line_all_in_bold_is_a_heading() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("4.2 Yards").bold = True
    document.add_paragraph("Twenty feet.")
    assert reading(document)["passages"][1]["headings"] == ["4.2 Yards"]


def test_hidden_and_deleted_text_says_nothing_and_inserted_text_counts() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("The limit is ")
    paragraph.add_run("secret ").font.hidden = True
    run = f"<w:r {nsdecls('w')}><w:t>forty</w:t></w:r>"
    paragraph._p.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="a">{run}</w:ins>'))  # noqa: SLF001 - python-docx has no other way to it
    gone = run.replace("w:t>", "w:delText>").replace("forty", "thirty")
    paragraph._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="a">{gone}</w:del>'))  # noqa: SLF001 - python-docx has no other way to it
    paragraph.add_run(" feet.")
    assert shown(reading(document)) == [("paragraph 1", "The limit is forty feet.")]


def test_a_comment_is_a_note_and_not_the_document_s_text() -> None:
    document = docx.Document()
    document.add_heading("4.2 Yards", 1)
    paragraph = document.add_paragraph("Twenty feet.")
    document.add_comment(paragraph.runs[0], "Or thirty?", "A. Hale")
    comment = reading(document)["passages"][-1]
    assert (comment["address"], comment["text"], comment["kind"]) == ("comment 1, paragraph 1", "Or thirty?", "note")
    assert (comment["headings"], comment.get("section")) == (["Comment by A. Hale"], None)


def test_a_table_whose_style_sets_off_its_first_row_has_a_header() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2, style="Light Grid Accent 1")
    for row, cells in zip(table.rows, (["Yard", "Front"], ["Depth", "20"]), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    assert reading(document)["passages"][0]["fields"] == {"Yard": "Depth", "Front": "20"}
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - python-docx has no other way to it
    assert look is not None
    look.set(qn("w:firstRow"), "0")
    assert [p["fields"] for p in reading(document)["passages"]] == [{"Yard": "Front"}, {"Depth": "20"}]


def test_rows_are_cells_under_their_titles() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows, (["Standard", "Required", "Actual"], ["Height", "40", "38"], ["FAR", "0.35", ""]), strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    found = reading(document)
    assert found["passages"][0]["address"] == "table 1, row 2"
    assert found["passages"][1]["fields"] == {"Standard": "FAR", "Required": "0.35", "Actual": ""}


def test_merged_cells_are_laid_out() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(table.rows, (["Use", "R1", "R2"], ["Shop", "C", ""], ["", "P", "X"]), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(1, 2))
    rows = [passage["fields"] for passage in reading(document)["passages"]]
    assert rows == [{"Use": "Shop", "R1": "C", "R2": ""}, {"Use": "Shop", "R1": "P", "R2": "X"}]


def test_a_table_of_names_and_values_has_a_field_a_row() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (["Parcel", "932-12-004"], ["Zoned", "Retail Business"]), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    assert [p["fields"] for p in reading(document)["passages"]] == [
        {"Parcel": "932-12-004"},
        {"Zoned": "Retail Business"},
    ]


def test_content_controls_are_read() -> None:
    document = docx.Document()
    document.add_paragraph("Before.")
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Inside.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(1, parse_xml(control))
    assert shown(reading(document)) == [("paragraph 1", "Before."), ("paragraph 2", "Inside.")]


def test_what_is_not_read_is_said() -> None:
    document = docx.Document()
    run = document.add_paragraph("Words.").add_run()
    run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="1"/>'))  # noqa: SLF001 - python-docx has no other way to it
    assert reading(document)["warnings"] == ["footnotes were not read: the file lacks them"]


def test_a_document_of_pictures_is_refused() -> None:
    with pytest.raises(BadInput, match="holds no text"):
        reading(docx.Document())


def rezipped(data: bytes, **changed: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, changed.pop(entry.replace("/", "_").replace(".", "_"), old.read(entry)))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def whole() -> bytes:
    document = docx.Document()
    document.add_paragraph("Words.")
    return saved(document)


def test_an_entity_is_not_resolved() -> None:
    body = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>Words &e;</w:t></w:r></w:p>".encode()
        + b"</w:body></w:document>"
    )
    assert shown(read("x.docx", rezipped(whole(), word_document_xml=body))) == [("paragraph 1", "Words")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (rezipped(whole(), bomb=b"\0" * 40_000_000), "unpacks to far more"),
        (rezipped(whole(), **{f"part{n}": b"x" for n in range(2_001)}), "unpacks to far more"),
        (rezipped(whole(), word_document_xml=b"<w:document"), "broken"),
        (whole()[:-200], "broken"),
        (b"PK\x03\x04 and nothing", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "Word 97"),
        (b"Dear Ms. Hale", "not a Word document"),
    ],
    ids=["bomb", "entries", "xml", "cut", "stub", "encrypted", "doc", "text"],
)
def test_what_is_no_whole_word_document_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(BadInput, match=problem):
        read("letter.docx", content)


def test_a_zip_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(BadInput, match="not a Word document"):
        read("letter.docx", out.getvalue())


def test_more_elements_than_any_document_has_are_refused() -> None:
    paragraphs = b"".join(b"<w:p w:rsidR='%08d'/>" % n for n in range(1_000_001))
    body = f"<w:document {nsdecls('w')}><w:body>".encode() + paragraphs + b"</w:body></w:document>"
    with pytest.raises(BadInput, match="more than 1000000 elements"):
        read("letter.docx", rezipped(whole(), word_document_xml=body))


def test_the_style_of_a_contents_entry_is_known() -> None:
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("4.2 Yards ..... 7", style=style)
    document.add_heading("4.2 Yards", 1)
    assert document.paragraphs[0]._p.find(f".//{qn('w:pStyle')}") is not None  # noqa: SLF001 - python-docx has no other way to it
    assert [text for _, text in shown(reading(document))] == ["4.2 Yards"]


LEVELS = (
    ("decimal", "Article %1"),
    ("decimal", "%1.%2"),
    ("lowerLetter", "(%3)"),
    ("lowerRoman", "(%4)"),
    ("bullet", "•"),
)


def numbered(document: Document, text: str, level: int) -> None:
    paragraph = document.add_heading(text, level + 1) if level < 2 else document.add_paragraph(text)
    number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(number))  # noqa: SLF001 - python-docx has no other way to it


def test_numbers_that_word_makes_count_as_sections_and_stand_in_no_text() -> None:
    document = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (style, text) in enumerate(LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text, level in (
        ("Zoning", 0),
        ("Uses", 1),
        ("Yards", 1),
        ("Front.", 2),
        ("Rear.", 2),
        ("Corner.", 3),
        ("Point.", 4),
        ("Signs", 1),
        ("Wall.", 2),
    ):
        numbered(document, text, level)
    passages = reading(document)["passages"]
    assert [(p["text"], p.get("section")) for p in passages] == [
        ("Zoning", None),
        ("Uses", "1.1"),
        ("Yards", "1.2"),
        ("Front.", "1.2(a)"),
        ("Rear.", "1.2(b)"),
        ("Corner.", "1.2(b)(i)"),
        ("Point.", "1.2(b)(i)"),
        ("Signs", "1.3"),
        ("Wall.", "1.3(a)"),
    ]


def test_a_numbered_list_outside_sections_is_read_as_it_is() -> None:
    document = docx.Document()
    for text in ("Open the valve.", "Close it."):
        document.add_paragraph(text, style="List Number")
    assert shown(reading(document)) == [("paragraph 1", "Open the valve."), ("paragraph 2", "Close it.")]
