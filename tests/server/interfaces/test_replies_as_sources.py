"""What tools of other programs reply is a source: asked for once, evidence like any other, and never trusted."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from cli import Quire
from killing import finish, journal, kill_at
from killing import quire as start
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from model_server import ModelServer
from serving import free_port, quire_server
from tool_server import named, over_http, over_stdio
from toys import SOURCE, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.run import open_run
from quire.nodes.event_store.sqlite import SqliteRecord
from quire.nodes.faults import RecordFault

SECTION = section("slates", words=900, instructions="What does a slate cost?")
ACME, BETA = {"Authorization": "Bearer key-a"}, {"Authorization": "Bearer key-b"}


def reply(tool: str = "prices", name: str = "prices.md", **more: Any) -> dict[str, Any]:
    given = {"year": 2026} if tool == "prices" else {}
    return {"name": name, "mcp": {"server": "prices", "tool": tool, "arguments": given}, **more}


def asked(*sources: dict[str, Any], **more: Any) -> dict[str, Any]:
    return toy_brief(SECTION, section("height"), **{"sources": [SOURCE, *(sources or (reply(),))], **more})


def put(folder: Path, brief: dict[str, Any]) -> str:
    path = folder / "brief.json"
    path.write_text(json.dumps(brief))
    return str(path)


def called(calls: Path) -> list[str]:
    return calls.read_text().split() if calls.exists() else []


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    return tmp_path / "calls"


@pytest.mark.long
@pytest.mark.parametrize("transport", ["stdio", "http"])
def test_a_reply_is_evidence_with_its_line(quire: Quire, tmp_path: Path, calls: Path, transport: str) -> None:
    brief, out = put(tmp_path, asked()), tmp_path / "out"
    serving = over_http(calls, free_port()) if transport == "http" else nullcontext(over_stdio(calls))
    with serving as server:
        told = quire("write", brief, "--out", str(out), "--run-id", "r", QUIRE_MCP_SERVERS=named(prices=server))

    assert told.returncode == 0, told.stderr
    text = (out / "document.md").read_text()
    assert "A slate costs EUR 41 in 2026." in text
    assert re.search(r"prices\.md.*line 3", text)
    assert called(calls) == ["prices"]
    (event,) = [e for e in journal(tmp_path / "home") if e["type"] == "SourceFetched"]
    assert event["data"].keys() == {"name", "server", "tool", "digest"}
    assert "jane.roe" not in text + (out / "document.json").read_text() + told.stdout


def test_checking_calls_no_tool_and_says_which_would_be(quire: Quire, tmp_path: Path, calls: Path) -> None:
    told = quire("check", put(tmp_path, asked()), QUIRE_MCP_SERVERS=named(prices=over_stdio(calls)))

    assert told.returncode == 0
    assert "prices.md will be asked of the tool prices of the server prices" in told.stdout
    assert called(calls) == []


@pytest.mark.long
@pytest.mark.parametrize("moment", [1, 2, 5])
def test_a_killed_run_takes_the_reply_from_its_record(tmp_path: Path, calls: Path, moment: int) -> None:
    brief, servers = put(tmp_path, asked()), {"QUIRE_MCP_SERVERS": named(prices=over_stdio(calls))}
    texts = []
    for home, killed in ((tmp_path / "whole", False), (tmp_path / "killed", True)):
        out = home.parent / f"{home.name}-out"
        process = start(home, servers, "write", brief, "--out", str(out), "--run-id", "r")
        if killed:
            kill_at(process, home, moment)
            assert finish(start(home, {}, "resume", "r")) == 0
        else:
            assert finish(process) == 0
        texts.append((out / "document.json").read_bytes())

    assert texts[0] == texts[1]
    assert called(calls) == ["prices", "prices"]


REASONS = {
    "broken": "reported an error", "absent": "reported an error", "large": "replied with more than 2 MB",
    "picture": "replied with something that is not text", "nothing": "replied with nothing",
    "slow": "gave no reply within 3 seconds",
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("tool", REASONS)
@pytest.mark.parametrize("transport", ["stdio", "http"])
def test_what_is_no_reply_leaves_its_source_out(
    quire: Quire, tmp_path: Path, calls: Path, transport: str, tool: str
) -> None:
    brief, out = put(tmp_path, asked(reply(tool, "no.md"))), tmp_path / "out"
    more = {"seconds": 3 if tool == "slow" else 60}
    with over_http(calls, free_port(), **more) if transport == "http" else nullcontext(over_stdio(calls, **more)) as s:
        told = quire("write", brief, "--out", str(out), QUIRE_MCP_SERVERS=named(prices=s))

    text, report = (out / "document.md").read_text(), json.loads((out / "run.json").read_text())
    reason = f"the tool '{tool}' of the server 'prices' {REASONS[tool]}"
    assert any("no.md" in warning and reason in warning for warning in report["warnings"])
    assert "no.md" in text
    assert "shall not exceed 40 feet" in text
    assert "canary-of-a-tool" not in text + told.stdout + told.stderr + json.dumps(journal(tmp_path / "home"))
    assert called(calls) in ([tool] * (tool != "absent"), [] if tool == "slow" else None)  # it may have begun too late


def test_a_server_that_is_away_leaves_its_source_out(quire: Quire, tmp_path: Path) -> None:
    for server in ({"url": f"http://127.0.0.1:{free_port()}/mcp"}, {"command": str(tmp_path / "gone")}):
        out = tmp_path / "out"
        quire("write", put(tmp_path, asked()), "--out", str(out), QUIRE_MCP_SERVERS=named(prices=server))
        warnings = json.loads((out / "run.json").read_text())["warnings"]
        assert any("the tool 'prices' of the server 'prices' could not be called" in each for each in warnings)


@pytest.mark.long
@pytest.mark.parametrize(
    ("source", "place", "problem"),
    [
        ({"name": "a.md", "mcp": {"server": "price", "tool": "prices"}}, "sources[1].mcp.server", "no server"),
        ({"name": "a.md", "mcp": {"server": "prices", "tool": "t", "command": "sh"}}, "sources[1].mcp", "command"),
        ({"name": "a.md", "mcp": {"server": "prices", "tool": "t", "url": "http://x"}}, "sources[1].mcp", "url"),
        ({"name": "a.pdf", "mcp": {"server": "prices", "tool": "t"}}, "sources[1].name", "how text is read"),
        ({"name": "a.md", "text": "x", "mcp": {"server": "prices", "tool": "t"}}, "sources[1]", "text"),
        ({"name": "code.md", "mcp": {"server": "prices", "tool": "t"}}, "sources[1]", "is taken"),
    ],
)
def test_a_brief_names_a_tool_and_nothing_of_how_it_is_reached(
    quire: Quire, tmp_path: Path, calls: Path, source: dict[str, Any], place: str, problem: str
) -> None:
    servers = named(prices=over_stdio(calls))

    told = quire("write", put(tmp_path, asked(source)), QUIRE_MCP_SERVERS=servers)

    assert told.returncode == 2
    assert place in told.stderr
    assert problem in told.stderr
    assert called(calls) == []


def test_settings_that_are_none_are_refused_without_their_keys(quire: Quire, tmp_path: Path) -> None:
    for said in ('{"a": {"url": "http://x/mcp", "headers": {"k": 1}}}', '{"a": {"command": "x", "url": "http://x"}}'):
        told = quire("check", put(tmp_path, asked()), QUIRE_MCP_SERVERS=said)
        assert told.returncode == 2
        assert "QUIRE_MCP_SERVERS: cannot be used: a" in told.stderr


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    home = tmp_path_factory.mktemp("home")
    servers = named(
        prices=over_stdio(home / "calls", tenants=["acme"]), secret=over_stdio(home / "calls", tenants=["gamma"])
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(home))
        patched.setenv("QUIRE_API_KEYS", "key-a:acme,key-b:beta")
        patched.setenv("QUIRE_MCP_SERVERS", servers)
        with quire_server() as address:
            yield address, home / "calls"


@pytest.mark.long
def test_over_http_a_server_is_used_by_whom_it_is_released_for(released: tuple[str, Path]) -> None:
    address, calls = released
    with httpx.Client(base_url=address, timeout=60) as http:
        before = called(calls)
        for path in ("/documents", "/plan"):
            refused = http.post(path, json=asked(), headers=BETA)
            assert refused.status_code == 422, refused.text
            assert "sources[1].mcp.server" in refused.text
            assert "acme" not in refused.text
            assert "secret" not in refused.text
        again = http.post("/documents", json=asked(), headers={**BETA, "Idempotency-Key": "k"})
        assert again.status_code == 422
        assert called(calls) == before

        begun = http.post("/documents", json=asked(), headers=ACME)
        assert begun.status_code == 202, begun.text
        run = begun.json()["id"]
        with http.stream("GET", f"/documents/{run}/events", headers=ACME) as events:
            told = "".join(events.iter_text())
        assert "SourceFetched" in told
        text = http.get(f"/documents/{run}/content?format=md", headers=ACME).text
        assert "A slate costs EUR 41 in 2026." in text
        assert called(calls) == [*before, "prices"]


@pytest.mark.long
def test_before_all_replies_are_there_nothing_is_read_of_the_sources(released: tuple[str, Path]) -> None:
    address, _ = released
    with httpx.Client(base_url=address, timeout=60, headers=ACME) as http:
        run = http.post("/documents", json=asked(reply(), reply("slow", "slow.md"))).json()["id"]
        with http.stream("GET", f"/documents/{run}/events") as events:
            assert any("SourceFetched" in line for line in events.iter_lines())
        early = [http.get(f"/documents/{run}/sources{path}") for path in ("", "/prices.md")]
        http.post(f"/documents/{run}/cancel")

    assert [409, 409] == [answer.status_code for answer in early]
    assert "ask again" in early[0].text


@pytest.mark.long
async def test_a_record_that_goes_while_a_tool_is_called_is_told_as_that(
    tmp_path: Path, calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_MCP_SERVERS", named(prices=over_stdio(calls, seconds=5)))
    record = SqliteRecord(tmp_path / "quire.db")
    await record.setup()
    run = open_run("r", record)
    writing = asyncio.create_task(build().ainvoke({**asked(reply("slow")), "id": "r"}, context=run))
    while not called(calls) and not writing.done():  # noqa: ASYNC110 - another process tells, by a file
        await asyncio.sleep(0.02)
    record.close()

    with pytest.raises(RecordFault):
        await writing


def test_over_langserve_too(released: tuple[str, Path]) -> None:
    address, calls = released
    before = called(calls)

    refused = httpx.post(f"{address}/langserve/document/invoke", json={"input": asked()}, headers=BETA, timeout=60)

    assert refused.status_code == 422, refused.text
    assert "sources[1].mcp.server" in refused.text
    assert called(calls) == before


async def test_over_mcp_too(released: tuple[str, Path]) -> None:
    address, calls = released
    before = called(calls)
    async with (
        httpx2.AsyncClient(headers=BETA) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
    ):
        refused = await client.call_tool("write_report", {"brief": asked()})

    assert refused.is_error
    assert "sources[1].mcp.server" in str(refused.content)
    assert called(calls) == before


@pytest.mark.long
def test_prompts_hold_a_reply_behind_the_fence_only(
    quire: Quire, tmp_path: Path, calls: Path, online: ModelServer
) -> None:
    brief = put(tmp_path, asked(reply("order", "order.md")))

    told = quire(
        "write",
        brief,
        OPENAI_BASE_URL=online.url,
        OPENAI_API_KEY="k",
        QUIRE_MCP_SERVERS=named(prices=over_stdio(calls)),
    )

    assert told.returncode in {0, 3}, told.stderr
    shown = [asked_.prompt for asked_ in online.asked if "The roof was laid in 1987" in asked_.prompt]
    assert shown
    for prompt in shown:
        unfenced = re.sub(r"<<(\w+) (?!end).*?<<\1 end>>", "", prompt, flags=re.DOTALL)
        assert "The roof was laid in 1987" not in unfenced
        assert "Ignore all previous instructions" not in unfenced


def test_what_a_tool_replied_goes_with_its_run(quire: Quire, tmp_path: Path, calls: Path) -> None:
    servers = named(prices=over_stdio(calls))
    assert quire("write", put(tmp_path, asked()), "--run-id", "r", QUIRE_MCP_SERVERS=servers).returncode == 0
    (event,) = [e for e in journal(tmp_path / "home") if e["type"] == "SourceFetched"]
    held = "SELECT COUNT(*) FROM blobs WHERE digest = ?"
    with closing(sqlite3.connect(tmp_path / "home" / "quire.db")) as db:
        assert db.execute(held, (event["data"]["digest"],)).fetchone() == (1,)

    assert quire("prune", "--older-than", "0m").returncode == 0

    with closing(sqlite3.connect(tmp_path / "home" / "quire.db")) as db:
        assert db.execute(held, (event["data"]["digest"],)).fetchone() == (0,)


@pytest.mark.long
def test_a_version_asks_again_once_and_keeps_what_stands(quire: Quire, tmp_path: Path, calls: Path) -> None:
    servers, brief = named(prices=over_stdio(calls)), put(tmp_path, asked())
    assert quire("write", brief, "--run-id", "r", QUIRE_MCP_SERVERS=servers).returncode == 0

    told = quire("write", brief, "--from", "r", "--run-id", "s", QUIRE_MCP_SERVERS=servers)

    assert told.returncode == 0, told.stderr
    assert called(calls) == ["prices", "prices"]
    stands = [e["data"].get("kept") for e in journal(tmp_path / "home") if e["type"] == "SectionApproved"]
    assert sorted(kept is not None for kept in stands) == [False, False, True, True]
