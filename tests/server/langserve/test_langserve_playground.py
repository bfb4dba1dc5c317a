"""LangServe's playground, filled in and read by a person's browser."""

import pytest
from browser import browser_page, needs_chromium
from playwright.async_api import Locator, Page, expect

pytestmark = needs_chromium
LIMIT = "The height of a building shall not exceed 40 feet."


async def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        await enter(page.locator(f"[id='#/properties/{name}-input']"), value)


async def add_source(page: Page, name: str, text: str) -> None:
    await page.get_by_label("Add to Sources button").click()
    await enter(page.locator("table textarea").nth(0), name)
    await enter(page.locator("table textarea").nth(1), text)


async def enter(field: Locator, value: str) -> None:
    """Type at a person's pace: the form sets a field back that is filled while it still takes in the one before."""
    empty = await field.input_value()
    for _ in range(20):
        await field.fill(value)
        await field.page.wait_for_timeout(500)
        if await field.input_value() != empty:
            return
    raise AssertionError(f"the form does not keep {value!r}")


@pytest.mark.long
async def test_a_document_is_asked_for_and_read(langserve: str) -> None:
    async with browser_page() as (page, seen):
        await page.goto(f"{langserve}/document/playground/")
        chosen = page.locator("[id='#/properties/blueprint-input']")
        await expect(chosen).to_have_value("general-report")
        choices = await chosen.evaluate("select => [...select.options].map(option => option.label)")
        assert {"general-report", "incident-review", "site-zoning-report"} <= set(choices)
        await fill(page, title="Heights", facts='{"subject": "the height of a building"}')
        await add_source(page, "code.md", f"# Code\n\n{LIMIT}\n")
        await expect(
            page.locator("[id='#/properties/options/properties/max_rounds-input']")
            .or_(page.get_by_label("Max Rounds"))
            .first
        ).to_have_value("2")
        await page.get_by_role("button", name="Start").click()

        shown = page.locator("h2:has-text('Output') + div")
        await expect(shown).to_contain_text("document  RunEnded: partial", timeout=60_000)
        await expect(shown).to_contain_text("# Heights")
        await expect(shown).to_contain_text(LIMIT)
        await expect(page.get_by_text("Validation Errors")).to_have_count(0)
        assert ([], {"127.0.0.1"}) == (seen.complaints, seen.hosts)


@pytest.mark.long
async def test_an_agent_is_tried_alone(langserve: str) -> None:
    async with browser_page() as (page, seen):
        await page.goto(f"{langserve}/agents/researcher/playground/")
        await fill(page, section='{"title": "Height", "instructions": "Say how high a building may be."}')
        await add_source(page, "code.md", f"# Code\n\n{LIMIT}\n")
        await page.get_by_role("button", name="Start").click()

        await expect(page.locator("h2:has-text('Output') + div")).to_contain_text("EvidenceGathered", timeout=60_000)
        assert ([], {"127.0.0.1"}) == (seen.complaints, seen.hosts)
