"""Leases on an endpoint: how the processes of one database share its slots and its rates.

Whoever holds slots says so again and again; of somebody who died nothing is heard, and their slots are free after a
while. Slots go one by one to whoever has the fewest, and among those to whoever has waited longest, so that no process
with a long queue keeps another from its first call.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

KEPT: Final = 10.0
"""Seconds without a sign of life after which a process's slots are free."""
HEEDED: Final = 1.0
"""Seconds for which a slot is kept free for a process that waits and was heard of last then."""
WINDOW: Final = 60.0
"""Seconds to which rates apply."""


class Demand(NamedTuple):
    """What a process holds, and how many more slots it wants."""

    holder: str
    held: int
    wants: int
    since: float
    """Seconds since the epoch, on the database's clock: from when on it has waited."""


class Rates(NamedTuple):
    """What may be sent in any sixty seconds; None is no limit."""

    requests: int | None
    tokens: int | None

    def fit(self, requests: int, tokens: int) -> bool:
        """Whether so much may be sent."""
        return (self.requests is None or requests <= self.requests) and (self.tokens is None or tokens <= self.tokens)


class Sent(NamedTuple):
    """A request that counts against the rates."""

    at: float
    tokens: int


class Leases(Protocol):
    """Where processes share an endpoint. Every method is atomic, and durable when it returns."""

    def holder(self) -> str:
        """Make a name to hold slots under; it begins with the process's own."""
        ...

    async def slots(self, holder: str, held: int, wants: int, limit: int) -> int:
        """Say what a process holds and wants, and give how many slots it holds from now on beyond that.

        Raises:
            RecordFault: the database cannot be used.

        """
        ...

    async def free(self, process: str) -> None:
        """Free what a process held that is known to be dead."""
        ...

    async def pace(self, request: str, tokens: int, rates: Rates) -> float:
        """Count a request of so many tokens, or give the seconds until it is worth asking again."""
        ...

    async def used(self, request: str, tokens: int) -> None:
        """Say what a request that was counted has come to."""
        ...


def granted(limit: int, mine: Demand, others: Sequence[Demand]) -> int:
    """Give how many of the free slots are mine. Pure."""
    everyone = [mine, *others]
    given = dict.fromkeys((demand.holder for demand in everyone), 0)
    for _ in range(limit - sum(demand.held for demand in everyone)):
        waiting = [demand for demand in everyone if demand.wants > given[demand.holder]]
        if not waiting:
            break
        first = min(waiting, key=lambda demand: (demand.held + given[demand.holder], demand.since, demand.holder))
        given[first.holder] += 1
    return given[mine.holder]


def wait_for(sent: Sequence[Sent], tokens: int, rates: Rates, now: float) -> float:
    """Give the seconds until a request fits into its window, by what was sent in the last sixty, oldest first. Pure.

    One that is larger than a minute's tokens goes when it is alone in its minute.
    """
    count, used, free_at = len(sent), sum(each.tokens for each in sent), now
    for each in sent:
        if rates.fit(count + 1, used + tokens):
            break
        count, used, free_at = count - 1, used - each.tokens, each.at + WINDOW
    return max(0.0, free_at - now)
