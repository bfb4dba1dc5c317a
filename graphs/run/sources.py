"""The sources of one run: read once, without personal data, and shared by whoever works on it."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from contextvars import Context
from typing import Any

from quire.graphs.intake.withholding import policy_of
from quire.nodes.event_store.port import Record
from quire.nodes.evidence.figures.conventions import Convention, convention_of
from quire.nodes.faults import BadInput
from quire.nodes.personal.masking import Masked, masked
from quire.nodes.search.meaning import Vector
from quire.nodes.search.retrieval import Index
from quire.nodes.sources.passage import Reading, language_of
from quire.nodes.sources.read import read


class RunSources:
    """What the sources of a run say, and how they are searched.

    Args:
        record: where their bytes are kept.

    """

    def __init__(self, record: Record) -> None:
        self._record = record
        self._read: asyncio.Task[Masked] | None = None
        self._indexes: dict[tuple[str, ...], Index] = {}
        self.vectors: dict[str, Vector] = {}
        """By text: what it means, as far as somebody asked."""
        self.embedding: dict[str, asyncio.Lock] = {}
        """By text: held by whoever asks what it means, since sections share what is answered."""

    def rest(self) -> None:
        """Let go of what can be worked out again: the run may wait for long."""
        self._read = None
        self._indexes = {}
        self.vectors = {}

    async def read(
        self, asked: Mapping[str, Any], *, withholds: bool = True, given: Mapping[str, bytes] | None = None
    ) -> Masked:
        """Read the sources of what is asked, which need not be journalled yet, off the event loop; only once.

        Args:
            asked: the data of ``DocumentRequested``.
            withholds: personal data is kept back.
            given: bytes by hash; the others are in the record.

        """
        if self._read is None:
            work = self._read_all(asked, given or {}, withholds=withholds)
            # without the context of who began it: the run keeps the task, which would keep that alive
            self._read = asyncio.get_running_loop().create_task(work, context=Context())
        return await asyncio.shield(self._read)

    async def index(self, readings: Sequence[Reading]) -> Index:
        """Give the index over some sources; sections that may use the same ones share it."""
        names = tuple(r["source"] for r in readings)
        if names not in self._indexes:
            passages = [p for reading in readings for p in reading["passages"] if p["kind"] != "heading"]
            languages = {reading["source"]: language_of(reading) for reading in readings}
            self._indexes[names] = await asyncio.to_thread(Index, passages, languages)
        return self._indexes[names]

    async def _read_all(self, asked: Mapping[str, Any], given: Mapping[str, bytes], *, withholds: bool) -> Masked:
        blobs = [(h["name"], given.get(h["hash"]) or await self._record.get(h["hash"])) for h in asked["sources"]]
        locale = asked.get("options", {}).get("locale", "")
        told = convention_of(locale) if locale else None
        readings = tuple([await asyncio.to_thread(_read_or_say, name, blob, told) for name, blob in blobs])
        found = await asyncio.to_thread(masked, readings, policy_of(asked))
        return found if withholds else Masked(readings, found.values)


def _read_or_say(name: str, blob: bytes, told: Convention | None) -> Reading:
    """Read a source; one that cannot be read has no passages, and the document says so loudly.

    Interfaces refuse such a source before a run starts; here a run has begun, and the others are worth reading.
    """
    try:
        return read(name, blob, told)
    except BadInput as problem:
        digest = hashlib.sha256(blob).hexdigest()
        return Reading(source=name, hash=digest, media="", title="", passages=[], warnings=[problem.problem])
