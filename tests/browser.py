"""The system's Chromium, headless and quiet: no request of its own leaves the machine."""

import contextlib
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import ConsoleMessage, Page, Request, async_playwright, expect

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Chromium, which .ci/run installs: apt-get install chromium"
)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Seen:
    """What a page did that it should not have done."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.hosts: set[str] = set()

    def watch(self, page: Page) -> None:
        """Listen to a page's console, errors and requests."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _request(self, request: Request) -> None:
        if request.url.startswith(("http:", "https:", "ws:", "wss:")):
            self.hosts.add(request.url.split("/")[2].partition(":")[0])


@contextlib.asynccontextmanager
async def browser_page(width: int = 1280, height: int = 900) -> AsyncIterator[tuple[Page, Seen]]:
    """Open a page, and say what it did."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(viewport={"width": width, "height": height})
        seen = Seen()
        seen.watch(page)
        yield page, seen
        await browser.close()


USUAL = 5_000
"""Milliseconds that playwright waits for what is expected."""


@contextlib.asynccontextmanager
async def quiet_page(patience: float = USUAL) -> AsyncIterator[Page]:
    """Open a page that must neither complain nor ask another host, and wait so long for what is expected of it."""
    async with browser_page() as (page, seen):
        if patience > USUAL:
            page.set_default_timeout(patience)
        expect.set_options(timeout=patience)
        yield page
        expect.set_options(timeout=USUAL)
        assert_quiet(seen)


def assert_quiet(seen: Seen) -> None:
    """See that a page did nothing that it should not have done."""
    assert seen.complaints == []
    assert seen.hosts <= {"127.0.0.1"}
