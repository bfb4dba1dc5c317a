"""The programs of ``docs/embedding.md``, one after another, and what their applications answer."""

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from browser import browser_page, needs_chromium
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.async_api import expect
from serving import free_port

import quire
from quire.nodes.faults import BadInput

pytestmark = pytest.mark.filterwarnings(  # of LangServe, which asks a graph for its schema in an older way
    "ignore:`config_schema` is deprecated"
)
PAGE = (Path(__file__).parents[2] / "docs/embedding.md").read_text()
BRIEF = {
    "blueprint": {"name": "n", "title": "N", "sections": [{"id": "height", "title": "Height"}]},
    "title": "Height",
    "sources": [{"name": "code.md", "text": "## Height\n\nThe height of a building shall not exceed 40 feet.\n"}],
}


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        known: dict[str, Any] = {}
        for program in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
            exec(program, known)  # noqa: S102 - our own page
        yield known


@pytest.fixture(scope="module")
def served(programs: dict[str, Any]) -> Iterator[str]:
    """Serve the page's application, as its user would."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(programs["app"], port=port, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(30)


def test_a_graph_of_ones_own_streams_asks_and_goes_on(programs: dict[str, Any]) -> None:
    thread = {"configurable": {"thread_id": "roof"}}
    state = asyncio.run(programs["parent"].aget_state(thread)).values

    assert state["status"] == "partial", "some of its sections take a model"
    assert "notes.md" in state["markdown"]


def test_a_tool_writes_and_refuses_in_words(programs: dict[str, Any]) -> None:
    assert '"status": "partial"' in programs["answered"]["messages"][-1].content
    made = quire.tool(sources=[{"name": "a.md"}])
    refused = made.invoke({"title": "A"})

    assert refused["status"] == "refused"
    assert "sources[0]" in refused["problems"][0]
    assert "sources" not in made.args
    with pytest.raises(BadInput, match="sauces"):
        quire.tool(sauces=[])


def test_a_mounted_application_knows_where_it_is(served: str) -> None:
    begun = httpx.post(f"{served}/reports/documents", json=BRIEF, timeout=30)
    links = begun.json()["links"]

    assert begun.status_code == 202
    assert begun.headers["location"] == links["self"] == f"/reports/documents/{begun.json()['id']}"
    assert "event: RunEnded" in httpx.get(f"{served}{links['events']}", timeout=60).text
    assert "40 feet" in httpx.get(f"{served}{links['content']}", timeout=60).text
    assert httpx.get(f"{served}/own/hello").json() == "hello"
    assert httpx.get(f"{served}/reports/health").json() == {"status": "ok"}
    invoked = httpx.post(f"{served}/reports/langserve/document/invoke", json={"input": BRIEF}, timeout=60)
    assert invoked.json()["output"]["status"] == "done"
    assert httpx.post(f"{served}/reports/langserve/document/invoke", json={"input": {}}, timeout=60).status_code == 422
    assert httpx.post(f"{served}/chains/upper/invoke", json={"input": "a"}, timeout=30).json()["output"] == "A"
    asked = {"input": BRIEF}
    with httpx.stream("POST", f"{served}/chains/report/stream_events", json=asked, timeout=60) as streamed:
        assert "on_chain_end" in streamed.read().decode()


@pytest.mark.long
@needs_chromium
async def test_the_page_works_where_it_is_mounted(served: str) -> None:
    async with httpx.AsyncClient(timeout=30) as http:
        await http.post(f"{served}/reports/documents", json=BRIEF)
    async with browser_page() as (page, seen):
        await page.goto(f"{served}/reports/")
        await expect(page.get_by_role("link", name="Quire")).to_be_visible()
        await expect(page.get_by_text("Height").first).to_be_visible()
        assert seen.complaints == []


def test_a_lifespan_that_does_not_run_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIRE_HOME", str(tmp_path))
    around = FastAPI()
    around.mount("/reports", quire.create_app())
    answer = TestClient(around, client=("127.0.0.1", 1), base_url="http://127.0.0.1").get("/reports/documents")

    assert answer.status_code == 503
    assert "lifespan" in answer.json()["detail"]
