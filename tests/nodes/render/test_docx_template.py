"""A document in a firm's own Word template."""

import io
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from quire.nodes.faults import BadInput
from quire.nodes.render.docx import render
from quire.nodes.render.docx_template import examine
from quire.nodes.returned.returned import asked_by
from tests.nodes.render import sample
from tests.nodes.render.reading import parts_of_word
from tests.nodes.render.templates import firm

ATTACHED = RT.SETTINGS.rpartition("/")[0] + "/attachedTemplate"


@pytest.fixture(scope="module")
def data() -> bytes:
    return render(sample.document(), firm())


def as_template(data: bytes) -> bytes:
    """Give a Word file as the template (``.dotx``) that Word saves."""
    out = io.BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"document.main+xml", b"template.main+xml"))
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(data)
    with ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_their_cover_heads_and_feet_stand_with_the_documents_title_and_facts(data: bytes) -> None:
    word = docx.Document(BytesIO(data))
    page = word.sections[0]

    assert ["Harbour & Partners", "Site and zoning report, 41 Mill Lane"] == [p.text for p in word.paragraphs[:2]]
    assert word.paragraphs[2].text.startswith("For Harbour Lending")
    assert "Harbour & Partners" == page.header.paragraphs[0].text
    assert "Confidential. Site and zoning report, 41 Mill Lane" == page.footer.paragraphs[0].text
    assert "{{" not in "".join(p.text for p in word.paragraphs)


def test_headings_are_in_their_styles_by_whatever_id_and_what_is_missing_is_ours(data: bytes) -> None:
    word = docx.Document(BytesIO(data))
    heading = next(p for p in word.paragraphs if p.text.endswith("Executive summary") and p.style.name == "Heading 1")
    parts = parts_of_word(data)
    defined = set(re.findall(rb'w:styleId="([^"]+)"', parts["word/styles.xml"]))
    used = set(re.findall(rb'<w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"', parts["word/document.xml"]))

    assert ("berschrift1", "Georgia") == (heading.style.style_id, heading.style.font.name)
    assert used <= defined
    assert examine("firm.docx", firm()).remarks[:1] == ["the template has no style “Quote”: Quire's own stands in"]


def test_tables_keep_within_their_margins(data: bytes) -> None:
    word = docx.Document(BytesIO(data))
    page = word.sections[0]
    room = page.page_width - page.left_margin - page.right_margin

    assert all(sum(column.width for column in table.columns) <= room + 12700 for table in word.tables)


def test_the_same_template_and_document_are_the_same_bytes(data: bytes) -> None:
    assert data == render(sample.document(), firm())


def test_a_template_without_a_cover_gets_ours_in_its_styles() -> None:
    word = docx.Document(BytesIO(render(sample.document(), firm(cover=False))))

    assert "Site and zoning report, 41 Mill Lane" == word.paragraphs[1].text
    assert "Georgia" == word.paragraphs[1].style.font.name


def test_a_dotx_is_a_template_too() -> None:
    assert render(sample.document(), firm()) == render(sample.document(), as_template(firm()))


def test_what_comes_back_of_a_document_in_a_template_asks_for_nothing_but_what_was_changed(data: bytes) -> None:
    word = docx.Document(BytesIO(data))
    run = next(r for p in word.paragraphs for r in p.runs if r.text.startswith("No drive-through"))
    run.text = "No drive-through at all."
    out = BytesIO()
    word.save(out)
    asks = asked_by(sample.document(), "back.docx", out.getvalue(), firm())

    assert ["No drive-through at all."] == [edit.text for edit in asks.edits]
    assert [] == asks.left


def test_its_numbers_of_headings_leave_ours_alone() -> None:
    word = docx.Document(BytesIO(firm()))
    word.styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    out = BytesIO()
    word.save(out)
    made = docx.Document(BytesIO(render(sample.document(), out.getvalue())))
    headings = [p for p in made.paragraphs if p.style and p.style.name == "Heading 1"]

    numbers = [p.paragraph_format.element.pPr.numPr.numId.val for p in headings]
    assert {0} == set(numbers)


def test_a_placeholder_that_nothing_stands_for_is_named() -> None:
    word = docx.Document(BytesIO(firm()))
    word.add_paragraph("{{reviewer}}")
    out = BytesIO()
    word.save(out)

    assert any("“reviewer”" in remark for remark in examine("firm.docx", out.getvalue()).remarks)


def test_a_template_with_macros_is_refused() -> None:
    with pytest.raises(BadInput, match="macros"):
        examine("firm.docx", with_part(firm(), "word/vbaProject.bin", b"\0"))


def test_a_template_that_fetches_something_is_refused_and_where_it_was_made_is_forgotten() -> None:
    word = docx.Document(BytesIO(firm()))
    word.part.relate_to("http://example.com/logo.png", RT.IMAGE, is_external=True)
    fetching = BytesIO()
    word.save(fetching)
    attached = docx.Document(BytesIO(firm()))
    settings = attached.part.part_related_by(RT.SETTINGS)
    settings.relate_to("file:///C:/firm.dotm", ATTACHED, is_external=True)
    made_of = BytesIO()
    attached.save(made_of)

    with pytest.raises(BadInput, match="elsewhere"):
        examine("firm.docx", fetching.getvalue())
    assert not any(
        b"firm.dotm" in part for part in parts_of_word(render(sample.document(), made_of.getvalue())).values()
    )
