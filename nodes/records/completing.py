"""Completing what code reads of a source by what a model reads of it: code's part stands. Pure."""

from collections.abc import Iterable, Sequence

from quire.nodes.records.record import Record
from quire.nodes.records.record_types import RecordType


def read_whole(records: Iterable[Record], kind: RecordType) -> set[str]:
    """Give the sources of which a model need not read records of a type, since code has found what there may be.

    Of a type with one record a source, these are the ones of which every field is stated.
    """
    found = [one for one in records if kind.one_per != "source" or len(one["fields"]) == len(kind.fields)]
    return {one["source"] for one in found}


def added(read: Sequence[Record], more: Iterable[Record], kind: RecordType) -> list[Record]:
    """Leave of a model's records what code has not found of the same source.

    Args:
        read: by code, of this type.
        more: what a model read, of this type, each held against its source.
        kind: the type.

    """
    if kind.one_per != "source":
        return [*more]
    known = {one["source"]: set(one["fields"]) - set(kind.keys) for one in read}
    found: list[Record] = []
    for one in more:
        fields = {name: value for name, value in one["fields"].items() if name not in known.get(one["source"], ())}
        if set(fields) - set(kind.keys):
            found.append({**one, "fields": fields})
    return found
