"""The writer: compute tables and figures, have a model write the section with them, bind each claim to its evidence.

A section that one reply cannot hold is laid out in parts, which are written side by side and rejoin. Facts that the
section cannot do without are asked for, once a round; the writer goes on from what it had written.
"""

import asyncio
import operator
from collections.abc import Sequence
from typing import Annotated, Any, NotRequired, cast

from langgraph.graph import END, START, StateGraph
from langgraph.types import Send

from quire.graphs.agents.writer.assignment import has_asked
from quire.graphs.agents.writer.editing import (
    is_only_edited,
    said_before,
    stood_before,
    text_before,
    with_persons,
    written_by,
)
from quire.graphs.agents.writer.events import FactRequested, PartDrafted, PartPlanned, SectionDrafted
from quire.graphs.agents.writer.part import PART, Written
from quire.graphs.agents.writer.proposals import proposals
from quire.graphs.agents.writer.wording import Assignment, assignment, word
from quire.graphs.dispatch.subgraph import emitting
from quire.graphs.events import SectionProposed
from quire.graphs.kernel.agent_state import AgentInput, AgentOutput, AgentState, Scope, Update
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.computed import computed_of
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import evidence_of, gather, quotations_of, standing_marked
from quire.graphs.versions.told import made_with
from quire.nodes.author.composing import Composed, compose, with_demanded
from quire.nodes.author.outlining import Part, joined, request_outline, too_large
from quire.nodes.author.placing import as_text, placeables
from quire.nodes.checks.checking import check_section, rules_for
from quire.nodes.evidence.content import Block, SectionContent, digest_of, words_in
from quire.nodes.faults import BudgetSpent, ModelFault
from quire.nodes.language.catalogue import Words

EMITS = (SectionDrafted, FactRequested, PartPlanned, PartDrafted, SectionProposed)
_OUTLINE = prompt("writer", "outline")


class State(AgentState):
    """The writer's state."""

    computed: NotRequired[SectionContent | None]
    parts: NotRequired[list[Part]]
    written: Annotated[list[Written], operator.add]
    answer: NotRequired[str]
    model: NotRequired[str]
    reason: NotRequired[str]


async def compute_figures(state: State) -> Update:
    """Work out what code can: the section's computation, or its template."""
    run = await run_of(state["scope"]["run"])
    computed = await computed_of(run, state["scope"])
    return {"computed": computed if computed is not None and await _stands(run, state, computed) else None}


async def _stands(run: Run, state: State, computed: SectionContent) -> bool:
    """Whether there is something to show; what is only offered to a writer is nothing where none writes."""
    pieces = placeables(computed).values()
    if any(not piece.is_offered for piece in pieces) or not state["scope"]["section"]["compute"]:
        return True
    return bool(pieces) and await models_for(run, "writer", state["scope"]["section"]["model"]) is not None


async def lay_out(state: State) -> Update:
    """Have a section laid out in parts that is too large for one draft. What was laid out stays, round for round."""
    run, scope = await run_of(state["scope"]["run"]), state["scope"]
    models = await models_for(run, "writer", scope["section"]["model"])
    if models is None or not too_large(scope["section"]) or is_only_edited(run.blackboard, state["event"]):
        return {}
    request = request_outline(await gather(run, scope), evidence_of(run.blackboard, scope), models, _OUTLINE)
    parts: list[Part] = (await ask(run, state, "writer", "outline", request)).parsed["parts"]
    planned = [emit(PartPlanned(part=place, **part)) for place, part in enumerate(parts, 1)]
    await run.post([envelope(p, f"part-{place}", state["event"], 0, scope=scope) for place, p in enumerate(planned, 1)])
    return {"parts": parts}


def side_by_side(state: State) -> list[Send] | str:
    """Send every part into a run of its own, or draft the section in one piece."""
    return [
        Send("part", {"event": state["event"], "scope": state["scope"], "part": part, "place": place})
        for place, part in enumerate(state.get("parts", []), 1)
    ] or "draft"


async def draft(state: State) -> Update:
    """Have a model write the section, where there is one and the section is prose.

    Where it gives nothing, the section is what code computed, if that is something.
    """
    run = await run_of(state["scope"]["run"])
    given = await _assignment(run, state)
    if given is None or is_only_edited(run.blackboard, state["event"]):
        return {}
    try:
        worded = await word(run, state, "draft", given)
    except (ModelFault, BudgetSpent) as fault:
        if not state.get("computed"):
            raise
        return {"reason": str(fault)}
    return {"answer": worded.text, "model": worded.model}


