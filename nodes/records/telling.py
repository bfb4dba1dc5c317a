"""Tells the records of a document to a person: by type, with who read them, and what was not accepted. Pure."""

from collections.abc import Mapping, Sequence
from typing import Literal

from typing_extensions import TypedDict

from quire.nodes.language.catalogue import Words
from quire.nodes.records.gathering import Known, gathered
from quire.nodes.records.record import FieldValue, Record, Refused
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.records_file import why_refused
from quire.nodes.records.structured import extract
from quire.nodes.sources.passage import Reading


class FieldTold(TypedDict):
    """A field that records of a type may have."""

    name: str
    label: str


class RecordTold(TypedDict):
    """A record, and what a person corrected in it."""

    source: str
    address: str
    fields: dict[str, FieldValue]
    corrected: dict[str, str]
    """By field: what code by itself reads at the same place, where the brief says otherwise."""


class NotAccepted(TypedDict):
    """What was said to be a value, and is not accepted."""

    source: str
    address: str
    """Empty where it is no single place."""
    text: str
    why: str


class RecordsTold(TypedDict):
    """The records of one type."""

    name: str
    title: str
    read_by: Literal["code", "model", "person"]
    """``person``: the brief gives them."""
    fields: list[FieldTold]
    """Those that some record has."""
    records: list[RecordTold]
    refused: list[NotAccepted]


def told(types: Mapping[str, RecordType], readings: Sequence[Reading], known: Known, words: Words) -> list[RecordsTold]:
    """Tell the records of some types, each type in the order in which its records were read.

    Args:
        types: by name.
        readings: the sources.
        known: what is known beside what code reads.
        words: the fixed words of the language of who is told.

    """
    found = gathered(types, readings, known)
    given = {name: kind for name, kind in types.items() if name in known.given}
    by_code = {
        (one["type"], one["source"], one["address"]): one["fields"] for one in extract(given, readings)["records"]
    }
    return [
        _of_type(
            name,
            kind,
            "person" if name in given else "model" if name in known.types else "code",
            [_record(one, by_code) for one in found["records"] if one["type"] == name],
            [_not_accepted(one, kind, words) for one in found["refused"] if one["type"] == name],
        )
        for name, kind in types.items()
    ]


def _of_type(
    name: str,
    kind: RecordType,
    read_by: Literal["code", "model", "person"],
    records: list[RecordTold],
    refused: list[NotAccepted],
) -> RecordsTold:
    used = {field for one in records for field in one["fields"]}
    fields = [FieldTold(name=field, label=spec.called(field)) for field, spec in kind.fields.items() if field in used]
    return RecordsTold(name=name, title=kind.title, read_by=read_by, fields=fields, records=records, refused=refused)


def _record(one: Record, by_code: Mapping[tuple[str, str, str], Mapping[str, FieldValue]]) -> RecordTold:
    own = by_code.get((one["type"], one["source"], one["address"]), {})
    corrected = {
        name: own[name]["text"]
        for name, value in one["fields"].items()
        if name in own and (own[name]["value"], own[name]["unit"]) != (value["value"], value["unit"])
    }
    return RecordTold(source=one["source"], address=one["address"], fields=one["fields"], corrected=corrected)


def _not_accepted(one: Refused, kind: RecordType, words: Words) -> NotAccepted:
    source = one["source"] if one["address"] else ""
    return NotAccepted(source=source, address=one["address"], text=one["text"], why=why_refused(one, kind, words))
