"""The writer: compute tables and figures, draft the words, bind each claim to its evidence."""

import asyncio
from collections.abc import Mapping
from typing import Any, NotRequired, cast

from graphs.agents.writer.events import FactRequested, SectionDrafted
from graphs.asking import ask, models_for, prompt
from graphs.board import Board
from graphs.contract import AgentState, Lane, Update, say, subgraph
from graphs.materials import gather
from graphs.run import Run, run_of
from nodes.computations.computing import compute
from nodes.computations.materials import Materials
from nodes.content import Evidence, SectionContent, digest_of, words_in
from nodes.drafting import Brief, content_from, grounds_of, request_draft, supported_only, together
from nodes.extracts import extract
from nodes.reading import text_of
from nodes.templates import fill

_SYSTEM = prompt("writer", "draft")


class State(AgentState):
    """The writer's state."""

    computed: NotRequired[SectionContent | None]
    answer: NotRequired[dict[str, Any] | None]
    model: NotRequired[str | None]


async def compute_figures(state: State) -> Update:
    """Work out what code can: the section's computation, or its template."""
    run = await run_of(state["lane"]["run"])
    spec, materials = state["lane"]["section"], await gather(run, state["lane"])
    if spec["compute"]:
        return {"computed": await asyncio.to_thread(compute, spec["compute"], materials)}
    return {"computed": fill(spec["instructions"], materials) if spec["kind"] == "template" else None}


async def draft(state: State) -> Update:
    """Have a model word the section, where there is one and the section is prose."""
    run, spec = await run_of(state["lane"]["run"]), state["lane"]["section"]
    models = await models_for(run, "writer", spec["model"])
    if models is None or spec["kind"] != "prose":
        return {"answer": None, "model": None}
    materials = await gather(run, state["lane"])
    grounds = grounds_of(materials, evidence_of(run.board, state["lane"]), state["computed"])
    findings = state["event"]["data"].get("findings") or _reopened_for(run.board, state["lane"])
    brief = Brief(*models, system=_SYSTEM, findings=findings, last_draft=_last_draft(run.board, state["lane"]))
    reply = await ask(run, state, "writer", "draft", request_draft(materials, grounds, brief))
    return {"answer": reply.parsed, "model": reply.model}


async def bind(state: State) -> Update:
    """Bind each sentence to what carries it, and say that a draft is there under the digest of what it says."""
    run = await run_of(state["lane"]["run"])
    content, model = _content(run, state, await gather(run, state["lane"]))
    drafted = SectionDrafted(
        content=cast("dict[str, Any]", content),
        digest=digest_of(content),
        words=words_in(content["blocks"]),
        model=model,
    )
    return {"said": [say(drafted)]}


def evidence_of(board: Board, lane: Lane) -> list[Evidence]:
    """Give what the researcher found for the section's epoch, each passage once."""
    gathered = board.of_lane(lane["section"]["id"], lane["epoch"], "EvidenceGathered")
    found = {(e["source"], e["address"]): e for g in gathered for e in g["data"]["evidence"]}
    return cast("list[Evidence]", list(found.values()))


def _content(run: Run, state: State, materials: Materials) -> tuple[SectionContent, str | None]:
    """Put together what was computed and what was worded; quote the sources where neither gave anything.

    Gives the model too, if any of its words stand.
    """
    computed, answer, spec = state["computed"], state["answer"], state["lane"]["section"]
    evidence = evidence_of(run.board, state["lane"])
    worded = content_from(answer, grounds_of(materials, evidence, computed), spec["title"]) if answer else None
    if worded and _is_last_round(run, state["event"]):
        worded = supported_only(worded)
    if worded and worded["blocks"]:
        return (together(worded, computed) if computed else worded), state["model"]
    return computed or extract(spec["title"], evidence, spec["words"]), None


def _is_last_round(run: Run, event: Mapping[str, Any]) -> bool:
    """Whether this draft cannot be sent back: then what is unsupported is left out instead of objected to."""
    most: int = run.request["options"]["max_rounds"]
    return int(event["round"]) + 1 >= most


def _reopened_for(board: Board, lane: Lane) -> list[dict[str, Any]]:
    """Give what the editor objected to, if it had the section opened again."""
    (opened,) = board.of_lane(lane["section"]["id"], lane["epoch"], "SectionOpened")
    findings: list[dict[str, Any]] = opened["data"]["findings"]
    return findings


def _last_draft(board: Board, lane: Lane) -> str:
    """Give the last words that the section was drafted in, of this epoch or the one before."""
    section = lane["section"]["id"]
    drafts = [
        d for epoch in (lane["epoch"] - 1, lane["epoch"]) for d in board.of_lane(section, epoch, "SectionDrafted")
    ]
    return text_of(cast("SectionContent", drafts[-1]["data"]["content"])) if drafts else ""


graph = subgraph("writer", (SectionDrafted, FactRequested), compute_figures, draft, bind, state=State)
