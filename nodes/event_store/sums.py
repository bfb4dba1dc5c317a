"""Adding up what attempts cost."""

from collections.abc import Iterable

from quire.nodes.event_store.port import Usage


def total(usages: Iterable[Usage]) -> Usage:
    """Sum usages. Money is unknown as soon as one of them has no price, or there is none."""
    spent = list(usages)
    prices = [u["usd"] for u in spent if u["usd"] is not None]
    summed = Usage(
        prompt_tokens=sum(u["prompt_tokens"] for u in spent),
        completion_tokens=sum(u["completion_tokens"] for u in spent),
        usd=sum(prices) if len(prices) == len(spent) and spent else None,
        estimated=any(u["estimated"] for u in spent),
    )
    if cached := sum(u.get("cached_tokens", 0) for u in spent):
        summed["cached_tokens"] = cached
    return summed
