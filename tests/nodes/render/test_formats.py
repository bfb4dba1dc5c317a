import copy
import io
import json
from functools import cache

import pytest
from docx import Document as Word
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from quire.nodes.evidence.content import Block, claim
from quire.nodes.render.document import Document
from quire.nodes.render.formats import FORMATS
from tests.nodes.render import sample
from tests.nodes.render.hostile import HOSTILE, document_of
from tests.nodes.render.reading import marks_in, text_in, text_of

SHOWN = [name for name in FORMATS if name != "json"]
EMPTY = Document(
    title="", blueprint="", mode="offline", facts={}, sections=[], sources=[], warnings=[], open_questions=[]
)


@cache
def sample_in(name: str) -> str:
    return text_of(name, sample.document())


def test_five_formats_are_offered_by_the_names_that_users_ask_for() -> None:
    assert list(FORMATS) == ["md", "html", "docx", "pdf", "json"]
    assert all(made.ending == name for name, made in FORMATS.items())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("mode", ["offline", "model"])
def test_the_same_document_has_the_same_bytes(name: str, mode: str) -> None:
    document = sample.document("offline" if mode == "offline" else "model")

    assert FORMATS[name].render(document) == FORMATS[name].render(copy.deepcopy(document))


@pytest.mark.parametrize(
    ("facts", "pdf", "docx"),
    [
        ({}, None, None),
        ({"date": "16 October 2026"}, "D:20261016", "2026-10-16"),
        ({"report_date": "2026-10-16", "date": "soon"}, "D:20261016", "2026-10-16"),
        ({"date": "October 2026"}, "D:202610", None),
        ({"research_date": "2 October 2026"}, None, None),
    ],
    ids=["none", "in words", "of the report", "a month", "of something else"],
)
def test_files_bear_the_date_of_the_brief_or_none(facts: dict, pdf: str | None, docx: str | None) -> None:
    document: Document = {**sample.document(), "facts": facts}

    told = PdfReader(io.BytesIO(FORMATS["pdf"].render(document))).metadata
    properties = Word(io.BytesIO(FORMATS["docx"].render(document))).core_properties

    assert told is not None
    assert (pdf, pdf) == (told.get("/CreationDate"), told.get("/ModDate"))
    assert sample.document()["title"] == told.title
    created = properties._element.findtext(qn("dcterms:created"))  # noqa: SLF001 - python-docx gives a time for none
    assert docx == (created and created.partition("T")[0])


@pytest.mark.parametrize("name", FORMATS)
def test_the_order_of_keys_that_a_database_returns_changes_no_byte(name: str) -> None:
    document = sample.document()
    stored = json.loads(json.dumps(document, sort_keys=True))

    assert FORMATS[name].render(document) == FORMATS[name].render(stored)


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_is_not_changed_by_being_rendered(name: str) -> None:
    document = sample.document()
    FORMATS[name].render(document)

    assert document == sample.document()


def test_every_format_shows_the_same_citations_in_the_same_order() -> None:
    shown = {name: marks_in(sample_in(name)) for name in SHOWN}

    assert shown["md"][:4] == ["1", "2", "a", "3"]
    assert shown["html"] == shown["md"]
    assert shown["docx"] == shown["md"]
    assert shown["pdf"] == shown["md"]


@pytest.mark.parametrize("name", SHOWN)
def test_every_format_prints_a_run_of_citations_as_its_ends(name: str) -> None:
    ones = [sample.evidence("a.md", f"line {n}", f"{n}") for n in range(1, 8)]
    document = sample.document()
    document["sections"] = [sample.section("s", "S", sample.content(sample.paragraph(sample.said("x", *ones))))]

    assert "1\u20137" == marks_in(text_in(name, FORMATS[name].render(document)))[0]


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize(
    "words",
    [
        "Zoning due diligence report",
        "Harbour Lending",
        "Written with gpt-4o (writer)",
        "Table 1",
        "Conformance of the property with the standards of its district",
        "Legal nonconforming",
        "Conforming subject to confirmation of floor area",
        "Not determined",
        "Unsupported",
        "\N{GREATER-THAN OR EQUAL TO} 7,500 sq ft",
        "2.1",
        "Buildings and site",
        "0.35 \N{MULTIPLICATION SIGN} 14,200 sq ft = 4,970 sq ft",
        "What is the lot coverage?",
        "Minimum lot area shall be 7,500 square feet.",
        "§ 1130.04(a), line 41",
        "Nothing in this document cites it.",
        "Could not be read. Holds no text on any of its 2 pages (scans?).",
        "The ordinance's edition could not be established",
    ],
)
def test_every_format_says_it(name: str, words: str) -> None:
    assert words in sample_in(name)


@pytest.mark.parametrize("name", SHOWN)
def test_a_section_that_is_not_there_says_so_and_why(name: str) -> None:
    text = sample_in(name)

    assert "This section could not be completed" in text
    assert "The model refused twice to answer; no draft was kept." in text
    assert "This section was left out" in text
    assert "This section is a placeholder" in text
    assert "Incomplete: 2 of 8 sections could not be written as planned: 4 Access and traffic (failed)" in text


@pytest.mark.parametrize("name", SHOWN)
def test_a_failed_sections_draft_and_traceback_are_not_shown(name: str) -> None:
    document = sample.document()
    failed = sample.missing("x", "Access", "failed", "Traceback (most recent call last):\n  File secret.py")
    failed["content"] = sample.content(sample.paragraph(sample.said("Half a draft.")))
    document["sections"] = [failed]
    text = text_of(name, document)

    assert "This section could not be completed" in text
    assert "Traceback" not in text
    assert "secret.py" not in text
    assert "Half a draft" not in text


@pytest.mark.parametrize("name", SHOWN)
def test_a_document_made_without_a_model_says_so(name: str) -> None:
    text = text_of(name, sample.document("offline"))

    assert "Composed from the sources without a language model" in text
    assert "gpt-4o" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_document_is_a_document(name: str) -> None:
    assert FORMATS[name].render(EMPTY)
    if name != "json":
        assert "Untitled" in text_of(name, EMPTY)
        assert "No sources were given." in text_of(name, EMPTY)


@pytest.mark.parametrize("name", FORMATS)
def test_blocks_with_nothing_in_them_are_no_fault(name: str) -> None:
    kinds: list[Block] = [
        {"kind": "paragraph"},
        {"kind": "paragraph", "claims": []},
        {"kind": "heading"},
        {"kind": "list", "claims": []},
        {"kind": "list", "ordered": True},
        {"kind": "quote"},
        {"kind": "note", "level": "info"},
        {"kind": "facts", "rows": []},
        {"kind": "table"},
        {"kind": "table", "columns": [sample.column("Lonely")], "rows": []},
        {"kind": "table", "rows": [[claim("more cells", "fixed")] * 3, [claim("than columns", "fixed")], []]},
    ]
    document = sample.document()
    document["sections"] = [sample.section("bare", "Bare", sample.content(*kinds))]

    assert FORMATS[name].render(document)
    if name != "json":
        assert "than columns" in text_of(name, document)
        assert "No rows." in text_of(name, document)


@pytest.mark.long
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_stops_a_document_or_hides_what_follows_it(name: str, text: str) -> None:
    document = document_of(text)
    data = FORMATS[name].render(document)

    assert "The last sentence." in text_in(name, data)


@pytest.mark.long
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_text_can_stand_anywhere(text: str) -> None:
    document = document_of(text)

    assert all(made.render(document) for made in FORMATS.values())
