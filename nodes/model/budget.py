"""What calls may cost: reserved before an attempt at its upper bound, settled after it at what it cost."""

import asyncio
import math
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from typing import Final

from quire.nodes.event_store.accounts import NOTHING, Accounts, Claim, Hold, Spend, Verdict
from quire.nodes.event_store.finishing import finished
from quire.nodes.event_store.port import Attempt, CallKey, Usage
from quire.nodes.faults import BudgetSpent
from quire.nodes.model.prices import Prices
from quire.nodes.model.waits import loop_time

_LOOK_AGAIN: Final = 0.5
"""Seconds after which somebody who waits for room looks again: other processes give back too, and tell nobody."""


class Budget:
    """What a run may still spend, on its own account and on wider ones, such as its tenant's.

    Args:
        run: the run's id.
        accounts: where they are kept.
        claims: tells the accounts and their limits now: a tenant's account changes with the day.
        clock: monotonic seconds.
        longest: seconds after which a reservation that was not settled counts as lost.

    """

    def __init__(
        self,
        run: str,
        accounts: Accounts,
        claims: Callable[[], Sequence[Claim]],
        *,
        clock: Callable[[], float] = loop_time,
        longest: float = 3600.0,
    ) -> None:
        self._run = run
        self._accounts = accounts
        self._claims = claims
        self._clock = clock
        self._longest = longest
        self._reported = clock()
        """Until when wall time is on the accounts."""
        self._worked: dict[str, float] = {}
        """Wall time on each account, as last seen."""
        self._given_back = asyncio.Event()

    async def opened(self, spent: Spend = NOTHING) -> "Budget":
        """Take the run's account up: attempts that a dead process left unsettled count as spent.

        Args:
            spent: what recorded attempts have cost, for a run that is older than its account.

        """
        own, *_ = self._claims()
        await self._accounts.open_account(own.account, spent)
        await self._accounts.write_off(self._run)
        for claim in self._claims():
            await self._look(claim)
        return self

    @asynccontextmanager
    async def reserved(self, most: Spend) -> AsyncIterator["Bill"]:
        """Set ``most`` aside while an attempt is made, then settle its bill.

        Waits while attempts under way may still give some back.

        Raises:
            BudgetSpent: it cannot fit any more, or the time is up.

        """
        claims = self._claims()
        hold = await self._held(most, claims)
        bill = Bill()
        try:
            yield bill
        finally:
            await finished(self._accounts.settle(hold, claims, bill.spent, self._since()))
            self._given_back.set()

    def seconds_left(self) -> float:
        """Give the wall time that is left; infinite without a limit."""
        since = self._clock() - self._reported
        left = (
            claim.limits.seconds - self._worked.get(claim.account, 0.0) - since
            for claim in self._claims()
            if claim.limits.seconds is not None
        )
        return min(left, default=math.inf)

    async def _held(self, most: Spend, claims: Sequence[Claim]) -> Hold:
        hold = Hold(f"{self._run}/{uuid.uuid4().hex}", self._run, most, time.time() + self._longest)
        while True:
            self._given_back.clear()
            verdict = await self._asked(hold, claims)
            for claim in claims:
                await self._look(claim)
            if verdict == "granted":
                return hold
            if verdict == "never":
                raise BudgetSpent(await self._why(most, claims))
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_AGAIN):
                    await self._given_back.wait()

    async def _asked(self, hold: Hold, claims: Sequence[Claim]) -> Verdict:
        """Ask for room. A caller that is cancelled meanwhile leaves nothing reserved."""
        asking = asyncio.ensure_future(self._accounts.hold(hold, claims, self._since(), time.time()))
        try:
            return await asyncio.shield(asking)
        except asyncio.CancelledError:
            if await asking == "granted":
                await self._accounts.settle(hold, claims, NOTHING, 0.0)
            raise

    async def _look(self, claim: Claim) -> None:
        if claim.limits.seconds is not None:
            self._worked[claim.account] = (await self._accounts.balance(claim.account)).seconds

    def _since(self) -> float:
        """Give the wall time that is not on the accounts yet; it is from now on."""
        before, self._reported = self._reported, self._clock()
        return self._reported - before

    async def _why(self, most: Spend, claims: Sequence[Claim]) -> str:
        for claim in claims:
            balance = await self._accounts.balance(claim.account)
            if claim.limits.seconds is not None and balance.seconds >= claim.limits.seconds:
                return f"the time that the budget of {claim.limits.said()} allows is over"
            if not claim.limits.allow(balance.spent.plus(most), balance.seconds):
                return f"the next call would exceed the budget of {claim.limits.said()}"
        return "the next call would exceed the budget"


@dataclass
class Bill:
    """What an attempt turns out to cost, filled while its reservation stands."""

    spent: Spend = NOTHING


@asynccontextmanager
async def reserved(budget: Budget | None, most: Spend) -> AsyncIterator[Bill]:
    """Reserve within a budget, where there is one.

    Raises:
        BudgetSpent: it cannot fit any more.

    """
    if budget is None:
        yield Bill()
        return
    async with budget.reserved(most) as bill:
        yield bill


def spent_on(prices: Prices, ledger: Iterable[tuple[CallKey, Attempt]]) -> Spend:
    """Sum what recorded attempts cost, as a budget counts it."""
    spends = (spend_of(prices, attempt["model"], attempt["usage"]) for _, attempt in ledger)
    return reduce(Spend.plus, spends, NOTHING)


def seconds_left(budget: Budget | None) -> float:
    """Give the wall time that is left; infinite without a budget or a limit."""
    return math.inf if budget is None else budget.seconds_left()


def upper_bound(prices: Prices, model: str, prompt_tokens: int, completion_tokens: int) -> Spend:
    """Bound what an attempt may cost; a model without a price counts as the dearest we know."""
    usd = (prices.of(model) or prices.dearest).of(prompt_tokens, completion_tokens)
    return Spend(1, prompt_tokens + completion_tokens, usd)


def spend_of(prices: Prices, model: str, usage: Usage) -> Spend:
    """Say what an attempt cost, as a budget counts it."""
    bound = upper_bound(prices, model, usage["prompt_tokens"], usage["completion_tokens"])
    return bound if usage["usd"] is None else bound._replace(usd=usage["usd"])
