"""What a hostile model or brief says, on a terminal and on the web page: shown, and nothing done."""

import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from browser import browser_page, needs_chromium
from cli import Quire
from model_server import Asked, ModelServer, marked_up
from playwright.async_api import expect
from rich.console import Console
from serving import ROOT, quire_server
from toys import section, toy_brief

from quire.graphs.run.journal import Journal
from quire.server.cli.showing import table_of
from quire.server.presentation.event_line import line_of
from tests.nodes.render.hostile_output import FAMILIES, cases
from tests.nodes.render.inert import on_terminal

ALL = list(cases(36))
TEXTS = [case.text for made in ALL for case in made.values()]
DRAWING = re.compile(r"\x1b\[(\d+(;\d+)*)?[mAKHJhl]|\x1b\[\?25[hl]|\r")
"""What rich draws with: colours, moves of the cursor, lines erased, the cursor hidden."""
EVENT: dict[str, Any] = {
    "n": 1,
    "at": "2026-01-01T00:00:00Z",
    "epoch": 1,
    "round": 1,
    "agent": "section",
    "cause": None,
}


def spoken(text: str) -> list[dict[str, Any]]:
    """Give events that say the text wherever an event's line or a table's row shows any."""
    spec = {"id": "one", "title": text, "after": []}
    said = [
        ("SectionPlanned", {"spec": spec, "position": 0, "priority": 1}),
        ("SectionFailed", {"reason": text, "rounds": 1}),
        ("AgentFailed", {"reason": text, "code": "model"}),
        ("FactRequested", {"question": text}),
        ("ReleaseProposed", {"question": text, "text": text, "findings": []}),
    ]
    return [{**EVENT, "section": "one", "id": kind, "type": kind, "data": data} for kind, data in said]


@pytest.mark.parametrize("chosen", [TEXTS[::20], pytest.param(TEXTS, marks=pytest.mark.long)], ids=["some", "all"])
def test_no_text_in_a_line_or_in_the_live_table_moves_the_cursor(chosen: list[str]) -> None:
    assert len(TEXTS) >= 1_000
    for text in chosen:
        drawn = io.StringIO()
        Console(file=drawn, force_terminal=True, width=200).print(table_of(Journal(spoken(text)), ""))
        handed = {**spoken(text)[0], "to": "writer", "reason": text}

        assert on_terminal(DRAWING.sub("", drawn.getvalue())) == [], text
        assert [f for event in [*spoken(text), handed] for f in on_terminal(line_of(event))] == [], text


def hostile(asked: Asked) -> str:
    """Say terminal sequences and markup in every text of a reply, each resting on everything there is."""
    texts = [text.format(m="m", do="alert(1)", h="evil.example") for text in _TEXTS]
    if not asked.drafts:
        quote = re.search(r"The height of a building", asked.prompt)
        place = {"section": "height"} if '"section"' in json.dumps(asked.schema) else {}
        objections = [{**place, "quote": quote[0], "problem": text} for text in texts[:5]] if quote else []
        return json.dumps({"grade": 1, "objections": objections})
    plain = {"text": "The height of a building shall not exceed 40 feet.", "evidence": ["E1", "E2", "E3"]}
    said = [{"text": text, "evidence": [f"E{n}" for n in range(1, 12)]} for text in texts]
    return marked_up([plain, *said[:19]], asked, gaps=texts[:10])


_TEXTS = [text for text in (*FAMILIES["terminal"], *FAMILIES["direction"]) if "\x00" not in text and "{{" not in text]
TITLE = "[link=http://evil.example]Height[/link] [/red] [bold]"


