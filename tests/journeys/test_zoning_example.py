"""The first command of the README, offline: a whole report of a length that is read, and the same each time."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from quire.graphs.document.document_graph import build
from quire.graphs.intake.brief import load
from quire.nodes.render.formats import FORMATS

EXAMPLE = Path(__file__).parents[2] / "examples" / "site-zoning-report"
MOST_PAGES = 15
"""Of the text, from the answer to the limitations; registers, evidence and computations follow."""


async def written() -> dict[str, Any]:
    return await build().ainvoke(load(EXAMPLE / "brief.yaml"))


async def test_the_example_is_whole_offline_and_answers_first() -> None:
    out = await written()

    assert "done" == out["status"], [s for s in out["sections"] if s["status"] != "approved"]
    assert ["approved"] * 20 == [section["status"] for section in out["sections"]]
    assert "The answer" == out["document"]["sections"][0]["title"]


@pytest.mark.long
async def test_two_runs_are_equal_and_the_text_is_fifteen_pages_at_most() -> None:
    one, other = await written(), await written()
    pages = [page.extract_text() for page in PdfReader(BytesIO(FORMATS["pdf"].render(one["document"]))).pages]
    first = next(n for n, text in enumerate(pages) if "lies in the MX Mill Street" in text)
    register = next(n for n, text in enumerate(pages) if "The hash begins the SHA-256" in text)

    assert one["markdown"] == other["markdown"]
    assert 12 <= register - first + 1 <= MOST_PAGES
