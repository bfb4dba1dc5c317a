"""What references may name: the records of another type, each by its first key. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from quire.nodes.evidence.content import Evidence
from quire.nodes.records.candidates import Candidates
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.structured import extract
from quire.nodes.sources.folding import fold
from quire.nodes.sources.passage import Reading


class Named(NamedTuple):
    """What a reference names."""

    text: str
    """As its source writes it."""
    evidence: Evidence | None
    """Where it stands; None of what is no record."""


Names: TypeAlias = Mapping[str, Mapping[str, Named]]
"""By type, and then by spelling."""


def names_of(types: Mapping[str, RecordType], given: Candidates, readings: Sequence[Reading]) -> Names:
    """Give what the references of some types may name.

    Args:
        types: all types, by name.
        given: records that somebody says stand in the sources: of a type that is given, code reads none.
        readings: the sources.

    """
    asked = {spec.to for kind in types.values() for spec in kind.fields.values() if spec.to}
    return {name: _named(name, types[name], given, readings) for name in sorted(asked & set(types))}


def _named(name: str, kind: RecordType, given: Candidates, readings: Sequence[Reading]) -> dict[str, Named]:
    key = next(iter(kind.keys), "")
    found: list[Named] = []
    if name in given:
        hashes = {reading["source"]: reading["hash"] for reading in readings}
        for one in given[name]:
            said = one.fields.get(key)
            if said and one.source in hashes:
                at = Evidence(source=one.source, address=one.address, quote=said.value, hash=hashes[one.source])
                found.append(Named(said.value, at))
    else:
        records = extract({name: kind}, readings)["records"]
        stated = [record["fields"][key] for record in records if key in record["fields"]]
        found = [Named(value["text"], value["evidence"]) for value in stated]
    named: dict[str, Named] = {}
    for stated_as in found:
        named.setdefault(spelled(stated_as.text), stated_as)
    return named


def named_in(value: str, to: str, choices: Iterable[str], names: Names) -> Named | None:
    """Give what a reference names: a record of its type, or one of the names that it may have besides."""
    record = names.get(to, {}).get(spelled(value))
    other = next((choice for choice in choices if spelled(choice) == spelled(value)), None)
    return record or (Named(other, None) if other else None)


def spelled(text: str) -> str:
    """Spell a name so that two spellings of it are the same."""
    return fold(text).casefold()
