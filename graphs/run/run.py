"""A run as this process knows it: its record, its blackboard, what it was asked, what it may spend.

Where Quire starts the graph, the run is the graph's runtime context, so that every agent and step has it and nothing
else keeps it. A host that starts the graph itself has only JSON to hand over: there the graph's first node opens the
run, over the host's LangGraph store if there is one, else in memory, and the later ones find it by the id that the
state carries. What is in memory goes with the checkpoint when the run pauses (``Run.packed``).

A host's run stays until it ends, however many there are. One that nothing can bring back goes with its invocation.
"""

import asyncio
import weakref
from collections.abc import Coroutine, Mapping, Sequence
from contextvars import Context
from functools import cached_property
from typing import Any, TypeVar

from langgraph.config import get_config, get_stream_writer
from langgraph.runtime import get_runtime

from quire.graphs.kernel.declared import subscriptions_of
from quire.graphs.kernel.subscriptions import Subscription
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.sources import RunSources
from quire.graphs.run.spending import opened_budget
from quire.graphs.run.token_stream import Listeners
from quire.graphs.run.traces import tracing
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.observing import bare, observed
from quire.nodes.event_store.port import Envelope, Record
from quire.nodes.event_store.store import StoreRecord
from quire.nodes.evidence.content import digest_of
from quire.nodes.faults import RecordFault
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.model.budget import Budget
from quire.nodes.model.run_calls import RunCalls
from quire.nodes.personal.masking import Masked
from quire.nodes.sources.passage import Reading
from quire.unpublished import keeps_checkpoints

Result = TypeVar("Result")

_HOSTED: dict[str, "Run"] = {}
"""Every run of a host that is live in this process: at work, or waiting. Whoever ends one closes it."""


