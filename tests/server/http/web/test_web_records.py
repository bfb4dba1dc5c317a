"""The records of a document on the page: each value beside its place in the source, corrections and refusals named."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from browser import assert_quiet, browser_page, needs_chromium, quiet_page
from documents import begin
from playwright.async_api import Page, expect
from serving import quire_server
from toys import SITE, STANDARD, section

SLOW = 30_000  # milliseconds
CODE = "# Yards\n\nYards are open.\n\nThe front yard shall be not less than 50 feet.\n\nNothing else is said.\n"
SURVEY = "Item,Measured\nfront yard,48 feet (52 feet in 1990)\nside yard,not measured\nrear yard,30 feet\n"
RECORDS = {
    "standard": {**STANDARD, "sources": ["*.md"]},
    "site": {**SITE, "title": "Measurements"},
    "depth": {"title": "Depths", "fields": {"item": {"key": True}, "measured": {"type": "number", "label": "Depth"}}},
}
FRONT = {"standard": "front yard", "value": "50 feet"}
ASKED: dict[str, Any] = {
    "sources": [{"name": "code.md", "text": CODE}, {"name": "survey.csv", "text": SURVEY}],
    "blueprint": {"records": RECORDS},
    "records": {
        "standard": [{"source": "code.md", "address": "line 5", "quote": CODE.splitlines()[4], "fields": FRONT}],
        "depth": [
            {
                "source": "survey.csv",
                "address": "row 2",
                "fields": {"item": "front yard", "measured": {"value": "48 feet", "header": "Measured"}},
            }
        ],
    },
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as address:
            yield address


@pytest.fixture(scope="module")
def written(server: str) -> str:
    run = begin(server, section("yards"), **ASKED)
    httpx.get(f"{server}/documents/{run}/events", timeout=60)  # to its end
    return run


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with quiet_page(SLOW) as page:
        yield page


@pytest.mark.long
def test_records_are_given_over_http_with_their_places_corrections_and_refusals(server: str, written: str) -> None:
    types = httpx.get(f"{server}/documents/{written}/records", timeout=60).json()["types"]
    by_name = {one["name"]: one for one in types}

    assert {"standard": "person", "site": "code", "depth": "person"} == {n: t["read_by"] for n, t in by_name.items()}
    value = by_name["standard"]["records"][0]["fields"]["value"]
    assert ("50", "foot", "line 5") == (value["value"], value["unit"], value["evidence"]["address"])
    assert {"measured": "48 feet (52 feet in 1990)"} == by_name["depth"]["records"][0]["corrected"]
    assert ["Item", "Depth"] == [field["label"] for field in by_name["depth"]["fields"]]
    assert [("row 2", "48 feet (52 feet in 1990)"), ("row 3", "not measured")] == [
        (one["address"].partition(",")[0], one["text"]) for one in by_name["site"]["refused"]
    ]
    assert "holds no number" in by_name["site"]["refused"][1]["why"]


@pytest.mark.long
def test_a_document_without_record_types_has_none(server: str) -> None:
    run = begin(server, section("height"))
    httpx.get(f"{server}/documents/{run}/events", timeout=60)

    assert {"types": []} == httpx.get(f"{server}/documents/{run}/records", timeout=60).json()


@pytest.mark.long
@needs_chromium
async def test_a_value_is_shown_beside_its_place_in_the_source(server: str, page: Page, written: str) -> None:
    await page.goto(f"{server}/#/documents/{written}")
    await page.get_by_role("tab", name="Records").click()
    view = page.get_by_role("tabpanel", name="Records")
    standards = view.get_by_role("region", name="Standards")
    beside = view.get_by_role("complementary", name="Its place in the source")
    await expect(standards).to_be_visible()
    await expect(beside).to_be_hidden()

    value = standards.get_by_role("button", name="Value: 50 feet")
    await value.focus()
    await page.keyboard.press("Enter")
    await expect(beside).to_contain_text("code.md")
    await expect(beside).to_contain_text("Yards are open.")  # what stands around it
    await expect(beside.locator("mark")).to_have_text("The front yard shall be not less than 50 feet.")
    await expect(value).to_have_attribute("aria-pressed", "true")

    depths = view.get_by_role("region", name="Depths")
    await expect(depths).to_contain_text("corrected code reads “48 feet (52 feet in 1990)” there")
    refused = view.get_by_role("region", name="Measurements: not accepted")
    await expect(refused).to_contain_text("Not accepted: 2")
    await refused.get_by_role("button", name="“Measured” is “not measured”, which holds no number").click()
    await expect(beside.locator("mark")).to_have_text("not measured")
    await expect(value).to_have_attribute("aria-pressed", "false")

    await beside.get_by_role("button", name="Show the whole source").click()
    await expect(page.get_by_role("dialog", name="Source survey.csv")).to_contain_text("30 feet")
    await page.keyboard.press("Escape")
    await beside.get_by_role("button", name="Close").press("Escape")
    await expect(beside).to_be_hidden()
    await expect(refused.get_by_role("button", name="“Measured” is “not measured”")).to_be_focused()


@pytest.mark.long
@needs_chromium
async def test_records_fit_a_phone(server: str, written: str) -> None:
    async with browser_page(375, 812) as (page, seen):
        await page.goto(f"{server}/#/documents/{written}?view=records")
        value = page.get_by_role("button", name="Value: 50 feet")
        await expect(value).to_be_visible(timeout=SLOW)
        await value.click()
        await expect(page.locator(".beside mark")).to_be_in_viewport(timeout=SLOW)
        wide = "[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth)"
        assert await page.evaluate(f"{wide}.map((e) => `${{e.tagName}}.${{e.className}}`)") == []
        assert_quiet(seen)
