"""The document graph: from a brief to a document. ``graph`` is ready to use; ``build`` adds agents to it.

``await graph.ainvoke(load("brief.yaml"))`` gives ``{document, markdown, status, sections, usage}``.
"""

import asyncio
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from langgraph.config import get_config
from langgraph.types import Overwrite

from quire.graphs.agents.publisher.events import DocumentPublished
from quire.graphs.dispatch.dispatcher import Frame, Schemas, dispatcher
from quire.graphs.dispatch.synchronous import synchronous_too
from quire.graphs.document.context import DocumentContext, with_context
from quire.graphs.document.fetching import content_of, fetched
from quire.graphs.document.rejoining import recall, take_changes
from quire.graphs.document.state import DocumentInput, DocumentOutput, DocumentState, run_usage
from quire.graphs.document.steward import ATTENDING
from quire.graphs.document.suspension import ask, go_on, waits
from quire.graphs.events import DocumentRequested, RunEnded, SectionChanged, SectionEdited
from quire.graphs.intake import brief
from quire.graphs.intake.agent_check import AgentNames, agent_names_of, names_in, unknown_agents, unknown_models
from quire.graphs.intake.blueprint import resolve
from quire.graphs.intake.blueprint_languages import in_language, language_for
from quire.graphs.intake.brief_sources import handle_of
from quire.graphs.intake.brief_template import remarks_on, template_bytes
from quire.graphs.kernel.agent_state import AgentGraph, Scope, Step, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.kernel.registry import check, lacking, look
from quire.graphs.run.changes import PERSON
from quire.graphs.run.connections import connections
from quire.graphs.run.earlier import Earlier
from quire.graphs.run.model_choice import Model, check_choice, configured
from quire.graphs.run.run import Run, begin_run, close_run, run_of
from quire.graphs.run.summary import failure_of, sections_of, status_of
from quire.graphs.versions.planned_before import facts_before
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import BadInput, ChangedMeanwhile, RecordFault, refuse
from quire.nodes.language.detection import language_of_most
from quire.nodes.render.document import Document
from quire.nodes.render.markdown import render
from quire.unpublished import keeps_checkpoints


def beginning(agents: AgentNames, lacks: str = "") -> Step:
    """Make the first step of a document that these agents make; it stops where some are missing that must be there."""

    async def begin(state: DocumentState) -> Update:
        """Start a run, or find the one that was begun under this id; a new brief on an old thread is a new run."""
        if lacks:
            raise RecordFault(lacks)
        run_id = state.get("id") or uuid.uuid4().hex
        run = await begin_run(run_id)
        requested = run.blackboard.of_type(DocumentRequested)
        return {
            "run": run_id,
            "sources": [],
            "log": requested or [await _request(run, state, agents)],
            "suspended": Overwrite([]),
            "packed": None,
        }

    return begin


async def finish(state: DocumentState) -> Update | None:
    """End the run and hand out what came of it; None if something has come from outside that it must take up."""
    run = await run_of(state["run"])
    if not await _ended(run, state["log"][-1]):
        return None
    results = await _results(run) if run.hands_out else {}
    close_run(run.id)
    await connections().release(run.id)
    return results


async def _ended(run: Run, last: Envelope) -> bool:
    """Journal the run's end, unless something has come from outside since changes were last taken up."""
    blackboard = run.blackboard
    async with blackboard.inbox_lock:
        if blackboard.heard > blackboard.considered:
            return False
        status = status_of(blackboard)
        ended = emit(RunEnded(status=status, reason=failure_of(blackboard)))
        try:
            event = envelope(ended, "document", last, 0, scope=Scope(run=run.id))
            await run.post([event], status=status, heard=blackboard.considered)
        except ChangedMeanwhile:  # by another process
            await blackboard.fill()
            return False
    return True


async def _results(run: Run) -> Update:
    document = await published(run)
    attempts = [attempt for _, attempt in await run.record.ledger(run.id)]
    return {
        "document": document,
        "markdown": (await asyncio.to_thread(render, document)).decode() if document else "",
        "status": status_of(run.blackboard),
        "sections": sections_of(run.blackboard),
        "usage": run_usage(attempts),
    }


async def published(run: Run) -> Document | None:
    """Give the run's document, if it came to one."""
    editions = run.blackboard.of_type(DocumentPublished)
    if not editions:
        return None
    found: Document = json.loads(await run.record.get(editions[-1]["data"]["digest"]))
    return found


def build(
    agents: Sequence[Agent] = (),
    *,
    model: Model | None = None,
    models: Mapping[str, Model] | None = None,
    whole_state: bool = False,
) -> AgentGraph:
    """Compile the document graph with the agents found in their folders and any further ones.

    Args:
        agents: take part beside those in their folders.
        model: what every agent asks, a LangChain chat model or a name (``anthropic:claude-sonnet-4-5``), instead of
            what the settings say.
        models: what single agents ask, by the agent's name.
        whole_state: give out the whole state instead of the results, for Studio's sake.

    Raises:
        WiringError: the agents do not fit together; it lists every problem.
        BadInput: a model is neither.

    """
    choice, found = configured(model, models), look()
    made = assemble([*found.agents, *agents], whole_state=whole_state, lacks=lacking(found))
    return made.with_config(choice) if choice else made


