"""Puts together what several places state of one thing, and keeps apart what they do not agree on. Pure."""

from collections.abc import Iterable, Mapping

from quire.nodes.records.record import FieldValue, Record
from quire.nodes.records.record_types import RecordType


def merged(records: Iterable[Record], types: Mapping[str, RecordType]) -> list[Record]:
    """Give one record for each thing, in the order in which it is first spoken of.

    Records are of one thing if they are of one type and their keys say the same; a type without keys has as many
    things as records. Where two state a field differently, both are kept under ``otherwise``, and neither is computed
    with.
    """
    whole: dict[tuple[str, ...], Record] = {}
    for number, record in enumerate(records):
        kind = types[record["type"]]
        name = thing_of(record, kind) if kind.keys else (record["type"], str(number))
        known = whole.get(name)
        whole[name] = record if known is None else {**known, "fields": both(known["fields"], record["fields"])}
    return list(whole.values())


def both(one: Mapping[str, FieldValue], other: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    """Give the fields of two places of one thing; what they do not agree on is kept under ``otherwise``."""
    fields = dict(one)
    for name, value in other.items():
        known = fields.setdefault(name, value)
        if known is not value and same(value) not in map(same, [known, *known.get("otherwise", [])]):
            fields[name] = {**known, "otherwise": [*known.get("otherwise", []), value]}
    return fields


def thing_of(record: Record, kind: RecordType) -> tuple[str, ...]:
    """Say which thing a record speaks of, by its type and its keys."""
    fields = record["fields"]
    return (record["type"], *(same(fields[key]) if key in fields else "" for key in kind.keys))


def same(value: FieldValue) -> str:
    """Spell a value so that two spellings of one thing are the same."""
    return f"{value['value'].casefold()} {value['unit']}"
