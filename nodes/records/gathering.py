"""Gathers the records of some sources: those that code reads itself, that are given, and that were extracted. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from quire.nodes.records.candidates import Candidates
from quire.nodes.records.record import Extracted, Refused
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.structured import extract
from quire.nodes.records.verifying import Refusal, verified
from quire.nodes.sources.passage import Reading


class Known(NamedTuple):
    """What is known of a document's records beside what code reads."""

    given: Candidates
    """By the brief. A type that is given is not read."""
    types: Collection[str]
    """Those that were extracted with a model, code's part in it included."""
    extracted: Extracted
    """What came of it."""


NOTHING = Known({}, (), Extracted(records=[], refused=[]))
"""Code reads all that there is."""


def gathered(types: Mapping[str, RecordType], readings: Sequence[Reading], known: Known) -> Extracted:
    """Give all records of some types that stand in some sources.

    Args:
        types: by name.
        readings: the sources. Records of others are left out.
        known: what is known already.

    """
    names = {reading["source"] for reading in readings}
    own = {name: [one for one in listed if one.source in names] for name, listed in known.given.items()}
    held = verified(own, types, readings)
    rest = {name: kind for name, kind in types.items() if name not in known.given and name not in known.types}
    read = extract(rest, readings)
    nobody = [_unread(name) for name, kind in rest.items() if kind.one_per == "mention"]
    told = [one for one in known.extracted["records"] if one["source"] in names]
    missed = [one for one in known.extracted["refused"] if one["source"] in names or not one["address"]]
    return Extracted(
        records=[*read["records"], *held.records, *told],
        refused=[*read["refused"], *as_refused(held.refusals), *missed, *nobody],
    )


def as_refused(refusals: Iterable[Refusal]) -> list[Refused]:
    """Give refusals as what is journalled and shown."""
    return [
        Refused(type=r.kind, field=r.field, source=r.source, address=r.address, text=r.text, reason=r.reason)
        for r in refusals
    ]


def _unread(kind: str) -> Refused:
    """Say of a type that a model reads that nobody has."""
    return Refused(type=kind, field="", source="", address="", text="", reason="no-model")
