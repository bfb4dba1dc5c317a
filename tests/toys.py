"""Small briefs and agents that several tests use."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import Verdict
from quire.graphs.kernel.agent_state import AgentGraph, AgentState, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.journal import Journal
from quire.graphs.run.run import Run, open_run, run_of
from quire.graphs.run.summary import sections_of
from quire.nodes.event_store.memory import MemoryRecord

SOURCE = {
    "name": "code.md",
    "text": "# Zoning code\n\n## 1.01 Height\n\nThe height of a building shall not exceed 40 feet.\n\n"
    "## 1.02 Yards\n\nThe front yard shall be at least 20 feet deep.\n\n"
    "## 1.03 Parking\n\nOne parking space is required for each 250 square feet of floor area.\n",
}

STANDARD = {
    "title": "Standards",
    "one_per": "mention",
    "fields": {"standard": {"key": True}, "value": {"type": "number"}},
}
"""Records of what a code demands, one for each mention."""
SITE = {"title": "Site", "sources": ["*.csv"], "fields": {"item": {"key": True}, "measured": {"type": "number"}}}
"""Records of what was measured, one for each row of a survey."""


def section(id_: str, *after: str, **more: Any) -> dict[str, Any]:
    """Give a section that quotes the sources on its own name."""
    return {"id": id_, "title": id_.replace("-", " ").capitalize(), "after": list(after), **more}


def toy_brief(*sections: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Give a brief whose blueprint has these sections."""
    blueprint = {"name": "toy", "title": "Toy report", "sections": list(sections), **more.pop("blueprint", {})}
    return {"blueprint": blueprint, "title": "A toy report", "facts": {}, "sources": [SOURCE], **more}


class Held(Verdict):
    """A draft was looked at by someone whom the test holds and releases."""


class Hold:
    """An agent whose verdict on chosen sections waits until the test releases it."""

    def __init__(self, *sections: str) -> None:
        self.released = {s: asyncio.Event() for s in sections}
        self.held = asyncio.Semaphore(0)
        """Released once for each draft that it holds."""
        self.agent = Agent("hold", handles=(SectionDrafted,), emits=(Held,), graph=subgraph("hold", (Held,), self.hold))

    async def hold(self, state: AgentState) -> Update:
        """Wait for the release of the section that was drafted."""
        held = self.released.get(state["scope"]["section"]["id"])
        if held is not None:
            self.held.release()
            await held.wait()
        return {"outgoing": [emit(Held(blocks=False, findings=[]))]}


async def events_of(
    graph: AgentGraph, brief: Mapping[str, Any], config: Mapping[str, Any] | None = None
) -> AsyncIterator[dict[str, Any]]:
    """Run a graph and give its events as they happen."""
    async for _, event in graph.astream(dict(brief), dict(config or {}), stream_mode="custom", subgraphs=True):
        yield event


def seen(events: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    """Reduce events to who and what."""
    return [(e["section"], e["type"]) for e in events]


class Going:
    """A run on its way, over a record that outlives it."""

    def __init__(self, graph: AgentGraph, brief: dict, record: MemoryRecord | None = None) -> None:
        self.record = record or MemoryRecord()
        self.run: Run = open_run("r", self.record)
        self.events: list[dict] = []
        self.task = asyncio.ensure_future(self._pump(graph, {**brief, "id": "r"}))

    async def _pump(self, graph: AgentGraph, brief: dict) -> None:
        async for _, event in graph.astream(brief, context=self.run, stream_mode="custom", subgraphs=True):
            self.events.append(event)

    async def until(self, happened: Callable[[list[tuple]], bool], pause: float = 0.005) -> None:
        async with asyncio.timeout(20):
            while not happened(self.told):
                if self.task.done():
                    self.task.result()
                await asyncio.sleep(pause)

    async def settled(self) -> None:
        """Wait until nothing of it works any more, however it ended."""
        await asyncio.gather(self.task, return_exceptions=True)

    @property
    def told(self) -> list[tuple]:
        return [(e["section"], e["type"], e["epoch"]) for e in self.run.blackboard.events.values()]

    async def end(self) -> dict[str, str]:
        async with asyncio.timeout(30):
            await self.task
        return {s["id"]: s["status"] for s in sections_of(Journal(await self.record.events("r")))}

    def text(self, section_: str) -> str:
        return str(self.run.blackboard.last[section_]["data"]["content"])


__all__ = ["SOURCE", "Going", "Held", "Hold", "events_of", "run_of", "section", "seen", "toy_brief"]
