"""LangServe's routes with its own client, in both of its manners, and with no client at all."""

import json
import threading
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, cast

import httpx
import pytest
from langchain_core.tracers import RunLogPatch
from langserve import RemoteRunnable
from model_server import Asked, ModelServer, marked_up
from serving import quire_server
from toys import section, toy_brief

BRIEF = toy_brief(section("height"), section("yards", "height"))
DRAFTED = {"type": "SectionDrafted", "data": {"content": {"blocks": [], "values": {}, "open_questions": []}}}
INTERFACES = [
    pytest.param("document", BRIEF, "RunEnded", id="document"),
    pytest.param("agents/reviewer", {"event": DRAFTED}, "SectionReviewed", id="an agent"),
]
each_interface = pytest.mark.parametrize(("path", "asked", "last"), INTERFACES)
pytestmark = [  # of LangServe's client, about itself: it never closes its connections
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def types(chunks: list[dict[str, Any]]) -> list[str]:
    return [chunk["event"]["type"] for chunk in chunks if "event" in chunk]


def said(out: dict[str, Any]) -> str:
    """Reduce what an interface gives to what is the same each time."""
    return str(out["markdown"] if "markdown" in out else [e["data"] for e in out["log"]])


@pytest.mark.long
@each_interface
async def test_both_manners_of_the_client_give_the_same(langserve: str, path: str, asked: dict, last: str) -> None:
    door = RemoteRunnable(f"{langserve}/{path}")

    sync, async_ = door.invoke(asked), await door.ainvoke(asked)
    batched, abatched = door.batch([asked, asked]), await door.abatch([asked, asked])

    assert 1 == len({said(out) for out in (sync, async_, *batched, *abatched)})
    streamed, astreamed = list(door.stream(asked)), [chunk async for chunk in door.astream(asked)]
    assert types(streamed) == types(astreamed)
    assert last == types(streamed)[-1]
    assert all("result" in chunks[-1] for chunks in (streamed, astreamed))


@pytest.mark.long
async def test_the_log_of_a_document_has_its_agents_and_its_lines(langserve: str) -> None:
    patches = [patch async for patch in RemoteRunnable(f"{langserve}/document").astream_log(BRIEF)]

    state: Any = sum(patches[1:], cast("RunLogPatch", patches[0])).state
    lines = "".join(chunk["content"] for chunk in state["streamed_output"])
    assert "yards  SectionApproved" in lines
    assert lines.endswith(state["final_output"]["result"]["markdown"])
    assert {"planner", "writer", "arbiter", "publisher"} <= {run["name"] for run in state["logs"].values()}


async def test_a_client_chooses_whose_entries_it_sees(langserve: str) -> None:
    door = RemoteRunnable(f"{langserve}/document")

    patches = [patch async for patch in door.astream_log(BRIEF, include_names=["writer"])]
    events = [e async for e in door.astream_events(BRIEF, version="v2", exclude_tags=["section:yards"])]

    state: Any = sum(patches[1:], cast("RunLogPatch", patches[0])).state
    assert {run["name"] for run in state["logs"].values()} == {"writer"}
    assert "yards" not in {e["metadata"].get("section") for e in events}
    assert "height" in {e["metadata"].get("section") for e in events}


async def test_the_log_of_an_agent_has_its_steps(langserve: str) -> None:
    patches = [p async for p in RemoteRunnable(f"{langserve}/agents/reviewer").astream_log({"event": DRAFTED})]

    state: Any = sum(patches[1:], cast("RunLogPatch", patches[0])).state
    assert "SectionReviewed" in types(state["streamed_output"])
    assert "give_grade" in {run["name"] for run in state["logs"].values()}


async def test_events_of_a_document_are_its_agents_and_its_lines(langserve: str) -> None:
    events = [e async for e in RemoteRunnable(f"{langserve}/document").astream_events(BRIEF, version="v2")]

    own = [e for e in events if not e["parent_ids"]]
    assert ("on_chain_start", "on_chain_end") == (own[0]["event"], own[-1]["event"])
    assert own[-1]["data"]["output"]["status"] == "done"
    assert "yards  SectionApproved" in "".join(e["data"]["chunk"]["content"] for e in own[1:-1])
    assert {"planner", "writer", "arbiter", "publisher"} <= {e["name"] for e in events if e["parent_ids"]}


async def test_events_of_an_agent_are_streamed(langserve: str) -> None:
    events = [
        e async for e in RemoteRunnable(f"{langserve}/agents/reviewer").astream_events({"event": DRAFTED}, version="v2")
    ]

    assert {"on_chain_start", "on_chain_stream", "on_chain_end"} <= {e["event"] for e in events}
    chunks = [e["data"]["chunk"] for e in events if e["event"] == "on_chain_stream" and not e["parent_ids"]]
    assert "SectionReviewed" in types(chunks)


@pytest.mark.long
async def test_the_words_of_a_model_are_events_too(online: ModelServer) -> None:
    online.reply = reply
    with quire_server() as served:
        door = RemoteRunnable(f"{served}/langserve/document")
        events = [e async for e in door.astream_events(toy_brief(section("height")), version="v2")]

    words = "".join(e["data"]["chunk"].content for e in events if e["event"] == "on_chat_model_stream")
    assert "shall not exceed 40 feet" in words


@each_interface
def test_what_is_taken_and_given_is_described(langserve: str, path: str, asked: dict, last: str) -> None:
    described = {
        kind: httpx.get(f"{langserve}/{path}/{kind}_schema").raise_for_status().json()
        for kind in ("input", "output", "config")
    }

    (taken,) = [d["properties"] for d in described["input"]["$defs"].values() if set(asked) <= set(d["properties"])]
    assert "id" not in taken
    assert ("markdown" if last == "RunEnded" else "log") in json.dumps(described["output"])
    assert {} == described["config"]["properties"]


def test_without_a_client_a_line_is_a_chunk(langserve: str) -> None:
    kinds, chunks = [], []
    with httpx.stream("POST", f"{langserve}/document/stream", json={"input": BRIEF}, timeout=30) as answered:
        assert answered.headers["content-type"].startswith("text/event-stream")
        for line in answered.iter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                kinds.append(value)
            elif field == "data" and kinds[-1] == "data":
                chunks.append(json.loads(value))

    assert ["metadata", *["data"] * len(chunks), "end"] == kinds
    assert "done" == chunks[-1]["result"]["status"]
    text = "".join(chunk["content"] for chunk in chunks)
    assert "yards  SectionApproved" in text
    assert text.endswith(chunks[-1]["result"]["markdown"])


def reply(asked: Asked) -> str:
    """Draft when asked to write, and have nothing to object when asked to read."""
    if not asked.drafts:
        return '{"grade": 5, "objections": []}'
    sentence = {"text": "The height of a building shall not exceed 40 feet.", "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence], asked)


async def until(chunks: AsyncIterator[dict[str, Any]], wanted: set[str]) -> dict[str, list[Any]]:
    """Take chunks until each kind that is wanted was there, and give them by kind."""
    seen: dict[str, list[Any]] = {}
    async for chunk in chunks:
        for kind, value in chunk.items():
            seen.setdefault(kind, []).append(value)
        if wanted <= seen.keys():
            break
    return seen


@pytest.mark.long
async def test_chunks_arrive_while_a_model_still_holds_its_reply_back(online: ModelServer) -> None:
    released = threading.Event()
    online.reply = lambda asked: reply(asked) if asked.drafts or released.wait(30) else ""
    with quire_server() as served:
        door = RemoteRunnable(f"{served}/langserve/document")
        async with aclosing(door.astream(toy_brief(section("height")))) as chunks:  # type: ignore[type-var] - a generator
            early = await until(chunks, {"event", "progress", "token"})
            assert not released.is_set()
            released.set()
            late = await until(chunks, {"result"})

    assert {"section": "height", "agent": "writer"}.items() <= early["token"][0].items()
    assert {"working": 1} == early["progress"][-1]
    assert "SectionApproved" not in [e["type"] for e in early["event"]]
    assert ({"approved": 1}, "done") == (late["progress"][-1], late["result"][0]["status"])
