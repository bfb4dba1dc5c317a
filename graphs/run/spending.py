"""What a run may spend: on its own account, as its brief says, and on its tenant's, as the settings do."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.accounts import Claim, Limits, account_of
from quire.nodes.event_store.port import Record
from quire.nodes.model.budget import Budget, spent_on
from quire.nodes.model.prices import Prices

LONGEST_QUEUE = 600.0
"""Seconds that a call may stand between its reservation and its attempt: it waits for the endpoint's rates."""


async def opened_budget(
    run: str, tenant: str, record: Record, options: Mapping[str, Any], settings: Settings
) -> Budget | None:
    """Open what a run may still spend; None if nothing limits it.

    Args:
        run: its id.
        tenant: who pays.
        record: where its accounts are, and what it has spent already.
        options: its brief's, which name its limits, and those of its batch.
        settings: what limits every run, and every tenant.

    """
    own, shared = Limits(**options.get("budget", {})).within(settings.run_budget), settings.tenant_budget(tenant)
    batch = options.get("batch", {})
    together = Limits(**batch.get("budget", {})) if batch.get("id") else Limits()
    if own == shared == together == Limits():
        return None

    def claims() -> list[Claim]:
        of_all = [Claim(f"batch/{tenant}/{batch['id']}", together)] if together != Limits() else []
        return [*_claims(run, own, tenant, shared), *of_all]

    longest = settings.call_timeout + LONGEST_QUEUE
    budget = Budget(run, record.accounts, claims, longest=longest)
    return await budget.opened(spent_on(Prices(settings.prices), await record.ledger(run)))


def _claims(run: str, own: Limits, tenant: str, shared: Limits) -> list[Claim]:
    """Give the accounts that a call is paid from; a tenant has one for each day, in UTC."""
    day = datetime.now(UTC).date()
    return [Claim(account_of(run), own), Claim(f"tenant/{tenant}/{day}", shared)]
