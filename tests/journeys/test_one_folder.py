"""An agent is added by adding its folder; nothing else changes."""

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from toys import section, toy_brief

import graphs.agents
from graphs.document import build

FILES = {
    "__init__.py": '"""Counts the words of a draft."""',
    "events.py": '''
        """What the counter says."""

        from graphs.events import Verdict


        class WordsCounted(Verdict):
            """The words of a draft were counted."""
        ''',
    "graph.py": '''
        """The counter: count, then judge."""

        from graphs.agents.counter.events import WordsCounted
        from graphs.contract import AgentState, Update, say, subgraph


        async def count(state: AgentState) -> Update:
            words = state["event"]["data"]["words"]
            finding = {"rule": "count", "severity": "warning", "message": f"{words} words", "where": "x"}
            return {"said": [say(WordsCounted(blocks=False, findings=[finding]))]}


        graph = subgraph("counter", (WordsCounted,), count)
        ''',
    "agent.py": '''
        """The counter's declaration."""

        from graphs.agents.counter.events import WordsCounted
        from graphs.agents.counter.graph import graph
        from graphs.agents.writer.events import SectionDrafted
        from graphs.contract import Agent

        AGENT = Agent("counter", handles=(SectionDrafted,), emits=(WordsCounted,), graph=graph)
        ''',
}


@pytest.fixture
def _counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "counter"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(dedent(text).lstrip())
    monkeypatch.setattr(graphs.agents, "__path__", [*graphs.agents.__path__, str(tmp_path)])
    yield
    for module in [name for name in sys.modules if name.startswith("graphs.agents.counter")]:
        del sys.modules[module]


@pytest.mark.usefixtures("_counter")
async def test_a_dropped_in_agent_takes_part_and_is_heard() -> None:
    graph = build()
    types = [
        e["type"] async for _, e in graph.astream(toy_brief(section("height")), stream_mode="custom", subgraphs=True)
    ]

    assert "WordsCounted" in types
    assert types.index("WordsCounted") < types.index("SectionApproved")


@pytest.mark.usefixtures("_counter")
async def test_what_it_finds_reaches_the_section() -> None:
    graph = build()
    approved = [
        e
        async for _, e in graph.astream(toy_brief(section("height")), stream_mode="custom", subgraphs=True)
        if e["type"] == "SectionApproved"
    ]

    assert ["count"] == [f["rule"] for f in approved[0]["data"]["findings"]]
