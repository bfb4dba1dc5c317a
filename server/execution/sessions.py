"""Locks in Postgres: on runs, and on a process's own name for as long as it lives.

They hang on one session. When its process dies, or its machine vanishes, the server ends the session and the locks are
free. When only the connection is lost, the session is made anew and takes its locks again; whatever somebody else took
meanwhile is his, and the tokens of the runs see to it that nothing is written twice.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import psycopg

from quire.nodes.event_store.postgres import ALIVE, CONNECTING
from quire.nodes.faults import BadInput, RecordUnreachable

ENGINE: Final = "engine"
"""Every worker has a share in the lock of this name."""
PATIENCE: Final = 60.0
"""Seconds for which a question is asked again while the database is away."""
PAUSE: Final = 0.2
_SERVER_SIDE: Final = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"
_log = logging.getLogger("quire")


class AdvisoryLocks:
    """Locks of one process.

    Args:
        url: of the database; not one of a pooler that lends sessions out by the transaction.

    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: psycopg.AsyncConnection | None = None
        self._turn = asyncio.Lock()
        self._runs: set[str] = set()
        self._names: set[str] = set()

    @asynccontextmanager
    async def held(self, run: str) -> AsyncIterator[None]:
        """Hold a run's lock.

        Raises:
            BadInput: somebody else holds it.

        """
        if run in self._runs or not await self._is("SELECT pg_try_advisory_lock(%s)", key("run", run)):
            raise BadInput(f"another process is working on run {run!r}")
        self._runs.add(run)
        try:
            yield
        finally:
            self._runs.discard(run)
            await self.ask("SELECT pg_advisory_unlock(%s)", (key("run", run),))

    async def is_free(self, run: str) -> bool:
        """Whether nobody works on the run."""
        return run not in self._runs and await self._is("SELECT pg_try_advisory_xact_lock(%s)", key("run", run))

    def forget(self, run: str) -> None:
        """Do nothing: a lock that nobody holds is nowhere."""

    async def engine_is_up(self) -> bool:
        """Whether there is a worker."""
        return bool(self._names) or not await self._is("SELECT pg_try_advisory_xact_lock(%s)", key("", ENGINE))

    async def live_as(self, name: str) -> None:
        """Hold the lock of a name that nobody else has, until the process dies."""
        self._names.add(name)
        await self.ask("SELECT pg_advisory_lock_shared(%s)", (key("", ENGINE),))
        await self.ask("SELECT pg_advisory_lock(%s)", (key("name", name),))

    async def is_dead(self, name: str) -> bool:
        """Whether nobody lives under a name."""
        return await self._is("SELECT pg_try_advisory_xact_lock(%s)", key("name", name))

    @asynccontextmanager
    async def inherited(self, name: str) -> AsyncIterator[bool]:
        """Hold the lock of somebody who is dead; ``False`` if he lives after all, or somebody else was faster."""
        ours = await self._is("SELECT pg_try_advisory_lock(%s)", key("name", name))
        try:
            yield ours
        finally:
            if ours:
                await self.ask("SELECT pg_advisory_unlock(%s)", (key("name", name),))

    async def close(self) -> None:
        """Let all locks go."""
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def ask(self, query: str, values: Sequence[Any]) -> Any:
        """Ask the database something, and give the first row.

        Raises:
            RecordUnreachable: it was away for too long.

        """
        async with self._turn:
            for _ in range(int(PATIENCE / PAUSE)):
                try:
                    session = self._session = self._session or await self._opened()
                    return await (await session.execute(query.encode(), values)).fetchone()
                except (psycopg.OperationalError, psycopg.InterfaceError) as lost:
                    _log.info("the session that holds the locks was lost: %s", type(lost).__name__)
                    self._session = None
                    await asyncio.sleep(PAUSE)
        raise RecordUnreachable("the database that keeps the locks cannot be reached")

    async def _is(self, query: str, wanted: int) -> bool:
        return bool((await self.ask(query, (wanted,)))[0])

    async def _opened(self) -> psycopg.AsyncConnection:
        session = await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=CONNECTING,
            options=_SERVER_SIDE,
            **ALIVE,  # type: ignore[arg-type] # psycopg types libpq's own options as one union
        )
        for run in self._runs:
            await session.execute("SELECT pg_try_advisory_lock(%s)", (key("run", run),))
        for name in self._names:  # whoever takes over our attempts has it for a moment
            await session.execute("SELECT pg_advisory_lock(%s)", (key("name", name),))
        if self._names:
            await session.execute("SELECT pg_advisory_lock_shared(%s)", (key("", ENGINE),))
        return session


def key(kind: str, name: str) -> int:
    """Give the 64-bit key of a lock."""
    digest = hashlib.sha256(f"quire/{kind}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
