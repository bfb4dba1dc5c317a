"""The tables of the SQL record, the same for every database."""

from quire.nodes.event_store import idempotency, sql_accounts, sql_kept, sql_leases

VERSION = 5
"""Of the tables and of what is written into them. Older ones are brought up to it (``migrations``)."""

FORMAT = 1
"""Of what a run's events and attempts mean. A run stays in the format it was begun in."""

FORMATS = (1,)
"""Those that this program can carry on to the end."""

VERSIONS = "CREATE TABLE IF NOT EXISTS quire (version INTEGER NOT NULL)"
"""Made, and read, before anything else."""

BLOB_USES = "CREATE TABLE IF NOT EXISTS blob_uses (run TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (run, digest))"

TABLES = (
    """CREATE TABLE IF NOT EXISTS runs (
        id TEXT PRIMARY KEY,
        tenant TEXT NOT NULL,
        status TEXT NOT NULL,
        brief TEXT NOT NULL,
        door TEXT NOT NULL,
        created TEXT NOT NULL,
        finished TEXT,
        format INTEGER NOT NULL,
        served INTEGER NOT NULL,
        leg INTEGER NOT NULL,
        token INTEGER NOT NULL DEFAULT 0,
        outside INTEGER NOT NULL DEFAULT 0,
        seal TEXT
    )""",
    """CREATE INDEX IF NOT EXISTS runs_open ON runs (served, status)
        WHERE status NOT IN ('done', 'partial', 'failed', 'cancelled')""",
    "CREATE INDEX IF NOT EXISTS runs_of_tenant ON runs (tenant, created)",
    "CREATE INDEX IF NOT EXISTS runs_over ON runs (finished, id) WHERE finished IS NOT NULL",
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
    "CREATE TABLE IF NOT EXISTS blobs (digest TEXT PRIMARY KEY, bytes {bytes} NOT NULL)",
    BLOB_USES,
    "CREATE INDEX IF NOT EXISTS blob_uses_of_digest ON blob_uses (digest)",
    "CREATE TABLE IF NOT EXISTS workers (name TEXT PRIMARY KEY, pid INTEGER NOT NULL, beat DOUBLE PRECISION NOT NULL)",
    idempotency.TABLE,
    *sql_accounts.TABLES,
    *sql_leases.TABLES,
    *sql_kept.TABLES,
)
"""In a run's row, ``served`` says that the engine is to carry it on, ``leg`` which of its legs is due, ``token`` who
may write (whoever took it last), ``outside`` is the number of the last event that came from outside, and ``seal`` is a
checksum of what never changes; rows of version 4 have none."""
