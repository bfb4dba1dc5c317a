"""The record in a SQL database: journal, ledger, blobs, and the rows of runs.

Whoever works on a run has taken it and writes with the token it was given then; in the transaction of every write the
token is compared with the row's, so that somebody from whom the run was taken writes nothing more. Events from outside
come without a token; they put a run that waits for a person back into the queue.
"""

import hashlib
from collections.abc import Callable, Mapping

from quire.nodes.event_store import row_statements, statements
from quire.nodes.event_store.accounts import Accounts
from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.kept import Kept
from quire.nodes.event_store.leases import Leases
from quire.nodes.event_store.memory import utc_now
from quire.nodes.event_store.migrations import set_up
from quire.nodes.event_store.port import Attempt, CallKey, Envelope, Usage
from quire.nodes.event_store.sql_accounts import SqlAccounts
from quire.nodes.event_store.sql_kept import SqlKept
from quire.nodes.event_store.sql_rows import SqlRows
from quire.nodes.event_store.sums import total
from quire.nodes.event_store.writer_thread import WriterThread
from quire.nodes.evidence.content import canonical
from quire.nodes.faults import RecordFault


class SqlRecord(SqlRows):
    """Journal, ledger and blobs beside the rows of runs.

    Args:
        thread: owns the connection.
        types: column types of the database.
        now: tells the time an event is journalled, RFC 3339 in UTC.

    """

    def __init__(self, thread: WriterThread, types: Mapping[str, str], now: Callable[[], str] = utc_now) -> None:
        super().__init__(thread, now)
        self._types = types
        self.accounts: Accounts = SqlAccounts(thread)
        self.kept: Kept = SqlKept(thread)
        self.leases: Leases | None = None

    async def setup(self) -> None:
        """Make the tables, or check that they are ours.

        Raises:
            RecordFault: they were written by another version.

        """
        await self._thread.do(lambda db: set_up(db, self._types))

    def close(self) -> None:
        """Finish pending writes and let the database go."""
        self._thread.close()

    async def append(
        self,
        run: str,
        events: list[Envelope],
        blobs: dict[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
        /,
        *,
        token: int | None = None,
    ) -> list[Envelope]:
        """Write events, blobs and the run's new status in one transaction and number the events.

        What whoever works on the run says on the way follows from replies, so its place on disk may follow that of the
        next reply: a machine that loses power has then lost nothing that was paid for, asked, answered or ended.

        Args:
            run: the run.
            events: in the order they are numbered in; one whose id is there comes back as it was first written.
            blobs: by digest.
            status: the run's new one.
            heard: the number of the last event from outside that whoever ends the run has taken up.
            token: of whoever works on the run; without it the events are from outside.

        Raises:
            RunTaken: somebody else has taken the run.
            RunOver: an event from outside came too late.
            ChangedMeanwhile: an event from outside came after what was heard; nothing is written.
            RecordFault: an id is there with other content, or a blob's digest is not its own.

        """
        now = self._now

        def work(db: Connection) -> list[Envelope]:
            held = row_statements.hold(db, run, token)
            row_statements.check_heard(db, run, heard)
            statements.keep(db, run, blobs or {})
            written = [statements.write(db, run, event, now) for event in events]
            if token is None and held and written:
                row_statements.note_outside(db, run, max(event["n"] for event in written))
            if status is not None:
                row_statements.mark(db, run, status, now())
            return written

        return await self._thread.do(work, run, on_disk=token is None or status is not None)

    async def events(self, run: str, after: int = 0, limit: int | None = None) -> list[Envelope]:
        """Give the run's events numbered above ``after``, in order."""
        return await self._thread.do(lambda db: statements.events(db, run, after, limit))

    async def last_event(self, run: str) -> Envelope | None:
        """Give a run's last event; None of a run that has none."""
        return await self._thread.do(lambda db: statements.last(db, run))

    async def put(self, run: str, blob: bytes) -> str:
        """Keep bytes for a run under their SHA-256 (hex)."""
        digest = hashlib.sha256(blob).hexdigest()
        await self._thread.do(lambda db: statements.keep(db, run, {digest: blob}))
        return digest

    async def get(self, digest: str) -> bytes:
        """Give the bytes kept under a digest."""
        query = "SELECT bytes FROM blobs WHERE digest = ?"
        row = await self._thread.do(lambda db: db.execute(query, (digest,)).fetchone())
        if row is None or hashlib.sha256(row[0]).hexdigest() != digest:
            raise RecordFault(f"the record does not hold {digest[:12]} as it was written")
        found: bytes = row[0]
        return found

    async def attempts(self, run: str, key: CallKey) -> list[Attempt]:
        """Give the recorded attempts of a call, in the order they were made."""
        call = canonical(list(key))
        return await self._thread.do(lambda db: statements.attempts(db, run, call))

    async def add_attempt(self, run: str, key: CallKey, attempt: Attempt, *, token: int | None = None) -> None:
        """Record how an attempt ended.

        Raises:
            RunTaken: somebody else has taken the run.

        """
        call = canonical(list(key))
        placed: list[int] = []

        def work(db: Connection) -> None:
            row_statements.hold(db, run, token)
            placed[:] = placed or [statements.next_position(db, run, call)]
            statements.place_attempt(db, run, call, placed[0], attempt)

        await self._thread.do(work, run)

    async def usage(self, run: str) -> Usage:
        """Sum what all recorded attempts of a run cost; ``usd`` is None if any has no price."""
        return total(attempt["usage"] for _, attempt in await self.ledger(run))

    async def calls(self, run: str) -> int:
        """Count the recorded attempts of a run."""
        return len(await self.ledger(run))

    async def ledger(self, run: str) -> list[tuple[CallKey, Attempt]]:
        """Give all recorded attempts of a run, each with the call it was made for."""
        return await self._thread.do(lambda db: statements.ledger(db, run))
