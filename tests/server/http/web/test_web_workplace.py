"""The page as a workplace: views of a document, its numbers, search, the list, and what is downloaded."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from browser import needs_chromium, quiet_page
from conftest import leave_alone
from documents import begin
from playwright.async_api import Page, expect
from serving import quire_server
from toys import section

pytestmark = needs_chromium
SLOW = 30_000  # milliseconds
TEXT = "# Code\n\nGeneral words.\n\nThe height of a building shall not exceed 40 feet.\n\nYards are 10 feet deep.\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        leave_alone(patched)
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as address:
            yield address


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with quiet_page(SLOW) as page:
        yield page


@pytest.fixture(scope="module")
def finished(server: str) -> str:
    run = begin(
        server, section("height"), section("yards", "height"), sources=[{"name": "town/code.md", "text": TEXT}],
        title="Heights & yards: a report",
    )  # fmt: skip
    httpx.get(f"{server}/documents/{run}/events", timeout=60)  # to its end
    return run


@pytest.mark.long
async def test_what_looks_into_a_document_is_a_tab_by_mouse_keyboard_and_address(
    server: str, page: Page, finished: str
) -> None:
    await page.goto(f"{server}/#/documents/{finished}?view=timeline")
    timeline = page.get_by_role("tabpanel", name="Timeline")
    await expect(timeline.get_by_role("link", name="Yards")).to_be_visible()
    await expect(timeline.get_by_role("region", name="Critical path")).to_contain_text("writer")
    await expect(timeline.get_by_role("region", name="Waits")).to_contain_text("Height")
    await expect(timeline.locator(".legend")).to_contain_text("waits for other sections")

    await page.get_by_role("tab", name="Timeline").press("ArrowRight")
    await expect(page.get_by_role("tab", name="Why it says so")).to_be_focused()
    why = page.get_by_role("tabpanel", name="Why it says so")
    causes = why.get_by_role("region", name="What led to it")
    await expect(causes).to_contain_text("The section stands.arbiter said SectionApproved")
    await why.get_by_label("Explain").select_option("height")
    await expect(why.get_by_role("region", name="Statements")).to_contain_text("town/code.md, line 5: “The height of")

    await page.get_by_role("tab", name="Calls and cost").click()
    await expect(page.get_by_text("No model was asked, so this document cost nothing.")).to_be_visible()
    await page.get_by_role("tab", name="Sources").click()
    await page.get_by_role("tabpanel", name="Sources").get_by_role("button", name="town/code.md").click()
    await expect(page.get_by_role("dialog", name="Source town/code.md")).to_contain_text("Yards are 10 feet deep.")
    await page.keyboard.press("Escape")
    await page.go_back()
    await expect(page.get_by_role("tab", name="Calls and cost")).to_have_attribute("aria-selected", "true")


@pytest.mark.long
async def test_a_section_shows_which_passages_speak_of_its_questions(server: str, page: Page) -> None:
    asked = ["What height shall a building not exceed?", "Who is the architect of the tower?"]
    run = begin(server, section("height", questions=asked), sources=[{"name": "code.md", "text": TEXT}])
    await page.goto(f"{server}/#/documents/{run}?view=why")
    why = page.get_by_role("tabpanel", name="Why it says so")
    await expect(page.locator(".head .state.done")).to_be_visible()
    await why.get_by_label("Explain").select_option("height")
    questions = why.get_by_role("region", name="Questions")
    await expect(questions.get_by_role("row", name=asked[0])).to_contain_text("code.md, line 5: “The height of")
    await expect(questions.get_by_role("row", name=asked[1])).to_contain_text("no passage speaks of it")
    await questions.get_by_role("button", name="code.md, line 5").click()
    await expect(page.get_by_role("dialog", name="Source code.md").locator("mark")).to_contain_text("40 feet")


async def test_numbers_are_those_of_the_files(server: str, page: Page, finished: str) -> None:
    async with httpx.AsyncClient() as client:
        numbering = (await client.get(f"{server}/documents/{finished}/content?format=json")).json()["numbering"]
    await page.goto(f"{server}/#/documents/{finished}")
    for one in numbering["sections"]:
        await expect(page.locator(f"h3:has-text('{one['title']}') .number")).to_have_text(one["number"])
    for one in numbering["citations"]:
        told = f"Evidence: {one['source']}, {one['address']} · {one['number']}"
        mark = page.get_by_role("button", name=told, exact=True)
        await expect(mark.first).to_have_text(str(one["number"]))
    assert len(numbering["citations"]) > 1


@pytest.mark.long
async def test_words_are_found_in_the_document_and_in_its_sources(server: str, page: Page, finished: str) -> None:
    await page.goto(f"{server}/#/documents/{finished}")
    found = page.get_by_role("region", name="What was found")
    search = page.get_by_label("Search in document and sources")
    await search.fill("GENERAL WORDS")
    await expect(found).to_contain_text("In the sources: 1 passage")
    await found.get_by_role("button", name=re.compile("line 3")).click()
    await expect(page.get_by_role("dialog", name="Source town/code.md").locator("mark")).to_have_text("General words")
    await page.keyboard.press("Escape")
    await search.fill("40 feet")
    await found.get_by_role("button", name=re.compile("Height")).first.click()
    await expect(page.locator(".sought")).to_contain_text("40 feet")
    await expect(found).to_be_hidden()


@pytest.mark.long
async def test_documents_are_listed_by_kind_progress_state_and_words(server: str, page: Page, finished: str) -> None:
    begin(server, section("height"), title="Another", options={"approve": ["section:height"]})
    await page.goto(server)
    row = page.get_by_role("listitem").filter(has_text="Another")
    await expect(row).to_contain_text("Waiting for you")
    await expect(row).to_contain_text("0 of 1 sections written")
    await page.get_by_label("State").select_option("Finished")
    await expect(row).to_have_count(0)
    await expect(page.get_by_role("link", name="Heights & yards")).to_have_attribute("href", f"#/documents/{finished}")
    await page.get_by_label("Search by title").fill("nothing of this name")
    await expect(page.get_by_text("No document is like that")).to_be_visible()


@pytest.mark.long
async def test_a_stopped_document_keeps_what_was_approved_under_the_name_that_http_gives(
    server: str, page: Page
) -> None:
    run = begin(
        server, section("height"), section("yards"), title="Heights: an end", options={"approve": ["section:yards"]}
    )
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.locator("[data-lane=height] .doing")).to_have_text("approved")
    await page.get_by_role("button", name="Stop", exact=True).click()
    await page.get_by_role("button", name="Stop it").click()
    async with page.expect_download() as started:
        await page.get_by_role("button", name="Markdown").click()
    download = await started.value
    assert download.suggested_filename == "Heights an end.md"
    assert "40 feet" in await asyncio.to_thread((await download.path()).read_text)


@pytest.mark.long
async def test_one_long_wait_does_not_squeeze_the_bars(server: str, page: Page) -> None:
    await page.goto(server)
    ends = await page.evaluate(
        """async () => {
            const { scaleOf } = await import("./web/scale.js");
            const share = scaleOf(1010, [{ start: 4, end: 1004 }]);
            return [0, 4, 1004, 1010].map(share);
        }"""
    )
    assert ends[0] == 0
    assert 0.35 < ends[1] < 0.4 < ends[2] < 0.45
    assert ends[3] == pytest.approx(1)


def test_what_the_tabs_show_is_told_over_http(server: str, finished: str) -> None:
    def get(path: str) -> httpx.Response:
        return httpx.get(f"{server}/documents/{finished}/{path}")

    assert [None, "height", "yards"] == [row["section"] for row in get("timeline").json()["lanes"]]
    whole, part = get("explanation").json(), get("explanation?section=height").json()
    assert [cause["n"] for cause in whole["causes"]] == [told["n"] for told in whole["told"]]
    assert {"Someone wants a document.", "The section stands."} <= {told["happened"] for told in whole["told"]}
    assert {"height"} == {section["id"] for section in part["sections"]}
    assert any("40 feet" in claim["text"] for claim in part["claims"])
    assert httpx.codes.UNPROCESSABLE_ENTITY == get("explanation?section=cellar").status_code
    assert ["1", "2"] == [section["number"] for section in get("numbers").json()["sections"]]
    found = get("passages?words=FEET").json()
    assert [("line 5", False), ("line 7", False)] == [(p["address"], found["more"]) for p in found["passages"]]
    assert httpx.codes.UNPROCESSABLE_ENTITY == get("passages?words=").status_code
