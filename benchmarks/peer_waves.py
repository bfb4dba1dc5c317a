"""LangGraph by itself: waves of ``Send``. Each superstep sends all sections that can start, and waits for all.

A section is a compiled subgraph of the four steps as bare functions. This is what Quire is measured against.
"""

from operator import or_
from typing import Annotated, Any

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send
from typing_extensions import TypedDict


class SectionInput(TypedDict):
    """Which section."""

    id: int


class SectionOutput(TypedDict):
    """The section's text."""

    approved: Annotated[dict[int, str], or_]


class SectionState(SectionInput, SectionOutput):
    """A section being written."""

    text: str
    findings: Annotated[list[str], list.__add__]


def section_graph(work: Any) -> Any:
    """Compile a section's graph."""

    async def draft(state: SectionState) -> dict[str, Any]:
        return {"text": await work.call(state["id"], "draft")}

    async def review(state: SectionState) -> dict[str, Any]:
        return {"findings": await work.call(state["id"], "review", state["text"])}

    async def compliance(state: SectionState) -> dict[str, Any]:
        return {"findings": await work.call(state["id"], "compliance", state["text"])}

    async def revise(state: SectionState) -> dict[str, Any]:
        text = state["text"]
        if state["findings"]:
            text = await work.call(state["id"], "revise", text, state["findings"])
        return {"approved": {state["id"]: text}}

    graph = StateGraph(SectionState, input_schema=SectionInput, output_schema=SectionOutput)
    for step in (draft, review, compliance, revise):
        graph.add_node(step.__name__, step)
    graph.add_edge(START, "draft")
    graph.add_edge("draft", "review")
    graph.add_edge("draft", "compliance")
    graph.add_edge(["review", "compliance"], "revise")
    graph.add_edge("revise", END)
    return graph.compile()


def build(work: Any, checkpointer: Any = None) -> Any:
    """Compile the document's graph."""

    def ready(state: SectionOutput) -> list[Send] | str:
        done = state.get("approved", {})
        sends = [
            Send("section", {"id": s.id}) for s in work.sections if s.id not in done and all(a in done for a in s.after)
        ]
        return sends or END

    async def dispatch(_state: SectionOutput) -> dict[str, Any]:
        return {}

    graph = StateGraph(SectionOutput)
    graph.add_node("dispatch", dispatch)
    graph.add_node("section", section_graph(work))
    graph.add_edge(START, "dispatch")
    graph.add_conditional_edges("dispatch", ready, ["section", END])
    graph.add_edge("section", "dispatch")
    return graph.compile(checkpointer=checkpointer)


async def generate(work: Any) -> dict[int, str]:
    """Write every section."""
    out = await work.built.ainvoke({"approved": {}}, {"recursion_limit": 10_000})
    approved: dict[int, str] = out["approved"]
    return approved
