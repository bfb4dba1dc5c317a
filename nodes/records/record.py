"""A record: a typed fact of a source, each of its values with the place it was read at. Plain JSON."""

from typing import NotRequired

from typing_extensions import TypedDict

from quire.nodes.evidence.content import Evidence


class FieldValue(TypedDict):
    """A field as it is stated."""

    text: str
    """As the source writes it."""
    value: str
    """As code compares it: a decimal number, a date or an instant in ISO 8601, one of the choices, or the text.

    Empty where the words are none of the field's type; nothing is computed with these.
    """
    unit: str
    """Of a number: its one name (``square foot``, ``euro``); empty for a bare one."""
    evidence: Evidence
    otherwise: NotRequired[list["FieldValue"]]
    """What other places state of the same thing, where they do not say the same."""


class Record(TypedDict):
    """A record. A field under whose titles nothing stands is absent."""

    type: str
    source: str
    address: str
    """Where it begins."""
    fields: dict[str, FieldValue]


class Refused(TypedDict):
    """A value that stands where a field was looked for and is none of its type."""

    type: str
    field: str
    source: str
    address: str
    text: str
    reason: str
    """A key of the catalogue under ``records.refused``."""


class Extracted(TypedDict):
    """What was read of some sources."""

    records: list[Record]
    refused: list[Refused]
