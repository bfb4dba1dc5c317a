"""Gathers the records of some sources: those that code reads itself, and those that are given for a type. Pure."""

from collections.abc import Mapping, Sequence

from quire.nodes.records.candidates import Candidates
from quire.nodes.records.record import Extracted, Refused
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.structured import extract
from quire.nodes.records.verifying import verified
from quire.nodes.sources.passage import Reading


def gathered(types: Mapping[str, RecordType], readings: Sequence[Reading], given: Candidates) -> Extracted:
    """Give all records of some types.

    Args:
        types: by name.
        readings: the sources.
        given: what is said to stand in them; a type that is given here is not read by code. Records of other sources
            are somebody else's and left out.

    """
    read = extract({name: kind for name, kind in types.items() if name not in given}, readings)
    names = {reading["source"] for reading in readings}
    own = {name: [one for one in listed if one.source in names] for name, listed in given.items()}
    held = verified(own, types, readings)
    refused = [
        Refused(type=r.kind, field=r.field, source=r.source, address=r.address, text=r.text, reason=r.reason)
        for r in held.refusals
    ]
    return Extracted(records=[*read["records"], *held.records], refused=[*read["refused"], *refused])
