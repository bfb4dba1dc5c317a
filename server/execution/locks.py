"""Who may work on a run: one process at a time, and no longer than it lives."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Protocol

from quire.nodes.faults import BadInput

GLANCES, GLANCE = 5, 0.01
"""How often, and after how many seconds each, a lock is tried for again before it counts as held."""


class RunLocks(Protocol):
    """Locks of runs."""

    def held(self, run: str) -> AbstractAsyncContextManager[None]:
        """Hold a run's lock.

        Raises:
            BadInput: somebody else holds it.

        """
        ...

    async def is_free(self, run: str) -> bool:
        """Whether nobody works on the run."""
        ...

    def forget(self, run: str) -> None:
        """Leave nothing of the lock of a run that is no more; the caller holds it."""
        ...

    async def engine_is_up(self) -> bool:
        """Whether there is a process that carries on the runs which are left to the engine."""
        ...

    async def close(self) -> None:
        """Let all locks go."""
        ...


class FileLocks:
    """Locks on files of one machine; the system lets them go when their process dies."""

    def __init__(self, home: Path) -> None:
        self._folder, self._engine = home / "locks", home / "engine.lock"
        self._folder.mkdir(parents=True, exist_ok=True)

    @asynccontextmanager
    async def held(self, run: str) -> AsyncIterator[None]:
        """Hold a run's lock.

        Raises:
            BadInput: somebody else holds it.

        """
        path = self._folder / f"{run}.lock"
        with path.open("w") as file:
            if not await _locked_soon(file.fileno()) or not _is_at(path, file.fileno()):
                raise BadInput(f"another process is working on run {run!r}")
            yield

    async def is_free(self, run: str) -> bool:
        """Whether nobody works on the run."""
        path = self._folder / f"{run}.lock"
        if not path.exists():
            return True
        with path.open("w") as file:
            return locked(file.fileno())

    def forget(self, run: str) -> None:
        """Remove the file of a run's lock; the caller holds it."""
        (self._folder / f"{run}.lock").unlink(missing_ok=True)

    async def engine_is_up(self) -> bool:
        """Whether a process serves this home."""
        with self._engine.open("w") as file:
            return not locked(file.fileno())

    async def close(self) -> None:
        """Do nothing: every lock goes with its file."""

    @contextmanager
    def engine(self) -> Iterator[None]:
        """Be the one process that carries on the runs which are left to the engine.

        Raises:
            BadInput: there is one already.

        """
        with self._engine.open("w") as file:
            if not locked(file.fileno()):
                raise BadInput(
                    "another `quire serve` works on this home", field="QUIRE_HOME", hint="stop it, or choose another"
                )
            yield


async def _locked_soon(file: int) -> bool:
    """Lock an open file. Somebody who only looks whether it is free (``is_free``) has it for a moment."""
    for _ in range(GLANCES):
        if locked(file):
            return True
        await asyncio.sleep(GLANCE)
    return locked(file)


def _is_at(path: Path, file: int) -> bool:
    """Whether an open file is still the one at its path, not one that was removed after it was opened."""
    return path.exists() and os.path.samestat(path.stat(), os.fstat(file))


def locked(file: int) -> bool:
    """Lock an open file, unless somebody has."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
