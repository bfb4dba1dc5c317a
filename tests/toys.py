"""Small briefs and agents that several tests use."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from graphs.agents.writer.events import SectionDrafted
from graphs.contract import Agent, AgentGraph, AgentState, Update, say, subgraph
from graphs.events import Verdict
from graphs.run import run_of

SOURCE = {
    "name": "code.md",
    "text": "# Zoning code\n\n## 1.01 Height\n\nThe height of a building shall not exceed 40 feet.\n\n"
    "## 1.02 Yards\n\nThe front yard shall be at least 20 feet deep.\n\n"
    "## 1.03 Parking\n\nOne parking space is required for each 250 square feet of floor area.\n",
}


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
        self.agent = Agent("hold", handles=(SectionDrafted,), emits=(Held,), graph=subgraph("hold", (Held,), self.hold))

    async def hold(self, state: AgentState) -> Update:
        """Wait for the release of the section that was drafted."""
        held = self.released.get(state["lane"]["section"]["id"])
        if held is not None:
            await held.wait()
        return {"said": [say(Held(blocks=False, findings=[]))]}


async def events_of(
    graph: AgentGraph, brief: Mapping[str, Any], config: Mapping[str, Any] | None = None
) -> AsyncIterator[dict[str, Any]]:
    """Run a graph and give its events as they happen."""
    async for _, event in graph.astream(dict(brief), dict(config or {}), stream_mode="custom", subgraphs=True):
        yield event


def seen(events: list[dict[str, Any]]) -> list[tuple[str | None, str]]:
    """Reduce events to who and what."""
    return [(e["section"], e["type"]) for e in events]


__all__ = ["SOURCE", "Held", "Hold", "events_of", "run_of", "section", "seen", "toy_brief"]
