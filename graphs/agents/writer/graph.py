"""The writer: compute tables and figures, draft the words, bind each claim to its evidence.

A section that one reply cannot hold is laid out in parts, which are written side by side and rejoin. A fact that
the section cannot do without is asked for, once a round.
"""

import asyncio
import operator
from typing import Annotated, Any, NotRequired, cast

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send

from quire.graphs.agents.writer.assignment import evidence_of, has_asked, is_last_round, last_draft, objections
from quire.graphs.agents.writer.events import FactRequested, PartDrafted, PartPlanned, SectionDrafted
from quire.graphs.agents.writer.part import PART, SYSTEM, Written
from quire.graphs.kernel.agent_state import AgentInput, AgentOutput, AgentState, Update
from quire.graphs.kernel.emitting import emitting, envelope, say
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import gather
from quire.nodes.author.drafting import Brief, content_from, grounds_of, request_draft, supported_only, together
from quire.nodes.author.extracts import extract
from quire.nodes.author.outlining import Part, joined, request_outline, too_large
from quire.nodes.author.templates import fill
from quire.nodes.computations.computing import compute
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent, digest_of, words_in

EMITS = (SectionDrafted, FactRequested, PartPlanned, PartDrafted)
_OUTLINE = prompt("writer", "outline")


class State(AgentState):
    """The writer's state."""

    computed: NotRequired[SectionContent | None]
    parts: NotRequired[list[Part]]
    written: Annotated[list[Written], operator.add]
    answer: NotRequired[dict[str, Any]]
    model: NotRequired[str]


async def compute_figures(state: State) -> Update:
    """Work out what code can: the section's computation, or its template."""
    run = await run_of(state["lane"]["run"])
    spec, materials = state["lane"]["section"], await gather(run, state["lane"])
    if spec["compute"]:
        return {"computed": await asyncio.to_thread(compute, spec["compute"], materials)}
    return {"computed": fill(spec["instructions"], materials) if spec["kind"] == "template" else None}


async def lay_out(state: State) -> Update:
    """Have a section laid out in parts that is too large for one draft. What was laid out stays, round for round."""
    run, lane = await run_of(state["lane"]["run"]), state["lane"]
    models = await models_for(run, "writer", lane["section"]["model"])
    if models is None or not too_large(lane["section"]):
        return {}
    request = request_outline(await gather(run, lane), models, _OUTLINE)
    parts: list[Part] = (await ask(run, state, "writer", "outline", request)).parsed["parts"]
    planned = [say(PartPlanned(part=place, **part)) for place, part in enumerate(parts, 1)]
    await run.post([envelope(p, f"part-{place}", state["event"], 0, lane=lane) for place, p in enumerate(planned, 1)])
    return {"parts": parts}


def side_by_side(state: State) -> list[Send] | str:
    """Send every part into a lane of its own, or draft the section in one piece."""
    return [
        Send("part", {"event": state["event"], "lane": state["lane"], "part": part, "place": place})
        for place, part in enumerate(state.get("parts", []), 1)
    ] or "draft"


async def draft(state: State) -> Update:
    """Have a model word the section, where there is one and the section is prose."""
    run, spec = await run_of(state["lane"]["run"]), state["lane"]["section"]
    models = await models_for(run, "writer", spec["model"])
    if models is None or spec["kind"] != "prose":
        return {}
    materials = await gather(run, state["lane"])
    grounds = grounds_of(materials, evidence_of(run.board, state["lane"]), state.get("computed"))
    findings = objections(run.board, state["lane"], state["event"])
    brief = Brief(*models, system=SYSTEM, findings=findings, last_draft=last_draft(run.board, state["lane"]))
    reply = await ask(run, state, "writer", "draft", request_draft(materials, grounds, brief))
    return {"answer": reply.parsed, "model": reply.model}


async def bind(state: State) -> Update:
    """Bind each sentence to what carries it and say that a draft is there, or ask for what it lacks."""
    run, answer = await run_of(state["lane"]["run"]), state.get("answer", {})
    if answer.get("missing") and not has_asked(state["event"]):
        return {"said": [say(FactRequested(question=answer["missing"][0]))]}
    content, model = _content(run, state, await gather(run, state["lane"]))
    drafted = SectionDrafted(
        content=cast("dict[str, Any]", content),
        digest=digest_of(content),
        words=words_in(content["blocks"]),
        model=model,
    )
    return {"said": [say(drafted)]}


def _content(run: Run, state: State, materials: Materials) -> tuple[SectionContent, str | None]:
    """Put together what was computed and what was worded; quote the sources where neither gave anything.

    Gives the model too, if any of its words stand.
    """
    computed, spec = state.get("computed"), state["lane"]["section"]
    worded, model = _worded(run, state, materials)
    if worded and worded["blocks"]:
        return (together(worded, computed) if computed else worded), model
    if computed:
        return computed, None
    evidence = evidence_of(run.board, state["lane"])
    return extract(spec["title"], evidence, spec["words"], run.words, materials.readings), None


def _worded(run: Run, state: State, materials: Materials) -> tuple[SectionContent | None, str | None]:
    keep = supported_only if is_last_round(run, state["event"]) else lambda content: content
    if parts := state.get("parts"):
        written = sorted(state["written"], key=lambda w: w["place"])
        models = ", ".join(sorted({w["model"] for w in written}))
        return joined(parts, [keep(w["content"]) for w in written], run.words), models
    if "answer" not in state:
        return None, None
    grounds = grounds_of(materials, evidence_of(run.board, state["lane"]), state.get("computed"))
    content = content_from(state["answer"], grounds, materials)
    return keep(content), state["model"]


def _wired() -> StateGraph[Any, Any, Any, Any]:
    wired = StateGraph(State, input_schema=AgentInput, output_schema=AgentOutput)
    for step in (compute_figures, lay_out, draft, bind, emitting("writer", EMITS)):
        wired.add_node(step.__name__, step)
    wired.add_node("part", PART)
    wired.add_edge(START, "compute_figures")
    wired.add_edge("compute_figures", "lay_out")
    wired.add_conditional_edges("lay_out", side_by_side, ["part", "draft"])
    for before, after in (("part", "bind"), ("draft", "bind"), ("bind", "emit"), ("emit", END)):
        wired.add_edge(before, after)
    return wired


graph = _wired().compile(name="writer")
