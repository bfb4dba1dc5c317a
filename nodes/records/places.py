"""Where the fields of a record may stand: in its own row, passage or heading, under their own titles. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from quire.nodes.records.candidates import Said
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.spots import Spot, cells_of, spot_of, spots_at
from quire.nodes.records.stated import titled_at, titled_with_unit
from quire.nodes.records.values import units_of_title
from quire.nodes.sources.folding import fold, fold_quotes
from quire.nodes.sources.passage import Passage, Reading


class NotAccepted(Exception):
    """Why something does not hold."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class Scope(NamedTuple):
    """What a record belongs to."""

    name: str
    kind: RecordType
    reading: Reading
    anchor: Passage
    """The passage in which it begins."""
    depth: int
    """Of the headings that part records, where a heading makes one."""


def unit_title(spot: Spot, spec: FieldSpec) -> str:
    """Give the title that says in which unit a cell is: its column's or row's, else that of its table."""
    if spot.is_cell and spec.unit_titles:
        return titled_with_unit(spot.title, spot.passage.get("fields", {}), spec)
    over = [spot.title, *reversed(spot.passage["headings"])] if spot.is_cell else []
    return next((title for title in over if units_of_title(title)), spot.title)


def _heads(said: Said, spec: FieldSpec, cells: Sequence[Spot]) -> Spot | None:
    """Find a field that is stated by the title of a column, in a table that has a column for each of several things."""
    words = fold_quotes(said.quote or said.value)
    if spec.type in ("number", "date") or any(words in cell.text for cell in cells):
        return None
    column = next((cell for cell in cells if fold_quotes(cell.title) == words), None)
    return Spot(column.passage, words, column.title, is_cell=True) if column else None


def stated_at(name: str, said: Said, quote: str, address: str, scope: Scope) -> Spot:
    """Find where a field is stated: of a row the cell that is its own."""
    spec = scope.kind.fields[name]
    whole = next(spots_at(scope.reading, address), None)
    if whole is None:
        raise NotAccepted("no-place")
    if whole.passage["kind"] == "row" and not whole.is_cell and whole.passage.get("fields"):
        cells = list(cells_of(whole.passage))
        named = [c for c in cells if said.header and fold_quotes(c.title) == fold_quotes(said.header)]
        if heads := _heads(said, spec, cells):
            return heads
        own = named or [c for c in cells if titled_at(c.title, name, scope.kind.fields[name])]
        if not own:
            raise NotAccepted("other-header" if said.header else "no-header")
        words = fold_quotes(said.quote or said.value)
        found = next((c for c in own if words in c.text), None)
    else:
        found = spot_of(quote, scope.reading, address)
    found = found or (_above(quote, scope) if said.address is None else None)
    if found is None:
        raise NotAccepted("not-there")
    return found


def _above(quote: str, scope: Scope) -> Spot | None:
    """Find words in the headings above a record, the nearest first: they are shown with its passage."""
    over = [fold(heading) for heading in reversed(scope.anchor["headings"])]
    headings = [p for p in scope.reading["passages"] if p["kind"] == "heading" and fold(p["text"]) in over]
    headings.sort(key=lambda p: over.index(fold(p["text"])))
    return next((spot for p in headings if (spot := spot_of(quote, scope.reading, p["address"]))), None)


def is_own_place(passage: Passage, scope: Scope) -> bool:
    """Whether a passage is one that a record's fields may stand in."""
    anchor = scope.anchor
    if scope.kind.one_per == "source" or passage is anchor:
        return True
    if scope.kind.one_per == "heading":
        return path_of(passage)[: scope.depth] == path_of(anchor)[: scope.depth]
    return _governs(passage, scope)


def path_of(passage: Passage) -> list[str]:
    """Give the headings that a passage stands under; a heading stands under itself."""
    return [*passage["headings"], *([passage["text"]] if passage["kind"] == "heading" else [])]


def _governs(passage: Passage, scope: Scope) -> bool:
    """Whether a passage stands above another: one of its headings, or the words that lead its list in."""
    anchor, passages = scope.anchor, scope.reading["passages"]
    if fold(passage["text"]) in map(fold, anchor["headings"]):
        return True
    before = passages[: passages.index(anchor)]
    led = [
        p for p in before if p["headings"] == anchor["headings"] and p["text"].rstrip().endswith((":", "\N{EM DASH}"))
    ]
    return bool(led) and passage is led[-1]


def is_own_title(name: str, said: Said, spot: Spot, scope: Scope) -> bool:
    """Whether the column or label is one that the field may stand under: not another field's, nor beside its own.

    Behind the label of what the record is of, all of it may stand: ``Action: rotate the logs (Platform, open)``.
    """
    is_head = spot.is_cell and spot.text == fold_quotes(spot.title)
    if not spot.title or is_head or titled_at(spot.title, name, scope.kind.fields[name]):
        return True
    others = [n for n in scope.kind.fields if n != name and (spot.is_cell or n not in scope.kind.keys)]
    if any(titled_at(spot.title, other, scope.kind.fields[other]) for other in others):
        return False
    if not spot.is_cell:
        return True
    beside = any(titled_at(title, name, scope.kind.fields[name]) for title in spot.passage.get("fields", {}))
    return bool(said.header or said.address) and not beside


def in_passage(span: tuple[int, int], spot: Spot) -> tuple[int, int]:
    """Give a span of the words from a line on as one of the whole passage."""
    before = max(len(fold_quotes(spot.passage["text"])) - len(spot.text), 0)
    return (span[0] + before, span[1] + before)
