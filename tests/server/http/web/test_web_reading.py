"""Reading a document on the page: from a statement to its place in the source, and approving beside the text."""

import json
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from browser import needs_chromium, quiet_page
from crash_stories import agreeable
from documents import begin
from model_server import Asked, ModelServer
from playwright.async_api import Page, expect
from serving import quire_server
from toys import section

pytestmark = needs_chromium
SLOW = 30_000  # milliseconds


@pytest.fixture
def server() -> Iterator[str]:
    with quire_server() as address:
        yield address


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with quiet_page(SLOW) as page:
        yield page


async def test_evidence_marks_its_statement_and_leads_to_the_passage_in_its_source(server: str, page: Page) -> None:
    text = "# Code\n\nGeneral words.\n\nThe height of a building shall not exceed 40 feet.\n"
    run = begin(server, section("height"), sources=[{"name": "town/code.md", "text": text}])
    await page.goto(f"{server}/#/documents/{run}/height")
    await page.get_by_role("button", name="Evidence: town/code.md, line 5").first.click()
    await expect(page.locator(".claim.shown")).to_have_count(1)
    await page.get_by_role("button", name="Show it in its source").click()

    source = page.get_by_role("dialog", name="Source town/code.md")
    await expect(source.locator("[aria-current=true] mark")).to_have_text(re.compile("40 feet"))
    await expect(source.locator("[aria-current=true]")).to_contain_text("line 5")
    await page.get_by_label("Search in this source").fill("general")
    await expect(source.locator(".passage:visible")).to_have_count(1)
    await page.keyboard.press("Escape")  # ends the search
    await expect(source.locator(".passage:visible")).not_to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(source).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(page.locator(".claim.shown")).to_have_count(0)


@pytest.mark.long
async def test_sections_are_approved_beside_their_text_or_all_at_once(server: str, page: Page) -> None:
    run = begin(server, section("height"), section("yards"), options={"approve": ["sections"]})
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.locator("#asked-height .question")).to_be_visible()
    await expect(page.locator("#asked-yards .question")).to_be_visible()
    await page.get_by_role("button", name="Approve all 2").click()
    await expect(page.locator(".head .state.done")).to_be_visible()


@pytest.mark.long
async def test_what_is_open_is_a_list_that_leads_to_its_places(server: str, page: Page) -> None:
    text = "# Notes\n\nThe capacity of the Elm depot is {} vehicles.\n"
    sources = [{"name": f"{name}.md", "text": text.format(n)} for name, n in (("first", 240), ("second", 310))]
    run = begin(server, section("depot"), sources=sources)
    await page.goto(f"{server}/#/documents/{run}")
    await page.get_by_text("Sources that conflict").click()
    await page.get_by_role("button", name=re.compile("^310 vehicles")).click()
    await expect(page.get_by_role("dialog", name="Source second.md").locator("mark")).to_contain_text("310 vehicles")


@pytest.mark.long
async def test_a_section_is_approved_as_it_would_stand_and_what_does_not_hold_is_told_at_its_place(
    online: ModelServer, server: str, page: Page
) -> None:
    def reply(asked: Asked) -> str:
        if not asked.drafts:
            return agreeable(asked)
        return "The height of a building shall not exceed 40 feet [E1].\n\nTowers of 900 feet are allowed [E1].\n"

    online.reply = reply
    run = begin(server, section("height"), options={"approve": ["section:height"]})
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.get_by_role("button", name="Approve")).to_be_visible()
    text = page.locator("#section-height")
    await expect(text).to_contain_text("1 statement of the draft is left out here")
    await expect(text).not_to_contain_text("900 feet")
    async with httpx.AsyncClient() as client:
        explained = (await client.get(f"{server}/documents/{run}/explanation?section=height")).json()
    assert ["The height of a building shall not exceed 40 feet."] == [claim["text"] for claim in explained["claims"]]
    await page.get_by_role("button", name="Approve").click()
    await expect(page.locator(".head .state.done")).to_be_visible()
    await page.get_by_text("Statements that were struck").click()
    struck = page.get_by_role("listitem").filter(has_text="Towers of 900 feet")
    await expect(struck.get_by_role("link", name="Height")).to_have_attribute("href", f"#/documents/{run}/height")
    await expect(text).to_contain_text("1 statement of the draft is left out here")


