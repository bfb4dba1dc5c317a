"""One thread that owns a SQLite connection, so that no write ever blocks the event loop.

Writes that arrive while it is busy share its next transaction: many lanes pay for one commit.
"""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Any]

BUSY_SECONDS = 30.0
"""How long a write waits for another process before it is a fault."""
MOST_TOGETHER = 200


class _Order(NamedTuple):
    work: Work
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[Any]"


class WriterThread:
    """Runs functions on a connection, in order, each whole or not at all."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"record {path.name}", daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run the work in a transaction and give its result once that is committed.

        Raises:
            sqlite3.Error: the database refuses; nothing of the work is kept.

        """
        loop = asyncio.get_running_loop()
        order = _Order(work, loop, loop.create_future())
        self._orders.put(order)
        result: Result = await order.done
        return result

    def close(self) -> None:
        """Finish what was ordered and stop."""
        self._orders.put(None)
        self._thread.join()

    def _run(self) -> None:
        connection: sqlite3.Connection | None = None
        open_for_more = True
        while open_for_more:
            orders, open_for_more = self._next()
            try:
                connection = connection or _connect(self._path)
                outcomes = _together(connection, orders)
            except sqlite3.Error as error:
                outcomes = [error] * len(orders)
            for order, outcome in zip(orders, outcomes, strict=True):
                _tell(order, outcome)
        if connection is not None:
            connection.close()

    def _next(self) -> tuple[list[_Order], bool]:
        """Wait for an order and take all that are there with it."""
        orders: list[_Order] = []
        first = self._orders.get()
        while first is not None:
            orders.append(first)
            if len(orders) == MOST_TOGETHER or self._orders.empty():
                return orders, True
            first = self._orders.get()
        return orders, False


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def _together(connection: sqlite3.Connection, orders: list[_Order]) -> list[Any]:
    """Do the orders in one transaction; one that fails takes only its own writes back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_one(connection, order.work) for order in orders]
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return outcomes


def _one(connection: sqlite3.Connection, work: Work) -> Any:
    connection.execute("SAVEPOINT one")
    try:
        outcome = work(connection)
    except Exception as error:  # noqa: BLE001 - handed to whoever ordered the work, and raised there
        connection.execute("ROLLBACK TO one")
        outcome = error
    connection.execute("RELEASE one")
    return outcome


def _tell(order: _Order, outcome: Any) -> None:
    def settle() -> None:
        if order.done.cancelled():
            return
        if isinstance(outcome, BaseException):
            order.done.set_exception(outcome)
        else:
            order.done.set_result(outcome)

    if not order.loop.is_closed():
        order.loop.call_soon_threadsafe(settle)
