"""What the extractor says."""

from typing import Any

from pydantic import Field

from quire.graphs.events import Event


class RecordsExtracted(Event):
    """The records of some types have been read and verified."""

    types: list[str]
    """Of these types there are no others."""
    records: list[dict[str, Any]]
    """``quire.nodes.records.record.Record``, type by type, in the order of the sources."""
    refused: list[dict[str, Any]]
    """What was not accepted, or could not be read (``quire.nodes.records.record.Refused``)."""
    models: list[str] = Field(default=[], exclude_if=lambda models: not models)
    """Those that read prose."""
    reason: str = Field(default="", exclude_if=lambda reason: not reason)
    """Why some of it could not be read."""
