"""Accounts of what calls cost: set aside before a call, settled after it, and never more than the limits.

An account is a name: a run's, or a tenant's on a day. What is set aside is a *hold*, on several accounts at once; it
is durable before the call is made. If the process dies in between, nobody knows whether the call was paid for:
the hold stands at its upper bound, and whoever carries the run on writes it off as spent.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

Number = TypeVar("Number", int, float)

_ROUNDING: Final = 1e-9
"""Dollars that sums of floats may be off by."""

Verdict: TypeAlias = Literal["granted", "later", "never"]
"""``later``: it would fit if the calls under way came to nothing."""


class Spend(NamedTuple):
    """What calls cost, or may cost at most."""

    calls: int = 0
    tokens: int = 0
    usd: float = 0.0

    def plus(self, other: "Spend") -> "Spend":
        """Add up."""
        return Spend(self.calls + other.calls, self.tokens + other.tokens, self.usd + other.usd)

    def exceeds(self, other: "Spend") -> bool:
        """Whether it is more than the other in any way."""
        return self.calls > other.calls or self.tokens > other.tokens or self.usd > other.usd + _ROUNDING


NOTHING: Final = Spend()


class Limits(NamedTuple):
    """What may be spent; None is no limit. ``seconds`` is wall time at work."""

    calls: int | None = None
    tokens: int | None = None
    usd: float | None = None
    seconds: float | None = None

    def allow(self, spend: Spend, seconds: float) -> bool:
        """Whether so much may be spent, after so many seconds."""
        return (
            (self.calls is None or spend.calls <= self.calls)
            and (self.tokens is None or spend.tokens <= self.tokens)
            and (self.usd is None or spend.usd <= self.usd + _ROUNDING)
            and (self.seconds is None or seconds < self.seconds)
        )

    def within(self, wider: "Limits") -> "Limits":
        """Give the narrower of two limits, each by itself."""
        return Limits(
            calls=_narrower(self.calls, wider.calls),
            tokens=_narrower(self.tokens, wider.tokens),
            usd=_narrower(self.usd, wider.usd),
            seconds=_narrower(self.seconds, wider.seconds),
        )

    def said(self) -> str:
        """Name the limits for a reader."""
        return ", ".join(f"{value:g} {name}" for name, value in self._asdict().items() if value is not None)


def _narrower(one: Number | None, other: Number | None) -> Number | None:
    return min((limit for limit in (one, other) if limit is not None), default=None)


class Claim(NamedTuple):
    """An account, and what may be spent on it."""

    account: str
    limits: Limits


class Balance(NamedTuple):
    """How an account stands."""

    spent: Spend = NOTHING
    seconds: float = 0.0
    """Wall time at work, up to the last hold or settlement."""
    unsettled: int = 0
    """Calls that were under way when a process died; ``spent`` holds them at their upper bound."""
    beyond: int = 0
    """Calls that came to more than their upper bound: what the endpoint reports, or charges, cannot be trusted."""


def account_of(run: str) -> str:
    """Name a run's account."""
    return f"run/{run}"


class Hold(NamedTuple):
    """What is set aside for one attempt."""

    id: str
    run: str
    most: Spend
    until: float
    """Seconds since the epoch after which nobody waits for it to be settled any more."""


class Accounts(Protocol):
    """Where accounts are kept. Every method is atomic, and durable when it returns."""

    async def open_account(self, account: str, spent: Spend) -> None:
        """Make an account, with what was spent before it was kept, unless it is there."""
        ...

    async def hold(self, hold: Hold, claims: Sequence[Claim], seconds: float, now: float) -> Verdict:
        """Set aside on all accounts, or on none.

        Args:
            hold: what.
            claims: on which accounts, within which limits.
            seconds: wall time since the run last came here, for every account.
            now: seconds since the epoch.

        """
        ...

    async def settle(self, hold: Hold, claims: Sequence[Claim], spent: Spend, seconds: float) -> None:
        """Replace a hold by what was spent. A hold that was settled or written off stays as it was booked."""
        ...

    async def write_off(self, run: str) -> int:
        """Count every hold of a run that nobody works on as spent, and give how many there were."""
        ...

    async def balance(self, account: str) -> Balance:
        """Say how an account stands; what was never used stands at nothing."""
        ...


def verdict(limits: Limits, balance: Balance, holds: Iterable[Hold], most: Spend, now: float) -> Verdict:
    """Say whether more may be set aside on an account. Pure."""
    under_way = lapsed = NOTHING
    for hold in holds:
        if hold.until > now:
            under_way = under_way.plus(hold.most)
        else:
            lapsed = lapsed.plus(hold.most)
    sure = balance.spent.plus(lapsed).plus(most)
    if not limits.allow(sure, balance.seconds):
        return "never"
    return "granted" if limits.allow(sure.plus(under_way), balance.seconds) else "later"


def settled(balance: Balance, hold: Hold, spent: Spend, seconds: float) -> Balance:
    """Book what an attempt came to. Pure."""
    return balance._replace(
        spent=balance.spent.plus(spent),
        seconds=balance.seconds + seconds,
        beyond=balance.beyond + spent.exceeds(hold.most),
    )


def written_off(balance: Balance, hold: Hold) -> Balance:
    """Book a hold whose attempt nobody will hear of again. Pure."""
    return balance._replace(spent=balance.spent.plus(hold.most), unsettled=balance.unsettled + 1)