@pytest.mark.long
async def test_a_finished_document_is_read_in_the_words_in_which_it_was_published(
    online: ModelServer, server: str, page: Page
) -> None:
    plain = "By the code, the height of a building shall not exceed 40 feet."
    rewording = {"section": "height", "claim": "c1", "text": plain, "twice": "", "why": "One term for one thing."}

    def reply(asked: Asked) -> str:
        if "Write the section “Height”" in asked.prompt:
            return "It is said that the height of a building shall not exceed 40 feet [E1]."
        if asked.drafts:
            return "It is said that the front yard shall be at least 20 feet deep [E2]."
        told = {"rewordings": [rewording]} if "a whole report" in asked.prompt else {}
        return json.dumps({"grade": 5, "objections": [], **told})

    online.reply = reply
    run = begin(server, section("height"), section("yards", "height"))
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.locator("#section-yards")).to_contain_text("It is said that the front yard")
    await expect(page.locator("#section-height")).to_contain_text(plain)


@pytest.mark.long
async def test_a_document_is_sent_back_by_the_sections_that_are_chosen(
    online: ModelServer, server: str, page: Page
) -> None:
    online.reply = agreeable
    run = begin(server, section("height"), section("yards"), options={"approve": ["release"]})
    await page.goto(f"{server}/#/documents/{run}")
    await page.get_by_text("Choose sections to send back").click()
    await page.get_by_role("checkbox", name="Yards").check()
    await page.get_by_label("Note: What is to change").fill("Say how deep")
    await page.get_by_role("button", name="Send back").click()
    await expect(page.locator("[data-lane=yards] .count")).to_contain_text("revision 2")
    await expect(page.locator("[data-lane=height] .count")).not_to_contain_text("revision 2")


@pytest.mark.long
async def test_an_instruction_at_a_paragraph_reaches_the_writer_with_its_words(
    online: ModelServer, server: str, page: Page
) -> None:
    online.reply = agreeable
    run = begin(server, section("height"), options={"approve": ["section:height"]})
    await page.goto(f"{server}/#/documents/{run}/height")
    await page.locator("#section-height .block").first.hover()
    await page.get_by_role("button", name=re.compile("^Change this: The height")).first.click()
    dialog = page.get_by_role("dialog", name="What should be different about “Height”?")
    await expect(dialog.locator("blockquote")).to_contain_text("40 feet")
    await dialog.get_by_label("Instruction").fill("Say of which buildings")
    await dialog.get_by_role("button", name="Have it written again").click()
    await expect(page.locator("[data-lane=height] .count")).to_contain_text("2 drafts")
    asked = [one.prompt for one in online.asked if one.drafts and "Say of which buildings" in one.prompt]
    assert re.search(r"Where it says “The height of a building .*”: Say of which buildings", asked[0])


@pytest.mark.long
def test_sources_are_read_over_http_as_the_agents_read_them(server: str) -> None:
    text = "# Code\n\nThe height of a building shall not exceed 40 feet.\n"
    run = begin(server, section("height"), sources=[{"name": "town/code.md", "text": text}])
    early = httpx.get(f"{server}/documents/{run}/sources")
    httpx.get(f"{server}/documents/{run}/events", timeout=60)  # to its end
    told = httpx.get(f"{server}/documents/{run}/sources").json()
    read = httpx.get(f"{server}/documents/{run}/sources/town/code.md").json()
    absent = httpx.get(f"{server}/documents/{run}/sources/town/other.md")

    assert early.status_code in (httpx.codes.OK, httpx.codes.CONFLICT), early.text  # nobody has begun yet
    assert ["town/code.md"] == [source["source"] for source in told["sources"]]
    assert ("line 3", "The height of a building shall not exceed 40 feet.") in [
        (passage["address"], passage["text"]) for passage in read["passages"]
    ]
    assert httpx.codes.NOT_FOUND == absent.status_code
