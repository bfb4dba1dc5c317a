"""The execution of runs over the record: begin one, carry it on to its end, tell it something, say how it stands.

::

    async with opened(settings) as runs:
        run = await runs.begin(brief, run_id=None, interface={"out": "out"})
        async for event in runs.carry_on(run):
            ...
        print(await runs.report(run))

Whoever carries a run on holds its lock and has taken it: what he writes carries his token, and nobody else's is
accepted. What is recorded is never done again: a run that was interrupted goes on where it stood, and which runs those
are is told by their rows. Anybody may tell a run something, from any process; who works on it hears of it.
"""

import asyncio
import json
import re
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from quire.graphs.events import RunSuspended, is_a
from quire.graphs.run import commands as outside
from quire.graphs.run.outage import seconds_until_due
from quire.graphs.run.run import Run
from quire.graphs.run.token_stream import Listener, Listeners
from quire.graphs.run.traces import tracing
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.observing import Observer, observed
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import RunRow, shown_of
from quire.nodes.event_store.sql import SqlRecord
from quire.nodes.faults import BadInput
from quire.server.execution.attempt import RunAttempt
from quire.server.execution.follow import PAUSED, following
from quire.server.execution.locks import RunLocks
from quire.server.execution.register import LOCAL, registered
from quire.server.execution.relay import NoRelay, Relay
from quire.server.execution.views import RunViews
from quire.server.execution.watch import Watch

