"""LangServe's routes, with LangServe's own client."""

from collections.abc import Iterator

import httpx
import pytest
from langserve import RemoteRunnable
from serving import quire_server
from toys import section, toy_brief

from graphs.registry import discover

BRIEF = toy_brief(section("height"), section("yards", "height"))
pytestmark = [  # of LangServe's client, about itself: it never closes its connections
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        with quire_server() as served:
            yield f"{served}/langserve"


async def test_a_document_is_written_through_ainvoke(address: str) -> None:
    out = await RemoteRunnable(f"{address}/document").ainvoke(BRIEF)

    assert ("done", "A toy report") == (out["status"], out["document"]["title"])


async def test_events_arrive_while_the_run_goes_on(address: str) -> None:
    chunks = [chunk async for chunk in RemoteRunnable(f"{address}/document").astream(BRIEF)]

    types = [chunk["event"]["type"] for chunk in chunks if "event" in chunk]
    assert ("DocumentRequested", "RunEnded") == (types[0], types[-1])
    assert "done" == chunks[-1]["result"]["finish"]["status"]


async def test_streamed_events_name_the_agents(address: str) -> None:
    events = RemoteRunnable(f"{address}/document").astream_events(BRIEF, version="v2")

    names = {event["name"] async for event in events}

    assert {agent.name for agent in discover()} <= names


async def test_every_agent_is_served_by_itself(address: str) -> None:
    content = {"blocks": [], "values": {}, "open_questions": []}
    drafted = {"type": "SectionDrafted", "data": {"content": content, "model": None}}

    out = await RemoteRunnable(f"{address}/agents/reviewer").ainvoke({"event": drafted})

    assert ["SectionReviewed"] == [e["type"] for e in out["log"]]


@pytest.mark.parametrize("schema", ["input_schema", "output_schema", "config_schema"])
@pytest.mark.parametrize("path", ["document", *(f"agents/{a.name}" for a in discover())])
def test_schemas_are_given(address: str, path: str, schema: str) -> None:
    assert "title" in httpx.get(f"{address}/{path}/{schema}").json()


def test_the_playground_is_there(address: str) -> None:
    assert 200 == httpx.get(f"{address}/document/playground/").status_code
