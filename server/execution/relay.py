"""How those who follow a run in one process hear the drafts of a run that another one works on."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from quire.graphs.run.token_stream import Listener, Listeners


class Relay(Protocol):
    """Carries pieces of drafts between the processes of one record. It may lose any of them."""

    def open(self) -> None:
        """Begin, before anything is carried or followed: who follows what is known then when work begins."""
        ...

    def carrying(self, run: str, listeners: Listeners) -> AbstractContextManager[None]:
        """Work on a run, and let those who follow it elsewhere hear its drafts, as one of those who listen here."""
        ...

    def following(self, run: str, hear: Listener) -> AbstractContextManager[None]:
        """Hear the drafts of a run, if another process works on it."""
        ...

    async def close(self) -> None:
        """End it."""
        ...


class NoRelay:
    """Carries nothing: over a home, one process does all that is left to it."""

    def open(self) -> None:
        """Do nothing."""

    @contextmanager
    def carrying(self, run: str, listeners: Listeners) -> Iterator[None]:
        """Do nothing."""
        del run, listeners
        yield

    @contextmanager
    def following(self, run: str, hear: Listener) -> Iterator[None]:
        """Do nothing."""
        del run, hear
        yield

    async def close(self) -> None:
        """Do nothing."""
