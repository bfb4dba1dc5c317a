"""What a tenant has paid for once and may use again in other runs: texts by a digest of all that they were made from.

A text stays for as long as the record holds the run that used it last. It is a convenience: what is not there is
made again, and of two that were made at once the first stays.
"""

from collections.abc import Collection, Mapping
from typing import Any, Protocol


class Kept(Protocol):
    """Where a tenant's texts are kept."""

    async def of(self, tenant: str, run: str, keys: Collection[str]) -> dict[str, str]:
        """Give what is there under some keys; the run is the last that has used it."""
        ...

    async def keep(self, tenant: str, run: str, texts: Mapping[str, str]) -> None:
        """Keep texts under their keys. What is there already stays."""
        ...


class MemoryKept:
    """Texts that go with the process."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    async def of(self, tenant: str, run: str, keys: Collection[str]) -> dict[str, str]:
        """Give what is there under some keys."""
        del run
        return {key: self._texts[tenant, key] for key in keys if (tenant, key) in self._texts}

    async def keep(self, tenant: str, run: str, texts: Mapping[str, str]) -> None:
        """Keep texts under their keys."""
        del run
        for key, text in texts.items():
            self._texts.setdefault((tenant, key), text)


class StoreKept:
    """Texts in a host's key-value store, for as long as the host keeps them.

    Args:
        store: LangGraph's ``BaseStore``, as far as it is needed.

    """

    def __init__(self, store: Any) -> None:
        self._store = store

    async def of(self, tenant: str, run: str, keys: Collection[str]) -> dict[str, str]:
        """Give what is there under some keys."""
        del run
        found = {key: await self._store.aget(("quire", "kept", tenant), key) for key in keys}
        return {key: item.value["text"] for key, item in found.items() if item is not None}

    async def keep(self, tenant: str, run: str, texts: Mapping[str, str]) -> None:
        """Keep texts under their keys."""
        known = await self.of(tenant, run, texts.keys())
        for key in texts.keys() - known.keys():
            await self._store.aput(("quire", "kept", tenant), key, {"text": texts[key]})
