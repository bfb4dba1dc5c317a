"""Adds to records what others state of the same thing, and leaves the latest of those that are alike. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cmp_to_key
from typing import NamedTuple

from quire.nodes.records.expression_syntax import parsed
from quire.nodes.records.measures import Sorted, Valued, spelled, that_hold, valued
from quire.nodes.records.merging import both, same
from quire.nodes.records.quantities import Unfit, compared
from quire.nodes.records.record import FieldValue, Record
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.shown import JoinOf, LatestOf, Selected


class Chosen(NamedTuple):
    """The records that are shown, under the type that they have with what was joined to them."""

    kind: RecordType
    records: list[Record]
    not_stated: list[Record]
    """Left out, since a field that decides is not stated."""
    unfit: list[tuple[Record, str]]
    """Left out, since values do not fit."""

    def without(self, found: Sorted) -> "Chosen":
        """Keep those that were told, and note those that were not."""
        told = [one.record for one in found.told]
        return Chosen(self.kind, told, self.not_stated + found.not_stated, self.unfit + found.unfit)


def chosen(display: Selected, types: Mapping[str, RecordType], records: Sequence[Record]) -> Chosen:
    """Give the records of a display: joined, those for which its condition holds, the latest of each."""
    own = [record for record in records if record["type"] == display.of]
    for join in display.join:
        own = _joined(own, join, types[join.of], [record for record in records if record["type"] == join.of])
    found = Chosen(widened(types[display.of], display.join, types), own, [], [])
    if display.where:
        found = found.without(that_hold(found.records, parsed(display.where), found.kind))
    if display.latest:
        found = found.without(_latest(found.records, display.latest, found.kind))
    return found


def widened(kind: RecordType, joins: Iterable[JoinOf], types: Mapping[str, RecordType]) -> RecordType:
    """Give a type with the fields that joins add to its own; none of these is a key."""
    added = {
        f"{join.to}_{name}": spec.model_copy(update={"key": False, "label": _called(join, name, spec)})
        for join in joins
        if join.of in types
        for name, spec in types[join.of].fields.items()
    }
    return kind.model_copy(update={"fields": {**kind.fields, **added}})


def _called(join: JoinOf, name: str, spec: FieldSpec) -> str:
    called, before = spec.called(name), join.to.replace("_", " ").capitalize()
    return f"{before}: {called}"[:100]


def _joined(records: Sequence[Record], join: JoinOf, kind: RecordType, others: Sequence[Record]) -> list[Record]:
    found = that_hold(others, parsed(join.where), kind).told if join.where else [Valued(o, value=True) for o in others]
    by_key: dict[tuple[str, ...], list[Record]] = {}
    for one in found:
        if (key := _key(one.record, join.match.values())) is not None:
            by_key.setdefault(key, []).append(one.record)
    one_of_each = {key: _one_of(alike, join, kind) for key, alike in by_key.items()}
    return [_with(record, join, one_of_each.get(_key(record, join.match) or ())) for record in records]


def _key(record: Record, fields: Iterable[str]) -> tuple[str, ...] | None:
    stated = [record["fields"].get(name) for name in fields]
    return tuple(same(value) for value in stated if value) if all(stated) else None


def _one_of(alike: Sequence[Record], join: JoinOf, kind: RecordType) -> Mapping[str, FieldValue]:
    """Give the fields of what is joined: of the latest, or of all, of which what they do not agree on is kept apart."""
    if join.latest:
        told = valued(alike, parsed(join.latest), kind).told
        alike = _most(told) or alike
    fields: Mapping[str, FieldValue] = alike[0]["fields"]
    for other in alike[1:]:
        fields = both(fields, other["fields"])
    return fields


def _with(record: Record, join: JoinOf, fields: Mapping[str, FieldValue] | None) -> Record:
    added = {f"{join.to}_{name}": value for name, value in (fields or {}).items()}
    return {**record, "fields": {**record["fields"], **added}} if added else record


def _latest(records: Sequence[Record], latest: LatestOf, kind: RecordType) -> Sorted:
    left = valued(records, parsed(latest.by), kind)
    found, alike = Sorted([], left.not_stated, left.unfit), dict[tuple[str, ...], list[Valued]]()
    for one in left.told:
        names = [valued([one.record], parsed(formula), kind) for formula in latest.per]
        if all(name.told for name in names):
            key = tuple(spelled(name.told[0].value) for name in names)
            alike.setdefault(key, []).append(one)
        else:
            found.not_stated.append(one.record)
    for told in alike.values():
        found.told.extend(Valued(record, value=True) for record in _most(told))
    return found


def _most(told: Sequence[Valued]) -> list[Record]:
    """Give the records whose value is the most; several, if they are alike in it."""
    if not told:
        return []
    top = max(told, key=cmp_to_key(_order)).value
    return [one.record for one in told if _order(one, Valued(one.record, top)) == 0]


def _order(one: Valued, other: Valued) -> int:
    try:
        return compared(one.value, other.value)
    except Unfit:
        return 0