def on_a_terminal(home: Path, *typed: str, **settings: str) -> tuple[int, str]:
    """Type a command on a terminal; give its exit code and what came out."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "QUIRE_HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **settings}
    command = [sys.executable, "-m", "quire", *typed]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=env, cwd=home.parent
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65_536):
            shown += piece
    except OSError:
        pass  # the other side is closed
    os.close(ours)
    return process.wait(60), shown.decode()


@pytest.mark.long
def test_a_hostile_model_does_nothing_to_a_terminal(quire: Quire, tmp_path: Path) -> None:
    height = {**section("height"), "title": TITLE}
    brief = toy_brief(height, section("yards", "height"), options={"max_rounds": 1})
    (tmp_path / "brief.json").write_text(json.dumps(brief))
    with ModelServer(hostile) as server:
        code, shown = on_a_terminal(
            tmp_path / "home", "write", "brief.json", "--run-id", "r", "--out", "out", OPENAI_BASE_URL=server.url
        )
        asked = len(server.asked)

    told = [quire(*typed.split()).stdout for typed in ("events r", "explain r height", "timeline r", "events r --json")]
    assert (True, True) == (code in {0, 1, 3}, asked > 0), shown
    assert on_terminal(DRAWING.sub("", shown)) == on_terminal("".join(told)) == []
    assert "Traceback" not in shown
    assert "[link=http://evil.example]Height[/link]" in " ".join(shown.split())


@pytest.mark.long
def test_json_for_programs_is_the_same_value_and_moves_no_cursor(quire: Quire, tmp_path: Path) -> None:
    brief = toy_brief(section("height"))
    (tmp_path / "brief.json").write_text(json.dumps(brief))
    with ModelServer(hostile) as server:
        written = quire(
            *("write", "brief.json", "--run-id", "r", "--out", "out", "--format", "md", "--json"),
            OPENAI_BASE_URL=server.url,
        )

    drafts = [
        event for line in written.stdout.splitlines() if "SectionDrafted" == (event := json.loads(line)).get("type")
    ]
    said = [c["text"] for c in drafts[0]["data"]["content"]["blocks"][0]["claims"]]
    assert on_terminal(written.stdout) == []
    assert any("\x9b" in text for text in said)


def documented(texts: list[str]) -> dict[str, Any]:
    """Give a brief that holds the texts in its sources, and one of them in every name it gives."""
    source = {"name": "code.md", "text": "# A\n\n" + "\n\n".join(f"    {text}" for text in texts)}
    height = {**section("height"), "title": MARKUP, "instructions": MARKUP}
    brief = toy_brief(height, section("yards", "height"), sources=[source], facts={"a fact": MARKUP})
    return {**brief, "title": MARKUP, "options": {"approve": ["release"]}}


MARKUP = "<img src=x onerror=alert(1)>"
STRAY = "main script, main img, main iframe, main [onerror], .text .text a, .text svg, .text [style]"


@pytest.mark.long
@needs_chromium
async def test_a_hostile_model_does_nothing_to_the_web_page(online: ModelServer) -> None:
    texts = [
        " ".join(t.split())
        for t in TEXTS[:100]
        if not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufff9-\uffff\ud800-\udfff]", t)
    ]
    said = [{"text": text, "evidence": [f"E{n}" for n in range(1, 13)]} for text in texts]
    online.reply = lambda a: (
        marked_up(said, a, gaps=texts[:10]) if a.drafts else json.dumps({"grade": 5, "objections": []})
    )
    asked: list[str] = []
    with quire_server() as address:
        begun = httpx.post(f"{address}/documents", json=documented(texts), timeout=60)  # noqa: ASYNC210 - nothing else goes on yet
        assert begun.status_code == httpx.codes.ACCEPTED, begun.text
        async with browser_page() as (page, seen):
            page.on("dialog", lambda dialog: asked.append(dialog.message))
            await page.goto(f"{address}/#/documents/{begun.json()['id']}")
            await expect(page.get_by_role("button", name="Approve")).to_be_visible(timeout=60_000)
            await expect(page.locator("body")).to_contain_text(MARKUP, timeout=60_000)
            await expect(page.locator(".text .text").first).to_be_visible(timeout=60_000)
            stray = await page.locator(STRAY).count()

    assert (seen.complaints, seen.hosts, asked, stray) == ([], {"127.0.0.1"}, [], 0)
