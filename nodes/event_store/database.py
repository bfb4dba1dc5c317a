"""The part of a SQL database that the record needs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol


class Cursor(Protocol):
    """What a statement gives."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        ...

    def fetchone(self) -> Any:
        """Give the next row, or None."""
        ...

    def fetchall(self) -> list[Any]:
        """Give all rows."""
        ...


class Connection(Protocol):
    """A connection. Statements are the same for every database, with ``?`` for values."""

    @property
    def locking(self) -> str:
        """What a ``SELECT`` ends in to keep its rows from others until the transaction is over."""
        ...

    @property
    def clock(self) -> str:
        """An expression for the time, in seconds since the epoch."""
        ...

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Cursor:
        """Execute a statement."""
        ...

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> Any:
        """Execute a statement for each of the values."""
        ...

    def commit_to_disk(self, *, at_once: bool) -> None:
        """Say before a transaction whether it must be on disk once it is committed, or by the next one that must.

        What is on disk is always all that was committed up to some transaction.
        """
        ...

    def be_alone(self) -> None:
        """Keep all others who ask for the same from going on until the transaction is over."""
        ...

    def keep_writers_out(self, table: str) -> None:
        """Let nobody else write to a table until the transaction is over, and wait for whoever does."""
        ...

    def give_back(self) -> bool:
        """Give some of the space that is free back to the system; whether there is more to give."""
        ...

    def close(self) -> None:
        """Let the connection go."""
        ...


class Dialect(Protocol):
    """What differs between databases."""

    @property
    def name(self) -> str:
        """Name it in a thread's name and in faults; holds no password."""
        ...

    @property
    def begin(self) -> str:
        """How a transaction that will write begins."""
        ...

    @property
    def types(self) -> Mapping[str, str]:
        """Column types that the tables leave open."""
        ...

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What its driver raises."""
        ...

    def open(self) -> Connection:
        """Connect."""
        ...

    def reason(self, error: Exception) -> str:
        """Say why it refused; holds nothing of what is recorded."""
        ...

    def passes(self, error: Exception) -> bool:
        """Whether the same work may succeed if it is done again: a lost connection, a deadlock."""
        ...
