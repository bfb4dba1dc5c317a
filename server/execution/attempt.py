"""An attempt: a stretch of work on a run by one process, from where the run stands to its end or to a question."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from typing import Any, cast

from langchain_core.runnables import RunnableConfig

from quire.graphs.document.document_graph import graph
from quire.graphs.events import DocumentRequested, RunEnded, RunResumed
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.connections import connections
from quire.graphs.run.outage import out_for, suspend
from quire.graphs.run.run import Run, open_run
from quire.graphs.run.token_stream import Listeners
from quire.nodes.event_store.held import HeldRecord
from quire.nodes.event_store.observing import Observer, observed
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import Mark, RunRow
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.faults import EndpointOut, Fault, RecordFault, RunTaken

_log = logging.getLogger("quire")


class RunAttempt:
    """Works on a run that was taken.

    Args:
        row: the run's row.
        brief: what was asked.
        record: where everything is kept.
        token: what taking the run gave.
        listeners: those who listen to the run.
        observers: those who hear of what every run does.

    """

    def __init__(
        self,
        row: RunRow,
        brief: Mapping[str, Any],
        record: SqlRecord,
        token: int,
        listeners: Listeners | None = None,
        observers: Sequence[Observer] = (),
    ) -> None:
        self._id, self._tenant = row["id"], row["tenant"]
        self._brief = brief
        self._record = record
        self._held = HeldRecord(record, token)
        self._observed = observed(self._held, observers)
        self._listeners = listeners
        self._run = self._opened()
        self._outside = 0
        """Number of the last event from outside that the blackboard has read."""
        self._told: asyncio.Queue[Envelope | None] = asyncio.Queue()
        self._work: asyncio.Task[None] | None = None
        self._taken = False

    async def events(self, after: int | None = None) -> AsyncGenerator[Envelope, None]:
        """Work, and give the run's new events as they happen, whoever wrote them.

        Args:
            after: give the events numbered above this, also those that are there already; ``None``: new ones only.

        Raises:
            RunTaken: somebody else has taken the run.
            RecordFault: the record cannot be used. The run stays open.

        """
        await self._open()
        there = self._known()
        last = there[-1]["n"] if there else 0
        shown = InOrder(last if after is None else after)
        self._work = asyncio.get_running_loop().create_task(self._to_its_end(last), name=f"attempt at {self._id}")
        try:
            for each in there:
                for due in shown.take(each):
                    yield due
            while (event := await self._told.get()) is not None:
                for each in shown.take(event):
                    yield each
            await self._outcome(self._work)
            for each in self._known():  # some were read from the record while the run came to its end
                for due in shown.take(each):
                    yield due
            if shown.misses:
                for each in await self._record.events(self._id, shown.last):
                    yield each
        finally:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
            await connections().release(self._id)

    def _known(self) -> list[Envelope]:
        return sorted(self._run.blackboard.events.values(), key=lambda event: event["n"])

    async def heed(self, mark: Mark | None) -> None:
        """Take notice of what came from outside, and stop if somebody else has taken the run."""
        if mark is None or mark["token"] != self._held.token:
            self._taken = True
            if self._work is not None:
                self._work.cancel()
        elif mark["outside"] > self._outside:
            for event in await self._run.blackboard.fill():
                self._told.put_nowait(event)
            self._outside = mark["outside"]

    async def _outcome(self, work: "asyncio.Task[None]") -> None:
        try:
            await work
        except asyncio.CancelledError:
            if not self._taken:
                raise
            raise RunTaken(f"run {self._id!r} was taken over by another process") from None

    async def _to_its_end(self, last: int) -> None:
        try:
            if self._run.blackboard.of_type(DocumentRequested):
                await self._say_resumed(last)
            await self._passes()
        except RecordFault:
            raise  # no end of the run: it goes on from what is recorded
        except Fault as fault:
            await self._fail(str(fault))
        except Exception:  # noqa: BLE001 - a bug: it ends the run, loudly, and is told to nobody's document
            _log.exception("run %s ended by a fault of the program", self._id)
            await self._fail("a fault of the program ended the run; its log says which")
        finally:
            self._told.put_nowait(None)

    async def _passes(self) -> None:
        """Run the graph until the run is over, or waits and nothing came from outside meanwhile.

        It waits for people, or is put aside because the model endpoint is out of order.
        """
        while True:
            known = self._outside
            try:
                async for event in _streamed(self._run, self._brief):
                    self._told.put_nowait(event)
            except EndpointOut as out:
                if await suspend(self._run, out, self._told.put_nowait):
                    return
            else:
                over = self._run.blackboard.of_type(RunEnded)
                if over or await self._record.pause(self._id, self._held.token, known):
                    return
            self._run = self._opened()
            await self._open()

    def _opened(self) -> Run:
        run = open_run(self._id, self._observed, self._tenant, self._listeners)
        run.hands_out = False
        return run

    async def _open(self) -> None:
        """Let the blackboard know what the record holds, and note up to where it has heard of the outside."""
        marks = await self._record.marks([self._id])
        await self._run.filled()
        self._run.calls.can_suspend = True
        self._run.out_for = out_for(self._run.blackboard, self._record.now())
        self._outside = marks[self._id]["outside"]

    async def _say_resumed(self, last: int) -> None:
        """Journal that the run goes on, so that the time before it can be told from work."""
        resumed = envelope(emit(RunResumed()), "document", None, last, scope=Scope(run=self._id))
        for event in await self._run.blackboard.post([resumed]):
            self._told.put_nowait(event)

    async def _fail(self, reason: str) -> None:
        ended = envelope(
            emit(RunEnded(status="failed", reason=reason)), "document", None, -1, scope=Scope(run=self._id)
        )
        for event in await self._observed.append(self._id, [ended], {}, "failed"):
            self._told.put_nowait(event)


class InOrder:
    """Puts events into the order of their numbers; those of others are told apart from our own.

    Args:
        last: number of the last event that was shown.

    """

    def __init__(self, last: int) -> None:
        self.last = last
        self._early: dict[int, Envelope] = {}

    @property
    def misses(self) -> bool:
        """Whether one has come before an earlier one, which nobody has told."""
        return bool(self._early)

    def take(self, event: Envelope) -> list[Envelope]:
        """Take an event and give those whose turn it is."""
        if event["n"] > self.last:
            self._early[event["n"]] = event
        due = []
        while (found := self._early.pop(self.last + 1, None)) is not None:
            self.last += 1
            due.append(found)
        return due


async def _streamed(run: Run, brief: Mapping[str, Any]) -> AsyncIterator[Envelope]:
    """Run the graph and give the journal's events. Nothing limits how many section runs may be open at once."""
    config: RunnableConfig = {"recursion_limit": 10_000}
    asked: Any = {**brief, "id": run.id}
    streamed = graph.astream(asked, config, context=run, stream_mode="custom", subgraphs=True)
    async for _, event in cast("AsyncIterator[tuple[tuple[str, ...], Envelope]]", streamed):
        yield event
