"""Tokens as LangChain's own ways of streaming show them: the draft's prose in chunks, never the JSON around it."""

import asyncio
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from langchain_core.tracers.context import tracing_v2_enabled
from langsmith import Client
from model_server import Asked, ModelServer, marked_up
from toys import section, toy_brief

from quire.graphs.document.document_graph import build

SAID = "The height of a building shall not exceed 40 feet."
BRIEF = toy_brief(section("height"))


def reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": SAID, "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence], asked)


async def messages_of(brief: dict[str, Any]) -> list[tuple[Any, dict[str, Any]]]:
    streaming = build().astream(brief, stream_mode="messages", subgraphs=True)
    return [said async for _, said in streaming]


async def test_messages_are_chunks_of_the_drafts_prose(online: ModelServer) -> None:
    online.reply = reply
    said = await messages_of(BRIEF)
    drafted = [chunk for chunk, place in said if place["langgraph_node"] == "draft"]

    assert {"AIMessageChunk"} == {type(chunk).__name__ for chunk, _ in said}
    assert SAID == "".join(chunk.content for chunk in drafted).strip()
    assert sum(bool(chunk.content) for chunk in drafted) > 3
    assert 1 == len({chunk.id for chunk in drafted})
    assert not any("{" in chunk.content for chunk, _ in said)
    assert sum(chunk.usage_metadata["output_tokens"] for chunk in drafted if chunk.usage_metadata) > 0


@pytest.mark.long
async def test_what_a_failed_attempt_said_is_void_and_the_next_has_another_id(online: ModelServer) -> None:
    online.reply = reply
    faults = {1: "stream-unfinished", 2: "finish-length-whole", 3: "stream-reset"}
    online.script = lambda asked: faults.get(asked.n)
    said = [chunk for chunk, place in await messages_of(BRIEF) if place["langgraph_node"] == "draft"]
    void = {chunk.id for chunk in said if chunk.response_metadata.get("void")}
    kept = [chunk for chunk in said if chunk.id not in void]

    assert 3 == len(void)
    assert SAID == "".join(chunk.content for chunk in kept).strip()


async def test_events_tell_of_each_call_and_its_tokens(online: ModelServer) -> None:
    online.reply = reply
    told = [e async for e in build().astream_events(BRIEF, version="v2") if "chat_model" in e["event"]]
    streamed = [e["data"]["chunk"].content for e in told if e["event"] == "on_chat_model_stream"]

    assert 3 == sum(e["event"] == "on_chat_model_start" for e in told)
    assert SAID == "".join(streamed).strip()


async def test_nobody_watching_nothing_is_streamed(online: ModelServer) -> None:
    online.reply = reply
    watched = [chunk async for chunk in build().astream(BRIEF, stream_mode="updates")]

    assert watched
    assert [False] * 3 == [asked.stream for asked in online.asked]


async def test_the_document_is_the_same_whoever_watches(online: ModelServer) -> None:
    online.reply = reply
    unseen = await build().ainvoke(BRIEF)
    seen: dict[str, Any] = {}
    async for _, mode, chunk in build().astream(BRIEF, stream_mode=["messages", "values"], subgraphs=True):
        seen = chunk if mode == "values" and "markdown" in chunk else seen

    assert unseen["markdown"] == seen["markdown"]


class Collector(BaseHTTPRequestHandler):
    """Takes what a tracer posts."""

    posted: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        """Keep a run."""
        self.posted.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(202)
        self.end_headers()

    do_PATCH = do_POST  # noqa: N815 - the name that the server looks for

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.mark.long
async def test_a_tracer_is_told_of_each_call_once(online: ModelServer) -> None:
    online.reply = reply
    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tracing = Client(f"http://127.0.0.1:{server.server_port}", api_key="k", auto_batch_tracing=False)
    with tracing_v2_enabled(client=tracing):
        await build().ainvoke(BRIEF)
    await asyncio.to_thread(server.shutdown)
    server.server_close()
    calls = [run for run in Collector.posted if run.get("run_type") == "llm"]

    assert 3 == len({run["id"] for run in calls})
    assert not any("paragraphs" in json.dumps(run.get("outputs") or {}) for run in Collector.posted if run in calls)
