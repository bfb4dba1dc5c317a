import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree

from quire.nodes.evidence.content import Block, claim
from quire.nodes.render.docx import render
from tests.nodes.render import sample
from tests.nodes.render.hostile import HOSTILE, document_of
from tests.nodes.render.reading import parts_of_word


def opened(data: bytes) -> Word:
    return docx.Document(BytesIO(data))


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(sample.document())


@pytest.fixture
def word(data: bytes) -> Word:
    return opened(data)


def body_of(word: Word) -> Any:
    return word.element.body


def test_sections_and_headings_have_words_own_heading_styles(word: Word) -> None:
    styled = [(p.style.name if p.style else "", p.text.replace("\N{NO-BREAK SPACE}", " ")) for p in word.paragraphs]

    assert ("Title", "Site and zoning report, 41 Mill Lane") in styled
    assert ("Heading 1", "1  Executive summary") in styled
    assert ("Heading 2", "2.1  Buildings and site") in styled
    assert ("Heading 1", "Evidence") in styled
    assert ("List Bullet", "No more than 40 seats.[2]") in styled
    assert ("Caption", "Table 3  Floor areas by room, as surveyed") in styled
    assert ("Quote", sample.BAKERY["quote"] + "[2]") in styled
    assert ("Attribution", "— ordinance/r3.md, § 1130.03(b), line 33") in styled


def test_every_style_that_is_used_exists(data: bytes) -> None:
    parts = parts_of_word(data)
    defined = set(re.findall(rb'w:styleId="([^"]+)"', parts["word/styles.xml"]))
    used = set(re.findall(rb'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', parts["word/document.xml"]))

    assert used <= defined


def test_every_citation_leads_to_a_bookmark(word: Word) -> None:
    bookmarks = [mark.get(qn("w:name")) for mark in body_of(word).iter(qn("w:bookmarkStart"))]
    ids = [mark.get(qn("w:id")) for mark in body_of(word).iter(qn("w:bookmarkStart"))]
    ends = [mark.get(qn("w:id")) for mark in body_of(word).iter(qn("w:bookmarkEnd"))]
    links = {link.get(qn("w:anchor")) for link in body_of(word).iter(qn("w:hyperlink"))}

    assert links <= set(bookmarks)
    assert {f"evidence_{n}" for n in range(1, 16)} <= links
    assert len(set(bookmarks)) == len(bookmarks)
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in bookmarks)
    assert ids == ends == [str(n) for n in range(len(ids))]


def test_the_contents_are_a_field_whose_lines_are_there_already(word: Word) -> None:
    fields = [code.text.strip() for code in body_of(word).iter(qn("w:instrText"))]
    marks = [mark.get(qn("w:fldCharType")) for mark in body_of(word).iter(qn("w:fldChar"))]
    lines = [p.text for p in word.paragraphs if p.style and p.style.name in ("toc 1", "toc 2")]

    assert fields[0] == r'TOC \o "1-2" \h \z \u'
    assert marks.count("begin") == marks.count("separate") == marks.count("end")
    assert [line.strip() for line in lines][:3] == [
        "1\tExecutive summary",
        "2\tProperty description",
        "2.1\tBuildings and site",
    ]


def test_word_asks_no_question_when_it_opens_the_file(data: bytes) -> None:
    parts = parts_of_word(data)

    assert b"updateFields" not in parts["word/settings.xml"]
    assert b"w:dirty" not in parts["word/document.xml"]


def test_pages_are_numbered_and_the_cover_is_not(word: Word) -> None:
    page = word.sections[0]
    codes = [code.text.strip() for code in page.footer.paragraphs[0].paragraph_format.element.iter(qn("w:instrText"))]

    assert codes == ["PAGE", "NUMPAGES"]
    assert page.different_first_page_header_footer
    assert page.header.paragraphs[0].text == "Site and zoning report, 41 Mill Lane\tZoning due diligence report"


def test_tables_repeat_their_head_and_fill_the_line(word: Word) -> None:
    rooms = next(table for table in word.tables if table.cell(0, 0).text == "Room")
    rows = list(rooms.rows)
    grid = [int(column.get(qn("w:w"))) / 20 for column in body_of(word).iter(qn("w:gridCol"))]

    assert (
        rows[0].cells[0].paragraphs[0].paragraph_format.element.getparent().getparent().find(f".//{qn('w:tblHeader')}")
        is not None
    )
    assert len(rows) == 36
    assert sum(grid) == pytest.approx(468 * len(word.tables), rel=0.01)
    assert [cell.paragraphs[0].alignment for cell in rows[1].cells] == [0, 2, 1, 0]


def test_facts_have_no_head(word: Word) -> None:
    facts = next(table for table in word.tables if table.cell(0, 0).text == "Address")
    looks = [look for look in body_of(word).iter(qn("w:tblLook")) if look.get(qn("w:firstRow")) == "0"]

    assert facts.cell(0, 1).text == "41 Mill Lane, Chagrin Falls, Ohio[11]"
    assert len(looks) == 2


def test_every_numbered_list_begins_at_one() -> None:
    steps: Block = {"kind": "list", "ordered": True, "claims": [claim("a step", "fixed")]}
    document = sample.document()
    document["sections"] = [sample.section("a", "A", sample.content(steps, steps))]
    word = opened(render(document))
    items = [p for p in word.paragraphs if p.text == "a step"]
    counters = [p.paragraph_format.element.pPr.numPr.numId.val for p in items]
    kinds: Any = word.part.numbering_part.element

    assert len(set(counters)) == 2
    assert all(kinds.num_having_numId(n).find(f".//{qn('w:startOverride')}").get(qn("w:val")) == "1" for n in counters)


def test_the_file_says_nothing_of_when_where_or_by_whom(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    properties = opened(data).core_properties

    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert (properties.created, properties.modified) == (None, None)
    assert properties.title == "Site and zoning report, 41 Mill Lane"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_becomes_a_field_a_link_out_or_broken_xml(text: str) -> None:
    data = render(document_of(text))
    parts = parts_of_word(data)
    codes = {code.text.split()[0] for code in body_of(opened(data)).iter(qn("w:instrText"))}
    relations = b"".join(content for name, content in parts.items() if name.endswith(".rels"))

    assert codes <= {"TOC", "PAGEREF", "SEQ"}
    assert b'TargetMode="External"' not in relations
    assert all(
        etree.fromstring(content) is not None for name, content in parts.items() if name.endswith((".xml", ".rels"))
    )