class Run:
    """One document being made, in this process."""

    def __init__(self, run_id: str, record: Record, tenant: str = "local", listeners: Listeners | None = None) -> None:
        self.id = run_id
        self.record = record
        self.tenant = tenant
        self.listeners = Listeners() if listeners is None else listeners
        """Those who listen to it. They outlast it: a run that is put aside and taken up again is the same to them."""
        self.blackboard = Blackboard(run_id, record)
        self.library = RunSources(record)
        self.owned = False
        """An interface of ours keeps its record and brings it back after a pause."""
        self.calls = RunCalls()
        self.out_for: float | None = None
        """Seconds for which the endpoint was out of order when the run was put aside for that, if it was last."""
        self.hands_out = True
        """Whoever started its graph takes what came of it from the graph, and not from the record."""
        self.settings: Settings | None = None
        self._budget: asyncio.Task[Budget | None] | None = None
        self._filling: asyncio.Task[list[Envelope]] | None = None
        self._invocation: weakref.ref[Any] | None = None
        """Of the graph: without checkpoints the run can only live as long as it does."""

    async def packed(self) -> str | None:
        """Pack what only the memory of this process holds, for the checkpoint of a pause; None if it is elsewhere."""
        kept = bare(self.record)
        return None if self.owned or not isinstance(kept, MemoryRecord) else await kept.packed(self.id)

    async def filled(self) -> None:
        """Wait until the blackboard knows what the record holds; the first to ask has it read."""
        if self._filling is None:
            self._filling = _apart(self.blackboard.fill())
        if not self._filling.done():
            await asyncio.shield(self._filling)

    async def configured(self) -> Settings:
        """Read the settings once; a model is asked only where they name one."""
        if self.settings is None:
            self.settings = await asyncio.to_thread(Settings.read)
        return self.settings

    async def budget(self) -> Budget | None:
        """Give what the run may still spend, on its own account and its tenant's; None if nothing limits it."""
        if self._budget is None:
            self._budget = _apart(self._opened_budget())
        return await asyncio.shield(self._budget)

    async def _opened_budget(self) -> Budget | None:
        return await opened_budget(self.id, self.tenant, self.record, self.request["options"], await self.configured())

    @property
    def request(self) -> dict[str, Any]:
        """What was asked: the data of ``DocumentRequested``.

        Raises:
            RecordFault: the record does not know this run.

        """
        if not self.blackboard.asked:
            raise _unknown(self.id)
        return self.blackboard.asked

    @cached_property
    def asked_digest(self) -> str:
        """SHA-256 (hex) of all that was asked, the sources' bytes included: the same for as long as the run lasts."""
        return digest_of(self.request)

    @property
    def words(self) -> Words:
        """The fixed words of the document's language."""
        return words_in(self.request.get("language", ENGLISH))

    @cached_property
    def declared_agents(self) -> tuple[Subscription, ...]:
        """How the agents are wired that the blueprint declares as data."""
        return subscriptions_of(self.request["blueprint"]["agents"])

    async def readings(self) -> tuple[Reading, ...]:
        """Give what the sources say to whoever reads them: without personal data."""
        return (await self.sources()).readings

    async def sources(self) -> Masked:
        """Read the sources; every section shares what was read.

        A run that was begun before personal data was withheld goes on with what its agents have quoted.
        """
        return await self.library.read(self.request, withholds=self.request.get("withholds", False))

    async def post(
        self,
        events: Sequence[Envelope],
        blobs: Mapping[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
    ) -> list[Envelope]:
        """Post events and show them to whoever streams the graph."""
        return await self.blackboard.post(events, blobs, status, heard, get_stream_writer())


def _apart(work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
    """Begin work whose result the run keeps, without the context of who began it: it would keep that alive."""
    return asyncio.get_running_loop().create_task(work, context=Context())


def open_run(run_id: str, record: Record, tenant: str = "local", listeners: Listeners | None = None) -> Run:
    """Open a run over the record that an interface keeps for it. Its graph is to be started with it: ``context=run``.

    Args:
        run_id: which.
        record: where everything of it is kept.
        tenant: who pays.
        listeners: those who listen to it already.

    """
    run = Run(run_id, record, tenant, listeners)
    run.owned = True
    return run


def close_run(run_id: str) -> None:
    """Forget a run of a host; its record remembers."""
    _HOSTED.pop(run_id, None)


async def begin_run(run_id: str) -> Run:
    """Find the run, or open it over what the host offers; either way it knows what its record holds.

    For a graph's first node. Without checkpoints a host's run is forgotten with the invocation, however that ends.
    """
    run = _started_with(run_id)
    if run is None:
        run = _HOSTED.get(run_id) or _opened(run_id)
        if not keeps_checkpoints(get_config()):
            _bind_to_invocation(run)
    await run.filled()
    return run


async def run_of(run_id: str, packed: str | None = None) -> Run:
    """Find a run that has begun.

    Args:
        run_id: which.
        packed: what its last checkpoint holds of a record that was only in memory (``Run.packed``).

    Raises:
        RecordFault: this process does not know it, and nothing is recorded of it where the host keeps records.

    """
    run = _started_with(run_id) or _HOSTED.get(run_id)
    if run is not None:
        await run.filled()
        return run
    run = _opened(run_id, packed)
    await run.filled()
    if not run.blackboard.events:
        close_run(run_id)
        raise _unknown(run_id)
    return run


def _started_with(run_id: str) -> Run | None:
    """Give the run that the graph was started with, unless it is another one or whoever asks is in no graph."""
    try:
        context: Any = get_runtime().context
    except (RuntimeError, AttributeError):  # in no Runnable, or in one that is no graph's
        return None
    return context if isinstance(context, Run) and context.id == run_id else None


def _opened(run_id: str, packed: str | None = None) -> Run:
    store = get_runtime().store
    record: Record = StoreRecord(store) if store is not None else MemoryRecord()
    if isinstance(record, MemoryRecord) and packed is not None:
        record.unpack(run_id, packed)
    run = _HOSTED[run_id] = Run(run_id, observed(record, tracing()))
    return run


def _bind_to_invocation(run: Run) -> None:
    """Have the run forgotten when its graph's invocation is over, however that ended.

    LangGraph tells nobody of an invocation that was cancelled, but its stream writer is its own and goes with it.
    """

    def forget(invocation: "weakref.ref[Any]") -> None:
        if run._invocation is invocation:  # noqa: SLF001 - a newer invocation may work on it by now
            close_run(run.id)

    run._invocation = weakref.ref(get_stream_writer(), forget)  # noqa: SLF001 - see there


def _unknown(run_id: str) -> RecordFault:
    return RecordFault(
        f"nothing is recorded of run {run_id!r}: the checkpoint is there, and the record of what was done was only in "
        "the memory of another process. Pass the graph a store that lives as long as its checkpointer "
        "(graph.store, or compile(store=…) of the parent)"
    )
