"""One thread that owns a database connection, so that no write ever blocks the event loop.

Writes that arrive while it is busy share its next transaction: many section runs pay for one commit. Work must give the
same when it is done twice: when a connection is lost in the middle of a commit, nobody knows whether it was done.
"""

import asyncio
import contextlib
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from quire.nodes.event_store.database import Connection, Dialect
from quire.nodes.faults import RecordFault, RecordUnreachable

Result = TypeVar("Result")
Work = Callable[[Connection], Any]

MOST_TOGETHER = 200
PATIENCE = 60.0
"""Seconds for which work is tried again while the database cannot be reached."""
PAUSE = 0.1
"""Seconds between two tries."""


class _Order(NamedTuple):
    run: str
    work: Work
    loop: asyncio.AbstractEventLoop
    done: "asyncio.Future[Any]"
    on_disk: bool


class WriterThread:
    """Runs functions on a connection, each whole or not at all, those of a run in order."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._connection: Connection | None = None
        self._closed = False
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"record {dialect.name}", daemon=True)
        self._thread.start()

    async def do(self, work: Callable[[Connection], Result], run: str = "", *, on_disk: bool = True) -> Result:
        """Run the work in a transaction and give its result once that is committed.

        Args:
            work: what to do.
            run: the run whose row it locks.
            on_disk: it is on disk by then, and with it all that was committed before. Else it is once the next is.

        Raises:
            RecordUnreachable: the database was gone for too long. What became of the work is unknown.
            RecordFault: the record was closed, or its database refused: a full disk, a lock that is not let go.

        """
        if self._closed:
            raise RecordFault("the record is closed")
        loop = asyncio.get_running_loop()
        order = _Order(run, work, loop, loop.create_future(), on_disk)
        self._orders.put(order)
        result: Result = await order.done
        return result

    def close(self) -> None:
        """Finish what was ordered and stop."""
        self._closed = True
        self._orders.put(None)
        self._thread.join()

    def _run(self) -> None:
        open_for_more = True
        while open_for_more:
            orders, open_for_more = self._next()
            _tell(orders, self._outcomes(orders))
        self._let_go()

    def _next(self) -> tuple[list[_Order], bool]:
        """Wait for an order and take all that are there with it, in the order in which all processes lock runs."""
        orders: list[_Order] = []
        first = self._orders.get()
        while first is not None:
            orders.append(first)
            if len(orders) == MOST_TOGETHER or self._orders.empty():
                return sorted(orders, key=lambda order: order.run), True
            first = self._orders.get()
        return sorted(orders, key=lambda order: order.run), False

    def _outcomes(self, orders: list[_Order]) -> list[Any]:
        """Do the orders, again and again while the database is away."""
        since = time.monotonic()
        while True:
            try:
                self._connection = self._connection or self._dialect.open()
                return self._together(self._connection, orders)
            except self._dialect.errors as error:
                self._let_go()
                if not self._dialect.passes(error):
                    return [self._named(error)] * len(orders)
                if time.monotonic() - since > PATIENCE:
                    gone = RecordUnreachable(f"{self._dialect.name} cannot be reached: {type(error).__name__}")
                    return [gone] * len(orders)
                time.sleep(PAUSE)
            except Exception as bug:  # noqa: BLE001 - raised where the work was ordered; the thread lives on for others
                self._let_go()
                return [bug] * len(orders)

    def _together(self, connection: Connection, orders: list[_Order]) -> list[Any]:
        """Do the orders in one transaction; one that fails takes only its own writes back."""
        connection.commit_to_disk(at_once=any(order.on_disk for order in orders))
        connection.execute(self._dialect.begin)
        alone = len(orders) == 1
        try:
            outcomes = [order.work(connection) if alone else self._one(connection, order.work) for order in orders]
            connection.execute("COMMIT")
        except BaseException as error:
            with contextlib.suppress(*self._dialect.errors):  # a full disk has taken the transaction back already
                connection.execute("ROLLBACK")
            if alone and isinstance(error, Exception) and not isinstance(error, self._dialect.errors):
                return [error]  # raised where the work was ordered
            raise
        return outcomes

    def _one(self, connection: Connection, work: Work) -> Any:
        connection.execute("SAVEPOINT one")
        try:
            outcome = work(connection)
        except Exception as error:
            if isinstance(error, self._dialect.errors) and self._dialect.passes(error):
                raise
            self._take_back(connection, error)
            outcome = self._named(error)  # handed to whoever ordered the work, and raised there
        connection.execute("RELEASE SAVEPOINT one")
        return outcome

    def _take_back(self, connection: Connection, error: Exception) -> None:
        try:
            connection.execute("ROLLBACK TO SAVEPOINT one")
        except self._dialect.errors:
            if isinstance(error, self._dialect.errors):
                raise error from None  # a full disk has taken all of it back already; that is the reason to tell
            raise

    def _named(self, error: Exception) -> Exception:
        """Make a fault of the record of what its driver raised; anything else stays as it is."""
        if not isinstance(error, self._dialect.errors):
            return error
        fault = RecordFault(f"the record in {self._dialect.name} cannot be used: {self._dialect.reason(error)}")
        fault.__cause__ = error
        return fault

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def _tell(orders: list[_Order], outcomes: list[Any]) -> None:
    """Tell whoever ordered work what came of it: all on one loop at once, since waking a loop is dear."""
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[_Order, Any]]] = defaultdict(list)
    for order, outcome in zip(orders, outcomes, strict=True):
        by_loop[order.loop].append((order, outcome))
    for loop, told in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle, told)


def _settle(told: list[tuple[_Order, Any]]) -> None:
    for order, outcome in told:
        if order.done.cancelled():
            continue
        if isinstance(outcome, BaseException):
            order.done.set_exception(outcome)
        else:
            order.done.set_result(outcome)
