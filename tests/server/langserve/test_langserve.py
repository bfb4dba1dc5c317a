"""LangServe's routes, with LangServe's own client."""

import asyncio

import httpx
import pytest
from langchain_core.runnables import RunnableLambda
from langserve import RemoteRunnable
from toys import section, toy_brief

from quire.graphs.kernel.registry import discover

BRIEF = toy_brief(section("height"), section("yards", "height"))
pytestmark = [  # of LangServe's client, about itself: it never closes its connections
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


async def test_a_document_is_written_through_ainvoke(langserve: str) -> None:
    out = await RemoteRunnable(f"{langserve}/document").ainvoke(BRIEF)

    assert ("done", "A toy report") == (out["status"], out["document"]["title"])


async def test_events_arrive_while_the_run_goes_on(langserve: str) -> None:
    chunks = [chunk async for chunk in RemoteRunnable(f"{langserve}/document").astream(BRIEF)]

    types = [chunk["event"]["type"] for chunk in chunks if "event" in chunk]
    assert ("DocumentRequested", "RunEnded") == (types[0], types[-1])
    assert "done" == chunks[-1]["result"]["status"]


async def test_streamed_events_name_the_agents(langserve: str) -> None:
    events = RemoteRunnable(f"{langserve}/document").astream_events(BRIEF, version="v2")

    names = {event["name"] async for event in events}

    assert {agent.name for agent in discover()} - {"extractor"} <= names, "nothing here declares records"


async def test_every_agent_is_served_by_itself(langserve: str) -> None:
    content = {"blocks": [], "values": {}, "open_questions": []}
    drafted = {"type": "SectionDrafted", "data": {"content": content, "model": None}}

    out = await RemoteRunnable(f"{langserve}/agents/reviewer").ainvoke({"event": drafted})

    assert ["SectionReviewed"] == [e["type"] for e in out["log"]]


@pytest.mark.parametrize("schema", ["input_schema", "output_schema", "config_schema"])
@pytest.mark.parametrize("path", ["document", *(f"agents/{a.name}" for a in discover())])
def test_schemas_are_given(langserve: str, path: str, schema: str) -> None:
    assert "title" in httpx.get(f"{langserve}/{path}/{schema}").json()


def test_the_playground_is_there(langserve: str) -> None:
    assert 200 == httpx.get(f"{langserve}/document/playground/").status_code


def test_a_document_asked_for_here_is_a_run_like_any_other(langserve: str) -> None:
    service = langserve.removesuffix("/langserve")
    written = httpx.post(f"{langserve}/document/invoke", json={"input": {**BRIEF, "id": "mine"}}, timeout=30).json()[
        "output"
    ]

    report = httpx.get(f"{service}/documents/{written['id']}").json()
    assert "mine" != written["id"]
    assert ("done", report["status"], report["sections"]) == (written["status"], "done", written["sections"])
    events = httpx.get(f"{service}/documents/{written['id']}/events", headers={"Accept": "application/json"}).json()
    assert "RunEnded" == events["events"][-1]["type"]


def test_a_document_that_waits_is_answered_over_http(langserve: str) -> None:
    service = langserve.removesuffix("/langserve")
    asked = {"input": {**BRIEF, "options": {"approve": ["plan"]}}}
    waiting = httpx.post(f"{langserve}/document/invoke", json=asked, timeout=30).json()["output"]

    assert ("waiting", ["plan"]) == (waiting["status"], [q["id"] for q in waiting["questions"]])
    answer = {"type": "answer", "question": "plan", "decision": "approve"}
    assert 202 == httpx.post(f"{service}/documents/{waiting['id']}/events", json=answer).status_code
    httpx.get(f"{service}/documents/{waiting['id']}/events", timeout=30)
    assert "done" == httpx.get(f"{service}/documents/{waiting['id']}").json()["status"]


def test_who_goes_away_leaves_the_run_to_the_server(langserve: str) -> None:
    service = langserve.removesuffix("/langserve")
    with httpx.stream("POST", f"{langserve}/document/stream", json={"input": BRIEF}, timeout=30) as response:
        next(line for line in response.iter_lines() if "DocumentRequested" in line)
    (left, *_) = httpx.get(f"{service}/documents").json()["documents"]

    httpx.get(f"{service}/documents/{left['id']}/events", timeout=30)

    report = httpx.get(f"{service}/documents/{left['id']}").json()
    assert ("done", []) == (report["status"], report["warnings"])


async def test_a_batch_gives_every_input_its_own_run(langserve: str) -> None:
    written = await RemoteRunnable(f"{langserve}/document").abatch([BRIEF, {**BRIEF, "title": "Another"}])

    assert 2 == len({w["id"] for w in written})
    assert ["A toy report", "Another"] == [w["document"]["title"] for w in written]


@pytest.mark.parametrize("endpoint", ["invoke", "stream", "stream_log", "stream_events"])
def test_a_brief_that_cannot_be_used_is_a_problem_that_names_the_field(langserve: str, endpoint: str) -> None:
    refused = httpx.post(f"{langserve}/document/{endpoint}", json={"input": {**BRIEF, "sources": ["code.md"]}})

    assert 422 == refused.status_code
    assert "sources[0]" in [e["field"] for e in refused.json()["errors"]]


@pytest.mark.long
@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        pytest.param("document", {**BRIEF, "optoins": {}}, "optoins", id="an unknown key"),
        pytest.param("document", {**BRIEF, "options": {"aprove": []}}, "options.aprove", id="an unknown option"),
        pytest.param("agents/writer", {"sectoin": {}}, "sectoin", id="an unknown key of a trial"),
        pytest.param("agents/writer", {"section": {"titel": "A"}}, "section.titel", id="an unknown key of a section"),
        pytest.param("agents/writer", {"event": {"type": "Dreamt"}}, "event.type", id="an event it does not handle"),
        pytest.param("agents/reviewer", {"event": {"data": {"wrods": 1}}}, "event.data.wrods", id="unknown data"),
        pytest.param("agents/writer", {"sources": [{"name": "a.md"}]}, "sources[0]", id="a source of nothing"),
        pytest.param("agents/planner", {"event": {"data": {"title": "A"}}}, "event.data", id="data that is made"),
    ],
)
@pytest.mark.parametrize("endpoint", ["invoke", "stream"])
def test_nothing_of_an_input_is_overlooked(langserve: str, endpoint: str, path: str, asked: dict, field: str) -> None:
    refused = httpx.post(f"{langserve}/{path}/{endpoint}", json={"input": asked}, timeout=30)

    assert (422, [field]) == (refused.status_code, [e["field"] for e in refused.json()["errors"]])


