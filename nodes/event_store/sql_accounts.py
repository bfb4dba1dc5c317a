"""Accounts in the record's database: two small tables, which all processes of the database share.

Whatever is done is done in one transaction, which has the accounts' rows for itself, and does nothing more when it is
done twice.
"""

from collections.abc import Sequence
from typing import Final

from quire.nodes.event_store.accounts import (
    Balance,
    Claim,
    Hold,
    Spend,
    Verdict,
    account_of,
    settled,
    verdict,
    written_off,
)
from quire.nodes.event_store.database import Connection
from quire.nodes.event_store.writer_thread import WriterThread

TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS accounts (
        name TEXT PRIMARY KEY,
        calls INTEGER NOT NULL,
        tokens INTEGER NOT NULL,
        usd DOUBLE PRECISION NOT NULL,
        seconds DOUBLE PRECISION NOT NULL,
        unsettled INTEGER NOT NULL,
        beyond INTEGER NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS holds (
        id TEXT NOT NULL,
        account TEXT NOT NULL,
        run TEXT NOT NULL,
        calls INTEGER NOT NULL,
        tokens INTEGER NOT NULL,
        usd DOUBLE PRECISION NOT NULL,
        until DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (id, account)
    )""",
    "CREATE INDEX IF NOT EXISTS holds_by_account ON holds (account)",
    "CREATE INDEX IF NOT EXISTS holds_by_run ON holds (run)",
)


class SqlAccounts:
    """Accounts in SQL.

    Args:
        thread: owns the connection.

    """

    def __init__(self, thread: WriterThread) -> None:
        self._thread = thread

    async def open_account(self, account: str, spent: Spend) -> None:
        """Make an account, unless it is there."""
        await self._thread.do(lambda db: _make(db, account, spent))

    async def hold(self, hold: Hold, claims: Sequence[Claim], seconds: float, now: float) -> Verdict:
        """Set aside on all accounts, or on none."""

        def work(db: Connection) -> Verdict:
            verdicts = {_judged(db, hold, claim, seconds, now) for claim in sorted(claims)}
            if verdicts - {"granted"}:
                return "never" if "never" in verdicts else "later"
            rows = [(hold.id, claim.account, hold.run, *hold.most, hold.until) for claim in claims]
            db.executemany("INSERT INTO holds VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)
            return "granted"

        return await self._thread.do(work)

    async def settle(self, hold: Hold, claims: Sequence[Claim], spent: Spend, seconds: float) -> None:
        """Replace a hold by what was spent; one that was settled or written off stays so."""

        def work(db: Connection) -> None:
            for claim in sorted(claims):
                balance = _locked(db, claim.account)
                gone = db.execute("DELETE FROM holds WHERE id = ? AND account = ?", (hold.id, claim.account))
                if gone.rowcount:
                    _write(db, claim.account, settled(balance, hold, spent, seconds))

        await self._thread.do(work)

    async def write_off(self, run: str) -> int:
        """Count every hold of a run as spent."""
        return await self._thread.do(lambda db: write_off(db, run))

    async def balance(self, account: str) -> Balance:
        """Say how an account stands."""
        return await self._thread.do(lambda db: _balance(db, account) or Balance())


def write_off(db: Connection, run: str) -> int:
    """Count every hold of a run as spent, inside a transaction of the caller."""
    query = "SELECT account, id, run, calls, tokens, usd, until FROM holds WHERE run = ? ORDER BY account"
    found = [(account, _hold(rest)) for account, *rest in db.execute(query, (run,)).fetchall()]
    for account, hold in found:
        _write(db, account, written_off(_locked(db, account), hold))
    db.execute("DELETE FROM holds WHERE run = ?", (run,))
    return len({hold.id for _, hold in found})


def close_account(db: Connection, run: str) -> None:
    """Take a run's own account away. What its calls came to stays on its tenant's."""
    write_off(db, run)
    db.execute("DELETE FROM accounts WHERE name = ?", (account_of(run),))


def _judged(db: Connection, hold: Hold, claim: Claim, seconds: float, now: float) -> Verdict:
    """Bring an account's wall time up to date, and say whether it has room."""
    before = _locked(db, claim.account)
    balance = before._replace(seconds=before.seconds + seconds)
    _write(db, claim.account, balance)
    query = "SELECT id, run, calls, tokens, usd, until FROM holds WHERE account = ? AND id <> ?"
    holds = [_hold(row) for row in db.execute(query, (claim.account, hold.id)).fetchall()]
    return verdict(claim.limits, balance, holds, hold.most, now)


def _hold(row: Sequence[str | float]) -> Hold:
    id_, run, calls, tokens, usd, until = row
    return Hold(str(id_), str(run), Spend(int(calls), int(tokens), float(usd)), float(until))


def _make(db: Connection, account: str, spent: Spend) -> None:
    values = (account, *spent, 0.0, 0, 0)
    db.execute("INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", values)


def _locked(db: Connection, account: str) -> Balance:
    """Give how an account stands, and keep others from it until the transaction is over."""
    _make(db, account, Spend())
    db.execute("UPDATE accounts SET calls = calls WHERE name = ?", (account,))  # locks the row in any database
    return _balance(db, account) or Balance()


def _balance(db: Connection, account: str) -> Balance | None:
    query = "SELECT calls, tokens, usd, seconds, unsettled, beyond FROM accounts WHERE name = ?"
    row = db.execute(query, (account,)).fetchone()
    return None if row is None else Balance(Spend(*row[:3]), *row[3:])


def _write(db: Connection, account: str, balance: Balance) -> None:
    query = """UPDATE accounts SET calls = ?, tokens = ?, usd = ?, seconds = ?, unsettled = ?, beyond = ?
        WHERE name = ?"""
    db.execute(query, (*balance.spent, balance.seconds, balance.unsettled, int(balance.beyond), account))
