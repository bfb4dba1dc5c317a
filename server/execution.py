"""The execution of runs over the record in ``QUIRE_HOME``: begin one, carry it on to its end, say how it stands.

::

    async with opened(settings) as runs:
        run = await runs.begin(brief, run_id=None, door={"out": "out"})
        async for event in runs.carry_on(run):
            ...
        print(await runs.report(run))

Whoever carries a run on holds its lock. What is recorded is never done again: a run that was interrupted goes on
where it stood, and which runs those are is told by their rows.
"""

import fcntl
import json
import logging
import re
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, cast

from langchain_core.runnables import RunnableConfig

from graphs.asking import hang_up
from graphs.contract import Lane, envelope, say
from graphs.document import graph
from graphs.events import RunEnded, RunResumed
from graphs.run import Run, account_of, close_run, open_run
from nodes.faults import BadInput, Fault
from nodes.record.port import Event
from nodes.record.sqlite import FINAL, RunRow, SqliteRecord
from nodes.render.document import Document
from nodes.settings import Settings
from server.run_json import RunReport, report

LOCAL = "local"
"""The tenant where there are no keys."""
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = logging.getLogger("quire")


class Runs:
    """The runs of one home."""

    def __init__(self, home: Path, record: SqliteRecord) -> None:
        self.record = record
        self._locks = home / "locks"
        self._locks.mkdir(parents=True, exist_ok=True)

    async def begin(
        self, brief: Mapping[str, Any], *, run_id: str | None, tenant: str = LOCAL, door: Mapping[str, Any]
    ) -> str:
        """Accept a run and give its id.

        Raises:
            BadInput: the id is not one, or is taken.

        """
        chosen = run_id or uuid.uuid4().hex
        if not is_id(chosen):
            raise BadInput(f"{chosen!r} is no run id", hint="use 1 to 64 letters, digits, dots, dashes, underscores")
        if not await self.record.begin(chosen, tenant, brief, {"title": brief.get("title", ""), **door}):
            raise BadInput(f"there is a run {chosen!r} already", hint="choose another id, or resume it")
        return chosen

    async def row(self, run_id: str) -> RunRow:
        """Give a run's row.

        Raises:
            BadInput: there is no such run.

        """
        row = await self.record.row(run_id)
        if row is None:
            raise BadInput(f"there is no run {run_id!r}", hint="quire runs lists them")
        return row

    async def carry_on(self, run_id: str) -> AsyncIterator[Event]:
        """Carry a run on until it is over or waits for a person, and give its new events as they happen.

        A fault of the program ends the run as failed; its traceback goes to the log and nothing of it elsewhere.

        Raises:
            BadInput: there is no such run, or another process is carrying it on.

        """
        row = await self.row(run_id)
        if row["status"] in FINAL:
            return
        brief = json.loads(await self.record.get(row["brief"]))
        known = len(await self.record.events(run_id))
        with self._locked(run_id):
            await self.record.set_status(run_id, "running")
            open_run(run_id, self.record, row["tenant"])
            try:
                if known:
                    yield await self._resumed(run_id, known)
                async for event in _events(run_id, brief):
                    if event["n"] > known:
                        yield event
            except Fault as fault:
                yield await self._failed(run_id, str(fault))
            except Exception:  # noqa: BLE001 - a bug: it ends the run, loudly, and is told to nobody's document
                _log.exception("run %s ended by a fault of the program", run_id)
                yield await self._failed(run_id, "a fault of the program ended the run; its log says which")
            finally:
                close_run(run_id)
                await hang_up(run_id)
            if (await self.row(run_id))["status"] == "running":
                await self.record.set_status(run_id, "waiting")

    async def known(self, run_id: str) -> Run:
        """Open a run that nobody carries on, so that something can be posted to it."""
        run = open_run(run_id, self.record, (await self.row(run_id))["tenant"])
        await run.filled()
        return run

    async def report(self, run_id: str) -> RunReport:
        """Say how a run stands: ``run.json``."""
        events = await self.record.events(run_id)
        usage, calls = await self.record.usage(run_id), await self.record.calls(run_id)
        balance = await self.record.accounts.balance(account_of(run_id))
        return report(await self.row(run_id), events, usage, calls, await self.document(run_id), balance)

    async def document(self, run_id: str) -> Document | None:
        """Give a run's document, if it came to one."""
        editions = [e for e in await self.record.events(run_id) if e["type"] == "DocumentPublished"]
        if not editions:
            return None
        found: Document = json.loads(await self.record.get(editions[-1]["data"]["digest"]))
        return found

    async def _failed(self, run_id: str, reason: str) -> Event:
        ended = envelope(say(RunEnded(status="failed", reason=reason)), "document", None, -1, lane=Lane(run=run_id))
        (event,) = await self.record.append(run_id, [ended], {}, "failed")
        return event

    async def _resumed(self, run_id: str, known: int) -> Event:
        """Journal that the run goes on, so that the time before it can be told from work."""
        resumed = envelope(say(RunResumed()), "document", None, known, lane=Lane(run=run_id))
        (event,) = await self.record.append(run_id, [resumed])
        return event

    @contextmanager
    def _locked(self, run_id: str) -> Iterator[None]:
        """Hold the run's lock; the system lets it go when the process dies."""
        with (self._locks / f"{run_id}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BadInput(f"another process is working on run {run_id!r}") from None
            yield


def is_id(text: str) -> bool:
    """Whether a run could be called so."""
    return _ID.fullmatch(text) is not None and text not in {".", ".."}


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Runs]:
    """Open the runs of the home that the settings name."""
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    record = SqliteRecord(home / "quire.db")
    try:
        await record.setup()
        yield Runs(home, record)
    finally:
        record.close()


async def _events(run_id: str, brief: Mapping[str, Any]) -> AsyncIterator[Event]:
    """Run the graph and give the journal's events. Nothing limits how many lanes may be open at once."""
    config: RunnableConfig = {"recursion_limit": 10_000}
    streamed = graph.astream({**brief, "id": run_id}, config, stream_mode="custom", subgraphs=True)
    async for _, event in cast("AsyncIterator[tuple[tuple[str, ...], Event]]", streamed):
        yield event
