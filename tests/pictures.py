"""Takes the pictures that the documentation shows: ``python tests/pictures.py`` writes them into ``docs``.

``report.png`` shows the finished report of the example, ``page.png`` the page while it waits for an approval, and
``incident-review.png``, ``due-diligence.png`` and ``rfp-response.png`` a page each of what these kinds write.
"""

import asyncio
import os
import re
import sys
import tempfile
from pathlib import Path

import httpx
import pypdfium2
from browser import browser_page
from playwright.async_api import Page, expect
from serving import ROOT, quire_server

from quire.graphs.intake.brief import load

BRIEF = ROOT / "examples" / "site-zoning-report" / "brief.yaml"
PAGE, REPORT = ROOT / "docs" / "page.png", ROOT / "docs" / "report.png"
SHOWN = 'h2:has-text("Standards")'
"""The section of the report that its picture begins with."""

KINDS = {
    "incident-review": "Incidents",
    "due-diligence": "Measures over time",
    "rfp-response": "Compliance matrix",
}
"""By example: words that stand on the page of its document that is shown, in a caption."""
DOTS_A_POINT = 1.3
INK = 200
"""Lightness from 0 to 255 below which a dot is print, not paper."""


async def main() -> None:
    """Take all."""
    with tempfile.TemporaryDirectory() as folder:
        await report(Path(folder))
    for example, caption in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            await page_of(example, caption, Path(folder))
    await page_at_work()


async def page_of(example: str, caption: str, folder: Path) -> None:
    """Write the document of an example, and show the page that has a caption."""
    await write(ROOT / "examples" / example / "brief.yaml", "pdf", folder)
    pages = pypdfium2.PdfDocument(folder / "document.pdf")
    captioned = re.compile(rf"(?:Table|Figure) \d+\s+{re.escape(caption)}\s*$", re.MULTILINE)
    shown = next(page for page in pages if captioned.search(page.get_textpage().get_text_range()))
    picture = shown.render(scale=DOTS_A_POINT).to_pil().convert("L")
    lowest = picture.point(lambda dot: 255 * (dot < INK)).crop((0, 0, picture.width, int(picture.height * 0.93)))
    _, _, _, foot = lowest.getbbox() or (0, 0, 0, picture.height)
    coloured = shown.render(scale=DOTS_A_POINT).to_pil().crop((0, 0, picture.width, min(foot + 24, picture.height)))
    coloured.quantize(64).save(ROOT / "docs" / f"{example}.png", optimize=True)


async def report(folder: Path) -> None:
    """Write the example's report, and show a section of it as a browser does."""
    await write(BRIEF, "html", folder)
    async with browser_page(1280, 860) as (page, _):
        await page.goto((folder / "document.html").as_uri())
        await page.locator(SHOWN).last.evaluate("heading => heading.scrollIntoView({behavior: 'instant'})")
        await page.screenshot(path=REPORT)


async def write(brief: Path, form: str, folder: Path) -> None:
    """Write what a brief asks for, offline, in one format."""
    os.environ["QUIRE_HOME"] = str(folder / "home")
    command = (sys.executable, "-m", "quire", "write", str(brief), "--out", str(folder), "--format", form)
    writing = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
    await writing.wait()


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
