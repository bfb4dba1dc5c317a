"""LangGraph's own server runs our graphs: as Studio sees them, through its SDK."""

import ast
import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from collector import attributes, collector, spans_in
from langgraph.pregel.remote import RemoteGraph
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient
from model_server import Asked, ModelServer, marked_up
from serving import ROOT, studio_server
from toys import section, toy_brief

from quire.graphs.kernel.registry import discover
from quire.server.studio.picture import put_into

AGENTS = [agent.name for agent in discover()]
BRIEF = toy_brief(section("height"), section("yards", "height"))
SAID = "The height of a building shall not exceed 40 feet."


def reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    return marked_up([{"text": SAID, "evidence": ["E1", "E2", "E3"]}], asked)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with studio_server(tmp_path_factory.mktemp("studio")) as address:
        yield address


@pytest.fixture
async def client(studio: str) -> AsyncIterator[LangGraphClient]:
    async with get_client(url=studio) as made:
        yield made


async def test_the_document_and_every_agent_are_listed(client: LangGraphClient) -> None:
    listed = await client.assistants.search(limit=100)

    assert {"document", "report", *AGENTS} == {a["graph_id"] for a in listed}


async def test_the_section_run_and_the_agents_inside_it_are_drawn(client: LangGraphClient) -> None:
    drawn = await client.assistants.get_graph("document", xray=True)

    nodes = {str(node["id"]) for node in drawn["nodes"]}
    assert {
        "section:wait_for_dependencies",
        "section:writer:draft",
        "section:arbiter:decide",
        "planner:lay_out",
        "take_batch",
    } <= nodes


@pytest.mark.long
async def test_a_run_is_streamed_to_its_end(client: LangGraphClient) -> None:
    thread = await client.threads.create()
    seen: Counter[str] = Counter()
    events = []

    modes = ["values", "updates", "custom"]
    streamed = client.runs.stream(
        thread["thread_id"], "document", input=BRIEF, stream_mode=modes, stream_subgraphs=True
    )
    async for chunk in streamed:
        kind, *_ = chunk.event.partition("|")
        seen[kind] += 1
        if kind == "custom":
            events.append(chunk.data["type"])
        assert "error" not in kind, chunk.data

    assert {"metadata", *modes} == set(seen)
    assert "RunEnded" == events[-1]
    state = await client.threads.get_state(thread["thread_id"])
    assert "done" == state["values"]["status"]


async def test_messages_and_events_are_streamed_from_inside_the_lanes(client: LangGraphClient) -> None:
    thread = (await client.threads.create())["thread_id"]
    modes = ["messages-tuple", "events", "updates"]

    streamed = client.runs.stream(thread, "document", input=BRIEF, stream_mode=modes, stream_subgraphs=True)
    kinds = {chunk.event async for chunk in streamed}

    assert any(kind.startswith("updates|section:") for kind in kinds)
    assert "events" in {kind.partition("|")[0] for kind in kinds}


@pytest.mark.long
async def test_tokens_of_a_draft_are_streamed_as_messages(online: ModelServer, tmp_path: Path) -> None:
    online.reply = reply
    said: list[str] = []
    with studio_server(tmp_path) as address:
        async with get_client(url=address) as client:
            thread = (await client.threads.create())["thread_id"]
            streamed = client.runs.stream(
                thread, "document", input=BRIEF, stream_mode="messages-tuple", stream_subgraphs=True
            )
            async for chunk in streamed:
                if chunk.event.startswith("messages|section:"):
                    message, place = chunk.data
                    said += [message["content"]] if place["langgraph_node"] == "draft" else []

    assert [SAID] * 2 == "".join(said).strip().split("\n")
    assert len(said) > 10
    assert not any("{" in piece for piece in said)


async def test_the_history_of_a_thread_can_be_read(client: LangGraphClient) -> None:
    thread = (await client.threads.create())["thread_id"]
    await client.runs.wait(thread, "document", input=BRIEF)

    history = await client.threads.get_history(thread)

    assert "done" == history[0]["values"]["status"]
    assert len(history) > 2


