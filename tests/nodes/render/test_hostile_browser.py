"""Hostile text in the HTML edition, in a real browser without a network: with its policy, and without it."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from browser import browser_page, needs_chromium
from playwright.async_api import Dialog

from quire.nodes.render.html import render
from quire.nodes.render.text import label
from tests.nodes.render.hostile_output import Case, cases, document_of

pytestmark = [needs_chromium, pytest.mark.timeout(300)]
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
ALL = list(cases(36))


async def deeds(folder: Path, pages: Iterable[bytes]) -> list[str]:
    """Open pages one after the other, offline, and give what they did besides showing themselves."""
    done: list[str] = []

    async def dismiss(dialog: Dialog) -> None:
        done.append(f"dialog {dialog.message}")
        await dialog.dismiss()

    async with browser_page() as (page, seen):
        await page.context.set_offline(True)
        page.on("dialog", dismiss)
        page.on("popup", lambda opened: done.append(f"window {opened.url}"))
        page.on("console", lambda message: done.append(f"console {message.text}"))
        page.on("request", lambda request: done.append(f"request {request.url}"))
        for content in pages:
            file = folder / "page.html"
            file.write_bytes(content)
            await page.goto(file.as_uri(), timeout=0)  # the test has its own
            done.remove(f"request {file.as_uri()}")
    return [*done, *seen.complaints]


@pytest.mark.parametrize("chosen", [ALL[:2], pytest.param(ALL[2:], marks=pytest.mark.long)], ids=["two", "all"])
async def test_the_page_does_nothing_even_without_its_policy(chosen: list[dict[str, Case]], tmp_path: Path) -> None:
    pages = [render(document_of(made)) for made in chosen]
    bare = [POLICY.sub(b"", page) for page in pages]

    assert all(POLICY.search(page) for page in pages)
    assert await deeds(tmp_path, [*pages, *bare]) == []


@pytest.mark.long
async def test_the_same_text_let_through_would_run_fetch_and_ask(tmp_path: Path) -> None:
    texts = [label(case.text) for made in ALL[:3] for case in made.values() if case.family in ("handler", "fetch")]

    done = await deeds(tmp_path, [b"<!doctype html><body>" + " <p>".join(texts).encode()])

    assert {"console", "request"} <= {deed.split(" ")[0] for deed in done}
