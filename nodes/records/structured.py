"""Reads records from what has a form, by code alone: rows of tables, labels with values, front matter. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from quire.nodes.records.record import Extracted, FieldValue, Record, Refused
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.stated import HEADING, PAIR, SOURCE, Stated, Titles, alike, stated_in, titled_with_unit
from quire.nodes.records.values import read_value
from quire.nodes.sources.passage import Passage, Reading, convention_of

_TAKEN = {"heading": HEADING, "source": SOURCE}


class Place(NamedTuple):
    """What one record is read from."""

    address: str
    stated: Sequence[Stated]


def extract(types: Mapping[str, RecordType], readings: Iterable[Reading]) -> Extracted:
    """Read all records of some types, type by type, in the order of the sources.

    Args:
        types: by name, as a blueprint declares them.
        readings: the sources.

    """
    found = Extracted(records=[], refused=[])
    given = list(readings)
    for name, kind in types.items():
        for reading in given:
            if kind.is_in(reading["source"]):
                for place in _places(kind, reading):
                    _add(found, name, kind, reading, place)
    return found


def _add(found: Extracted, name: str, kind: RecordType, reading: Reading, place: Place) -> None:
    fields: dict[str, FieldValue] = {}
    refused: list[Refused] = []
    for field, spec in kind.fields.items():
        stated = _of_field(field, spec, place)
        if stated is None:
            continue
        read = read_value(stated.text, spec, _announcing(stated, spec, place), convention_of(reading))
        value = FieldValue(text=stated.text, value=read.value, unit=read.unit, evidence=stated.evidence)
        fields[field] = value
        if read.refused:
            refused.append(_refusal(name, field, value, read.refused))
    if _is_one(kind, fields):
        found["records"].append(Record(type=name, source=reading["source"], address=place.address, fields=fields))
        found["refused"] += refused
    elif all(key in fields for key in kind.keys):
        found["refused"] += [one for one in refused if one["field"] in kind.keys]


def _announcing(stated: Stated, spec: FieldSpec, place: Place) -> str:
    """Give the title that says the unit of a number: its own, else what the row's own column of units says."""
    units = {one.title: one.text for one in place.stated}
    return titled_with_unit(stated.title, units, spec)


def _refusal(kind: str, field: str, value: FieldValue, reason: str) -> Refused:
    at = value["evidence"]
    return Refused(
        type=kind, field=field, source=at["source"], address=at["address"], text=value["text"], reason=reason
    )


def _is_one(kind: RecordType, fields: Mapping[str, FieldValue]) -> bool:
    """Whether what was read makes a record: all of its keys, and something that stands under a title of its own."""
    told = [name for name in fields if kind.fields[name].take == "value"]
    return bool(told) and all(key in fields and fields[key]["value"] for key in kind.keys)


def _of_field(name: str, spec: FieldSpec, place: Place) -> Stated | None:
    """Find what is stated of a field: under the first of its titles that there is, the first that says something."""
    titles = spec.stands_under(name) if spec.take == "value" else [*spec.titles, _TAKEN[spec.take]]
    return _under(titles, place)


def _under(titles: Iterable[str], place: Place) -> Stated | None:
    for title in titles:
        wanted = alike(title)
        for stated in place.stated:
            if stated.text.strip() and (wanted & alike(stated.title)):
                return stated
    return None


def _places(kind: RecordType, reading: Reading) -> Iterator[Place]:
    titles = Titles(reading)
    if kind.one_per == "row":
        rows = [p for p in reading["passages"] if p["kind"] == "row" and len(p.get("fields", {})) > 1]
        yield from (_place([row], titles) for row in rows)
    elif kind.one_per == "heading":
        yield from (_place(under, titles) for under in _under_headings(reading, _depth(kind, titles)))
    elif kind.one_per == "source" and reading["passages"]:
        yield from _in_source(kind, titles)


def _in_source(kind: RecordType, titles: Titles) -> Iterator[Place]:
    """Give the rows of a source that name a record each, as a register's do, and all the rest of it as one."""
    rest: list[Passage] = []
    for passage in titles.reading["passages"]:
        row = _place([passage], titles) if len(passage.get("fields", {})) > PAIR else None
        if row and _names_one(kind, row):
            yield row
        else:
            rest.append(passage)
    if rest:
        yield _place(rest, titles)


def _names_one(kind: RecordType, row: Place) -> bool:
    """Whether a row states each key, and something else, under titles of their own."""
    told = {n for n, f in kind.fields.items() if (f.take == "value" or f.titles) and _under(f.stands_under(n), row)}
    return bool(kind.keys) and told > set(kind.keys)


def _under_headings(reading: Reading, depth: int) -> list[list[Passage]]:
    """Part a source by its headings down to a depth; what stands above the first is left out."""
    parted = groupby(reading["passages"], key=lambda p: tuple(p["headings"][:depth]))
    return [list(under) for headings, under in parted if headings]


def depth_of(kind: RecordType, reading: Reading) -> int:
    """Tell how deep the headings are that part the records of a source."""
    return _depth(kind, Titles(reading))


def _depth(kind: RecordType, titles: Titles) -> int:
    """Tell how deep the headings are that part the records: the first depth at which a key is stated twice."""
    keys = [(name, kind.fields[name]) for name in kind.keys]
    deepest = max((len(p["headings"]) for p in titles.reading["passages"]), default=0)
    for depth in range(1, deepest + 1):
        if sum(_has_keys(keys, _place(under, titles)) for under in _under_headings(titles.reading, depth)) > 1:
            return depth
    return max(deepest, 1)


def _has_keys(keys: Sequence[tuple[str, FieldSpec]], place: Place) -> bool:
    return all(_of_field(name, spec, place) for name, spec in keys)


def taken_from(spec: FieldSpec, reading: Reading, first: Passage) -> Stated | None:
    """Give what a field takes from the heading above a passage, or from the title of its source."""
    return _under([_TAKEN[spec.take]], _place([first], Titles(reading)))


def _place(passages: Sequence[Passage], titles: Titles) -> Place:
    stated = [stated for passage in passages for stated in stated_in(passage, titles.reading)]
    return Place(passages[0]["address"], [*stated, titles.own(), *titles.over(passages[0])])
