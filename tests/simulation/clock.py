"""Virtual time: an event loop whose clock jumps to the next timer when nothing is ready.

Nothing sleeps and nothing runs beside the loop, so a seed plays the same on every machine. What would wait for ever
is found at once: then nothing is ready and nothing is scheduled.
"""

import asyncio
import math
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Result = TypeVar("Result")
START = datetime(2030, 1, 1, tzinfo=UTC)
MOST_TURNS = 400_000
"""Turns of the loop after which a run counts as going round in circles."""


class StandstillError(Exception):
    """Somebody waits, and nothing will ever happen again."""


class LivelockError(Exception):
    """The run goes on and on."""


class _Jumping(selectors.DefaultSelector):
    """A selector that moves the loop's clock instead of sleeping."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.turns = 0
        self.stop_at = math.inf
        self.stop: Callable[[], None] = lambda: None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.turns += 1
        if self.turns > MOST_TURNS:
            raise LivelockError(f"no end after {MOST_TURNS} turns of the loop")
        if self.turns >= self.stop_at:
            self.stop_at = math.inf
            self.stop()
            return []
        if timeout is None:
            raise StandstillError(f"nothing is scheduled after {self.now:.3f} virtual seconds")
        self.now += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop in virtual time. Work for threads is done at once, where it is ordered."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)
        self._jumping.stop = self.stop
        self._born: WeakKeyDictionary[asyncio.Task[Any], int] = WeakKeyDictionary()
        self._births = count()

    def time(self) -> float:
        """Give the virtual seconds since the loop was made."""
        return self._jumping.now

    def utc(self) -> str:
        """Give the virtual time as the journal writes it."""
        at = START + timedelta(seconds=self.time())
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    @property
    def turns(self) -> int:
        """How many turns the loop has made."""
        return self._jumping.turns

    def run_until(self, done: "asyncio.Future[Any]", turns: float = math.inf) -> bool:
        """Go on until something is done, or for so many turns; say whether it is done.

        Raises:
            StandstillError: it waits for what will never happen.
            LivelockError: it goes round in circles.

        """
        self._jumping.stop_at = self.turns + turns
        done.add_done_callback(self._stop)
        try:
            if not done.done():
                self.run_forever()
        finally:
            done.remove_done_callback(self._stop)
            self._jumping.stop_at = math.inf
        return done.done()

    def _stop(self, _done: "asyncio.Future[Any]") -> None:
        self.stop()

    def create_task(self, coro: Any, **more: Any) -> "asyncio.Task[Any]":  # type: ignore[override] # what asyncio hands on
        """Make a task, and note its turn: a set of tasks has another order each time."""
        task: asyncio.Task[Any] = super().create_task(coro, **more)
        self._born[task] = next(self._births)
        return task

    def abandon(self) -> None:
        """Throw away all tasks, as a process does that ends. What they still do must reach nobody."""
        for _ in range(1000):
            tasks = sorted(asyncio.all_tasks(self), key=self._born.__getitem__)
            if not tasks:
                return
            for task in tasks:
                task.cancel()
            self.run_until_complete(asyncio.wait(tasks, timeout=0))
        raise LivelockError("tasks that cannot be cancelled")

    def run_in_executor(self, _executor: Any, func: Callable[..., Result], *args: Any) -> "asyncio.Future[Result]":  # type: ignore[override]
        """Do the work now: a thread would take time of its own."""
        done: asyncio.Future[Result] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - handed to whoever ordered the work, as an executor does
            done.set_exception(error)
        return done


def in_virtual_time(play: Callable[[VirtualLoop], Coroutine[Any, Any, Result]]) -> Result:
    """Play a coroutine to its end on a loop of its own.

    Raises:
        StandstillError: it waits for what will never happen.
        LivelockError: it goes round in circles.

    """
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(play(loop))
    finally:
        loop.abandon()
        loop.close()
