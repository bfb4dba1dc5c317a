"""The one node that runs every agent which a blueprint declares as data: a reader with a prompt or a checklist."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, cast

from quire.graphs.agents.section.events import UNREAD, DraftJudged
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import Agent, subgraph
from quire.graphs.kernel.emitting import say
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import run_of
from quire.nodes.author.reading import quoting, reading_schema, request_reading, text_of
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import SectionContent
from quire.nodes.language.catalogue import Words
from quire.nodes.model.request import Fenced

NAME = "guest"
_SYSTEM = prompt("section", "read")
_GOOD_ENOUGH = 4


class State(AgentState):
    """What a guest reads, and what it objects to."""

    spec: NotRequired[dict[str, Any]]
    """Its declaration (``quire.graphs.intake.blueprint.AgentSpec`` as JSON)."""
    text: NotRequired[str | None]
    findings: NotRequired[list[Finding]]
    blocks: NotRequired[bool]


async def look(state: State) -> Update:
    """Take the section's newest draft; where there is none yet, there is nothing to judge."""
    run, lane = await run_of(state["lane"]["run"]), state["lane"]
    spec = next(a for a in run.request["blueprint"]["agents"] if a["name"] == state["acts_as"])
    drafts = run.board.of_lane(lane["section"]["id"], lane["epoch"], SectionDrafted)
    text = text_of(cast("SectionContent", drafts[-1]["data"]["content"])) if drafts else None
    return {"spec": spec, "text": text}


async def read(state: State) -> Update:
    """Have a model read the draft as the declaration says. Without a model nobody reads, and the section says so."""
    run, spec, section = await run_of(state["lane"]["run"]), state["spec"], state["lane"]["section"]
    if state["text"] is None:
        return {}
    models = await models_for(run, spec["name"])
    if models is None:
        return {"findings": [_unread(spec, section["id"], run.words)], "blocks": False}
    places = [str(n) for n, _ in enumerate(spec["checklist"], 1)] or [section["id"]]
    request = request_reading(models, _SYSTEM, _asked(spec, section, state["text"]), reading_schema("place", places))
    reply = (await ask(run, state, spec["name"], "read", request)).parsed
    told = (spec["prompt"] or "", *spec["checklist"], section["title"])
    findings = [_finding(o, spec, section["id"]) for o in quoting(reply["objections"], state["text"], *told)]
    return {"findings": findings, "blocks": _blocks(findings, reply["grade"])}


async def report(state: State) -> Update:
    """Give the verdict."""
    if state["text"] is None:
        return {"said": []}
    return {"said": [say(DraftJudged(blocks=state["blocks"], findings=[dict(f) for f in state["findings"]]))]}


def _asked(spec: Mapping[str, Any], section: Mapping[str, Any], text: str) -> list[str | Fenced]:
    listed = "\n".join(f"{n}. {item}" for n, item in enumerate(spec["checklist"], 1))
    told = spec["prompt"] or f"The checklist:\n{listed}"
    return [told, f"The section “{section['title']}”.", Fenced("draft", text)]


def _finding(objection: Mapping[str, Any], spec: Mapping[str, Any], section: str) -> Finding:
    """Make a finding of an objection. What a checklist demands must hold; what a reader dislikes is a warning."""
    said = f"“{objection['quote']}”: {objection['problem']}"
    if not spec["checklist"]:
        return Finding(rule=spec["name"], severity="warning", message=said, where=section)
    item = spec["checklist"][int(objection["place"]) - 1]
    return Finding(rule=spec["name"], severity="error", message=f"{item} {said}", where=section)


def _blocks(findings: Sequence[Finding], grade: int) -> bool:
    return any(f["severity"] == "error" for f in findings) or bool(findings and grade < _GOOD_ENOUGH)


def _unread(spec: Mapping[str, Any], section: str, words: Words) -> Finding:
    message = words("finding.unread-agent", name=spec["name"])
    return Finding(rule=UNREAD, severity="warning", message=message, where=section)


GUEST = Agent(
    NAME, handles=(), emits=(DraftJudged,), graph=subgraph(NAME, (DraftJudged,), look, read, report, state=State)
)
