"""Sources that are replies of tools: each tool is called once in a run, before the run is asked for anything else.

What came of a call is journalled with the reply, so a run that was killed takes it from there. A reply that cannot be
had leaves its source out; the document names it, as it names a file that cannot be read.
"""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from quire.graphs.events import SourceFetched
from quire.graphs.intake.brief_sources import bytes_of
from quire.graphs.intake.brief_tools import is_reply
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.run import Run
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import SourceFault
from quire.nodes.tools.calling import reply_of
from quire.nodes.tools.servers import ToolServer

_AT_ONCE: Final = 4
_FIRST_PLACE: Final = -2
"""Of what nothing has caused: 0 is the request, -1 a run's end by a fault, and above are the times it was resumed."""
_SHELL: Final = "local"
"""The tenant of a run that no network began, and of servers without keys."""


class Fetched(NamedTuple):
    """What came of the sources of a brief."""

    contents: dict[str, bytes]
    """By the source's name."""
    left_out: list[dict[str, str]]

    @property
    def missing(self) -> set[str]:
        """Names of the sources that could not be had."""
        return {file["name"] for file in self.left_out}


def content_of(source: Mapping[str, Any], replies: Fetched) -> bytes:
    """Give a source's bytes: its own, or the reply."""
    return replies.contents[source["name"]] if is_reply(source) else bytes_of(source)


async def fetched(run: Run, sources: Sequence[Mapping[str, Any]]) -> Fetched:
    """Call the tools whose replies are sources, those that this run has not called yet."""
    replies = [(n, source) for n, source in enumerate(sources) if is_reply(source)]
    if not replies:
        return Fetched({}, [])
    known = {event["data"]["name"]: event for event in run.blackboard.of_type(SourceFetched)}
    usable, places = await _usable(run), asyncio.Semaphore(_AT_ONCE)
    calls = [_fetch(run, source, number, usable, places) for number, source in replies if source["name"] not in known]
    ends = await asyncio.gather(*calls, return_exceptions=True)  # a fault of the record is raised as itself
    for fault in ends:
        if fault is not None:
            raise fault
    told = {event["data"]["name"]: event for event in run.blackboard.of_type(SourceFetched)}
    return await _taken(run, [told[source["name"]] for _, source in replies])


async def _usable(run: Run) -> Mapping[str, ToolServer]:
    """Give the servers that the run may use: what is released may have changed since it was accepted."""
    servers = (await run.configured()).mcp_servers
    if run.owned and run.tenant == _SHELL:
        return servers
    return {name: server for name, server in servers.items() if server.is_released_for(run.tenant)}


async def _fetch(
    run: Run,
    source: Mapping[str, Any],
    number: int,
    usable: Mapping[str, ToolServer],
    places: asyncio.Semaphore,
) -> None:
    """Call a tool and journal what came of it, the reply in the same transaction."""
    call = source["mcp"]
    said, problem = b"", ""
    try:
        async with places:
            said = (await _reply(call, usable)).encode(errors="replace")
    except SourceFault as fault:
        problem = str(fault)
    digest = hashlib.sha256(said).hexdigest() if not problem else ""
    event = SourceFetched(name=source["name"], server=call["server"], tool=call["tool"], digest=digest, problem=problem)
    told = envelope(emit(event), "document", None, _FIRST_PLACE - number, scope=Scope(run=run.id))
    await run.post([told], {digest: said} if digest else {})


async def _reply(call: Mapping[str, Any], usable: Mapping[str, ToolServer]) -> str:
    if call["server"] not in usable:
        raise SourceFault(f"there is no server {call['server']!r} that may be used here")
    return await reply_of(call["server"], usable[call["server"]], call["tool"], call["arguments"])


async def _taken(run: Run, events: Sequence[Envelope]) -> Fetched:
    found = Fetched({}, [])
    for data in (event["data"] for event in events):
        if data["digest"]:
            found.contents[data["name"]] = await run.record.get(data["digest"])
        else:
            found.left_out.append({"name": data["name"], "reason": data["problem"]})
    return found
