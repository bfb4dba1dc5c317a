"""Verifies records that somebody says stand in the sources: each value in its words, each at its own place. Pure.

What holds becomes a record like those that code reads itself. What does not is refused by name: the words do not stand
at their address, the value or its unit is not in them, the cell is another row's or another column's, or another value
stands between what a record names and what it says of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quire.nodes.evidence.content import Evidence
from quire.nodes.records.between import Held, misjoined
from quire.nodes.records.candidates import Candidate, Candidates, Said
from quire.nodes.records.readable_values import standing
from quire.nodes.records.record import FieldValue, Record
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.spots import Spot, address_within, cells_of, spot_of, spots_at
from quire.nodes.records.structured import depth_of, taken_from, titled_at
from quire.nodes.sources.folding import fold, fold_quotes
from quire.nodes.sources.passage import Passage, Reading, convention_of


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


class _Refused(Exception):
    """Internal: why something does not hold."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class _Scope(NamedTuple):
    """What a record belongs to."""

    name: str
    kind: RecordType
    reading: Reading
    anchor: Passage
    """The passage in which it begins."""
    depth: int
    """Of the headings that part records, where a heading makes one."""


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


def verified(given: Candidates, types: Mapping[str, RecordType], readings: Iterable[Reading]) -> Verified:
    """Verify records.

    Args:
        given: what is said to stand in the sources, by type.
        types: the types of records, by name; others are refused elsewhere.
        readings: the sources.

    """
    by_name = {reading["source"]: reading for reading in readings}
    found = Verified()
    for name, kind in types.items():
        said = given.get(name, ())
        looked = [_Looked(name, kind, number, one, by_name.get(one.source)) for number, one in enumerate(said)]
        for one in looked:
            _look_at(one)
        for one in looked:
            _separate(one, [other for other in looked if other is not one and other.reading is one.reading])
            _conclude(one, found)
    return found


def _look_at(one: _Looked) -> None:
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
    scope = _Scope(one.name, kind, reading, anchor.passage, depth)
    for called, stated in said.fields.items():
        if called not in kind.fields:
            one.refuse(called, "no-field", stated.value)
            continue
        try:
            one.held.append(_field(called, stated, said, scope))
        except _Refused as refused:
            one.refuse(called, refused.reason, stated.value, stated.address or "")
    own = [called for called, spec in kind.fields.items() if spec.take != "value" and called not in said.fields]
    one.held += [held for called in own if (held := _taken(called, kind.fields[called], scope))]


def _separate(one: _Looked, others: Sequence[_Looked]) -> None:
    """Refuse the fields of a record that something else of its sentence is said of."""
    if one.reading is None:
        return
    keys = [key for other in others for key in other.keys]
    for wrong in misjoined(one.held, one.kind, keys, convention_of(one.reading)):
        one.held.remove(wrong)
        one.refuse(wrong.name, "other-value", wrong.value["text"], wrong.value["evidence"]["address"])


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


def _taken(name: str, spec: FieldSpec, scope: _Scope) -> Held | None:
    """Take a field from the heading above the record, or from the title of its source."""
    stated = taken_from(spec, scope.reading, {**scope.anchor, "headings": _path(scope.anchor)})
    if stated is None:
        return None
    value = FieldValue(text=stated.text, value=" ".join(stated.text.split()), unit="", evidence=stated.evidence)
    return Held(name, value, scope.anchor)


def _field(name: str, said: Said, one: Candidate, scope: _Scope) -> Held:
    spec = scope.kind.fields[name]
    if spec.take != "value":
        held = _taken(name, spec, scope)
        if held is None or fold(held.value["text"]).casefold() != fold(said.value).casefold():
            raise _Refused("other-heading")
        return held
    quote, address = said.quote or one.quote or said.value, said.address or one.address
    spot = _spot(name, said, quote, address, scope)
    title, folded = spot.title, fold_quotes(quote)
    if said.header and fold_quotes(said.header) != fold_quotes(title):
        raise _Refused("other-header")
    if not _is_own_place(spot.passage, scope):
        raise _Refused("elsewhere")
    if not _is_own_title(name, said, spot, scope):
        raise _Refused("other-column")
    found = standing(said.value, folded, spot.text, spec, title, convention_of(scope.reading))
    if found.read.refused:
        raise _Refused(found.read.refused)
    is_said = fold_quotes(said.value).casefold() in spot.text.casefold()
    text = said.value if is_said or spec.type == "choice" else spot.text[slice(*found.span)]
    value = FieldValue(
        text=text, value=found.read.value, unit=found.read.unit, evidence=_cited(spot, quote, said, scope)
    )
    return Held(name, value, spot.passage, None if spot.is_cell else _in_passage(found.span, spot))


