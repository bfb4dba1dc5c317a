"""A document lives on, on the page: a person's words in it while it is written and after, versions, Word and back."""

import re
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from pathlib import Path

import docx
import httpx
import pytest
from browser import needs_chromium, quiet_page
from documents import begin
from playwright.async_api import Page, expect
from serving import quire_server
from toys import section

pytestmark = needs_chromium
SLOW = 30_000  # milliseconds
WAS, OWN = "The height of a building shall not exceed 40 feet.", "No building is higher than 40 feet."
SOURCES = [{"name": "code.md", "text": f"# Code\n\n{WAS}\n"}]


@pytest.fixture
def server() -> Iterator[str]:
    with quire_server() as address:
        yield address


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with quiet_page(SLOW) as page:
        yield page


def fetched(server: str, path: str) -> httpx.Response:
    return httpx.get(server + path)


def posted(server: str, brief: dict) -> str:
    return str(httpx.post(f"{server}/documents", json=brief).json()["id"])


async def edited(page: Page, button: str) -> None:
    await page.get_by_role("button", name="Edit Height").click()
    dialog = page.get_by_role("dialog", name="Put words of your own into “Height”")
    await dialog.get_by_label("Statement").select_option(index=0)
    await dialog.get_by_label("Your words").fill(OWN)
    await dialog.get_by_label("Your name").fill("Ada")
    await dialog.get_by_role("button", name=button).click()


async def test_words_of_ones_own_are_put_into_a_finished_document_and_the_versions_compared(
    server: str, page: Page
) -> None:
    run = begin(server, section("height"), sources=SOURCES)
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.locator(".head .state.done")).to_be_visible()
    await edited(page, "Write a version with them")

    await expect(page.locator("#section-height")).to_contain_text(OWN)
    await expect(page.locator("#section-height")).to_contain_text("a person's words", timeout=2 * SLOW)
    await page.get_by_text("What it says otherwise: 1 statement").click()
    await expect(page.locator(".changes ins")).to_have_text(OWN)
    await page.get_by_role("link", name="an earlier document").click()
    await expect(page.locator("#section-height")).to_contain_text(WAS)


@pytest.mark.long
async def test_they_are_put_in_while_it_is_written_too(server: str, page: Page) -> None:
    run = begin(server, section("height"), sources=SOURCES, options={"approve": ["release"]})
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.get_by_role("button", name="Approve")).to_be_visible()
    await edited(page, "Put them in")

    await expect(page.locator("#section-height")).to_contain_text(OWN)
    await page.get_by_role("button", name="Approve").click()
    await expect(page.locator(".head .state.done")).to_be_visible()
    assert OWN in fetched(server, f"/documents/{run}/content?format=md").text


@pytest.mark.long
async def test_a_word_file_that_was_worked_in_is_taken_back(server: str, page: Page, tmp_path: Path) -> None:
    run = begin(server, section("height"), sources=SOURCES)
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.locator(".head .state.done")).to_be_visible()
    word = docx.Document(BytesIO(fetched(server, f"/documents/{run}/review").content))
    body = next(r for p in word.paragraphs for r in p.runs if "shall not exceed" in r.text)
    body.text = OWN
    word.save(str(tmp_path / "back.docx"))
    await page.get_by_label("The reviewed Word file").set_input_files(tmp_path / "back.docx")

    await expect(page.locator(".head")).to_contain_text("A version of an earlier document")
    await expect(page.locator("#section-height")).to_contain_text(OWN)


ROOF = {
    "blueprint": "general-report",
    "title": "The roof",
    "facts": {"client": "Harbour", "question": "When was the roof replaced?"},
    "sources": [{"name": "notes.md", "text": "# Notes\n\nThe roof was replaced in 2021.\n"}],
}


@pytest.mark.long
async def test_a_new_version_is_asked_for_with_what_was_asked_before(server: str, page: Page, tmp_path: Path) -> None:
    run = posted(server, ROOF)
    await page.goto(f"{server}/#/documents/{run}")
    await page.get_by_role("button", name="New version").click()
    await expect(page.get_by_label("Title")).to_have_value("The roof")
    (tmp_path / "notes.md").write_text("# Notes\n\nThe roof was replaced in 2024.\n")
    await page.set_input_files("#files", tmp_path / "notes.md")
    await page.get_by_role("button", name="Write document").click()

    await expect(page.locator(".head")).to_contain_text("A version of an earlier document")
    await expect(page.locator(".head .state.partial")).to_be_visible(timeout=2 * SLOW)  # without a model
    await page.get_by_text(re.compile("What it says otherwise")).click()
    await expect(page.locator(".changes")).to_contain_text("2024")
