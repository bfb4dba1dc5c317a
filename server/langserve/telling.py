"""A document's run as LangChain's two ways of watching one show it: its log, and its events.

LangChain makes both of callbacks of everything that runs inside: every inner step, each with its whole input and
output. Of a report with twenty sections that is some twenty megabytes, which a client folds into one state, again and
again. Here both are made of what the run says of itself: the document is the run that is watched, what an agent says
is a run within it, and an event is its line.
"""

import uuid
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from langchain_core.messages import AIMessageChunk
from langchain_core.runnables.schema import StreamEvent
from langchain_core.tracers.log_stream import RunLogPatch

from quire.nodes.event_store.port import Envelope
from quire.server.execution.live_drafts import Piece
from quire.server.presentation.event_line import line_of

CHAIN: Final = "chain"


class Chosen(NamedTuple):
    """Which runs within it a client wants to see; nothing chosen is everything."""

    include_names: Collection[str] | None = None
    include_types: Collection[str] | None = None
    include_tags: Collection[str] | None = None
    exclude_names: Collection[str] | None = None
    exclude_types: Collection[str] | None = None
    exclude_tags: Collection[str] | None = None

    def wants(self, name: str, kind: str, tags: Sequence[str]) -> bool:
        """Whether a run is to be seen: included by anything if something is, and excluded by nothing."""
        included = (self.include_names, self.include_types, self.include_tags)
        of_it = ((name,), (kind,), tags)
        among = [set(asked or ()) & set(has) for asked, has in zip(included, of_it, strict=True)]
        excluded = (self.exclude_names, self.exclude_types, self.exclude_tags)
        refused = any(set(asked or ()) & set(has) for asked, has in zip(excluded, of_it, strict=True))
        return not refused and (all(asked is None for asked in included) or any(among))


async def as_log(name: str, chunks: AsyncIterator[Mapping[str, Any]], chosen: Chosen) -> AsyncIterator[RunLogPatch]:
    """Make the log of a run of its chunks: lines as they come, what each agent said, and what came of it.

    Args:
        name: of the run.
        chunks: what it streams.
        chosen: whose entries are wanted. The run's own lines and its result are always there.

    """
    begun: dict[str, Any] = {"id": str(uuid.uuid4()), "name": name, "type": CHAIN}
    begun |= {"streamed_output": [], "final_output": None, "logs": {}}
    yield RunLogPatch({"op": "replace", "path": "", "value": begun})
    async for chunk in chunks:
        if "result" in chunk:
            yield RunLogPatch(
                {"op": "add", "path": "/streamed_output/-", "value": {"content": chunk["content"]}},
                {"op": "replace", "path": "/final_output", "value": {"result": chunk["result"], "content": ""}},
            )
        elif "event" in chunk:
            event: Envelope = chunk["event"]
            entry = _entry(event)
            wanted = chosen.wants(event["agent"], CHAIN, entry["tags"])
            added = [{"op": "add", "path": f"/logs/{event['agent']}:{event['n']}", "value": entry}] if wanted else []
            yield RunLogPatch(
                *added, {"op": "add", "path": "/streamed_output/-", "value": {"content": chunk["content"]}}
            )


def _entry(event: Envelope) -> dict[str, Any]:
    return {
        "id": event["id"],
        "name": event["agent"],
        "type": CHAIN,
        "tags": _tags(event["section"]),
        "metadata": _about(event),
        "start_time": event["at"],
        "streamed_output": [],
        "streamed_output_str": [],
        "final_output": {"content": line_of(event)},
        "end_time": event["at"],
    }


async def as_events(
    name: str, asked: Any, chunks: AsyncIterator[Mapping[str, Any]], chosen: Chosen
) -> AsyncIterator[StreamEvent]:
    """Make LangChain's stream events of a run's chunks.

    The run's own begin, lines and end; each agent's begin and end at what it says; a model's words as they come.

    Args:
        name: of the run.
        asked: what it was asked; nothing of it is repeated but its title.
        chunks: what it streams.
        chosen: which of these are wanted.

    """
    run, result = str(uuid.uuid4()), None
    own = chosen.wants(name, CHAIN, ())
    if own:
        yield _event("on_chain_start", name, run, [], {"input": {"title": asked.get("title", "")}})
    async for chunk in chunks:
        if "result" in chunk:
            result = chunk["result"]
            continue
        for event in _within(chunk, run, chosen):
            yield event
        if own and "event" in chunk:
            yield _event("on_chain_stream", name, run, [], {"chunk": {"content": chunk["content"]}})
    if own:
        yield _event("on_chain_end", name, run, [], {"output": result})


def _within(chunk: Mapping[str, Any], run: str, chosen: Chosen) -> list[StreamEvent]:
    """Give the events of what runs within: an agent that said something, or a model that writes."""
    if "token" in chunk:
        piece: Piece = chunk["token"]
        tags, about = _tags(piece["section"]), {name: piece[name] for name in ("section", "round", "step", "void")}
        call = str(uuid.uuid5(uuid.NAMESPACE_OID, "/".join(map(str, (run, *about.values())))))
        data = {"chunk": AIMessageChunk(content=piece["text"])}
        wanted = chosen.wants(piece["agent"], "chat_model", tags)
        return [_event("on_chat_model_stream", piece["agent"], call, [run], data, tags, about)] if wanted else []
    if "event" not in chunk or not chosen.wants(chunk["event"]["agent"], CHAIN, _tags(chunk["event"]["section"])):
        return []
    event: Envelope = chunk["event"]
    place = (event["agent"], event["id"], [run])
    tags, about = _tags(event["section"]), _about(event)
    return [
        _event("on_chain_start", *place, {}, tags, about),
        _event("on_chain_end", *place, {"output": {"content": line_of(event)}}, tags, about),
    ]


def _about(event: Envelope) -> dict[str, Any]:
    return {"n": event["n"], "event": event["type"], "section": event["section"], "epoch": event["epoch"]}


def _tags(section: str | None) -> list[str]:
    return [f"section:{section}"] if section else []


def _event(
    kind: str,
    name: str,
    run: str,
    parents: Sequence[str],
    data: Mapping[str, Any],
    tags: Sequence[str] = (),
    metadata: Mapping[str, Any] | None = None,
) -> Any:
    return {
        "event": kind, "name": name, "run_id": run, "parent_ids": list(parents), "tags": list(tags),
        "metadata": dict(metadata or {}), "data": dict(data),
    }  # fmt: skip
