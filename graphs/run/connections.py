"""An event loop's connections to models: one gateway, whose slots and waits hold for all runs on the loop."""

import asyncio
import secrets
from importlib import import_module
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.leases import Leases

if TYPE_CHECKING:
    from quire.nodes.model.gateway import Gateway  # it brings the clients of models, which offline nobody needs

_HOME = "quire.nodes.model.gateway"
_SECRET = secrets.token_bytes(32)
"""What fences are made from, with all that a run was asked. It never reaches a request's hash, so another process may
have another one."""


class Connections:
    """Opened by the first call, and closed once no run that has asked is left."""

    def __init__(self) -> None:
        self._opening = asyncio.Lock()
        self._asking: set[str] = set()
        """Ids of the runs that have asked and are not over."""
        self._draining = False
        self._known: tuple[Settings, Leases | None, Gateway] | None = None

    async def gateway(self, run_id: str, settings: Settings, leases: Leases | None) -> "Gateway":
        """Give the gateway to a run that is about to ask; never, once the loop's calls are drained.

        The first import of the clients takes most of a second, which the loop's other runs do not wait for.
        """
        async with self._opening:
            if self._draining:
                await asyncio.get_running_loop().create_future()  # whoever carries the run on asks
            self._asking.add(run_id)
            if self._known is None or self._known[:2] != (settings, leases):
                # One thread at a time: two that import what imports each other end each other (CPython 3.11).
                make: type[Gateway] = (await asyncio.to_thread(import_module, _HOME)).Gateway
                self._known = (settings, leases, make(settings, secret=_SECRET, leases=leases))
            return self._known[-1]

    async def release(self, run_id: str) -> None:
        """Let a run be over; close the connections if no other one needs them."""
        self._asking.discard(run_id)
        if not self._asking:
            await self.close()

    async def close(self) -> None:
        """Close the connections, whoever may still need them."""
        known, self._known = self._known, None
        if known is not None:
            await known[-1].close()

    async def drain(self) -> None:
        """Let the calls that are under way come to their end and be recorded; none begins any more."""
        self._draining = True
        if self._known is not None:
            await self._known[-1].drained()


_OF_LOOPS: WeakKeyDictionary[asyncio.AbstractEventLoop, Connections] = WeakKeyDictionary()


def connections() -> Connections:
    """Give the running loop's connections."""
    return _OF_LOOPS.setdefault(asyncio.get_running_loop(), Connections())