_LOOK_AGAIN = 1.0
"""Seconds between two looks at a run that is due, and that whoever has it has not begun to carry on yet."""
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Runs(RunViews):
    """The runs of one record."""

    def __init__(
        self,
        record: SqlRecord,
        locks: RunLocks,
        relay: Relay | None = None,
        observers: Sequence[Observer] = (),
    ) -> None:
        super().__init__(record, locks)
        self._watch = Watch(record)
        self._relay = relay or NoRelay()
        self._observers = observers
        self._listeners: WeakValueDictionary[str, Listeners] = WeakValueDictionary()
        """By run: who listens to it, for as long as somebody does or it is worked on."""

    def listeners(self, run_id: str) -> Listeners:
        """Give those who listen to a run, whether this process works on it yet or not."""
        return self._listeners.setdefault(run_id, Listeners())

    async def begin(
        self,
        brief: Mapping[str, Any],
        *,
        run_id: str | None,
        tenant: str = LOCAL,
        remembered: Mapping[str, Any],
        served: bool = False,
    ) -> str:
        """Accept a run and give its id.

        Args:
            brief: what is asked.
            run_id: an id, or None to have one made.
            tenant: whose run it is.
            remembered: what its interface wants kept with the run.
            served: the engine is to carry it on, not the caller.

        Raises:
            BadInput: the id is not one, or is taken.

        """
        chosen = run_id or uuid.uuid4().hex
        if not is_id(chosen):
            raise BadInput(f"{chosen!r} is no run id", hint="use 1 to 64 letters, digits, dots, dashes, underscores")
        titled = {**shown_of(brief), **remembered}
        if not await self.record.begin(chosen, tenant, brief, titled, served=served):
            raise BadInput(f"there is a run {chosen!r} already", hint="choose another id, or resume it")
        return chosen

    async def carry_on(self, run_id: str, after: int | None = None) -> AsyncGenerator[Envelope, None]:
        """Carry a run on until it is over, waits for a person or is put aside, and give its new events as they happen.

        A fault of the program ends the run as failed; its traceback goes to the log and nothing of it elsewhere.
        Whoever leaves before the end closes the generator, which lets go of the run.

        Args:
            run_id: the run.
            after: give the events numbered above this, also those that are there already; ``None``: new ones only.

        Raises:
            BadInput: there is no such run, or another process is carrying it on.
            RunTaken: another process has taken it over.
            RecordFault: the record cannot be used. The run stays open.

        """
        async with aclosing(self._carried_on(await self.row(run_id), after)) as events:
            async for event in events:
                yield event

    async def _carried_on(self, row: RunRow, after: int | None) -> AsyncGenerator[Envelope, None]:
        run_id, brief = row["id"], json.loads(await self.record.get(row["brief"]))
        async with self.locks.held(run_id):
            token = await self.record.take(run_id)
            if token is None:
                return
            listeners = self.listeners(run_id)
            attempt = RunAttempt(row, brief, self.record, token, listeners, self._observers)
            with self._watch.over(run_id, attempt), self._relay.carrying(run_id, listeners):
                async with aclosing(attempt.events(after)) as events:
                    async for event in events:
                        yield event

    async def carry_on_or_follow(self, run_id: str, after: int | None = None) -> AsyncGenerator[Envelope, None]:
        """Carry a run on, or give its new events while somebody else does, and carry it on if they die of it.

        A run that is put aside during an outage is waited for, and goes on here if nobody else has it.

        Args:
            run_id: the run.
            after: as for :meth:`carry_on`.

        """
        last: Envelope | None = None
        while True:
            async with aclosing(self._carried_on_or_followed(run_id, last["n"] if last else after)) as events:
                async for event in events:
                    last = event
                    yield event
            if last is not None and not is_a(last, RunSuspended):
                return
            pause = await self.next_try(run_id)
            if pause is None:
                return
            await asyncio.sleep(max(pause, _LOOK_AGAIN))

    @contextmanager
    def listening(self, run_id: str, hear: Listener) -> Iterator[None]:
        """Let somebody hear a run's drafts as they grow, whichever process works on it."""
        with self.listeners(run_id).heard_by(hear), self._relay.following(run_id, hear):
            yield

    async def next_try(self, run_id: str) -> float | None:
        """Give the seconds until a run is tried again that was put aside during an outage; None if it was not."""
        if (await self.row(run_id))["status"] != "waiting":
            return None
        last = await self.record.last_event(run_id)
        return seconds_until_due(last, self.record.now()) if last and is_a(last, RunSuspended) else None

    async def _carried_on_or_followed(self, run_id: str, known: int | None) -> AsyncGenerator[Envelope, None]:
        row = await self.row(run_id)
        if await self.is_held(row):
            if known is None:
                newest = await self.record.last_event(run_id)
                known = newest["n"] if newest else 0
            worked_on = partial(self.is_worked_on, run_id)
            async for event in following(self.record, run_id, known, until=PAUSED, while_=worked_on):
                known = event["n"]
                yield event
            row = await self.row(run_id)
            if row["status"] in PAUSED:
                return
        async with aclosing(self._carried_on(row, known)) as events:
            async for event in events:
                yield event

    async def no_revision(self, run_id: str) -> str:
        """Say why nothing of a run can be written again on request; empty where a model can be asked to."""
        return await outside.no_revision(Run(run_id, self.record))

    async def tell(self, run_id: str, say: Callable[[Run], Awaitable[Envelope]]) -> Envelope:
        """Tell a run something from outside; whoever works on it, in whichever process, takes notice.

        Args:
            run_id: the run.
            say: posts to it; a function of ``quire.graphs.run.commands``.

        Raises:
            BadInput: there is no such run, or it does not understand.
            RunOver: it ended meanwhile.

        """
        seen = Run(run_id, observed(self.record, self._observers), (await self.row(run_id))["tenant"])
        await seen.filled()
        posted = await say(seen)
        self._watch.look()
        return posted


def is_id(text: str) -> bool:
    """Whether a run could be called so."""
    return _ID.fullmatch(text) is not None and text not in {".", ".."}


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Runs]:
    """Open the runs of the database that the settings name, or else of the home."""
    async with registered(settings) as register, relayed(settings) as relay:
        yield Runs(register.record, register.locks, relay, tracing())


@asynccontextmanager
async def relayed(settings: Settings) -> AsyncIterator[Relay]:
    """Open what carries drafts between the processes of the database that the settings name; a home has one."""
    relay: Relay = NoRelay()
    if settings.database_url is not None:
        from quire.server.execution.postgres_relay import PostgresRelay  # noqa: PLC0415 - nobody else pays for loading the driver

        relay = PostgresRelay(settings.database)
    try:
        yield relay
    finally:
        await relay.close()
