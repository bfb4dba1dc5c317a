"""A run as this process knows it: its record, its board, what it was asked, what it may spend.

Nodes find it by the run's id, which the state carries. Doors that own a record open the run before they start
the graph; elsewhere it is opened on first use, over the host's LangGraph store if there is one, else in memory.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from langgraph.config import get_stream_writer
from langgraph.runtime import get_runtime

from quire.graphs.events import DocumentRequested, is_a
from quire.graphs.kernel.declared import guests_of
from quire.graphs.kernel.subscriptions import Wire
from quire.graphs.run.blackboard import Board
from quire.graphs.run.token_stream import Listeners, listeners_of
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.accounts import Claim, Limits, Spend, account_of
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.port import Envelope, Record
from quire.nodes.event_store.store import StoreRecord
from quire.nodes.faults import BadInput, RecordFault
from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.model.budget import Budget
from quire.nodes.search.retrieval import Index
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.read import read

KEPT = 256
"""Runs that this process keeps in mind; the oldest beyond it are filled again from their record when needed."""

LONGEST_QUEUE = 600.0
"""Seconds that a call may stand between its reservation and its attempt: it waits for the endpoint's rates."""

_RUNS: OrderedDict[str, "Run"] = OrderedDict()


class Run:
    """One document being made, in this process."""

    def __init__(self, run_id: str, record: Record, tenant: str = "local") -> None:
        self.id = run_id
        self.record = record
        self.tenant = tenant
        self.board = Board(run_id, record)
        self.owned = False
        """A door of ours keeps its record and brings it back after a pause."""
        self.settings: Settings | None = None
        self._budget: asyncio.Task[Budget | None] | None = None
        self._filling: asyncio.Task[list[Envelope]] | None = None
        self._readings: asyncio.Task[tuple[Reading, ...]] | None = None
        self._indexes: dict[tuple[str, ...], Index] = {}

    @property
    def listeners(self) -> Listeners:
        """Those who listen to it now."""
        return listeners_of(self.id)

    async def filled(self) -> None:
        """Wait until the board knows what the record holds; the first to ask has it read."""
        if self._filling is None:
            self._filling = asyncio.ensure_future(self.board.fill())
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
            self._budget = asyncio.ensure_future(self._opened_budget())
        return await asyncio.shield(self._budget)

    async def _opened_budget(self) -> Budget | None:
        settings = await self.configured()
        own = Limits(**self.request["options"].get("budget", {})).within(settings.run_budget)
        shared = settings.tenant_budget(self.tenant)
        if own == shared == Limits():
            return None
        longest = settings.call_timeout + LONGEST_QUEUE
        budget = Budget(self.id, self.record.accounts, lambda: _claims(self, own, shared), longest=longest)
        usage, calls = await self.record.usage(self.id), await self.record.calls(self.id)
        return await budget.opened(Spend(calls, usage["prompt_tokens"] + usage["completion_tokens"], usage["usd"] or 0))

    @property
    def request(self) -> dict[str, Any]:
        """What was asked: the data of ``DocumentRequested``.

        Raises:
            RecordFault: the record does not know this run.

        """
        for event in self.board.events.values():
            if is_a(event, DocumentRequested):
                return event["data"]
        raise RecordFault(f"nothing is recorded of run {self.id!r}: its record was kept elsewhere, or only in memory")

    @property
    def words(self) -> Words:
        """The fixed words of the document's language."""
        return words_in(self.request.get("language", ENGLISH))

    @cached_property
    def guests(self) -> tuple[Wire, ...]:
        """How the agents are wired that the blueprint declares as data."""
        return guests_of(self.request["blueprint"]["agents"])

    async def readings(self) -> tuple[Reading, ...]:
        """Read the sources once, off the event loop; every section shares what was read."""
        return await self.read(self.request["sources"])

    async def read(self, handles: Sequence[Mapping[str, str]]) -> tuple[Reading, ...]:
        """Read the sources under these handles, if they have not been read; they are the run's."""
        if self._readings is None:
            self._readings = asyncio.ensure_future(self._read_all(handles))
        return await asyncio.shield(self._readings)

    async def _read_all(self, handles: Sequence[Mapping[str, str]]) -> tuple[Reading, ...]:
        blobs = [(h["name"], await self.record.get(h["hash"])) for h in handles]
        return tuple([await asyncio.to_thread(_read_or_say, name, blob) for name, blob in blobs])

    async def index(self, readings: Sequence[Reading]) -> Index:
        """Give the index over some sources; sections that may use the same ones share it."""
        names = tuple(r["source"] for r in readings)
        if names not in self._indexes:
            passages = [p for reading in readings for p in reading["passages"] if p["kind"] != "heading"]
            self._indexes[names] = await asyncio.to_thread(Index, passages)
        return self._indexes[names]

    async def post(
        self,
        events: Sequence[Envelope],
        blobs: Mapping[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
    ) -> list[Envelope]:
        """Post events and show them to whoever streams the graph."""
        return await self.board.post(events, blobs, status, heard, get_stream_writer())


def _claims(run: Run, own: Limits, shared: Limits) -> list[Claim]:
    """Give the accounts that a call of the run is paid from; a tenant has one for each day, in UTC."""
    day = datetime.now(UTC).date()
    return [Claim(account_of(run.id), own), Claim(f"tenant/{run.tenant}/{day}", shared)]


def _read_or_say(name: str, blob: bytes) -> Reading:
    """Read a source; one that cannot be read has no passages, and the document says so loudly.

    Doors refuse such a source before a run starts; here a run has begun, and the others are worth reading.
    """
    try:
        return read(name, blob)
    except BadInput as problem:
        digest = hashlib.sha256(blob).hexdigest()
        return Reading(source=name, hash=digest, media="", title="", passages=[], warnings=[problem.problem])


def open_run(run_id: str, record: Record, tenant: str = "local") -> Run:
    """Tie a run to the record that a door keeps for it, and to the tenant who pays."""
    run = _keep(Run(run_id, record, tenant))
    run.owned = True
    return run


def _keep(run: Run) -> Run:
    _RUNS[run.id] = run
    _RUNS.move_to_end(run.id)
    while len(_RUNS) > KEPT:
        _RUNS.popitem(last=False)
    return run


def close_run(run_id: str) -> None:
    """Forget a run; its record remembers."""
    _RUNS.pop(run_id, None)


async def run_of(run_id: str) -> Run:
    """Find the run, or open it over what the host offers; either way it knows what its record holds."""
    run = _RUNS.get(run_id)
    if run is None:
        store = get_runtime().store
        run = _keep(Run(run_id, MemoryRecord() if store is None else StoreRecord(store)))
    await run.filled()
    return run
