import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from browser import assert_quiet, browser_page, needs_chromium, quiet_page
from crash_stories import scribe
from documents import begin
from model_server import Asked, ModelServer, marked_up, upheld
from playwright.async_api import Page, expect
from serving import quire_server
from toys import section

pytestmark = needs_chromium


@pytest.fixture
def server() -> Iterator[str]:
    with quire_server() as address:
        yield address


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with quiet_page() as page:
        yield page


async def test_a_document_is_started_followed_approved_read_and_downloaded(
    server: str, page: Page, tmp_path: Path
) -> None:
    source = tmp_path / "code.md"
    source.write_text("# Code\n\nThe height of a building shall not exceed 40 feet.\n")
    await page.goto(f"{server}/#/new")
    await page.get_by_label("Title").fill("Heights in the village")
    await page.get_by_label("What the report is about").fill("the height of a building")
    await page.set_input_files("#files", source)
    await page.get_by_label("a section is approved").check()
    await page.get_by_label("the document is released").check()
    await page.get_by_role("button", name="Write document").click()

    await expect(page.get_by_role("heading", name="Heights in the village")).to_be_visible(timeout=20_000)
    approve = page.get_by_role("button", name="Approve")
    over = page.locator(".head .state.partial")  # without a model
    for _ in range(20):
        await expect(approve.first.or_(over)).to_be_visible(timeout=20_000)
        if await over.count():
            break
        question = await page.locator(".question").first.get_attribute("data-question")
        await approve.first.click()
        await expect(page.locator(f"[data-question='{question}']")).to_have_count(0, timeout=20_000)
    await expect(over).to_be_visible()
    await expect(page.locator(".head")).to_contain_text("5 of 8 sections written")
    left_out = page.get_by_role("group").filter(has_text="Sections left out")
    await expect(left_out).to_contain_text(re.compile("Summary; .*: it takes a model, and there was none"))

    await page.get_by_role("button", name=re.compile("^Evidence: code.md")).first.click()
    await expect(page.get_by_role("dialog", name="Evidence")).to_contain_text("code.md")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Evidence")).to_have_count(0)
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Markdown").click()
    saved = await (await download.value).path()
    assert "40 feet" in await asyncio.to_thread(saved.read_text)


@pytest.mark.long
async def test_what_is_wrong_with_a_brief_is_said_at_its_field(server: str) -> None:
    async with browser_page() as (page, seen):
        await page.goto(f"{server}/#/new")
        await page.get_by_role("button", name="Write document").click()
        title = page.locator("[data-field='title']")
        await expect(title.locator(".problem")).not_to_be_empty()
        await expect(title.locator("input")).to_have_attribute("aria-invalid", "true")
        await expect(title.locator("input")).to_be_focused()
        assert all("422" in said for said in seen.complaints)  # the browser's own note of the refusal
        assert seen.hosts <= {"127.0.0.1"}


@pytest.mark.long
async def test_a_conclusion_and_a_gap_are_shown_as_what_they_are_with_what_was_found_of_them(
    online: ModelServer, server: str, page: Page
) -> None:
    fact, gap = "The height is 40 feet [E1].", "The sources do not name the architect [∅ looked: code]."

    def reply(asked: Asked) -> str:
        if asked.drafts:  # a claim has its name once it was drafted
            return f"{fact}{' Towers are hardly possible [⇒ c1].' if 'c1' in asked.prompt else ''}\n\n{gap}\n"
        objection = {"quote": "The height is 40 feet", "problem": "say what follows"}
        return json.dumps({"grade": 2, "objections": [] if "Towers" in asked.prompt else [objection]})

    online.reply = reply
    run = begin(server, section("height"))
    await page.goto(f"{server}/#/documents/{run}")
    panel = page.get_by_role("dialog", name="Evidence")

    await page.get_by_role("button", name=re.compile("^Concluded from: code.md")).first.click(timeout=20_000)
    await expect(panel).to_contain_text("It is a conclusion, drawn from what follows.")
    await expect(panel).to_contain_text("A model held it against its evidence: supported, by the words “The height")
    await panel.get_by_role("button", name="The height is 40 feet.").click()  # what it rests on
    await expect(page.locator(".claim.shown")).to_contain_text("The height is 40 feet.")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name=re.compile(r"^Evidence: code( · \S+)?$")).click()
    await expect(panel).to_contain_text("Looked for in: code")
    await expect(panel).to_contain_text("A model held it against its evidence: supported.")


@pytest.mark.long
async def test_evidence_that_is_open_follows_what_is_found_of_its_claim(
    online: ModelServer, server: str, page: Page
) -> None:
    released = threading.Event()

    def judge(asked: Asked) -> str:
        released.wait(30)
        return upheld(asked)

    online.reply = lambda asked: (
        "Towers are hardly possible [⇒ E1]." if asked.drafts else '{"grade": 5, "objections": []}'
    )
    online.judge = judge
    run = begin(server, section("height"))
    await page.goto(f"{server}/#/documents/{run}")
    panel = page.get_by_role("dialog", name="Evidence")

    await page.get_by_role("button", name=re.compile("^Concluded from: code.md")).click(timeout=20_000)
    await expect(panel).to_contain_text("It is a conclusion, drawn from what follows.")
    await expect(panel.get_by_role("status")).to_be_empty()
    await panel.get_by_role("button", name="Show it in its source").focus()
    released.set()
    await expect(panel.get_by_role("status")).to_contain_text("A model held it against", timeout=20_000)
    await expect(panel.get_by_role("button", name="Show it in its source")).to_be_focused()
    await expect(page.locator(".claim.shown")).to_contain_text("Towers are hardly possible")


