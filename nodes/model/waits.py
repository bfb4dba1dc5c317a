"""How long to wait before the next attempt: what the endpoint's headers ask, else backoff with full jitter."""

import asyncio
import hashlib
import math
import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_FIRST_BACKOFF: Final = 1.0
_LONGEST_BACKOFF: Final = 16.0
"""Seconds."""


def loop_time() -> float:
    """Give the monotonic seconds of the event loop's clock."""
    return asyncio.get_running_loop().time()


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Read how many seconds a response asks to wait; None if it does not say.

    ``retry-after-ms``, ``retry-after`` (seconds or a date, taken against the response's own ``date``)
    and the ``x-ratelimit-reset-*`` of what is used up; the longest counts.
    """
    asked = [
        _seconds(headers.get("retry-after-ms"), 0.001),
        _seconds(headers.get("retry-after"), 1.0),
        _until(headers.get("retry-after"), headers.get("date")),
        *(_reset(headers, what) for what in ("requests", "tokens")),
    ]
    return max((wait for wait in asked if wait is not None), default=None)


def backoff(failures: int, luck: float) -> float:
    """Seconds to wait after so many failures; ``luck`` in [0, 1) spreads callers over the whole span."""
    span: float = min(_LONGEST_BACKOFF, _FIRST_BACKOFF * 2 ** (failures - 1))
    return span * luck


def luck_of(seed: str) -> float:
    """Draw from [0, 1) by a seed: spread over calls, the same for the same attempt."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6], "big") / 2**48


def _seconds(value: str | None, unit: float) -> float | None:
    try:
        seconds = float(value or "nan") * unit
    except ValueError:
        return None
    return None if math.isnan(seconds) else max(0.0, seconds)


def _until(value: str | None, now: str | None) -> float | None:
    then, since = _date(value), _date(now)
    return max(0.0, then - since) if then is not None and since is not None else None


def _date(value: str | None) -> float | None:
    try:
        return parsedate_to_datetime(value).replace(tzinfo=UTC).timestamp() if value else None
    except ValueError:
        return None


def _reset(headers: Mapping[str, str], what: str) -> float | None:
    """Read ``6m0s`` or ``120ms``, unless something of it remains."""
    if headers.get(f"x-ratelimit-remaining-{what}", "0").strip() not in {"", "0"}:
        return None
    parts = _DURATION.findall(headers.get(f"x-ratelimit-reset-{what}", ""))
    return sum(float(amount) * _UNITS[unit] for amount, unit in parts) if parts else None
