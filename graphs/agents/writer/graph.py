"""The writer: compute tables and figures, draft the words, bind each claim to its evidence."""

from typing import Any, cast

from typing_extensions import NotRequired

from graphs.agents.writer.events import FactRequested, SectionDrafted
from graphs.board import Board
from graphs.contract import AgentState, Lane, Update, say, subgraph
from graphs.materials import gather
from graphs.run import run_of
from nodes.computations.computing import compute
from nodes.content import Evidence, SectionContent, digest_of, words_in
from nodes.extracts import extract
from nodes.templates import fill


class State(AgentState):
    """The writer's state."""

    computed: NotRequired[SectionContent | None]
    drafted: NotRequired[SectionContent]
    model: NotRequired[str | None]


async def compute_figures(state: State) -> Update:
    """Work out what code can: the section's computation, or its template."""
    run = await run_of(state["lane"]["run"])
    spec, materials = state["lane"]["section"], await gather(run, state["lane"])
    if spec["compute"]:
        return {"computed": compute(spec["compute"], materials)}
    return {"computed": fill(spec["instructions"], materials) if spec["kind"] == "template" else None}


async def draft(state: State) -> Update:
    """Word the section. What was computed stands as it is; the rest is quoted from the sources."""
    computed = state["computed"]
    if computed is not None:
        return {"drafted": computed, "model": None}
    run, spec = await run_of(state["lane"]["run"]), state["lane"]["section"]
    evidence = evidence_of(run.board, state["lane"])
    return {"drafted": extract(spec["title"], evidence, spec["words"]), "model": None}


async def bind(state: State) -> Update:
    """Say that a draft is there, under the digest of what it says."""
    content = state["drafted"]
    drafted = SectionDrafted(
        content=cast("dict[str, Any]", content),
        digest=digest_of(content),
        words=words_in(content["blocks"]),
        model=state["model"],
    )
    return {"said": [say(drafted)]}


def evidence_of(board: Board, lane: Lane) -> list[Evidence]:
    """Give what the researcher found for the section's epoch, each passage once."""
    gathered = board.of_lane(lane["section"]["id"], lane["epoch"], "EvidenceGathered")
    found = {(e["source"], e["address"]): e for g in gathered for e in g["data"]["evidence"]}
    return cast("list[Evidence]", list(found.values()))


graph = subgraph("writer", (SectionDrafted, FactRequested), compute_figures, draft, bind, state=State)
