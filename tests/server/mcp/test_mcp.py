"""Reports as tools, asked for by the official client of the Model Context Protocol, over both of its transports."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import StdioServerParameters
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from model_server import ModelServer
from serving import quire_server
from toys import section, toy_brief

BRIEF = toy_brief(section("height"), section("yards", "height"))
TOOLS = {
    "write_report", "get_report", "read_report", "read_evidence", "open_questions", "answer", "cancel", "plan_report",
    "verify_text", "verify_claim", "extract_records",
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as address:
            yield f"{address}/mcp"


async def called(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    (said,) = result.content
    assert said.type == "text"
    return said.text


@pytest.mark.long
@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_report_is_begun_followed_and_read(served: str, mode: Any) -> None:
    seen: list[tuple[float, float | None, str | None]] = []

    async def progress(done: float, of: float | None, said: str | None) -> None:
        seen.append((done, of, said))

    async with Client(served, mode=mode) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == TOOLS
        asked = await client.call_tool("write_report", {"brief": {**BRIEF, "title": mode}}, progress_callback=progress)
        report = asked.structured_content
        assert report is not None
        assert report["status"] == "done"
        assert report["sections"] == {"approved": 2}
        text = await called(client, "read_report", report=report["id"])
        (resource,) = (await client.read_resource(f"report://{report['id']}")).contents
        claims = (await called(client, "read_evidence", report=report["id"], section="height"))["claims"]

    assert [done for done, _, _ in seen] == sorted({done for done, _, _ in seen})
    assert "SectionApproved" in " ".join(said or "" for _, _, said in seen)
    assert text["markdown"].startswith(f"# {mode}")
    assert resource.text == text["markdown"]  # type: ignore[union-attr] # a report is text
    assert all(claim["evidence"] for claim in claims if claim["basis"] == "source")


async def test_the_same_brief_is_the_same_report(served: str) -> None:
    async with Client(served) as client:
        first = await called(client, "write_report", brief=BRIEF)
        as_text = await called(client, "write_report", brief=json.dumps(BRIEF))

    assert first["id"] == as_text["id"]


async def test_what_waits_for_a_person_is_asked_and_answered(served: str) -> None:
    async with Client(served) as client:
        waits = await called(client, "write_report", brief={**BRIEF, "options": {"approve": ["release"]}})
        assert waits["status"] == "waiting"
        assert [q["id"] for q in waits["questions"]] == ["release"]
        assert (await called(client, "open_questions", report=waits["id"]))["for_a_person"] == waits["questions"]
        assert "##" in (await called(client, "read_report", report=waits["id"]))["markdown"]
        assert "plan" in await refused(client, "answer", report=waits["id"], question="plan")
        await called(client, "answer", report=waits["id"], question="release", decision="approve")
        done = await called(client, "get_report", report=waits["id"])
        assert "over" in await refused(client, "answer", report=waits["id"], question="release", decision="reject")

    assert done["status"] == "done"


async def test_a_refusal_names_each_field(served: str) -> None:
    async with Client(served) as client:
        said = await refused(
            client, "write_report", brief={"blueprint": "nope", "title": "", "sources": ["/etc/passwd"]}
        )
        assert "there is no report" in await refused(client, "get_report", report="nothing")
        assert "no section" in await refused(
            client, "read_evidence", report=(await called(client, "write_report", brief=BRIEF))["id"], section="x"
        )

    assert all(field in said for field in ("blueprint", "title", "sources[0]"))


async def test_a_plan_is_made_and_nothing_is_written(served: str) -> None:
    async with Client(served) as client:
        plan = await called(client, "plan_report", brief={**BRIEF, "title": "Planned"})

    assert [section["id"] for section in plan["sections"]] == ["height", "yards"]
    assert plan["expected"]["calls"] == 0


async def test_records_are_extracted_with_their_quotes(served: str) -> None:
    fields = {"item": {"key": True}, "feet": {"type": "number", "unit": "ft"}}
    shown = {"id": "limits", "title": "Limits", "kind": "table", "show": [{"kind": "table", "of": "limit"}]}
    kind = {"name": "k", "title": "K", "records": {"limit": {"title": "Limits", "fields": fields}}, "sections": [shown]}
    source = {"name": "limits.csv", "text": "item,feet\nHeight,40\nYard,12\n"}
    async with Client(served) as client:
        told = await called(client, "extract_records", brief={"blueprint": kind, "title": "L", "sources": [source]})

    (height, yard) = told["records"]["limit"]
    assert "40" in str(height)
    assert "12" in str(yard)
    assert told["calls"] == 0


@pytest.mark.long
async def test_a_text_is_verified_against_sources(served: str) -> None:
    source = {"name": "code.md", "text": "The height of a building shall not exceed 40 feet."}
    async with Client(served) as client:
        verdicts = (await called(client, "verify_text", text="It may exceed 40 feet.", sources=[source]))["result"]
        claim = await called(client, "verify_claim", claim=source["text"], evidence=[source["text"]])
        assert "sources" in await refused(client, "verify_text", text="It is so.", sources=[])

    assert [one["verdict"] for one in verdicts] != ["supported"]
    assert claim["verdict"] == "supported"


@pytest.mark.long
async def test_who_leaves_a_call_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer() as models:
        models.hold = lambda _: True
        monkeypatch.setenv("QUIRE_HOME", str(tmp_path))
        monkeypatch.setenv("OPENAI_BASE_URL", models.url)
        with quire_server() as address:
            async with Client(f"{address}/mcp") as client:
                calling = asyncio.create_task(client.call_tool("write_report", {"brief": BRIEF}))
                await _leaves(calling, lambda: bool(models.asked))
            models.hold = None
            async with Client(f"{address}/mcp") as client:
                report = await called(client, "write_report", brief=BRIEF)

    assert report["status"] == "done"
    assert len(models.asked) == len({asked.prompt for asked in models.asked}), "something was asked twice"


@pytest.mark.long
async def test_each_key_has_its_own_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path))
    monkeypatch.setenv("QUIRE_API_KEYS", "first:a,second:b")
    with quire_server() as address:
        async with _as(address, "first") as client:
            report = (await called(client, "write_report", brief=BRIEF))["id"]
        async with _as(address, "second") as other:
            assert "there is no report" in await refused(other, "read_report", report=report)
            mine = await called(other, "write_report", brief=BRIEF)
        async with httpx2.AsyncClient() as nobody:
            answer = await nobody.post(f"{address}/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})

    assert mine["id"] != report
    assert answer.status_code == 401


async def _leaves(calling: asyncio.Task[Any], once: Callable[[], bool]) -> None:
    while not once():  # noqa: ASYNC110 - it happens in another thread
        await asyncio.sleep(0.02)
    calling.cancel()
    await asyncio.gather(calling, return_exceptions=True)


@asynccontextmanager
async def _as(address: str, key: str) -> AsyncIterator[Client]:
    async with (
        httpx2.AsyncClient(headers={"Authorization": f"Bearer {key}"}) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
    ):
        yield client


async def test_over_its_input_and_output_briefs_are_files_too(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/code.md").write_text("# Code\n\nThe height of a building shall not exceed 40 feet.\n")
    (tmp_path / "folder/brief.json").write_text(json.dumps({**BRIEF, "sources": ["*.md"]}))
    (tmp_path / "other.json").write_text(json.dumps(BRIEF))
    async with Client(_piped(tmp_path)) as client:
        report = await called(client, "write_report", brief="brief.json")
        outside = await refused(client, "write_report", brief="../other.json")

    assert report["status"] == "done"
    assert "not below" in outside


@pytest.mark.long
async def test_a_report_goes_on_when_the_tools_are_started_again(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with ModelServer() as models:
        models.hold = lambda asked: asked.drafts
        async with Client(_piped(tmp_path, OPENAI_BASE_URL=models.url)) as client:
            calling = asyncio.create_task(client.call_tool("write_report", {"brief": BRIEF}))
            await _leaves(calling, lambda: any(asked.drafts for asked in models.asked))
        models.hold = None
        async with Client(_piped(tmp_path, OPENAI_BASE_URL=models.url)) as client:
            report = await called(client, "write_report", brief=BRIEF)

    assert report["status"] == "done"


def _piped(folder: Path, **settings: str) -> StdioServerParameters:
    env = {"PATH": os.environ["PATH"], "QUIRE_HOME": str(folder / "home"), "QUIRE_OFFLINE": "", **settings}
    return StdioServerParameters(command=sys.executable, args=["-m", "quire", "mcp"], env=env, cwd=folder / "folder")