def _spot(name: str, said: Said, quote: str, address: str, scope: _Scope) -> Spot:
    """Find where a field is stated: of a row the cell that is its own."""
    whole = next(spots_at(scope.reading, address), None)
    if whole is None:
        raise _Refused("no-place")
    if whole.passage["kind"] == "row" and not whole.is_cell and whole.passage.get("fields"):
        cells = list(cells_of(whole.passage))
        named = [c for c in cells if said.header and fold_quotes(c.title) == fold_quotes(said.header)]
        own = named or [c for c in cells if titled_at(c.title, name, scope.kind.fields[name])]
        if not own:
            raise _Refused("other-header" if said.header else "no-header")
        words = fold_quotes(said.quote or said.value)
        found = next((c for c in own if words in c.text), None)
    else:
        found = spot_of(quote, scope.reading, address)
    if found is None:
        raise _Refused("not-there")
    return found


def _is_own_place(passage: Passage, scope: _Scope) -> bool:
    """Whether a passage is one that a record's fields may stand in."""
    anchor = scope.anchor
    if scope.kind.one_per == "source" or passage is anchor:
        return True
    if scope.kind.one_per == "heading":
        return _path(passage)[: scope.depth] == _path(anchor)[: scope.depth]
    return _governs(passage, scope)


def _path(passage: Passage) -> list[str]:
    """Give the headings that a passage stands under; a heading stands under itself."""
    return [*passage["headings"], *([passage["text"]] if passage["kind"] == "heading" else [])]


def _governs(passage: Passage, scope: _Scope) -> bool:
    """Whether a passage stands above another: one of its headings, or the words that lead its list in."""
    anchor, passages = scope.anchor, scope.reading["passages"]
    if passage["kind"] == "heading":
        return fold(passage["text"]) in map(fold, anchor["headings"])
    before = passages[: passages.index(anchor)]
    led = [
        p for p in before if p["headings"] == anchor["headings"] and p["text"].rstrip().endswith((":", "\N{EM DASH}"))
    ]
    return bool(led) and passage is led[-1]


def _is_own_title(name: str, said: Said, spot: Spot, scope: _Scope) -> bool:
    """Whether the column or label is one that the field may stand under: not another field's, nor beside its own."""
    if not spot.title or titled_at(spot.title, name, scope.kind.fields[name]):
        return True
    others = [n for n in scope.kind.fields if n != name]
    if any(titled_at(spot.title, other, scope.kind.fields[other]) for other in others):
        return False
    if not spot.is_cell:
        return True
    beside = any(titled_at(title, name, scope.kind.fields[name]) for title in spot.passage.get("fields", {}))
    return bool(said.header) and not beside


def _cited(spot: Spot, quote: str, said: Said, scope: _Scope) -> Evidence:
    address = said.address or address_within(spot)
    cited = Evidence(source=scope.reading["source"], address=address, quote=quote, hash=scope.reading["hash"])
    if spot.is_cell:
        cited["header"] = spot.title
        cited["quote"] = said.quote or said.value
    if spot.passage["headings"]:
        cited["heading"] = " > ".join(spot.passage["headings"])
    return cited


def _in_passage(span: tuple[int, int], spot: Spot) -> tuple[int, int]:
    """Give a span of the words from a line on as one of the whole passage."""
    before = max(len(fold_quotes(spot.passage["text"])) - len(spot.text), 0)
    return (span[0] + before, span[1] + before)
