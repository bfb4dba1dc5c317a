"""The tables of the SQL record, the same for every database."""

from nodes.record import idempotency, sql_accounts

VERSION = 1
"""Of the tables and of what is written into them. A record of another version is refused, not guessed at."""

TABLES = (
    "CREATE TABLE IF NOT EXISTS quire (version INTEGER NOT NULL)",
    """CREATE TABLE IF NOT EXISTS runs (
        id TEXT PRIMARY KEY,
        tenant TEXT NOT NULL,
        status TEXT NOT NULL,
        brief TEXT NOT NULL,
        door TEXT NOT NULL,
        created TEXT NOT NULL,
        finished TEXT
    )""",
    """CREATE TABLE IF NOT EXISTS events (
        run TEXT NOT NULL,
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (run, n),
        UNIQUE (run, id)
    )""",
    """CREATE TABLE IF NOT EXISTS attempts (
        run TEXT NOT NULL,
        call TEXT NOT NULL,
        position INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (run, call, position)
    )""",
    "CREATE TABLE IF NOT EXISTS blobs (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL)",
    idempotency.TABLE,
    *sql_accounts.TABLES,
)
