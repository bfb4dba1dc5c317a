"""What calls may cost: reserved before an attempt at its upper bound, settled after it at what it cost."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from nodes.faults import BudgetSpent
from nodes.gateway.prices import DEAREST, cost, price_of
from nodes.record.port import Usage

_ROUNDING = 1e-9
"""Dollars that sums of floats may be off by."""


class Spend(NamedTuple):
    """What an attempt costs, or may cost at most."""

    calls: int = 0
    tokens: int = 0
    usd: float = 0.0

    def plus(self, other: "Spend") -> "Spend":
        """Add up."""
        return Spend(self.calls + other.calls, self.tokens + other.tokens, self.usd + other.usd)

    def minus(self, other: "Spend") -> "Spend":
        """Take off."""
        return Spend(self.calls - other.calls, self.tokens - other.tokens, self.usd - other.usd)


NOTHING: Final = Spend()


class Limits(NamedTuple):
    """What may be spent; None is no limit. ``seconds`` is wall time from the budget's making."""

    calls: int | None = None
    tokens: int | None = None
    usd: float | None = None
    seconds: float | None = None


class Allowance(Protocol):
    """What the gateway asks before and tells after each attempt. A tenant's may live in a database."""

    async def reserve(self, most: Spend) -> None:
        """Set ``most`` aside, waiting while attempts under way may still give some back.

        Raises:
            BudgetSpent: it cannot fit any more.

        """
        ...

    async def settle(self, most: Spend, spent: Spend) -> None:
        """Give ``most`` back and book what was spent."""
        ...

    def seconds_left(self) -> float | None:
        """Give the wall time that is left; None is no limit."""
        ...


class Budget:
    """An allowance kept in memory, for one run.

    Args:
        limits: what may be spent in all.
        spent: what recorded attempts of the run have cost already.
        within: a wider allowance (the tenant's) that must have room too.
        clock: monotonic seconds.

    """

    def __init__(
        self,
        limits: Limits,
        *,
        spent: Spend = NOTHING,
        within: Allowance | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.limits = limits
        self.spent = spent
        self._reserved = NOTHING
        self._within = within
        self._clock = clock
        self._begun = clock()
        self._given_back = asyncio.Condition()

    async def reserve(self, most: Spend) -> None:
        """Set ``most`` aside here and in the wider allowance.

        Raises:
            BudgetSpent: it cannot fit any more, or the time is up.

        """
        async with self._given_back:
            while not _fits(self.limits, self.spent.plus(self._reserved).plus(most)):
                if not _fits(self.limits, self.spent.plus(most)):
                    raise BudgetSpent(f"the next call would exceed the budget of {_named(self.limits)}")
                await self._given_back.wait()
            left = self.seconds_left()
            if left is not None and left <= 0:
                raise BudgetSpent(f"the time that the budget of {_named(self.limits)} allows is over")
            self._reserved = self._reserved.plus(most)
        await self._reserve_within(most)

    async def _reserve_within(self, most: Spend) -> None:
        reserved = self._within is None
        try:
            if self._within is not None:
                await self._within.reserve(most)
                reserved = True
        finally:
            if not reserved:
                await self._book(most, NOTHING)

    async def settle(self, most: Spend, spent: Spend) -> None:
        """Give ``most`` back and book what was spent."""
        await self._book(most, spent)
        if self._within is not None:
            await self._within.settle(most, spent)

    async def _book(self, most: Spend, spent: Spend) -> None:
        async with self._given_back:
            self._reserved = self._reserved.minus(most)
            self.spent = self.spent.plus(spent)
            self._given_back.notify_all()

    def seconds_left(self) -> float | None:
        """Give the wall time that is left, here and in the wider allowance; None is no limit."""
        own = None if self.limits.seconds is None else self._begun + self.limits.seconds - self._clock()
        wider = self._within.seconds_left() if self._within is not None else None
        return min((left for left in (own, wider) if left is not None), default=None)


@dataclass
class Bill:
    """What an attempt turns out to cost, filled while its reservation stands."""

    spent: Spend = NOTHING


@asynccontextmanager
async def reserved(budget: Allowance | None, most: Spend) -> AsyncIterator[Bill]:
    """Set ``most`` aside while an attempt is made, then settle its bill.

    Raises:
        BudgetSpent: it cannot fit any more.

    """
    bill = Bill()
    if budget is None:
        yield bill
        return
    await budget.reserve(most)
    try:
        yield bill
    finally:
        await budget.settle(most, bill.spent)


def seconds_left(budget: Allowance | None) -> float:
    """Give the wall time that is left; infinite without a budget or a limit."""
    left = budget.seconds_left() if budget is not None else None
    return math.inf if left is None else left


def upper_bound(model: str, prompt_tokens: int, completion_tokens: int) -> Spend:
    """Bound what an attempt may cost; a model without a price counts as the dearest we know."""
    usd = cost(price_of(model) or DEAREST, prompt_tokens, completion_tokens)
    return Spend(1, prompt_tokens + completion_tokens, usd)


def spend_of(model: str, usage: Usage) -> Spend:
    """Say what an attempt cost, as a budget counts it."""
    return upper_bound(model, usage["prompt_tokens"], usage["completion_tokens"])


def _fits(limits: Limits, spend: Spend) -> bool:
    return (
        (limits.calls is None or spend.calls <= limits.calls)
        and (limits.tokens is None or spend.tokens <= limits.tokens)
        and (limits.usd is None or spend.usd <= limits.usd + _ROUNDING)
    )


def _named(limits: Limits) -> str:
    return ", ".join(f"{value:g} {name}" for name, value in limits._asdict().items() if value is not None)
