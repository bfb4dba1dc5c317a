"""The one node that runs every agent which a blueprint declares as data: a reader with a prompt or a checklist."""

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired

from quire.graphs.agents.section.events import UNREAD, DraftJudged
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import SectionProposed
from quire.graphs.kernel.agent_state import AgentState, Outgoing, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.judged_draft import has_errors, judged_draft, rule_findings
from quire.graphs.run.model_calls import ask, models_for, prompt
from quire.graphs.run.run import run_of
from quire.graphs.run.shown_to_judges import shown_to_judges
from quire.nodes.author.reading import (
    GOOD_ENOUGH,
    MAY_PROPOSE,
    quoting,
    reading_schema,
    remarks,
    request_reading,
    seen_in,
    text_of,
    told,
    with_proposals,
)
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import SectionContent
from quire.nodes.language.catalogue import Words

NAME = "declared"
_SYSTEM = prompt("section", "read")


class State(AgentState):
    """What a declared agent reads, and what it objects to."""

    spec: NotRequired[dict[str, Any]]
    """Its declaration (``quire.graphs.intake.blueprint.AgentSpec`` as JSON)."""
    text: NotRequired[str | None]
    findings: NotRequired[list[Finding]]
    blocks: NotRequired[bool]
    proposed: NotRequired[list[Outgoing]]


async def look(state: State) -> Update:
    """Take the section's newest draft; where there is none yet, there is nothing to judge."""
    run = await run_of(state["scope"]["run"])
    spec = next(a for a in run.request["blueprint"]["agents"] if a["name"] == state["agent_name"])
    draft = await judged_draft(run, state["scope"])
    return {"spec": spec, "text": text_of(draft.content) if draft else None}


async def read(state: State) -> Update:
    """Have a model read the draft as the declaration says. Without a model nobody reads, and the section says so."""
    run, spec, section = await run_of(state["scope"]["run"]), state["spec"], state["scope"]["section"]
    draft = await judged_draft(run, state["scope"])
    if state["text"] is None or draft is None:
        return {}
    models = await models_for(run, spec["name"])
    if models is None:
        return {"findings": [_unread(spec, section["id"], run.words)], "blocks": False}
    if not (draft.holds or draft.last) or has_errors(await rule_findings(run, state["scope"], draft.content)):
        return {"findings": [], "blocks": False}
    places = [str(n) for n, _ in enumerate(spec["checklist"], 1)]
    schema = reading_schema("place", places) if places else reading_schema()
    wanted = [_wanted(spec)]
    if spec.get("proposes"):
        wanted, schema = [*wanted, MAY_PROPOSE], with_proposals(schema)
    shown = await shown_to_judges(run, state["scope"], draft)
    request = request_reading(models, _SYSTEM, schema, wanted, shown)
    reply = (await ask(run, state, spec["name"], "read", request)).parsed
    findings = [_finding(o, spec, section["id"]) for o in quoting(reply["objections"], state["text"])]
    findings = findings if spec["checklist"] or reply["grade"] < GOOD_ENOUGH else remarks(findings)
    known = run.blackboard.growing.proposed_in(section["id"])
    new = [p for p in quoting(reply.get("proposed", ()), state["text"]) if p["title"].casefold() not in known]
    return {
        "findings": findings,
        "blocks": _blocks(findings, reply["grade"], last=draft.last),
        "proposed": [_proposal(p, draft.content) for p in new],
    }


async def report(state: State) -> Update:
    """Give the verdict."""
    if state["text"] is None:
        return {"outgoing": []}
    judged = DraftJudged(blocks=state["blocks"], findings=[dict(f) for f in state["findings"]])
    return {"outgoing": [emit(judged), *state.get("proposed", ())]}


def _proposal(proposed: Mapping[str, Any], content: SectionContent) -> Outgoing:
    seen = [
        {"source": e["source"], "address": e["address"], "quote": e["quote"]}
        for e in seen_in(proposed["quote"], content)
    ]
    return emit(SectionProposed(title=proposed["title"], why=proposed["why"], evidence=seen))


def _wanted(spec: Mapping[str, Any]) -> str:
    listed = "\n".join(f"{n}. {item}" for n, item in enumerate(spec["checklist"], 1))
    return str(spec["prompt"] or f"The checklist:\n{listed}")


def _finding(objection: Mapping[str, Any], spec: Mapping[str, Any], section: str) -> Finding:
    """Make a finding of an objection. What a checklist demands must hold; what a reader dislikes is a warning."""
    said = told(objection)
    if not spec["checklist"]:
        return Finding(rule=spec["name"], severity="warning", message=said, where=section, read=True)
    item = spec["checklist"][int(objection["place"]) - 1]
    return Finding(rule=spec["name"], severity="error", message=f"{item} {said}", where=section, read=True)


def _blocks(findings: Sequence[Finding], grade: int, *, last: bool) -> bool:
    return has_errors(findings) or bool(findings and grade < GOOD_ENOUGH and not last)


def _unread(spec: Mapping[str, Any], section: str, words: Words) -> Finding:
    message = words("finding.unread-agent", name=spec["name"])
    return Finding(rule=UNREAD, severity="warning", message=message, where=section)


EMITS = (DraftJudged, SectionProposed)
DECLARED_AGENT = Agent(NAME, handles=(), emits=EMITS, graph=subgraph(NAME, EMITS, look, read, report, state=State))
