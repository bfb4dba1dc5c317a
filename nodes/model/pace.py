"""Requests and tokens per minute: what an endpoint's account allows, kept before it has to refuse."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol

from quire.nodes.event_store.leases import WINDOW, Rates, Sent, wait_for

LONGEST_NAP: Final = 1.0
"""Seconds after which somebody who waits looks again: what was reserved too high is given back meanwhile."""


@dataclass
class Paced:
    """A request that counts against the rates."""

    at: float
    tokens: int
    """What it may use at most; once it has ended, what it used."""
    request: str = ""
    """Its name where several processes count."""


class Rated(Protocol):
    """What lets requests go at a rate."""

    async def admit(self, tokens: int) -> Paced:
        """Wait until a request of so many tokens may be sent, and count it."""
        ...

    async def settle(self, paced: Paced) -> None:
        """Take note of what a request came to."""
        ...


class Pace:
    """Lets requests go so that no window of sixty seconds holds more than allowed; first come, first served.

    Args:
        requests: a minute; None is no limit.
        tokens: a minute, prompt and completion together; None is no limit.
        clock: monotonic seconds.
        sleep: waits that many seconds.

    """

    def __init__(
        self,
        requests: int | None,
        tokens: int | None,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._rates = Rates(requests, tokens)
        self._clock = clock
        self._sleep = sleep
        self._sent: deque[Paced] = deque()
        self._turn = asyncio.Lock()

    async def admit(self, tokens: int) -> Paced:
        """Wait until a request of so many tokens may be sent, and count it.

        One that is larger than a minute's tokens goes when it is alone in its minute.
        """
        if self._rates == Rates(None, None):
            return Paced(0.0, tokens)
        async with self._turn:
            while (wait := self._wait(tokens)) > 0:
                await self._sleep(min(wait, LONGEST_NAP))
            paced = Paced(self._clock(), tokens)
            self._sent.append(paced)
            return paced

    async def settle(self, paced: Paced) -> None:
        """Do nothing: what was counted knows itself what it came to."""

    def _wait(self, tokens: int) -> float:
        """Give the seconds until enough of what was sent is a minute old."""
        now = self._clock()
        while self._sent and self._sent[0].at <= now - WINDOW:
            self._sent.popleft()
        return wait_for([Sent(paced.at, paced.tokens) for paced in self._sent], tokens, self._rates, now)