def assemble(everyone: Sequence[Agent], *, whole_state: bool = False, lacks: str = "") -> AgentGraph:
    """Compile the document graph over exactly these agents.

    Args:
        everyone: the agents.
        whole_state: as for :func:`build`.
        lacks: which agents are missing without which no run may go on. The graph is there all the same, so that what
            needs no run still works.

    Raises:
        WiringError: the agents do not fit together; it lists every problem.

    """
    if not lacks:
        check(everyone)
    working = [a for a in everyone if a.scope == "section"]
    above = [a.composed(working) for a in everyone if a.scope == "document"]
    frame = Frame(
        beginning(agent_names_of(everyone), lacks),
        finish,
        _place,
        take_changes,
        recalls=recall,
        pause=ask,
        waits=waits,
        resumes=go_on,
        attends=None if lacks else ATTENDING,
    )
    output = DocumentState if whole_state else DocumentOutput
    schemas = Schemas(DocumentState, DocumentInput, output, DocumentContext)
    return synchronous_too(dispatcher("document", above, schemas, frame))


def _place(state: DocumentState) -> Scope:
    return Scope(run=state["run"])


async def _request(run: Run, state: DocumentState, agents: AgentNames) -> Envelope:
    """Check the brief, put its sources into the record, and journal what is asked."""
    given: Mapping[str, Any] = with_context(dict(state))
    given_earlier: Earlier | None = given.get("earlier")
    asked = await asyncio.to_thread(brief.decode, {k: given[k] for k in _BRIEF if k in given})
    if asked["options"].get("approve") and not run.owned and not keeps_checkpoints(get_config()):
        raise BadInput(
            "approval needs a checkpointer, or nobody can answer", field="options.approve", hint="compile with one"
        )
    known = resolve(asked["blueprint"])
    refuse(list(unknown_agents(known, agents)))
    settings, everybody = await run.configured(), names_in(agents, known)
    refuse(list(unknown_models(asked["options"], known, agents, settings)))
    check_choice(settings, everybody)
    replies = await fetched(run, asked["sources"])
    kept = [(s, content_of(s, replies)) for s in asked["sources"] if s["name"] not in replies.missing]
    hashes = [await run.record.put(run.id, content) for _, content in kept]
    told: dict[str, Any] = {
        "blueprint": known.model_dump(mode="json"),
        "facts": facts_before(given_earlier, asked["facts"]),
        "sources": [handle_of(s, digest) for (s, _), digest in zip(kept, hashes, strict=True)],
        "options": await _options(run, asked),
        "left_out": [*asked.get("left_out", []), *replies.left_out],
        "records": asked.get("records", {}),
    }
    given = {digest: content for (_, content), digest in zip(kept, hashes, strict=True)}
    readings = (await run.library.read(told, given=given)).readings
    language = asked.get("language") or language_for(known, language_of_most(readings))
    blueprint = in_language(known, language)
    requested = DocumentRequested(
        title=blueprint.title if asked["title"] == known.title else asked["title"],
        withholds=any("withheld" in reading for reading in readings),
        language=language,
        earlier=await _earlier(run, given_earlier),
        **{**told, "blueprint": blueprint.model_dump(mode="json")},
    )
    event = envelope(emit(requested), "document", None, 0, scope=Scope(run=run.id))
    posted = await run.post([event, *_edits(run, event, state.get("edits", []))])
    if given_earlier:
        await run.blackboard.fill()  # and with it the version that the document follows
    return posted[0]


async def _options(run: Run, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Give the options as they are journalled: a template's bytes are a blob of the record."""
    options = asked["options"] | {key: asked[key] for key in ("locale",) if key in asked}
    if (template := options.get("template")) is None:
        return dict(options)
    remarks = await asyncio.to_thread(remarks_on, template, asked["facts"])
    digest = await run.record.put(run.id, template_bytes(template))
    return {**options, "template": {"name": template["name"], "hash": digest, "remarks": remarks}}


def _edits(run: Run, requested: Envelope, edits: Sequence[Mapping[str, Any]]) -> list[Envelope]:
    """Give the edits and instructions with which a version begins, in the order in which persons made them."""
    said = [emit(_edit({k: v for k, v in one.items() if k != "section"}), section=one["section"]) for one in edits]
    return [envelope(draft, PERSON, requested, place, scope=Scope(run=run.id)) for place, draft in enumerate(said)]


def _edit(said: Mapping[str, Any]) -> SectionEdited | SectionChanged:
    return SectionChanged.model_validate(said) if "changes" in said else SectionEdited.model_validate(said)


async def _earlier(run: Run, version: Earlier | None) -> str:
    """Put the version that the document follows into the record, and give its digest."""
    return await run.record.put(run.id, canonical({**version}).encode()) if version else ""


_BRIEF = ("blueprint", "title", "facts", "sources", "locale", "options", "left_out", "language", "plan", "records")


graph = build()