@pytest.mark.parametrize(
    ("endpoint", "body"),
    [
        pytest.param("invoke", b"[" * 5_000, id="deep"),
        pytest.param("invoke", b"{", id="cut off"),
        pytest.param("invoke", b"[]", id="a list"),
        pytest.param("invoke", b'{"input": 3}', id="a number"),
        pytest.param("invoke", b'{"input": {}, "config": {"configurable": {"thread_id": "x"}}}', id="a thread"),
        pytest.param("batch", b'{"inputs": [' + b"{}," * 20 + b"{}]}", id="a large batch"),
        pytest.param("batch", b'{"inputs": 3}', id="no batch"),
    ],
)
def test_what_cannot_be_read_is_refused(langserve: str, endpoint: str, body: bytes) -> None:
    refused = httpx.post(f"{langserve}/document/{endpoint}", content=body, headers={"Content-Type": "application/json"})

    assert (422, "application/problem+json") == (refused.status_code, refused.headers["content-type"])


@pytest.mark.parametrize(
    ("path", "inputs", "fields"),
    [
        pytest.param("document", [{"blueprint": "nope"}], ["inputs[0].blueprint"], id="no such blueprint"),
        pytest.param("document", ["hi"], ["inputs[0]"], id="no mapping"),
        pytest.param("document", [BRIEF, {**BRIEF, "sources": "no"}], ["inputs[1].sources"], id="a text for a list"),
        pytest.param(
            "document",
            [{**BRIEF, "titel": "A"}, BRIEF, {**BRIEF, "sources": ["code.md"]}],
            ["inputs[0].titel", "inputs[2].sources[0]"],
            id="two of three",
        ),
        pytest.param("agents/writer", [{}, {"section": {"titel": "A"}}], ["inputs[1].section.titel"], id="a trial"),
    ],
)
def test_an_input_of_a_batch_that_cannot_be_used_is_named_and_none_of_the_batch_begins(
    langserve: str, path: str, inputs: list, fields: list[str]
) -> None:
    service = langserve.removesuffix("/langserve")
    with httpx.Client(timeout=30) as connection:
        before = connection.get(f"{service}/documents").json()
        refused = connection.post(f"{langserve}/{path}/batch", json={"inputs": inputs})
        after = connection.get(f"{service}/documents").json()  # over the same connection: it can still be used

    assert (422, "application/problem+json") == (refused.status_code, refused.headers["content-type"])
    assert set(fields) <= {e["field"] for e in refused.json()["errors"]}
    assert {field.partition(".")[0] for field in fields} == {
        e["field"].partition(".")[0] for e in refused.json()["errors"]
    }
    assert before == after


async def test_a_batch_that_was_refused_leaves_the_client_usable(langserve: str) -> None:
    client = RemoteRunnable(f"{langserve}/document")

    with pytest.raises(httpx.HTTPStatusError, match="422"):
        await client.abatch([BRIEF, {**BRIEF, "blueprint": "nope"}])

    assert "done" == (await client.ainvoke(BRIEF))["status"]


async def test_each_of_many_briefs_has_its_own_outcome_where_each_is_sent_by_itself(langserve: str) -> None:
    """A batch is one request to LangServe's client: ``return_exceptions`` gives its refusal for each input, or none."""
    client, inputs = RemoteRunnable(f"{langserve}/document"), [BRIEF, {**BRIEF, "blueprint": "nope"}]
    outcomes: list[object] = await asyncio.to_thread(client.batch, inputs, return_exceptions=True)
    assert ["inputs[1].blueprint" in str(outcome) for outcome in outcomes] == [True, True]
    with pytest.raises(httpx.HTTPStatusError, match="422"):
        await client.abatch(inputs, return_exceptions=True)

    each = RunnableLambda(client.invoke, client.ainvoke)
    for written, refused in (
        await asyncio.to_thread(each.batch, inputs, return_exceptions=True),
        await each.abatch(inputs, return_exceptions=True),
    ):
        assert "done" == written["status"]
        assert isinstance(refused, httpx.HTTPStatusError)
        assert "there is no blueprint" in str(refused)
    client.sync_client.close()
    await client.async_client.aclose()


@pytest.mark.parametrize("path", ["playground/assets", "playground/%00", "playground/../../../etc/passwd"])
def test_a_playground_file_that_is_not_there_is_not_found(langserve: str, path: str) -> None:
    assert 404 == httpx.get(f"{langserve}/document/{path}").status_code
