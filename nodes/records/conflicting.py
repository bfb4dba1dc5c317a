"""Where sources state a field of one thing differently, and which of the values counts: as for all quantities. Pure."""

from collections.abc import Mapping, Sequence

from quire.nodes.differences.differing import Difference, Told, places, weighed
from quire.nodes.records.merging import same, thing_of
from quire.nodes.records.record import FieldValue, Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.sources.passage import is_cell_of
from quire.nodes.survey.survey import Surveyed

Place = tuple[str, str]
Thing = tuple[str, ...]


def record_differences(
    records: Sequence[Record], types: Mapping[str, RecordType], surveyed: Mapping[str, Surveyed]
) -> list[Difference]:
    """Find the fields that several records of one thing state differently, in the order of the records."""
    things: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        if types[record["type"]].keys:
            things.setdefault(thing_of(record, types[record["type"]]), []).append(record)
    return [
        found
        for alike in things.values()
        for name in types[alike[0]["type"]].fields
        if (found := _difference(name, alike, types[alike[0]["type"]], surveyed))
    ]


def roles_of(records: Sequence[Record]) -> dict[Place, set[str]]:
    """Say of places which types of records stand there; of a cell, of its row as well.

    What the code requires and what the survey measured may bear one name, and are not two values of one thing.
    """
    roles: dict[Place, set[str]] = {}
    for record in records:
        fields = [field["evidence"]["address"] for field in record["fields"].values()]
        for address in (record["address"], *fields, *(one.rpartition(", ")[0] for one in fields)):
            roles.setdefault((record["source"], address), set()).add(record["type"])
    return roles


def beside(found: Sequence[Difference], of_records: Sequence[Difference]) -> list[Difference]:
    """Add the differences of records to those that were found otherwise, each once.

    Where both speak of the same values, that of the records stays: it names the cells, which may not count.
    """
    left = [one for one in found if not any(_is_the_same(one, other) for other in of_records)]
    known = [_places(one) for one in left]
    return [*left, *(one for one in of_records if not any(_places(one) <= other for other in known))]


def _is_the_same(found: Difference, of_record: Difference) -> bool:
    """Whether all that a difference tells of rows is told of cells of these rows, with the same values."""
    told, cells = ([*one["holds"], *one["differs"], *one["outdated"]] for one in (found, of_record))
    return all(any(_is_in_row(cell, one) for cell in cells) for one in told)


def _is_in_row(cell: Told, row: Told) -> bool:
    in_row = cell["source"] == row["source"] and is_cell_of(cell["address"], row["address"])
    return in_row and cell["text"] in row["text"]


def counting(
    records: Sequence[Record], types: Mapping[str, RecordType], differences: Sequence[Difference]
) -> list[Record]:
    """Leave out the values that do not count, where one does.

    What another thing of its type states takes no value's place: the price of a new contract leaves that of the old one
    as it was agreed.
    """
    deciding = [one for one in differences if one["holds"] and one["outdated"]]
    stated: dict[Place, set[Thing]] = {}
    for record in records if deciding else ():
        for value in record["fields"].values():
            stated.setdefault(_place(value), set()).add(thing_of(record, types[record["type"]]))
    return [{**record, "fields": _without(record, types, deciding, stated)} for record in records]


def _without(
    record: Record, types: Mapping[str, RecordType], deciding: Sequence[Difference], stated: Mapping[Place, set[Thing]]
) -> dict[str, FieldValue]:
    """Leave out values by their places and, since a line may state several, by their words."""
    own = thing_of(record, types[record["type"]])
    void: dict[Place, list[str]] = {}
    for one in deciding:
        said_by = {thing for at in places(one["holds"]) for thing in stated.get(at, ()) if thing[0] == own[0]}
        if not types[record["type"]].keys or not said_by or own in said_by:
            for told in one["outdated"]:
                void.setdefault((told["source"], told["address"]), []).append(told["text"])
    return {
        name: value
        for name, value in record["fields"].items()
        if not any(value["text"] in said or said in value["text"] for said in void.get(_place(value), ()))
    }


def _difference(
    name: str, records: Sequence[Record], kind: RecordType, surveyed: Mapping[str, Surveyed]
) -> Difference | None:
    values = [record["fields"][name] for record in records if name in record["fields"]]
    if len({value["evidence"]["source"] for value in values}) == 1 or not values or kind.fields[name].key:
        return None
    told = [_told(value, surveyed[value["evidence"]["source"]]) for value in values]
    found = weighed(told, lambda one, other: same(values[one]) == same(values[other]))
    if found is None:
        return None
    thing = ", ".join(records[0]["fields"][key]["text"] for key in kind.keys if key in records[0]["fields"])
    return {**found, "quantity": f"{thing}: {kind.fields[name].called(name)}"}


def _told(value: FieldValue, about: Surveyed) -> Told:
    at = value["evidence"]
    return Told(
        source=at["source"],
        address=at["address"],
        quote=at["quote"],
        text=value["text"],
        date=about["date"],
        period=about["period"],
        status=about["status"],
    )


def _places(one: Difference) -> set[Place]:
    return places([*one["holds"], *one["differs"], *one["outdated"]])


def _place(value: FieldValue) -> Place:
    return (value["evidence"]["source"], value["evidence"]["address"])
