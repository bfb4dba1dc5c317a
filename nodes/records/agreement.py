"""Which records two readings of the same sources agree on, where much hangs on what a record says. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from quire.nodes.records.record import FieldValue, Record, Refused
from quire.nodes.records.record_types import RecordType


class Agreed(NamedTuple):
    """What two readings come to."""

    records: list[Record]
    refused: list[Refused]
    """What only one of them says, or what they say differently."""


def agreed(one: Sequence[Record], other: Sequence[Record], kind: RecordType) -> Agreed:
    """Keep the records of which both say the same in each critical field.

    A record of each are the same if they speak of one thing (their keys) in one source.
    """
    left = list(other)
    found = Agreed([], [])
    for record in one:
        match = next((each for each in left if _is_same(record, each, kind)), None)
        if match is None:
            found.refused.append(_refusal(record, kind))
        else:
            left.remove(match)
            found.records.append(record)
    known = [record["fields"] for record in one]
    found.refused.extend(_refusal(record, kind) for record in left if record["fields"] not in known)
    return found


def _is_same(one: Record, other: Record, kind: RecordType) -> bool:
    return one["source"] == other["source"] and all(_same(one, other, name) for name in {*kind.keys, *kind.critical})


def _same(one: Record, other: Record, name: str) -> bool:
    return _spelt(one["fields"].get(name)) == _spelt(other["fields"].get(name))


def _spelt(value: FieldValue | None) -> tuple[str, str] | None:
    return (" ".join(value["value"].casefold().split()), value["unit"]) if value else None


def _refusal(record: Record, kind: RecordType) -> Refused:
    name = next((name for name in kind.critical if name in record["fields"]), next(iter(record["fields"])))
    value = record["fields"][name]
    at = value["evidence"]
    return Refused(
        type=record["type"],
        field=name,
        source=at["source"],
        address=at["address"],
        text=value["text"],
        reason="not-agreed",
    )