@pytest.mark.parametrize("graph", ["document", "report", *AGENTS])
async def test_inputs_say_what_they_are(client: LangGraphClient, graph: str) -> None:
    (assistant,) = await client.assistants.search(graph_id=graph)
    schema = (await client.assistants.get_schemas(assistant["assistant_id"]))["input_schema"]

    told = [name for name, field in (schema or {})["properties"].items() if "description" in str(field)]
    assert set(told) >= (
        {"blueprint", "title", "sources"} if graph in {"document", "report"} else {"section", "sources"}
    )


async def test_the_picture_in_the_docs_is_the_one_that_is_drawn(client: LangGraphClient) -> None:
    shown_in = "docs/studio.md"
    page = (ROOT / shown_in).read_text()
    drawn = await client.assistants.get_graph("document", xray=True)

    assert page == put_into(page, drawn), f"python -m quire.server.studio.picture http://127.0.0.1:2024 {shown_in}"


@pytest.mark.long
def test_what_the_docs_say_of_python_holds(studio: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs/studio.md").read_text().replace("http://127.0.0.1:2024", studio)
    known: dict[str, object] = {}

    for snippet in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(snippet, known)  # noqa: S102 - our own page

    told = capsys.readouterr().out
    assert told.startswith("partial\n"), "some of its sections take a model"
    assert "EvidenceGathered" in told


@pytest.mark.long
def test_keys_hold_for_the_whole_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_API_KEYS", "one-key-that-is-long:acme,other-key-that-is-long:rival")
    ours, theirs = ({"Authorization": f"Bearer {k}-key-that-is-long"} for k in ("one", "other"))
    with studio_server(tmp_path) as address:
        thread = httpx.post(f"{address}/threads", json={}, headers=ours).raise_for_status().json()["thread_id"]
        assert 401 == httpx.get(f"{address}/threads/{thread}").status_code
        studios = {"x-auth-scheme": "langsmith", "x-api-key": "whatever"}
        assert 401 == httpx.get(f"{address}/threads/{thread}", headers=studios).status_code
        assert 200 == httpx.get(f"{address}/threads/{thread}", headers=ours).status_code
        assert 404 == httpx.get(f"{address}/threads/{thread}", headers=theirs).status_code
        assert (
            403
            == httpx.post(
                f"{address}/store/items/search", json={"namespace_prefix": ["quire"]}, headers=ours
            ).status_code
        )
        for path in ("documents", "langserve/document/input_schema"):
            assert 401 == httpx.get(f"{address}/{path}").status_code
            assert 200 == httpx.get(f"{address}/{path}", headers=ours).status_code
        run = httpx.post(f"{address}/documents", json=BRIEF, headers=ours, timeout=30).headers["location"]
        assert 200 == httpx.get(f"{address}{run}", headers=ours).status_code
        assert 404 == httpx.get(f"{address}{run}", headers=theirs).status_code


@pytest.mark.long
def test_our_application_rides_in_the_same_server(studio: str) -> None:
    assert {"status": "ok"} == httpx.get(f"{studio}/health").json()
    begun = httpx.post(f"{studio}/documents", json=BRIEF, timeout=30).raise_for_status().json()
    told = httpx.get(f"{studio}{begun['links']['events']}", timeout=60).text
    asked = {"input": {**BRIEF, "title": "Another"}}
    written = httpx.post(f"{studio}/langserve/document/invoke", json=asked, timeout=60).json()["output"]

    assert "event: RunEnded" in told
    for form in ("md", "html", "docx", "pdf", "json"):
        httpx.get(f"{studio}{begun['links']['content']}?format={form}", timeout=60).raise_for_status()
    listed = httpx.get(f"{studio}/documents").json()["documents"]
    assert {(begun["id"], "done"), (written["id"], "done")} <= {(d["id"], d["status"]) for d in listed}
    assert "Quire" in httpx.get(studio).text
    assert 403 == httpx.get(f"{studio}/documents", headers={"Host": "evil.example"}).status_code


async def test_a_remote_graph_streams_from_inside_the_lanes(client: LangGraphClient) -> None:
    document = RemoteGraph("document", client=client)

    parts = [part async for part in document.astream(BRIEF, stream_mode=["updates", "custom"], subgraphs=True)]

    assert {"updates", "custom"} == {mode for _, mode, _ in parts}
    assert any(place and place[0].startswith("section:") for place, _, _ in parts)
    (*_, last) = [chunk for _, mode, chunk in parts if mode == "custom"]
    assert ("RunEnded", "done") == (last["type"], last["data"]["status"])


@pytest.mark.long
async def test_a_question_is_answered_by_its_name(client: LangGraphClient) -> None:
    thread = (await client.threads.create())["thread_id"]
    asking = {**BRIEF, "options": {"approve": ["section:height"]}}

    waiting = await client.runs.wait(thread, "document", input=asking)
    done = await client.runs.wait(thread, "document", command={"resume": {"section:height": "approve"}})

    assert ["section:height"] == [q["id"] for q in waiting["__interrupt__"][0]["value"]["questions"]]
    assert "done" == done["status"]


async def test_an_agent_can_be_tried_alone(client: LangGraphClient) -> None:
    content = {"blocks": [], "values": {}, "open_questions": []}
    drafted = {"type": "SectionDrafted", "data": {"content": content, "model": None}}

    out = await client.runs.wait(None, "reviewer", input={"event": drafted})

    assert [("SectionReviewed", True)] == [(e["type"], e["data"]["blocks"]) for e in out["log"]]


@pytest.mark.long
async def test_what_is_wrong_with_a_brief_reaches_whoever_sent_it(client: LangGraphClient) -> None:
    brief = {**BRIEF, "blueprint": "general-reprt", "sources": ["code.md"]}

    out = await client.runs.wait(None, "document", input=brief, raise_error=False)

    assert isinstance(out, dict)
    assert "did you mean general-report?" in out["__error__"]["message"]
    assert "sources[0]" in out["__error__"]["message"]


def called_as_a_tool(studio: str, name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Call one of the server's tools over MCP's own protocol."""
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": given}}
    answered = httpx.post(f"{studio}/mcp", json=asked, headers={"Accept": "application/json"}, timeout=60)
    result: dict[str, Any] = answered.raise_for_status().json()["result"]
    return result


def test_a_tool_says_what_is_wrong_with_a_brief(studio: str) -> None:
    brief = {**BRIEF, "blueprint": "general-reprt", "sources": ["code.md"]}
    (told,) = called_as_a_tool(studio, "report", brief)["content"]

    assert "'status': 'refused'" in told["text"]
    assert "did you mean general-report?" in told["text"]
    assert "sources[0]" in told["text"]


@pytest.mark.long
def test_a_tool_gives_the_document_as_text_and_waits_for_nobody(studio: str) -> None:
    (told,) = called_as_a_tool(studio, "report", BRIEF)["content"]
    (refused,) = called_as_a_tool(studio, "report", {**BRIEF, "options": {"approve": ["release"]}})["content"]

    assert {"status", "markdown", "problems"} == ast.literal_eval(told["text"]).keys()
    assert ("done", []) == tuple(ast.literal_eval(told["text"])[name] for name in ("status", "problems"))
    assert "40 feet" in ast.literal_eval(told["text"])["markdown"]
    assert "options.approve: a tool cannot wait for a person" in refused["text"]


@pytest.mark.long
async def test_a_plain_word_answers_the_one_question_that_is_open(client: LangGraphClient) -> None:
    thread = (await client.threads.create())["thread_id"]
    await client.runs.wait(thread, "document", input={**BRIEF, "options": {"approve": ["plan"]}})

    out = await client.runs.wait(thread, "document", command={"resume": "approve"})

    assert isinstance(out, dict)
    assert "done" == out["status"]


@pytest.mark.long
async def test_an_assistant_sets_what_its_documents_are_made_with(client: LangGraphClient) -> None:
    (document,) = await client.assistants.search(graph_id="document")
    schemas = await client.assistants.get_schemas(document["assistant_id"])
    assert {"model", "models", "max_rounds"} == set((schemas["context_schema"] or {})["properties"])
    assert "general-report" == (schemas["input_schema"] or {})["properties"]["blueprint"]["default"]
    mine = await client.assistants.create("document", context={"max_rounds": 0}, name="One draft")
    thread = (await client.threads.create())["thread_id"]

    refused = await client.runs.wait(thread, mine["assistant_id"], input=BRIEF, raise_error=False)
    own = {**BRIEF, "options": {"max_rounds": 1}}
    written = await client.runs.wait(None, mine["assistant_id"], input=own)
    await client.assistants.delete(mine["assistant_id"])

    assert isinstance(refused, dict)
    assert "max_rounds" in refused["__error__"]["message"]
    assert isinstance(written, dict)
    assert "done" == written["status"], "what a brief says goes before what the assistant says"


@pytest.mark.long
async def test_what_is_to_be_approved_stands_in_the_question(client: LangGraphClient) -> None:
    thread = (await client.threads.create())["thread_id"]
    asking = {**BRIEF, "options": {"approve": ["plan", "section:height", "release"]}}

    asked = []
    waiting = await client.runs.wait(thread, "document", input=asking)
    while isinstance(waiting, dict) and "__interrupt__" in waiting:
        asked += waiting["__interrupt__"][0]["value"]["questions"]
        waiting = await client.runs.wait(thread, "document", command={"resume": "approve"})

    plan, height, release = asked
    assert ["height", "yards"] == [section["id"] for section in plan["plan"]]
    assert "40 feet" in height["draft"]
    assert "yards" not in height["draft"]
    assert "Yards" in release["draft"]


def test_every_graph_says_as_a_tool_what_it_does(studio: str) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    answered = httpx.post(f"{studio}/mcp", json=asked, headers={"Accept": "application/json"}, timeout=60)

    told = {tool["name"]: tool["description"] for tool in answered.raise_for_status().json()["result"]["tools"]}
    assert {"document", "report", *AGENTS} <= set(told)
    assert not [name for name, said in told.items() if said.startswith("Tool based on")]


@pytest.mark.long
async def test_the_users_own_variables_say_whether_langsmith_hears_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with collector() as (endpoint, taken):
        for name, value in {"TRACING": "true", "ENDPOINT": endpoint, "API_KEY": "lsv2_x"}.items():
            monkeypatch.setenv(f"LANGSMITH_{name}", value)
        with studio_server(tmp_path) as address:
            async with get_client(url=address) as client:
                await client.runs.wait(None, "document", input=BRIEF)
                for _ in range(100):
                    if any(path.startswith("/runs") for path, _ in taken):
                        return
                    await asyncio.sleep(0.1)
    raise AssertionError("LangSmith heard of nothing")


@pytest.mark.long
async def test_a_run_of_studios_is_a_trace_by_the_conventions(
    online: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    online.reply = reply
    with collector() as (endpoint, taken):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        with studio_server(tmp_path) as address:
            async with get_client(url=address) as client:
                await client.runs.wait(None, "document", input=BRIEF)
            for _ in range(600):
                if any(span.name == "document" for span in spans_in(taken)):  # it ends last
                    break
                await asyncio.sleep(0.1)

    spans = {span.span_id: span for span in spans_in(taken)}
    calls = [span for span in spans.values() if attributes(span).get("gen_ai.operation.name") == "chat"]
    assert len(online.asked) == len(calls) > 0
    for call in calls:
        told = attributes(call)
        assert spans[call.parent_span_id].name == f"invoke_agent {told['gen_ai.agent.name']}"
        assert told["gen_ai.usage.input_tokens"]
    assert {"section height", "section yards", "invoke_agent writer"} <= {span.name for span in spans.values()}
    assert b"40 feet" not in b"".join(body for _, body in taken)