@pytest.mark.long
async def test_a_lost_connection_loses_no_event(server: str, page: Page) -> None:
    run = begin(server, section("height"), section("yards", "height"), options={"approve": ["section:height"]})
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.get_by_role("button", name="Approve")).to_be_visible(timeout=20_000)
    async with browser_page() as (other, _):  # offline, the browser complains, and should
        await other.goto(f"{server}/#/documents/{run}")
        await expect(other.get_by_role("button", name="Approve")).to_be_visible(timeout=20_000)
        await other.context.set_offline(True)
        await page.get_by_role("button", name="Approve").click()
        await expect(page.locator(".head .state.done")).to_be_visible(timeout=20_000)
        await other.context.set_offline(False)
        await expect(other.locator(".head .state.done")).to_be_visible(timeout=30_000)
        assert await other.locator(".board").inner_text() == await page.locator(".board").inner_text()


@pytest.mark.long
async def test_lanes_say_who_works_and_who_waits_for_what(online: ModelServer, server: str, page: Page) -> None:
    released, answer = threading.Event(), online.reply
    online.reply = lambda asked: answer(asked) if released.wait(20) else ""
    run = begin(server, section("height"), section("yards", "height"))
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.locator("[data-lane=height] .doing")).to_have_text("writer", timeout=20_000)
    await expect(page.locator("[data-lane=yards] .doing")).to_have_text("waits for Height")
    released.set()
    await expect(page.locator("[data-lane=yards] .doing")).not_to_have_text("waits for Height", timeout=20_000)


@pytest.mark.long
async def test_a_section_is_changed_while_the_document_waits(online: ModelServer, server: str, page: Page) -> None:
    online.reply = scribe
    run = begin(server, section("height"), options={"approve": ["section:height"]})
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.get_by_role("button", name="Send back")).to_be_enabled(timeout=20_000)
    await page.get_by_role("button", name="Ask for a change").click()
    await page.get_by_label("Instruction").fill("Say something of yards")
    await page.get_by_role("button", name="Have it written again").click()
    await expect(page.locator("[data-lane=height] .count")).to_contain_text("2 drafts", timeout=20_000)


@pytest.mark.long
async def test_without_a_model_nothing_can_be_sent_back_and_the_page_says_why(server: str, page: Page) -> None:
    run = begin(server, section("height"), options={"approve": ["section:height"]})
    await page.goto(f"{server}/#/documents/{run}")
    for name in ("Send back", "Ask for a change"):
        button = page.get_by_role("button", name=name)
        await expect(button).to_be_disabled(timeout=20_000)
        await expect(button).to_have_attribute("title", re.compile("takes a model, and this run has none"))
    await expect(page.locator(".question")).to_contain_text("It cannot be sent back: ")
    await page.get_by_role("button", name="Approve").click()
    await expect(page.locator(".head .state.done")).to_be_visible(timeout=20_000)


@pytest.mark.long
async def test_sections_are_left_out_of_a_plan_by_their_boxes(server: str, page: Page) -> None:
    run = begin(server, section("height"), section("yards", "height"), options={"approve": ["plan"]})
    await page.goto(f"{server}/#/documents/{run}")
    await page.get_by_role("checkbox", name="Height", exact=True).uncheck(timeout=20_000)
    await expect(page.locator(".question")).to_contain_text("Yards will be written without Height.")
    await expect(page.get_by_role("button", name="Send back")).to_be_disabled()
    await page.get_by_role("button", name="Approve").click()
    await expect(page.locator(".head .state.done")).to_be_visible(timeout=20_000)
    async with httpx.AsyncClient() as client:
        report = (await client.get(f"{server}/documents/{run}")).json()
    assert {"height": "skipped", "yards": "approved"} == {s["id"]: s["status"] for s in report["sections"]}


@pytest.mark.long
async def test_a_conflict_is_settled_by_choosing_a_value(server: str, page: Page) -> None:
    text = "# Notes\n\nThe capacity of the Elm depot is {} vehicles.\n"
    sources = [{"name": f"{name}.md", "text": text.format(n)} for name, n in (("first", 240), ("second", 310))]
    run = begin(server, section("depot"), sources=sources, options={"approve": ["conflicts"]})
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.get_by_role("radio", name="leave it open")).to_be_checked(timeout=20_000)
    await expect(page.get_by_role("button", name="Send back")).to_have_count(0)
    await page.get_by_role("radio", name="310 vehicles").check()
    await page.get_by_role("button", name="Go on").click()
    await expect(page.locator(".head .state.done")).to_be_visible(timeout=20_000)
    async with httpx.AsyncClient() as client:
        report = (await client.get(f"{server}/documents/{run}")).json()
    assert ["second.md"] == [one["holds"] for one in report["conflicts"]]


