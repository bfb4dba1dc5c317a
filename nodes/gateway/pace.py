"""Requests and tokens per minute: what an endpoint's account allows, kept before it has to refuse."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

_WINDOW: Final = 60.0
_LONGEST_NAP: Final = 1.0
"""Seconds after which somebody who waits looks again: what was reserved too high is given back meanwhile."""


@dataclass
class Paced:
    """A request that counts against the rates."""

    at: float
    tokens: int
    """What it may use at most; once it has ended, what it used."""


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
        self._requests = requests
        self._tokens = tokens
        self._clock = clock
        self._sleep = sleep
        self._sent: deque[Paced] = deque()
        self._turn = asyncio.Lock()

    async def admit(self, tokens: int) -> Paced:
        """Wait until a request of so many tokens may be sent, and count it.

        One that is larger than a minute's tokens goes when it is alone in its minute.
        """
        if self._requests is None and self._tokens is None:
            return Paced(0.0, tokens)
        async with self._turn:
            while (wait := self._wait(tokens)) > 0:
                await self._sleep(min(wait, _LONGEST_NAP))
            paced = Paced(self._clock(), tokens)
            self._sent.append(paced)
            return paced

    def _wait(self, tokens: int) -> float:
        """Give the seconds until enough of what was sent is a minute old."""
        now = self._clock()
        while self._sent and self._sent[0].at <= now - _WINDOW:
            self._sent.popleft()
        count, used, free_at = len(self._sent), sum(paced.tokens for paced in self._sent), now
        for paced in self._sent:
            if self._fits(count + 1, used + tokens):
                break
            count, used, free_at = count - 1, used - paced.tokens, paced.at + _WINDOW
        return max(0.0, free_at - now)

    def _fits(self, requests: int, tokens: int) -> bool:
        return (self._requests is None or requests <= self._requests) and (
            self._tokens is None or tokens <= self._tokens
        )
