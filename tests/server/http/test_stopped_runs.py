"""What an approver reads is true, and a run that was stopped keeps what was approved."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browser import browser_page, needs_chromium
from cli import Quire
from playwright.async_api import expect
from serving import quire_server
from toys import SOURCE, section, toy_brief

OTHER = {"name": "notes.csv", "text": "place,trees\nNorth,12\nSouth,9\n"}
STOPPED = toy_brief(
    section("height"), section("yards"), section("end", "yards"), options={"approve": ["section:yards"]}
)
FORMATS = {"md", "html", "docx", "pdf", "json"}


def written(tmp_path: Path, brief: dict) -> str:
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(brief))
    return str(path)


def test_a_draft_says_of_each_source_what_is_so(quire: Quire, tmp_path: Path) -> None:
    asked = {**STOPPED, "sources": [SOURCE, OTHER]}
    quire("write", written(tmp_path, asked), "--run-id", "r", "--out", "out", "--format", "md")
    draft = (tmp_path / "out/draft.md").read_text()
    quire("answer", "r", "section:yards", "approve")
    document = (tmp_path / "out/document.md").read_text()

    assert "Could not be read" not in draft
    assert "Nothing in this document cites it" in draft.partition("notes.csv")[2]
    assert document.partition("## Sources")[2] == draft.partition("## Sources")[2]
    assert "Not written yet: End." in draft


def test_a_draft_shows_what_has_failed_as_failed(quire: Quire, tmp_path: Path) -> None:
    rule = {"id": "no-feet", "text": "Nothing is said in feet.", "forbid": ["20 feet"]}
    asked = toy_brief(
        section("height"), section("yards"), blueprint={"rules": [rule]}, options={"approve": ["release"]}
    )
    quire("write", written(tmp_path, asked), "--run-id", "r", "--out", "out", "--format", "md")
    draft = (tmp_path / "out/draft.md").read_text()
    quire("answer", "r", "release", "approve")
    document = (tmp_path / "out/document.md").read_text()

    assert "This section could not be completed" in draft
    assert draft.partition("## 1 ")[2] == document.partition("## 1 ")[2]


def test_a_cancelled_run_leaves_what_was_approved_and_says_what_is_missing(quire: Quire, tmp_path: Path) -> None:
    quire("write", written(tmp_path, STOPPED), "--run-id", "r", "--out", "out")
    told = quire("cancel", "r").stdout

    assert "r: cancelled, 1 of 3 sections written" in told
    assert f"what was approved is kept in {tmp_path / 'out'}" in told
    assert {f"document.{name}" for name in FORMATS} | {"run.json"} == {f.name for f in (tmp_path / "out").iterdir()}
    text = (tmp_path / "out/document.md").read_text()
    assert "shall not exceed 40 feet" in text
    assert "20 feet deep" not in text
    assert "The run was cancelled before the document was finished: 1 of 3 sections stand here" in text
    assert 2 == text.count("This section was cancelled")
    assert 1 == quire("resume", "r").returncode
    assert text == (tmp_path / "out/document.md").read_text()


def test_where_nothing_was_approved_nothing_is_left(quire: Quire, tmp_path: Path) -> None:
    asked = toy_brief(section("height"), options={"approve": ["sections"]})
    quire("write", written(tmp_path, asked), "--run-id", "r", "--out", "out")
    quire("cancel", "r")

    assert {"run.json"} == {f.name for f in (tmp_path / "out").iterdir()}


def test_what_a_person_rejected_is_no_document(quire: Quire, tmp_path: Path) -> None:
    asked = toy_brief(section("height"), options={"approve": ["release"]})
    quire("write", written(tmp_path, asked), "--run-id", "r", "--out", "out")
    told = quire("answer", "r", "release", "reject").stdout

    assert "failed" in told
    assert "kept" not in told
    assert {"run.json"} == {f.name for f in (tmp_path / "out").iterdir()}


@pytest.fixture
def server() -> Iterator[str]:
    with quire_server() as address:
        yield address


def stopped(server: str, brief: dict) -> str:
    run = str(httpx.post(f"{server}/documents", json=brief).json()["id"])
    for _ in range(200):
        shown = httpx.get(f"{server}/documents/{run}", timeout=20).json()
        if shown["status"] == "waiting" and any(s["status"] == "approved" for s in shown["sections"]):
            break
    assert httpx.codes.ACCEPTED == httpx.post(f"{server}/documents/{run}/cancel", timeout=60).status_code
    return run


@pytest.mark.long
def test_a_cancelled_document_can_be_fetched_in_every_format(server: str) -> None:
    run = stopped(server, STOPPED)

    for name in FORMATS:
        fetched = httpx.get(f"{server}/documents/{run}/content", params={"format": name}, timeout=60)
        assert (name, httpx.codes.OK) == (name, fetched.status_code), fetched.text
        assert fetched.content
    again = [httpx.get(f"{server}/documents/{run}/content?format=md").content for _ in range(2)]
    assert again[0] == again[1]


@pytest.mark.long
@needs_chromium
async def test_the_page_offers_what_was_approved_and_says_what_was_left_out(server: str) -> None:
    left_out = section("advice", needs_model=True)
    sections = [*STOPPED["blueprint"]["sections"], left_out]
    run = stopped(server, {**STOPPED, "blueprint": {**STOPPED["blueprint"], "sections": sections}})
    async with browser_page() as (page, _):
        await page.goto(f"{server}/#/documents/{run}")
        await expect(page.locator(".head .state.cancelled")).to_be_visible(timeout=20_000)
        head = page.locator(".head")
        await expect(head).to_contain_text("1 of 4 sections written")
        await expect(head).not_to_contain_text("closed")
        left_out = page.get_by_role("region", name="Before you rely on it")
        await expect(left_out.get_by_text("Sections left out1")).to_be_visible()
        await expect(left_out.get_by_text("Advice: it takes a model, and there was none")).to_be_visible()
        for lane in ("yards", "end"):
            row = page.locator(f"[data-lane={lane}]")
            await expect(row).to_contain_text("not written: the run ended before it was written")
        async with page.expect_download() as begun:
            await page.get_by_role("button", name="Markdown").click()
        assert "40 feet" in (await (await begun.value).path()).read_text()


def test_what_was_left_out_stands_in_the_last_line_and_in_the_report(quire: Quire, tmp_path: Path) -> None:
    never = section("ramps", when="facts.ramps is defined")
    asked = toy_brief(section("height"), section("advice", needs_model=True), never)
    done = quire("write", written(tmp_path, asked), "--run-id", "r", "--out", "out", "--format", "md")
    report = json.loads((tmp_path / "out/run.json").read_text())

    assert 3 == done.returncode
    assert "r: partial, 1 of 2 sections written; 1 left out: need a model (advice)\n" in done.stdout
    reason = "it takes a model, and there was none"
    assert [{"id": "advice", "title": "Advice", "reason": reason}] == report["left_out"]
    assert "1 of 2 sections left out: need a model (Advice)." in (tmp_path / "out/document.md").read_text()


def test_what_does_not_apply_is_not_left_out(quire: Quire, tmp_path: Path) -> None:
    asked = toy_brief(section("height"), section("ramps", when="facts.ramps is defined"))
    done = quire("write", written(tmp_path, asked), "--run-id", "r", "--out", "out", "--format", "md")

    assert 0 == done.returncode
    assert "r: done, 1 of 1 sections written\n" in done.stdout
    assert [] == json.loads((tmp_path / "out/run.json").read_text())["left_out"]


@pytest.mark.long
def test_left_out_is_shown_over_http(server: str) -> None:
    sections = [*STOPPED["blueprint"]["sections"], section("advice", needs_model=True)]
    run = stopped(server, {**STOPPED, "blueprint": {**STOPPED["blueprint"], "sections": sections}})

    assert ["advice"] == [left["id"] for left in httpx.get(f"{server}/documents/{run}").json()["left_out"]]