@pytest.mark.long
async def test_a_button_that_is_being_pressed_is_not_drawn_anew(server: str, page: Page) -> None:
    run = begin(server, section("height"), options={"approve": ["section:height"]})
    await page.goto(f"{server}/#/documents/{run}")
    await page.get_by_role("button", name="Stop", exact=True).hover()
    await page.mouse.down()
    await expect(page.get_by_role("button", name="Approve")).to_be_visible()  # what happened since is drawn
    await page.wait_for_timeout(1_500)  # and the time that has passed
    await page.mouse.up()

    await expect(page.get_by_role("button", name="Stop it")).to_be_visible()


@pytest.mark.long
async def test_a_document_is_stopped(server: str, page: Page) -> None:
    run = begin(server, section("height"), options={"approve": ["section:height"]})
    await page.goto(f"{server}/#/documents/{run}")
    await page.get_by_role("button", name="Stop", exact=True).click()
    await page.get_by_role("button", name="Stop it").click()
    await expect(page.locator(".head .state.cancelled")).to_be_visible(timeout=20_000)
    await page.get_by_role("link", name="Documents").click()
    await expect(page.locator(".runs .state.cancelled")).to_be_visible()


@pytest.mark.long
async def test_hostile_text_stays_text(server: str, page: Page) -> None:
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    run = begin(server, section("height", title=f"H {evil}"), title=f"T {evil}")
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.locator(".head .state.done")).to_be_visible(timeout=20_000)
    assert "owned" not in (await page.title()).removeprefix(f"T {evil}")
    assert await page.locator("main img, main script").count() == 0


@pytest.mark.long
async def test_the_page_fits_a_phone(server: str) -> None:
    run = begin(server, section("height", title="Height of buildings and of what stands on roofs"), section("yards"))
    views = [f"documents/{run}?view={view}" for view in ("timeline", "why", "sources")]
    async with browser_page(375, 812) as (page, seen):
        for place in ("new", f"documents/{run}", *views, ""):
            await page.goto(f"{server}/#/{place}")
            await expect(page.locator("h1, .runs").first).to_be_visible()
            if "documents" in place:
                await expect(page.locator(".head .state.done")).to_be_visible(timeout=20_000)
                await expect(page.get_by_role("tabpanel").locator("section:visible").first).to_be_visible()
            wide = (
                "[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth)"
            )
            assert await page.evaluate(f"{wide}.map((e) => `${{e.tagName}}.${{e.className}}`)") == [], place
        assert_quiet(seen)


@pytest.mark.long
async def test_everything_can_be_reached_with_the_keyboard_and_has_a_name(server: str, page: Page) -> None:
    run = begin(server, section("height"), options={"approve": ["section:height"]})
    await page.goto(f"{server}/#/documents/{run}")
    await expect(page.get_by_role("button", name="Approve")).to_be_visible(timeout=20_000)
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], input, textarea, select")]
            .filter((e) => !(e.innerText || e.getAttribute("aria-label") || e.labels?.length || e.title)).length"""
    )
    assert nameless == 0
    for _ in range(60):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.innerText") == "Approve":
            break
    await page.keyboard.press("Enter")
    await expect(page.locator(".head .state.done")).to_be_visible(timeout=20_000)


@pytest.mark.long
def test_the_page_allows_nothing_from_elsewhere(server: str) -> None:
    answer = httpx.get(server)

    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"https?://", re.sub(r"http://www\.w3\.org/\S+", "", everything(server, answer.text)))
    again = httpx.get(server, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == httpx.codes.NOT_MODIFIED
    assert httpx.get(f"{server}/web/nothing.js").status_code == httpx.codes.NOT_FOUND


def everything(server: str, page: str) -> str:
    """Give the page and all files it names, directly or through another."""
    names, texts = set(re.findall(r"/web/([\w.]+)", page)), [page]
    seen: set[str] = set()
    while names - seen:
        name = (names - seen).pop()
        seen.add(name)
        texts.append(httpx.get(f"{server}/web/{name}").text)
        names |= set(re.findall(r'"\./([\w.]+)"', texts[-1]))
    return json.dumps(texts)


@pytest.mark.long
async def test_a_draft_is_seen_while_it_grows(online: ModelServer, server: str, page: Page) -> None:
    said = {"text": "The height of a building shall not exceed 40 feet.", "evidence": ["E1", "E2", "E3"]}
    online.reply = lambda asked: marked_up([said] * 20, asked) if asked.drafts else '{"grade": 5, "objections": []}'
    online.script = lambda asked: "stream-slow" if asked.drafts else None
    run = begin(server, section("height"), options={"approve": ["plan"]})
    await page.goto(f"{server}/#/documents/{run}")
    await page.get_by_role("button", name="Approve").click()
    await expect(page.locator("#section-height .growing")).to_contain_text(said["text"], timeout=20_000)
    assert "{" not in await page.locator("#section-height .growing").inner_text()
