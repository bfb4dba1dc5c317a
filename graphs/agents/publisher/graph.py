"""The publisher: gather what stands, assemble the document, write it out."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NotRequired, cast

from quire.graphs.agents.extractor.events import RecordsExtracted
from quire.graphs.agents.publisher.events import DocumentPublished
from quire.graphs.agents.section.events import UNREAD
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.emitting import emit
from quire.graphs.run.remarked import for_readers_of
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.standing import document_section, in_other_words
from quire.graphs.run.summary import sections_of, verdict
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.content import canonical
from quire.nodes.language.catalogue import Words
from quire.nodes.render.assembly import assemble
from quire.nodes.render.document import Document, DocumentSection


class State(AgentState):
    """The publisher's state."""

    sections: NotRequired[list[DocumentSection]]
    document: NotRequired[Document]


async def gather(state: State) -> Update:
    """Gather how each section ended and what it says."""
    run = await run_of(state["scope"]["run"])
    blackboard, readers = run.blackboard, _readers(run)
    ended = sections_of(blackboard)
    worded = state["event"]["data"].get("rewordings", ())
    closed = [document_section(status, blackboard.last[status["id"]]["data"]) for status in ended]
    sections = [in_other_words(section, worded) for section in closed]
    return {"sections": [{**s, "models": {**s["models"], **readers.get(s["id"], {})}} for s in sections]}


def _readers(run: Run) -> dict[str, dict[str, str]]:
    """Name the models that read records, for each section that shows some of them."""
    extracted = [event["data"] for event in run.blackboard.of_type(RecordsExtracted)]
    if not extracted or not extracted[-1].get("models"):
        return {}
    types, models = set(extracted[-1]["types"]), ", ".join(extracted[-1]["models"])
    specs = run.request["blueprint"]["sections"]
    return {s["id"]: {"extractor": models} for s in specs if types & {one["of"] for one in s.get("show", ())}}


async def put_together(state: State) -> Update:
    """Assemble what the sections say and the register of sources. Nothing is worded here."""
    run = await run_of(state["scope"]["run"])
    found = for_readers_of(state["event"]["data"]["findings"], {s["id"]: s["title"] for s in state["sections"]})
    warnings = [*_unread(run.blackboard.last.values(), run.words), *found]
    online = any(s["models"] for s in state["sections"])
    document = assemble(run.request, state["sections"], await run.readings(), warnings, online=online)
    return {"document": document}


async def publish(state: State) -> Update:
    """Say that the document is there; the record keeps it in the same transaction."""
    text = canonical(cast("dict[str, Any]", state["document"]))
    status = verdict(state["sections"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"outgoing": [emit(DocumentPublished(digest=digest, status=status), keep=text)]}


def _unread(closed: Iterable[Envelope], words: Words) -> Iterator[str]:
    """Say which of the agents that the blueprint declares took no part for want of a model, and in how much."""
    found = [f["message"] for e in closed for f in e["data"].get("findings", ()) if f["rule"] == UNREAD]
    for message, sections in Counter(found).items():
        yield words.count("finding.in-sections", sections, message=f"{message[:1].lower()}{message[1:]}")


graph = subgraph("publisher", (DocumentPublished,), gather, put_together, publish, state=State)
