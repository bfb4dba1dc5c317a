"""Runs that pay from budgets, and whose process dies between reserving, calling and settling."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from quire.nodes.event_store.accounts import Accounts, Balance, Claim, Hold, Limits, Spend, Verdict
from quire.nodes.faults import BudgetSpent
from quire.nodes.model.budget import Budget

AT_ONCE = 4
"""Calls of a run that are under way at once."""
LIVES = 4
"""Times that a run is begun or resumed; in the last life, nothing dies."""


class DiedError(Exception):
    """The process is gone; whatever it does from here on reaches nobody."""


@dataclass
class Mortal:
    """Accounts as a process sees them that dies at one of its writes: before it, or after it and before it hears."""

    accounts: Accounts
    dies_at: int
    after: bool
    writes: int = 0

    async def _write(self, work: Any) -> Any:
        self.writes += 1
        if self.writes > self.dies_at or (self.writes == self.dies_at and not self.after):
            work.close()
            raise DiedError
        done = await work
        if self.writes >= self.dies_at:
            raise DiedError
        return done

    async def open_account(self, account: str, spent: Spend) -> None:
        await self._write(self.accounts.open_account(account, spent))

    async def hold(self, hold: Hold, claims: Sequence[Claim], seconds: float, now: float) -> Verdict:
        verdict: Verdict = await self._write(self.accounts.hold(hold, claims, seconds, now))
        return verdict

    async def settle(self, hold: Hold, claims: Sequence[Claim], spent: Spend, seconds: float) -> None:
        await self._write(self.accounts.settle(hold, claims, spent, seconds))

    async def write_off(self, run: str) -> int:
        count: int = await self._write(self.accounts.write_off(run))
        return count

    async def balance(self, account: str) -> Balance:
        if self.writes >= self.dies_at:
            raise DiedError
        return await self.accounts.balance(account)


@dataclass
class Endpoint:
    """What the endpoint really charges, whatever anybody hears of it."""

    rng: random.Random
    lies: float
    """Chance that a call comes to more than its upper bound."""
    charged: dict[str, Spend] = field(default_factory=lambda: defaultdict(Spend))
    excess: dict[str, list[Spend]] = field(default_factory=lambda: defaultdict(list))
    """By account: by how much each lying call went beyond its bound."""

    def charge(self, accounts: Sequence[str], most: Spend) -> Spend:
        lie = self.rng.random() < self.lies
        share = 1 + 2 * self.rng.random() if lie else self.rng.choice([0.0, 1.0, self.rng.random()])
        spent = Spend(1, int(most.tokens * share), most.usd * share)
        for account in accounts:
            self.charged[account] = self.charged[account].plus(spent)
            if spent.exceeds(most):
                self.excess[account].append(Spend(0, spent.tokens - most.tokens, spent.usd - most.usd))
        return spent


class Figures(NamedTuple):
    """What came of many runs."""

    runs: int
    deaths: int
    calls: int
    over: int
    """Accounts on which more was charged than allowed."""
    beyond_in_flight: int
    """Accounts on which it was more than the lies of the calls that were under way at once, and of the dead."""
    unflagged: int
    """Runs, of those that never died, to which an endpoint lied and which do not know it."""


async def simulated(accounts: Accounts, runs: int, seed: int, *, lies: float = 0.0, tenants: int = 50) -> Figures:
    """Make many runs, each over several lives, two hundred at a time."""
    rng = random.Random(seed)
    endpoint, limits, deaths = Endpoint(rng, lies), dict[str, Limits](), list[str]()

    async def one(place: int) -> None:
        run, tenant = f"run/{place}", f"tenant/{rng.randrange(tenants)}"
        own = Limits(rng.choice([None, rng.randint(1, 12)]), rng.randint(100, 4000), rng.choice([None, rng.random()]))
        limits[run], limits[tenant] = own, Limits(calls=runs * 3 // tenants, tokens=runs * 600 // tenants)
        claims = [Claim(run, own), Claim(tenant, limits[tenant])]
        for life in range(LIVES):
            dies_at = rng.randint(1, 30) if life < LIVES - 1 else 10**9
            mortal = Mortal(accounts, dies_at, after=rng.random() < 0.5)
            try:
                await lived(mortal, claims, endpoint)
            except DiedError:
                deaths.append(run)
            else:
                return

    waiting = iter(range(runs))

    async def some() -> None:
        for place in waiting:
            await one(place)

    await asyncio.gather(*(some() for _ in range(200)))
    calls = sum(spent.calls for account, spent in endpoint.charged.items() if account.startswith("run/"))
    over = [a for a, spent in endpoint.charged.items() if not limits[a].allow(spent, 0.0)]
    heard_of = [a for a in endpoint.excess if a.startswith("run/") and a not in deaths]
    flags = [a for a in heard_of if (await accounts.balance(a)).beyond == 0]
    return Figures(runs, len(deaths), calls, len(over), await _worse(accounts, endpoint, limits, over), len(flags))


async def _worse(accounts: Accounts, endpoint: Endpoint, limits: dict[str, Limits], over: Sequence[str]) -> int:
    """Count accounts that are further over their limits than the largest lies of as many calls as were under way."""
    worse = 0
    for account in over:
        balance, charged = await accounts.balance(account), endpoint.charged[account]
        under_way = balance.unsettled + (AT_ONCE if account.startswith("run/") else 200 * AT_ONCE)
        lies = endpoint.excess[account]
        tokens = sum(sorted((lie.tokens for lie in lies), reverse=True)[:under_way])
        usd = sum(sorted((lie.usd for lie in lies), reverse=True)[:under_way])
        worse += not limits[account].allow(Spend(charged.calls, charged.tokens - tokens, charged.usd - usd), 0.0)
    return worse


async def lived(accounts: Accounts, claims: Sequence[Claim], endpoint: Endpoint) -> None:
    """Carry a run on until its budget is spent, or its process dies.

    Raises:
        DiedError: it did.

    """
    budget = await Budget(claims[0].account, accounts, lambda: claims).opened()

    async def scope() -> None:
        while True:
            most = Spend(1, endpoint.rng.randint(20, 400), endpoint.rng.random() / 20)
            try:
                async with budget.reserved(most) as bill:
                    await asyncio.sleep(0)
                    bill.spent = endpoint.charge([claim.account for claim in claims], most)
                    await asyncio.sleep(0)
            except BudgetSpent:
                return

    ends = await asyncio.gather(*(scope() for _ in range(AT_ONCE)), return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException):
            raise end
