"""Verifies records that somebody says stand in the sources: each value in its words, each at its own place. Pure.

What holds becomes a record like those that code reads itself. What does not is refused by name: the words do not stand
at their address, the value or its unit is not in them, the cell is another row's or another column's, or another value
stands between what a record names and what it says of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quire.nodes.evidence.content import Evidence
from quire.nodes.records.between import Held, misjoined
from quire.nodes.records.candidates import Candidate, Candidates, Said
from quire.nodes.records.places import (
    NotAccepted,
    Scope,
    in_passage,
    is_own_place,
    is_own_title,
    path_of,
    stated_at,
    unit_title,
)
from quire.nodes.records.readable_values import standing
from quire.nodes.records.record import FieldValue, Record
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.referring import Names, named_in, names_of
from quire.nodes.records.spots import Spot, address_within, spot_of, spots_at
from quire.nodes.records.structured import depth_of, taken_from
from quire.nodes.sources.folding import fold, fold_quotes
from quire.nodes.sources.passage import Reading, convention_of


class Refusal(NamedTuple):
    """What is not accepted of a record, and why."""

    kind: str
    number: int
    """Of the record among those of its type, from 0."""
    field: str
    """Empty where it is the record as a whole."""
    reason: str
    """A key of the catalogue under ``records.refused``."""
    text: str
    """What was said."""
    source: str
    address: str


@dataclass
class Verified:
    """What came of some records."""

    records: list[Record] = field(default_factory=list)
    """Those that hold, without the fields that do not."""
    numbers: list[int] = field(default_factory=list)
    """Of each record: its number among those of its type that were looked at."""
    refusals: list[Refusal] = field(default_factory=list)


@dataclass
class _Looked:
    """A record that is looked at."""

    name: str
    kind: RecordType
    number: int
    said: Candidate
    reading: Reading | None
    held: list[Held] = field(default_factory=list)
    """The fields that hold by themselves."""
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, at: str, reason: str, text: str, address: str = "") -> None:
        """Say that a field of it does not hold, or with an empty name that it does not."""
        where = address or self.said.address
        self.refusals.append(Refusal(self.name, self.number, at, reason, text, self.said.source, where))

    @property
    def keys(self) -> list[Held]:
        """Give what says which thing it speaks of."""
        return [held for held in self.held if held.name in self.kind.needed]


def verified(
    given: Candidates, types: Mapping[str, RecordType], readings: Sequence[Reading], names: Names | None = None
) -> Verified:
    """Verify records.

    Args:
        given: what is said to stand in the sources, by type.
        types: the types of records, by name; others are refused elsewhere.
        readings: the sources.
        names: what references may name; without it, what code reads and what is given.

    """
    by_name = {reading["source"]: reading for reading in readings}
    names = names_of(types, given, readings) if names is None else names
    found = Verified()
    for name, kind in types.items():
        said = given.get(name, ())
        looked = [_Looked(name, kind, number, one, by_name.get(one.source)) for number, one in enumerate(said)]
        for one in looked:
            _look_at(one, names)
        for one in looked:
            _align(one)
            _separate(one, [other for other in looked if other is not one and other.reading is one.reading])
            _conclude(one, found)
    return found


def _look_at(one: _Looked, names: Names) -> None:
    """Verify the fields of a record one by one."""
    said, kind, reading = one.said, one.kind, one.reading
    anchor = next(spots_at(reading, said.address), None) if reading else None
    if reading is None or anchor is None:
        one.refuse("", "no-source" if reading is None else "no-place", said.quote or "")
        return
    if said.quote and spot_of(said.quote, reading, said.address) is None:
        one.refuse("", "not-there", said.quote)
        return
    depth = depth_of(kind, reading) if kind.one_per == "heading" else 0
    scope = Scope(one.name, kind, reading, anchor.passage, depth)
    for called, stated in said.fields.items():
        if called not in kind.fields:
            one.refuse(called, "no-field", stated.value)
            continue
        try:
            held = _reference(called, stated, said, scope, names) or _field(called, stated, said, scope)
            one.held.append(held)
        except NotAccepted as refused:
            one.refuse(called, refused.reason, stated.value, stated.address or "")
    own = [called for called, spec in kind.fields.items() if spec.take != "value" and called not in said.fields]
    one.held += [taken for called in own if (taken := _taken(called, kind.fields[called], scope))]


def _separate(one: _Looked, others: Sequence[_Looked]) -> None:
    """Refuse the fields of a record that something else of its sentence is said of."""
    if one.reading is None:
        return
    keys = [key for other in others for key in other.keys]
    for wrong in misjoined(one.held, one.kind, keys, convention_of(one.reading)):
        one.held.remove(wrong)
        one.refuse(wrong.name, "other-value", wrong.value["text"], wrong.value["evidence"]["address"])


def _align(one: _Looked) -> None:
    """Refuse what the title of a column says where no value of the record stands in that column."""
    cells = [held.value["evidence"] for held in one.held]
    columns = {cell.get("header") for cell in cells if cell["quote"] != cell.get("header")}
    for held in list(one.held):
        at = held.value["evidence"]
        if at.get("header") == at["quote"] and at["quote"] not in columns:
            one.held.remove(held)
            one.refuse(held.name, "other-column", held.value["text"], at["address"])


def _conclude(one: _Looked, found: Verified) -> None:
    """Make a record of the fields that hold, if they make one."""
    fields, refused = {held.name: held.value for held in one.held}, {refusal.field for refusal in one.refusals}
    missing = [key for key in one.kind.needed if key not in fields or not fields[key]["value"]]
    for key in missing:
        if not refused & {key, ""}:
            one.refuse(key, "no-key", "")
    found.refusals += one.refusals
    deciding = {called for called, spec in one.kind.fields.items() if spec.critical or spec.key}
    if fields and not missing and not refused & {"", *deciding}:
        ordered = {called: fields[called] for called in one.kind.fields if called in fields}
        record = Record(type=one.name, source=one.said.source, address=one.said.address, fields=ordered)
        found.records.append(record)
        found.numbers.append(one.number)


def _taken(name: str, spec: FieldSpec, scope: Scope) -> Held | None:
    """Take a field from the heading above the record, or from the title of its source."""
    stated = taken_from(spec, scope.reading, {**scope.anchor, "headings": path_of(scope.anchor)})
    if stated is None:
        return None
    value = FieldValue(text=stated.text, value=" ".join(stated.text.split()), unit="", evidence=stated.evidence)
    return Held(name, value, scope.anchor)


def _reference(name: str, said: Said, one: Candidate, scope: Scope, names: Names) -> Held | None:
    """Find what a field names that names records of another type; of other fields nothing."""
    spec = scope.kind.fields[name]
    if spec.to is None:
        return None
    named = named_in(said.value, spec.to, spec.choices, names)
    if named is None:
        raise NotAccepted("no-record")
    own = Spot(scope.anchor, "")
    at = named.evidence or _cited(own, one.quote or scope.anchor["text"], Said(value=said.value), scope)
    return Held(
        name, FieldValue(text=named.text, value=" ".join(named.text.split()), unit="", evidence=at), scope.anchor
    )


def _field(name: str, said: Said, one: Candidate, scope: Scope) -> Held:
    spec = scope.kind.fields[name]
    if spec.take != "value":
        held = _taken(name, spec, scope)
        if held and fold(held.value["text"]).casefold() == fold(said.value).casefold():
            return held
        if not spec.titles:
            raise NotAccepted("other-heading")
    quote, address = said.quote or one.quote or said.value, said.address or one.address
    spot = stated_at(name, said, quote, address, scope)
    title, folded = spot.title, fold_quotes(quote)
    if said.header and fold_quotes(said.header) != fold_quotes(title):
        raise NotAccepted("other-header")
    if not is_own_place(spot.passage, scope):
        raise NotAccepted("elsewhere")
    if not is_own_title(name, said, spot, scope):
        raise NotAccepted("other-column")
    found = standing(said.value, folded, spot.text, spec, unit_title(spot, spec), convention_of(scope.reading))
    if found.read.refused:
        raise NotAccepted(found.read.refused)
    is_said = fold_quotes(said.value).casefold() in spot.text.casefold()
    text = said.value if is_said or spec.type == "choice" else spot.text[slice(*found.span)]
    value = FieldValue(
        text=text, value=found.read.value, unit=found.read.unit, evidence=_cited(spot, quote, said, scope)
    )
    return Held(name, value, spot.passage, None if spot.is_cell else in_passage(found.span, spot))


def _cited(spot: Spot, quote: str, said: Said, scope: Scope) -> Evidence:
    is_title = spot.is_cell and spot.text == fold_quotes(spot.title)  # it stands in its row, not in its cell
    address = said.address or (spot.passage["address"] if is_title else address_within(spot))
    cited = Evidence(source=scope.reading["source"], address=address, quote=quote, hash=scope.reading["hash"])
    if spot.is_cell:
        cited["header"] = spot.title
        cited["quote"] = said.quote or said.value
    if spot.passage["headings"]:
        cited["heading"] = " > ".join(spot.passage["headings"])
    return cited
