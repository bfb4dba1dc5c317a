"""What a tenant may use again, in the record's database (``quire.nodes.event_store.kept``)."""

from collections.abc import Collection, Mapping
from typing import Final

from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.sealed import seal, unseal
from quire.nodes.event_store.writer_thread import WriterThread
from quire.nodes.faults import RecordFault

TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS kept (
        tenant TEXT NOT NULL,
        key TEXT NOT NULL,
        run TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (tenant, key)
    )""",
    "CREATE INDEX IF NOT EXISTS kept_of_run ON kept (run)",
)
"""``run`` is the one that used it last. Releases before these tables do not look at them."""
OF_A_RUN: Final = "DELETE FROM kept WHERE run = ?"


class SqlKept:
    """Texts in the record's database.

    Args:
        thread: owns the connection.

    """

    def __init__(self, thread: WriterThread) -> None:
        self._thread = thread

    async def of(self, tenant: str, run: str, keys: Collection[str]) -> dict[str, str]:
        """Give what is there under some keys; the run is the last that has used it."""
        wanted = sorted(keys)

        def work(db: Connection) -> dict[str, str]:
            found = {key: text for key in wanted if (text := _text(db, tenant, key)) is not None}
            used = [(run, tenant, key) for key in found]
            db.executemany("UPDATE kept SET run = ? WHERE tenant = ? AND key = ?", used)
            return found

        return await self._thread.do(work, on_disk=False)

    async def keep(self, tenant: str, run: str, texts: Mapping[str, str]) -> None:
        """Keep texts under their keys. What is there already stays."""
        rows = [(tenant, key, run, seal({"text": text}, tenant, key)) for key, text in sorted(texts.items())]
        query = "INSERT INTO kept (tenant, key, run, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        await self._thread.do(lambda db: db.executemany(query, rows), on_disk=False)


def _text(db: Connection, tenant: str, key: str) -> str | None:
    """Give a text; one that is not as it was written is not there, and is made again."""
    row = db.execute("SELECT body FROM kept WHERE tenant = ? AND key = ?", (tenant, key)).fetchone()
    try:
        return None if row is None else str(unseal(row[0], tenant, key)["text"])
    except RecordFault:
        db.execute("DELETE FROM kept WHERE tenant = ? AND key = ?", (tenant, key))
        return None
