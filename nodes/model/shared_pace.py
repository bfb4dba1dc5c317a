"""Rates that all processes of a database keep together."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable

from quire.nodes.event_store.leases import Leases, Rates
from quire.nodes.model.pace import LONGEST_NAP, Paced


class SharedPace:
    """Lets requests go so that no window of sixty seconds holds more than allowed, over all processes.

    Args:
        leases: where requests are counted.
        rates: what may be sent.
        sleep: waits that many seconds.

    """

    def __init__(self, leases: Leases, rates: Rates, *, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._leases = leases
        self._rates = rates
        self._sleep = sleep
        self._turn = asyncio.Lock()

    async def admit(self, tokens: int) -> Paced:
        """Wait until a request of so many tokens may be sent, and count it; first come, first served in a process."""
        paced = Paced(0.0, tokens, uuid.uuid4().hex)
        async with self._turn:
            while (wait := await self._leases.pace(paced.request, tokens, self._rates)) > 0:
                await self._sleep(min(wait, LONGEST_NAP))
        return paced

    async def settle(self, paced: Paced) -> None:
        """Say what a request came to. One that is never settled counts at its most until its minute is over."""
        await self._leases.used(paced.request, paced.tokens)
