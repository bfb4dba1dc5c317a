"""Takes the pictures that the documentation shows: ``python tests/pictures.py`` writes them into ``docs``.

``report.png`` shows the finished report of the example, ``page.png`` the page while it waits for an approval.
"""

import asyncio
import os
import tempfile
from pathlib import Path

import httpx
from browser import browser_page
from playwright.async_api import Page, expect
from serving import ROOT, quire_server

from quire.graphs.intake.brief import load

BRIEF = ROOT / "examples" / "site-zoning-report" / "brief.yaml"
PAGE, REPORT = ROOT / "docs" / "page.png", ROOT / "docs" / "report.png"
SHOWN = 'h2:has-text("Standards")'
"""The section of the report that its picture begins with."""


async def main() -> None:
    """Take both."""
    with tempfile.TemporaryDirectory() as folder:
        await report(Path(folder))
    await page_at_work()


async def report(folder: Path) -> None:
    """Write the example's report, and show a section of it as a browser does."""
    os.environ["QUIRE_HOME"] = str(folder / "home")
    command = ("quire", "write", str(BRIEF), "--out", str(folder), "--format", "html")
    writing = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    await writing.wait()
    async with browser_page(1280, 860) as (page, _):
        await page.goto((folder / "document.html").as_uri())
        await page.locator(SHOWN).last.evaluate("heading => heading.scrollIntoView({behavior: 'instant'})")
        await page.screenshot(path=REPORT)


async def page_at_work() -> None:
    """Serve, write as far as a question, and show the page as it then stands."""
    asked = load(BRIEF)
    asked["options"] = {"approve": ["section:header", "section:parking", "release"]}
    with tempfile.TemporaryDirectory() as home:
        os.environ["QUIRE_HOME"] = home
        with quire_server() as address:
            answer = await asyncio.to_thread(httpx.post, f"{address}/documents", json=asked, timeout=60)
            async with browser_page(1280, 860) as (page, _):
                await page.goto(f"{address}/#/documents/{answer.json()['id']}")
                await _shown(page)
                await page.screenshot(path=PAGE)


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