async def bind(state: State) -> Update:
    """Bind each statement to what carries it and say that a draft is there, or ask for what it lacks.

    Persons' words stand in every draft; where nothing else is wanted, the text that stands gets them.
    """
    run, answer = await run_of(state["scope"]["run"]), state.get("answer", "")
    if is_only_edited(run.blackboard, state["event"]):
        return {"outgoing": [emit(await _with_edits(run, state["scope"]))]}
    given = await _assignment(run, state) if answer else None
    bound = given.bound(answer) if given else None
    if bound and bound.missing and not has_asked(state["event"]):
        question, *more = bound.missing
        return {"outgoing": [emit(FactRequested(question=question, more=more, begun=answer))]}
    composed = _composed(state, bound.blocks if bound else _parts(state, run.words))
    marked = await standing_marked(run, state["scope"], await _content(run, state, composed))
    content = with_persons(run.blackboard, state["scope"], marked, await run.readings())
    drafted = SectionDrafted(
        content=cast("dict[str, Any]", content),
        digest=digest_of(content),
        words=words_in(content["blocks"]),
        model=_model(state) if composed and composed.words_stand else None,
        reason=state.get("reason", ""),
        made_with=await made_with(run, state["scope"]["section"]),
    )
    proposed = [draft for written in state["written"] for draft in written["proposed"]]
    if bound and given:
        proposed += proposals(run.blackboard, state["scope"], given.desk, bound.proposed)
    return {"outgoing": [emit(drafted), *proposed]}


async def _with_edits(run: Run, scope: Scope) -> SectionDrafted:
    """Give the text that is there with persons' edits. One that was not approved yet is judged as any draft is."""
    before = text_before(run.blackboard, scope)
    if before is None:
        raise RuntimeError(f"section {scope['section']['id']!r} has no text to be edited")
    content = with_persons(run.blackboard, scope, before, await run.readings())
    return SectionDrafted(
        content=cast("dict[str, Any]", content),
        digest=digest_of(content),
        words=words_in(content["blocks"]),
        model=written_by(run.blackboard, scope),
        made_with=said_before(run.blackboard, scope).get("made_with", {}),
        edited=stood_before(run.blackboard, scope),
    )


async def _assignment(run: Run, state: State) -> Assignment | None:
    spec = state["scope"]["section"]
    models = await models_for(run, "writer", spec["model"])
    if models is None or spec["kind"] != "prose":
        return None
    materials, evidence = await gather(run, state["scope"]), evidence_of(run.blackboard, state["scope"])
    return assignment(run, state, models, materials, evidence, state.get("computed"))


def _composed(state: State, blocks: Sequence[Block | str] | None) -> Composed | None:
    """Make one text of what was worded and what was computed."""
    if blocks is None:
        return None
    computed = state.get("computed")
    if computed and state.get("parts"):
        computed = as_text(computed)  # who wrote a part was not shown it, so that nothing takes its place
    return compose(blocks, placeables(computed), computed)


def _parts(state: State, words: Words) -> list[Block | str] | None:
    if not (parts := state.get("parts")):
        return None
    written = sorted(state["written"], key=lambda w: w["place"])
    return [*joined(parts, [w["content"] for w in written], words)["blocks"]]


async def _content(run: Run, state: State, composed: Composed | None) -> SectionContent:
    """Give the text; what was computed where no words stand; and quote the sources where there is neither."""
    if composed and composed.words_stand:
        return await _with_demanded(run, state["scope"], composed) if composed.left else composed.content
    if computed := state.get("computed"):
        return as_text(computed)
    return await quotations_of(run, state["scope"])


async def _with_demanded(run: Run, scope: Scope, composed: Composed) -> SectionContent:
    """Put back what a rule of the section demands of the words that a writer's text took the place of."""
    rules, materials = rules_for(scope["section"], run.request["blueprint"]["rules"]), await gather(run, scope)
    return await asyncio.to_thread(
        with_demanded, composed, lambda content: len(check_section(rules, content, materials))
    )


def _model(state: State) -> str:
    return ", ".join(sorted({w["model"] for w in state["written"]})) if state.get("parts") else state["model"]


def _wired() -> StateGraph[Any, Any, Any, Any]:
    wired = StateGraph(State, input_schema=AgentInput, output_schema=AgentOutput)
    for step in (compute_figures, lay_out, draft, emitting("writer", EMITS, bind)):
        wired.add_node(step.__name__, step)
    wired.add_node("part", PART)
    wired.add_edge(START, "compute_figures")
    wired.add_edge("compute_figures", "lay_out")
    wired.add_conditional_edges("lay_out", side_by_side, ["part", "draft"])
    for before, after in (("part", "bind"), ("draft", "bind"), ("bind", END)):
        wired.add_edge(before, after)
    return wired


graph = _wired().compile(name="writer")
