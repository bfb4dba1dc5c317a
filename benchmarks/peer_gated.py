"""Quire's shape in plain LangGraph: section runs that wait, in one superstep; agents are subgraphs of two steps.

Nothing of Quire is in it: no events, no record, no faults, no people, and nothing that lets the longest path go first.
A section run waits for the sections it builds on by awaiting them; that is all there is of a dependency wait.
"""

import asyncio
from collections import defaultdict
from operator import or_
from typing import Annotated, Any

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send
from typing_extensions import TypedDict


class Section(TypedDict, total=False):
    """A section being written."""

    id: int
    after: list[int]
    text: str
    findings: Annotated[list[str], list.__add__]
    approved: Annotated[dict[int, str], or_]


class Said(TypedDict, total=False):
    """What an agent takes, and what it says."""

    id: int
    text: str
    findings: list[str]
    approved: dict[int, str]
    said: dict[str, Any]


class Document(TypedDict):
    """The approved texts."""

    approved: Annotated[dict[int, str], or_]


def agent(name: str, work: Any) -> Any:
    """Compile an agent of two inner steps: it works, then it says what came of it."""

    async def do(state: Said) -> dict[str, Any]:
        number, text, findings = state["id"], state.get("text", ""), state.get("findings", [])
        if name == "draft":
            return {"said": {"text": await work.call(number, "draft")}}
        if name != "revise":
            return {"said": {"findings": await work.call(number, name, text)}}
        return {"said": {"approved": {number: await work.call(number, "revise", text, findings) if findings else text}}}

    async def emit(state: Said) -> dict[str, Any]:
        return state["said"]

    graph = StateGraph(Said)
    graph.add_node("do", do)
    graph.add_node("emit", emit)
    graph.add_edge(START, "do")
    graph.add_edge("do", "emit")
    graph.add_edge("emit", END)
    return graph.compile(name=name)


def scope(work: Any, ended: dict[int, asyncio.Event]) -> Any:
    """Compile a section run: a dependency wait, and the agents behind it."""

    async def gate(state: Section) -> dict[str, Any]:
        for number in state["after"]:
            await ended[number].wait()
        return {}

    async def close(state: Section) -> dict[str, Any]:
        ended[state["id"]].set()
        return {}

    def node(name: str) -> Any:
        subgraph = agent(name, work)

        async def run(state: Section) -> dict[str, Any]:
            out: dict[str, Any] = (await subgraph.ainvoke(state))["said"]
            return out

        return run

    graph = StateGraph(Section, output_schema=Document)
    graph.add_node("gate", gate)
    for name in ("draft", "review", "compliance", "revise"):
        graph.add_node(name, node(name))
    graph.add_node("close", close)
    graph.add_edge(START, "gate")
    graph.add_edge("gate", "draft")
    graph.add_edge("draft", "review")
    graph.add_edge("draft", "compliance")
    graph.add_edge(["review", "compliance"], "revise")
    graph.add_edge("revise", "close")
    graph.add_edge("close", END)
    return graph.compile(name="scope")


def build(work: Any) -> Any:
    """Compile the document's graph."""
    ended: dict[int, asyncio.Event] = defaultdict(asyncio.Event)

    async def plan(_state: Document) -> dict[str, Any]:
        return {}

    def all_at_once(_state: Document) -> list[Send]:
        return [
            Send("scope", {"id": s.id, "after": list(s.after), "findings": [], "approved": {}}) for s in work.sections
        ]

    graph = StateGraph(Document)
    graph.add_node("plan", plan)
    graph.add_node("scope", scope(work, ended))
    graph.add_edge(START, "plan")
    graph.add_conditional_edges("plan", all_at_once, ["scope"])
    graph.add_edge("scope", END)
    return graph.compile(name="document")


async def generate(work: Any) -> dict[int, str]:
    """Write every section."""
    out = await work.built.ainvoke({"approved": {}}, {"recursion_limit": 10_000})
    approved: dict[int, str] = out["approved"]
    return approved
