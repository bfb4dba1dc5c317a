"""Gathers the records of some sources: those that code reads itself, that are given, and that were extracted. Pure."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quire.nodes.records.candidates import Candidates
from quire.nodes.records.record import Extracted, Refused
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.structured import extract
from quire.nodes.records.verifying import Refusal, verified
from quire.nodes.sources.passage import Reading


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of a document's records beside what code reads."""

    given: Candidates
    """By the brief. A type that is given is not read."""
    types: Collection[str]
    """Those that were extracted with a model, code's part in it included."""
    extracted: Extracted
    """What came of it."""
    seen: dict[Hashable, Extracted] = field(default_factory=dict, repr=False)
    """What was gathered already, by types and sources: sections that may use the same share it."""


def nothing_known() -> Known:
    """Give what is known where code reads all that there is."""
    return Known({}, (), Extracted(records=[], refused=[]))


def gathered(types: Mapping[str, RecordType], readings: Sequence[Reading], known: Known) -> Extracted:
    """Give all records of some types that stand in some sources.

    Args:
        types: by name.
        readings: the sources. Records of others are left out.
        known: what is known already.

    """
    key = (*types, *((reading["source"], reading["hash"]) for reading in readings))
    if key not in known.seen:
        known.seen[key] = _gathered(types, readings, known)
    return known.seen[key]


def _gathered(types: Mapping[str, RecordType], readings: Sequence[Reading], known: Known) -> Extracted:
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
