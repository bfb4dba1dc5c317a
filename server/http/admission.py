"""How many runs a tenant may have at work, and how a request that is sent twice begins one run only."""

import asyncio
import hashlib
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any

from quire.graphs.intake.brief_tools import is_reply, require_released
from quire.nodes.event_store.idempotency import Answered, Claim, Fresh, Otherwise, Pending
from quire.nodes.faults import BadInput
from quire.server.execution.carrying import Carrier
from quire.server.http.problems import InFlight, KeyUsedOtherwise, TooMany

NOTHING: Mapping[str, Any] = MappingProxyType({})
LONGEST_KEY = 255
"""Characters of an idempotency key."""


class Admission:
    """Begins runs for tenants.

    Args:
        carrier: what they are left to.
        most: runs of one tenant that may be at work at once.

    """

    def __init__(self, carrier: Carrier, most: int) -> None:
        self._carrier = carrier
        self._runs = carrier.runs
        self._most = most
        self._one_by_one = asyncio.Lock()

    async def begin(
        self,
        brief: Mapping[str, Any],
        tenant: str,
        run_id: str | None = None,
        *,
        remembered: Mapping[str, Any] = NOTHING,
    ) -> str:
        """Begin a run and give its id; its row keeps what is ``remembered``.

        Raises:
            TooMany: the tenant has as many at work as it may.
            BadInput: the brief names a server that is not released for the tenant.

        """
        await _require_released(brief, tenant)
        async with self._place(tenant):
            return await self._carrier.accept(brief, run_id=run_id, tenant=tenant, remembered=dict(remembered))

    async def begin_here(self, brief: Mapping[str, Any], tenant: str) -> str:
        """Begin a run that the caller carries on himself, and give its id.

        Raises:
            TooMany: the tenant has as many at work as it may.
            BadInput: the brief names a server that is not released for the tenant.

        """
        await _require_released(brief, tenant)
        async with self._place(tenant):
            return await self._runs.begin(brief, run_id=None, tenant=tenant, remembered={})

    @asynccontextmanager
    async def _place(self, tenant: str) -> AsyncIterator[None]:
        """Keep a place for one more while it is begun."""
        async with self._one_by_one:
            if await self._runs.record.at_work(tenant) >= self._most:
                raise TooMany(f"{self._most} documents are being written; wait until one is finished")
            yield

    async def begin_once(
        self, brief: Mapping[str, Any], tenant: str, key: str, *, remembered: Mapping[str, Any] = NOTHING
    ) -> tuple[str, bool]:
        """Begin a run for a request that may come again; give the run's id, and whether it was begun before.

        Raises:
            TooMany: the tenant has as many at work as it may.
            KeyUsedOtherwise: the key came with another brief.
            InFlight: the request is being worked on.
            BadInput: that is no key, or the brief names a server that is not released for the tenant.

        """
        if not 1 <= len(key) <= LONGEST_KEY:
            raise BadInput(f"has 1 to {LONGEST_KEY} characters", field="Idempotency-Key", hint="send a UUID")
        await _require_released(brief, tenant)
        record = self._runs.record
        claimed = Claim(f"{tenant} POST /documents", key, _digest(brief), uuid.uuid4().hex)
        match await record.claim(claimed):
            case Answered(run):
                return run, True
            case Otherwise():
                raise KeyUsedOtherwise("send another Idempotency-Key with another brief")
            case Pending():
                raise InFlight("the request with this Idempotency-Key is being worked on")
            case Fresh(run):
                await self._begun(brief, tenant, run, claimed, remembered)
                await record.settle(claimed, run)
                return run, False

    async def _begun(
        self, brief: Mapping[str, Any], tenant: str, run: str, claimed: Claim, remembered: Mapping[str, Any]
    ) -> None:
        """Begin the run, unless it was begun before a crash kept it from being answered for."""
        if await self._runs.record.row(run):
            return
        try:
            await self.begin(brief, tenant, run, remembered=remembered)
        except TooMany:
            await self._runs.record.release(claimed)
            raise


async def _require_released(brief: Mapping[str, Any], tenant: str) -> None:
    """Look whether servers that a brief names are released; settings are read from disk, so only where it names one."""
    if any(is_reply(source) for source in brief["sources"]):
        await asyncio.to_thread(require_released, brief, tenant)


def _digest(brief: Mapping[str, Any]) -> str:
    """Tell briefs apart by what they say, not by how it was sent: a multipart boundary differs each time."""
    return hashlib.sha256(json.dumps(brief, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
