"""What stands where on a PDF's pages: words, marks, tables, columns, headings."""

from collections import Counter
from pathlib import Path

import pytest
from browser import CHROMIUM, QUIET, needs_chromium
from playwright.async_api import async_playwright

from quire.nodes.sources.passage import Passage
from quire.nodes.sources.read import read
from quire.nodes.support.grounding import locate
from tests.nodes.sources.known_tables import AFTER, BEFORE, LOOKS, REPORTLAB, Known, page, right_cells, tables

FILES = Path(__file__).parent / "pdfs"
ENOUGH = 0.95


def passages(name: str) -> list[Passage]:
    return read(name, (FILES / name).read_bytes())["passages"]


def texts(name: str) -> list[str]:
    return [passage["text"] for passage in passages(name)]


def test_words_drawn_without_blanks_are_apart() -> None:
    assert texts("words-without-blanks.pdf") == ["The hall costs 75 dollars per hour in 2026."]


def test_cells_are_apart_and_a_list_keeps_its_numbers() -> None:
    found = passages("word-table.pdf")
    assert {"Item": "Mowing", "2025": "12,500", "2026": "13,100"} in [passage.get("fields") for passage in found]
    assert "1. Pay 40 dollars a day." in [passage["text"] for passage in found]


def test_a_raised_mark_is_no_digit_of_the_number_beside_it() -> None:
    assert texts("raised-mark.pdf") == ["The dam is 120³ m long and 18 m² in area."]


def test_a_file_that_opens_without_a_password_is_read() -> None:
    assert texts("aes-empty-password.pdf") == ["Here the roof costs 12,500 dollars in 2026."]


def test_words_broken_at_line_ends_are_whole_and_what_only_differs_by_the_page_s_number_runs() -> None:
    found = texts("hyphens.pdf")
    assert "The environmental report of the city was published in March 2026. It names 12 sites." in found
    assert [f"{n} See the deed of {n} May 1987." in found for n in (1, 2, 3)] == [True] * 3
    assert sum("Page" in text for text in found) == 1


def test_a_letter_drawn_twice_is_one() -> None:
    assert texts("drawn-twice.pdf") == ["Total due 930 dollars"]


def test_a_browser_s_numbered_headings_are_headings_with_their_text_between() -> None:
    kinds = Counter(passage["kind"] for passage in passages("numbered-headings.pdf"))
    assert kinds["heading"]
    assert kinds["text"]


def compared(table: Known, data: bytes) -> tuple[int, int]:
    """Count right cells, and see to it that the text around the table is whole and no row of it."""
    found = read("report.pdf", data)["passages"]
    told = " ".join(passage["text"] for passage in found if passage["kind"] == "text")
    assert BEFORE.strip() in told
    assert AFTER.strip() in told
    assert sum(passage["kind"] == "row" for passage in found) == len(table.rows), table.name
    return right_cells(table, found)


@pytest.mark.long
@pytest.mark.parametrize("look", REPORTLAB)
def test_cells_of_tables_by_reportlab_stand_under_their_row_and_column(look: str) -> None:
    counts = [compared(table, REPORTLAB[look](table)) for table in tables()]
    assert sum(right for right, _ in counts) >= ENOUGH * sum(cells for _, cells in counts)


@pytest.mark.long
@needs_chromium
async def test_cells_of_tables_by_a_browser_stand_under_their_row_and_column() -> None:
    counts = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for look in LOOKS:
            for table in tables():
                sheet = await browser.new_page()
                await sheet.set_content(page(table, look))
                counts.append(compared(table, await sheet.pdf(format="A4", print_background=True)))
                await sheet.close()
        await browser.close()
    assert sum(right for right, _ in counts) >= ENOUGH * sum(cells for _, cells in counts)


def test_words_broken_at_line_ends_are_found_whole_and_as_printed() -> None:
    reading = read("hyphens.pdf", (FILES / "hyphens.pdf").read_bytes())
    whole = next(passage for passage in reading["passages"] if "environmental" in passage["text"])
    assert locate("The environmental report", reading, whole["address"])
    assert any(line.endswith("-") for line in whole["printed"])
    assert locate(" ".join(whole["printed"]), reading, whole["address"])
