"""A report from the nineteen chapters of a real municipal code, for a parcel described here.

The code is public law and lies beside the checkout; it is no part of the project.
"""

import asyncio
import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from quire.graphs.document.document_graph import build

CODE = Path(__file__).parents[3] / "shared" / "data" / "chagrin-falls"
pytestmark = pytest.mark.skipif(
    not CODE.is_dir(), reason="the chapters of the real code are not beside this checkout (../shared/data)"
)
SURVEY = """item,value,unit
Lot area,21500,sq ft
Lot width,110,ft
Building height,34,ft
Front setback,22,ft
Side setback,6,ft
Rear setback,31,ft
Parking spaces,38,spaces
Gross floor area,9200,sq ft
Survey date,2026-08-14,
Surveyor,R. Ames P.S.,
"""
FACTS = {
    "client": "North Bank",
    "address": "87 Bell Street",
    "jurisdiction": "Village of Chagrin Falls, Ohio",
    "district": "Retail Business District",
    "existing_use": "Retail store",
    "proposed_use": "Restaurant",
    "use_floor_area": "3,000 sq ft",
    "seats": 80,
    "purpose": "loan underwriting",
    "research_date": "2 October 2026",
    "report_date": "16 October 2026",
}


def brief() -> dict[str, Any]:
    chapters = [{"name": path.name, "text": path.read_text()} for path in sorted(CODE.glob("*.md"))]
    return {
        "blueprint": "site-zoning-report",
        "title": "Site and zoning report, 87 Bell Street",
        "facts": FACTS,
        "sources": [*chapters, {"name": "survey.csv", "text": SURVEY}, {"name": "scan.pdf", "base64": scan()}],
    }


@pytest.fixture(scope="module")
def out() -> dict[str, Any]:
    return asyncio.run(build().ainvoke(brief()))


def scan() -> str:
    """Make a PDF as a scanner without text recognition would."""
    file = io.BytesIO()
    page = Canvas(file)
    page.rect(100, 100, 200, 200)
    page.save()
    return base64.b64encode(file.getvalue()).decode()


def folded(text: str) -> str:
    """Take markup and line breaks out of a text."""
    text = re.sub(r"\[([^\]]*)\](\[[^\]]*\]|\([^)]*\))", r"\1", text)
    return " ".join(re.sub(r"[*_`\\|>#]", " ", text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")).split())


def claims(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for section in document["sections"]:
        for block in section.get("content", {"blocks": []})["blocks"]:
            yield from block.get("claims", ())
            yield from (cell for row in block.get("rows", ()) for cell in row)


@pytest.mark.timeout(120)
def test_twelve_sections_or_more_are_written(out: dict[str, Any]) -> None:
    written = [s["id"] for s in out["sections"] if s["status"] == "approved"]

    assert len(written) >= 12, out["sections"]
    assert "done" == out["status"]


def test_every_quote_stands_verbatim_in_its_source(out: dict[str, Any]) -> None:
    texts = {s["name"]: folded(s["text"]) for s in brief()["sources"] if "text" in s}
    quoted = [e for c in claims(out["document"]) for e in c["evidence"] if e["source"].startswith("chapter-")]

    assert len({(e["source"], e["address"]) for e in quoted}) > 40
    lost = [e for e in quoted if ": " not in e["quote"] and folded(e["quote"]) not in texts[e["source"]]]
    assert not lost, lost[:3]


def test_requirements_are_quoted_with_chapter_and_section(out: dict[str, Any]) -> None:
    quotes = [
        (claim, evidence)
        for section in out["document"]["sections"]
        for block in section.get("content", {"blocks": []})["blocks"]
        if block["kind"] == "quote"
        for claim in block["claims"]
        for evidence in claim["evidence"]
    ]

    assert len(quotes) >= 8
    assert all(re.search(r"1[13]\d\d\.\d\d", e["address"]) for _, e in quotes if e["source"].startswith("chapter-"))


@pytest.mark.parametrize(
    ("key", "required", "status"),
    [
        ("height", "40 ft", "Conforming"),
        ("front_setback", "20 ft", "Conforming"),
        ("side_setback", "5 ft", "Conforming"),
    ],
)
def test_standards_are_those_of_the_district(out: dict[str, Any], key: str, required: str, status: str) -> None:
    values = {
        name: value
        for section in out["document"]["sections"]
        for name, value in section.get("content", {"values": {}})["values"].items()
    }
    matching = [n for n in values if n.startswith(f"standard.{key}") and n.endswith(".required")]

    assert any(required in values[n]["text"] for n in matching), {n: values[n]["text"] for n in values if key in n}
    assert any(values[n.replace(".required", ".status")]["text"] == status for n in matching)


def test_no_figure_in_prose_lacks_its_evidence(out: dict[str, Any]) -> None:
    assert not [c["text"] for c in claims(out["document"]) if c["basis"] == "unsupported"]
    assert not [c["text"] for c in claims(out["document"]) if c["basis"] == "source" and not c["evidence"]]


def test_sources_that_could_not_be_read_or_that_no_section_uses_are_listed_loudly(out: dict[str, Any]) -> None:
    warned = out["document"]["warnings"]

    assert "Nothing could be read of the source “scan.pdf”." in warned
    unused = next(message for message in warned if message.startswith("No section uses"))
    assert "chapter-1146-historic-preservation-regulations.md" in unused
    assert "scan.pdf" not in unused  # what could not be read is not told of twice
    assert all(message in out["markdown"].replace("\\", "") for message in warned[:2])
