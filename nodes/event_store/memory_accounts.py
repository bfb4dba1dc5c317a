"""Accounts in memory, and what they do with what is set aside and settled."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quire.nodes.event_store.accounts import Balance, Claim, Hold, Spend, Verdict, settled, verdict, written_off


@dataclass
class MemoryAccounts:
    """Accounts in memory: for records that do not outlive their process."""

    _balances: dict[str, Balance] = field(default_factory=dict)
    _holds: dict[str, dict[str, Hold]] = field(default_factory=dict)

    async def open_account(self, account: str, spent: Spend) -> None:
        """Make an account, unless it is there."""
        self._balances.setdefault(account, Balance(spent))

    async def hold(self, hold: Hold, claims: Sequence[Claim], seconds: float, now: float) -> Verdict:
        """Set aside on all accounts, or on none."""
        for claim in claims:
            balance = await self.balance(claim.account)
            self._balances[claim.account] = balance._replace(seconds=balance.seconds + seconds)
        verdicts = {self._verdict(claim, hold, now) for claim in claims}
        if verdicts - {"granted"}:
            return "never" if "never" in verdicts else "later"
        for claim in claims:
            self._holds.setdefault(claim.account, {})[hold.id] = hold
        return "granted"

    async def settle(self, hold: Hold, claims: Sequence[Claim], spent: Spend, seconds: float) -> None:
        """Replace a hold by what was spent."""
        for claim in claims:
            if self._holds.get(claim.account, {}).pop(hold.id, None) is not None:
                self._balances[claim.account] = settled(await self.balance(claim.account), hold, spent, seconds)

    async def write_off(self, run: str) -> int:
        """Count every hold of a run as spent."""
        held = [(account, hold) for account, holds in self._holds.items() for hold in holds.values()]
        found = [(account, hold) for account, hold in held if hold.run == run]
        for account, hold in found:
            del self._holds[account][hold.id]
            self._balances[account] = written_off(await self.balance(account), hold)
        return len({hold.id for _, hold in found})

    async def balance(self, account: str) -> Balance:
        """Say how an account stands."""
        return self._balances.get(account, Balance())

    def _verdict(self, claim: Claim, hold: Hold, now: float) -> Verdict:
        balance = self._balances.get(claim.account, Balance())
        return verdict(claim.limits, balance, self._holds.get(claim.account, {}).values(), hold.most, now)
