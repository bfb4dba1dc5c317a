"""LangGraph's own server runs our graphs: as Studio sees them, through its SDK."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator

import pytest
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient
from serving import studio_server
from toys import section, toy_brief

AGENTS = ("planner", "section", "editor", "publisher", "researcher", "writer", "reviewer", "compliance", "arbiter")
BRIEF = toy_brief(section("height"), section("yards", "height"))


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with studio_server(tmp_path_factory.mktemp("studio") / "log.txt") as address:
        yield address


@pytest.fixture
async def client(studio: str) -> AsyncIterator[LangGraphClient]:
    async with get_client(url=studio) as made:
        yield made


async def test_the_document_and_every_agent_are_listed(client: LangGraphClient) -> None:
    listed = await client.assistants.search(limit=100)

    assert {"document", *AGENTS} == {a["graph_id"] for a in listed}


async def test_the_lanes_and_the_agents_inside_them_are_drawn(client: LangGraphClient) -> None:
    drawn = await client.assistants.get_graph("document", xray=True)

    nodes = {str(node["id"]) for node in drawn["nodes"]}
    assert {"section:gate", "section:writer:draft", "section:arbiter:decide", "planner:lay_out", "take_batch"} <= nodes


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
