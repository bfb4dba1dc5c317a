"""Starting a document on the page: sources first, what is missing said at its place, a plan seen before."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import docx
import httpx
import pytest
import yaml
from browser import browser_page, needs_chromium, quiet_page
from playwright.async_api import Page, expect
from serving import quire_server

from tests.nodes.render.templates import firm

pytestmark = needs_chromium
ROOT = Path(__file__).parents[4]
BLOCKS = re.findall(
    r"`([\w.]+)`:\n\n```(?:yaml|markdown)\n(.*?)```", (ROOT / "docs" / "briefs.md").read_text("utf-8"), re.DOTALL
)
SLOW = 30_000  # milliseconds


@pytest.fixture
def server() -> Iterator[str]:
    with quire_server() as address:
        yield address


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with quiet_page(SLOW) as page:
        yield page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    given = tmp_path / "given"
    (given / "codes").mkdir(parents=True)
    (given / "codes" / "heights.md").write_text("# Code\n\nThe height of a building shall not exceed 40 feet.\n")
    (given / "logo.png").write_bytes(b"\x89PNG")
    (given / ".DS_Store").write_bytes(b"x")
    return given


@pytest.mark.long
async def test_a_folder_is_listed_with_what_can_be_read_before_it_is_sent(
    server: str, page: Page, folder: Path
) -> None:
    await page.goto(f"{server}/#/new")
    await page.set_input_files("#folder", folder)
    chosen = page.get_by_role("list", name="Chosen sources")
    await expect(chosen.get_by_role("listitem")).to_have_count(2)
    await expect(chosen).to_contain_text("given/codes/heights.md59 bytes")
    await expect(chosen).to_contain_text("given/logo.pngleft out: files of the type .png cannot be read")
    await expect(page.get_by_text("1 of 2 can be read, 59 bytes in all.")).to_be_visible()

    await page.get_by_role("button", name="Write document").click()
    await expect(page.get_by_text("Give the document a title")).to_be_visible()
    await page.get_by_label("Title").fill("Heights")
    await page.get_by_role("button", name="Write document").click()
    await expect(page.locator(".head .state.partial")).to_be_visible()
    await expect(page.get_by_text("given/logo.png").first).to_be_visible()  # the document names what stayed out


@pytest.mark.long
async def test_facts_are_asked_for_in_words_and_the_required_ones_first(server: str, page: Page) -> None:
    await page.goto(f"{server}/#/new")
    await expect(page.locator("main form > *").first).to_have_attribute("data-field", "sources")
    await page.get_by_label("Kind of document").select_option("general-report")
    await expect(page.get_by_label("What the report is about, in a few words")).to_be_visible()
    async with httpx.AsyncClient() as client:
        shown = (await client.get(f"{server}/blueprints")).json()["blueprints"]
    for blueprint in (one for one in shown if any(fact["required"] for fact in one["facts"].values())):
        await page.get_by_label("Kind of document").select_option(blueprint["name"])
        required = [fact for fact in blueprint["facts"].values() if fact["required"]]
        for fact in required:
            await expect(page.get_by_label(fact["description"].removesuffix("."))).to_be_visible()


@pytest.mark.long
async def test_a_sample_opens_from_the_empty_page(server: str, page: Page) -> None:
    await page.goto(server)
    await page.get_by_role("button", name="Open a sample").click()
    await expect(page.get_by_role("heading", name="Incidents of the first half of 2026")).to_be_visible()
    await expect(page.locator(".head .state.done, .head .state.partial")).to_be_visible()


def test_the_sample_is_the_example() -> None:
    example = ROOT / "examples" / "incident-review"
    sample = json.loads((ROOT / "server/http/web/static/sample.json").read_text())

    notes = [{"name": f"notes/{f.name}", "text": f.read_text()} for f in sorted((example / "notes").glob("*.md"))]
    assert sample == {**yaml.safe_load((example / "brief.yaml").read_text()), "sources": notes}


@pytest.mark.long
async def test_a_blueprint_of_ones_own_is_sent_with_the_sources(server: str, page: Page, tmp_path: Path) -> None:
    for name, text in BLOCKS:
        (tmp_path / name).write_text(text, "utf-8")
    await page.goto(f"{server}/#/new")
    await page.get_by_label("Kind of document").select_option("A blueprint of my own …")
    await page.set_input_files("#own", tmp_path / "upkeep.yaml")
    await page.set_input_files("#files", tmp_path / "roof.md")
    await page.get_by_label("Title").fill("Upkeep")
    brief = yaml.safe_load((tmp_path / "brief.yaml").read_text())
    facts = "\n".join(f"{name}: {value}" for name, value in brief["facts"].items())
    await page.locator("#more").fill(facts)
    await page.get_by_role("button", name="Write document").click()
    await expect(page.locator(".head .state.partial")).to_be_visible()
    title = yaml.safe_load((tmp_path / "upkeep.yaml").read_text())["title"]
    await expect(page.locator(".kicker")).to_have_text(re.compile(re.escape(title), re.IGNORECASE))


@pytest.mark.long
async def test_a_word_template_is_chosen_and_what_it_lacks_is_said_at_the_download(
    server: str, page: Page, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "firm.docx").write_bytes(firm())
    await page.goto(f"{server}/#/new")
    await page.set_input_files("#files", folder / "codes" / "heights.md")
    await page.get_by_label("Title").fill("Heights")
    await page.get_by_label("Word template").set_input_files(tmp_path / "firm.docx")
    await page.get_by_role("button", name="Use none").click()
    await expect(page.get_by_label("Word template")).to_have_value("")
    await page.get_by_label("Word template").set_input_files(tmp_path / "firm.docx")
    await page.get_by_role("button", name="Write document").click()
    said = page.get_by_role("note")
    await expect(said).to_contain_text("The Word file has the looks of firm.docx, but for this:")
    await expect(said).to_contain_text("the template has no style “Quote”: Quire's own stands in")
    async with page.expect_download() as begun:
        await page.get_by_role("button", name="Word", exact=True).click()
    word = docx.Document(str(await (await begun.value).path()))
    assert "Harbour & Partners" == word.sections[0].header.paragraphs[0].text


@pytest.mark.long
async def test_a_word_template_that_is_none_is_refused_at_its_field(server: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "firm.docx").write_bytes(b"no Word file")
    async with browser_page() as (page, seen):
        await page.goto(f"{server}/#/new")
        await page.set_input_files("#files", folder / "codes" / "heights.md")
        await page.get_by_label("Title").fill("Heights")
        await page.get_by_label("Word template").set_input_files(tmp_path / "firm.docx")
        await page.get_by_role("button", name="Write document").click()
        await expect(page.locator("[data-field='options.template'] .problem")).to_contain_text(
            "not a whole zip container", timeout=SLOW
        )
        assert all("422" in said for said in seen.complaints)  # the browser's own note of the refusal
        assert seen.hosts <= {"127.0.0.1"}


@pytest.mark.long
async def test_a_plan_is_seen_and_changed_before_it_is_written(server: str, page: Page, folder: Path) -> None:
    await page.goto(f"{server}/#/new")
    await page.set_input_files("#files", folder / "codes" / "heights.md")
    await page.get_by_label("Title").fill("Heights")
    await page.get_by_role("button", name="See the plan first").click()
    await expect(page.get_by_role("heading", name="The plan")).to_be_focused()
    await expect(page.get_by_text("No model is asked, so it costs nothing.")).to_be_visible()
    titles = await page.locator(".outline h2").all_inner_texts()
    last = re.sub(r"^\d+\s*", "", titles[-1]).split(" will not")[0].strip()
    second = re.sub(r"^\d+\s*", "", titles[1]).split(" will not")[0].strip()

    await page.get_by_role("button", name=f"Move {second} up").click()
    await expect(page.locator(".outline h2").first).to_contain_text(second)
    await page.get_by_role("button", name=f"Leave out {last}").click()
    await page.get_by_label(f"Change {second}").click()
    await page.get_by_label("Title").first.fill("What is built")
    await page.get_by_role("button", name="Write this plan").click()
    await expect(page.locator(".head .state.partial, .head .state.done")).to_be_visible()
    run = page.url.rpartition("/")[2]
    async with httpx.AsyncClient() as client:
        sections = (await client.get(f"{server}/documents/{run}")).json()["sections"]
    assert sections[0]["title"] == "What is built"
    assert last not in [section["title"] for section in sections]
