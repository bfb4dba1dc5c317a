"""Takes the pictures that the documentation shows: ``python tests/pictures.py`` writes ``docs/page.png``.

A document of the example is written as far as its first question, and the page is shown as it then stands.
"""

import asyncio
import os
import tempfile

import httpx
from browser import browser_page
from playwright.async_api import Page, expect
from serving import ROOT, quire_server

from quire.graphs.intake.brief import load

BRIEF = ROOT / "examples" / "site-zoning-report" / "brief.yaml"
WANTED = ROOT / "docs" / "page.png"


async def main() -> None:
    """Serve, write, look."""
    asked = load(BRIEF)
    asked["options"] = {"approve": ["section:header", "section:parking", "release"]}
    with tempfile.TemporaryDirectory() as home:
        os.environ["QUIRE_HOME"] = home
        with quire_server() as address:
            answer = await asyncio.to_thread(httpx.post, f"{address}/documents", json=asked, timeout=60)
            async with browser_page(1280, 860) as (page, _):
                await page.goto(f"{address}/#/documents/{answer.json()['id']}")
                await _shown(page)
                await page.screenshot(path=WANTED)


async def _shown(page: Page) -> None:
    approve = page.locator("[data-question='section:header']").get_by_role("button", name="Approve")
    await expect(approve).to_be_visible(timeout=60_000)
    await approve.click()
    await expect(page.locator("[data-question='section:parking']")).to_be_visible(timeout=120_000)
    await page.evaluate("scrollTo(0, 0)")
    await page.get_by_role("button", name="14,200 sq ft").first.click()
    await page.evaluate("scrollTo(0, 0)")


if __name__ == "__main__":
    asyncio.run(main())
