"""For which values of a field some conditions hold: each value is tried, and all is worked out again. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from quire.nodes.computations.blocks import note, table
from quire.nodes.evidence.content import Block, Claim, Evidence, Value, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.records.cells import evidence_of, figure
from quire.nodes.records.desk import Desk, left_out, named, nothing
from quire.nodes.records.expression_syntax import parsed
from quire.nodes.records.expressions import Result, evaluate, value_of
from quire.nodes.records.joining import Chosen
from quire.nodes.records.measures import taken, that_hold, valued
from quire.nodes.records.quantities import Quantity, Unfit
from quire.nodes.records.record import FieldValue, Record
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.shown import FigureOf, HoldsOf, VariantsOf
from quire.nodes.records.written import written


class Tried(NamedTuple):
    """A value, what it leads to, and which conditions hold with it; of some it may not be told."""

    value: int
    figures: Mapping[str, Result]
    holds: tuple[bool | None, ...]


def tried(
    values: range, figures: Callable[[int], Mapping[str, Result]], holds: Sequence[HoldsOf], vary: str
) -> list[Tried]:
    """Try each value.

    Args:
        values: those that are tried.
        figures: what a value leads to, by name.
        holds: the conditions, over the figures and the value.
        vary: the name of the value in conditions.

    """
    made = []
    for value in values:
        come_to = figures(value)
        scene = {**come_to, vary: Quantity(Decimal(value))}
        made.append(Tried(value, come_to, tuple(_holds(condition, scene) for condition in holds)))
    return made


def _holds(condition: HoldsOf, scene: Mapping[str, Result]) -> bool | None:
    fields = {name: FieldSpec(type="number") for name in scene}
    stated = {
        name: FieldValue(text="", value=f"{value.number:f}", unit=value.unit, evidence=_NOWHERE)
        for name, value in scene.items()
        if isinstance(value, Quantity)
    }
    try:
        result = evaluate(parsed(condition.that), Record(type="", source="", address="", fields=stated), fields)
    except Unfit:
        return None
    return result if isinstance(result, bool) else None


_NOWHERE = Evidence(source="", address="", quote="", hash="")


def spans(values: Sequence[int], step: int) -> list[tuple[int, int]]:
    """Put values that follow each other together: ``1, 2, 3, 7`` are ``1 to 3`` and ``7``."""
    found: list[tuple[int, int]] = []
    for value in values:
        if found and found[-1][1] + step == value:
            found[-1] = (found[-1][0], value)
        else:
            found.append((value, value))
    return found


def show_variants(display: VariantsOf, desk: Desk, values: dict[str, Value]) -> Iterator[Block]:
    """Show a row for the value that is stated, the nearest with which all holds, and the ends of where each does."""
    found, words = desk.chosen(display), desk.words
    kind = found.kind
    caption = display.title or kind.title
    stated = [r for r in found.records if isinstance(value_of(r, display.vary, kind.fields), Quantity)]
    if not stated:
        yield nothing(None, caption, words)
        yield from left_out(found, words)
        return
    made = tried(
        range(display.start, display.end + 1, display.step),
        lambda value: {f.name: _figure(f, _with(found.records, display.vary, value), kind) for f in display.figures},
        display.holds,
        display.vary,
    )
    rows = [_row(display, found, one, words) for one in _worth_showing(made, stated, display)]
    label = kind.fields[display.vary].called(display.vary)
    titles = [label, *(f.label for f in display.figures), *(h.label for h in display.holds)]
    yield table(
        caption, [(title, "right") if n <= len(display.figures) else title for n, title in enumerate(titles)], rows
    )
    yield from _for_which(display, found, made, desk, values)
    yield from left_out(found, words)


def _with(records: Sequence[Record], vary: str, value: int) -> list[Record]:
    """Give the records with another value of the field, where they state it."""
    made = []
    for record in records:
        stated = record["fields"].get(vary)
        if stated:
            other: FieldValue = {**stated, "value": str(value), "text": str(value)}
            made.append(Record({**record, "fields": {**record["fields"], vary: other}}))
        else:
            made.append(record)
    return made


def _figure(asked: FigureOf, records: Sequence[Record], kind: RecordType) -> Result:
    held = that_hold(records, parsed(asked.where) if asked.where else None, kind)
    if asked.value:
        held = valued([one.record for one in held.told], parsed(asked.value), kind)
    try:
        return None if held.unfit else taken(asked.take, [one.value for one in held.told])
    except Unfit:
        return None


def _worth_showing(made: Sequence[Tried], stated: Sequence[Record], display: VariantsOf) -> list[Tried]:
    """Give the stated values, the nearest to each with which all holds, and where each condition ceases to hold."""
    by_value = {one.value: one for one in made}
    asked = [int(Decimal(record["fields"][display.vary]["value"])) for record in stated]
    chosen = {value for value in asked if value in by_value}
    whole = [one.value for one in made if all(one.holds)]
    if whole:
        chosen |= {min(whole, key=lambda value: (abs(value - wanted), value)) for wanted in asked}
    for place in range(len(display.holds)):
        chosen |= {end for _, end in spans([one.value for one in made if one.holds[place]], display.step)[:1]}
    return [by_value[value] for value in sorted(chosen)]


def _row(display: VariantsOf, found: Chosen, one: Tried, words: Words) -> list[Claim]:
    kind = found.kind
    records = _with(found.records, display.vary, one.value)
    own = [r["fields"][display.vary] for r in found.records if display.vary in r["fields"]]
    evidence = [value["evidence"] for value in own if value["value"] and Decimal(value["value"]) == one.value]
    first = claim(str(one.value), "source" if evidence else "fixed", *evidence)
    figures = [_with_place(figure(f, records, kind, words), one.value, display, kind) for f in display.figures]
    return [first, *figures, *(_verdict(place, one, display, words) for place in range(len(display.holds)))]


def _with_place(made: Claim, value: int, display: VariantsOf, kind: RecordType) -> Claim:
    if made["basis"] != "computed":
        return made
    return {**made, "how": f"{kind.fields[display.vary].called(display.vary)} {value}: {made['how']}"}


def _verdict(place: int, one: Tried, display: VariantsOf, words: Words) -> Claim:
    condition, holds = display.holds[place], one.holds[place]
    status = "open" if holds is None else "met" if holds else "not-met"
    labels = {asked.name: asked.label for asked in display.figures}

    def said(name: str) -> str:
        come_to = one.figures.get(name)
        worth = str(one.value) if name == display.vary else written(come_to, words) if come_to is not None else ""
        return f"{labels.get(name, name)} ({worth or words('records.not-stated')})"

    status = words(f"records.status.{status}")
    return claim("", "computed", how=f"{parsed(condition.that).said(said)}: {status}", status=status)


def _for_which(
    display: VariantsOf, found: Chosen, made: Sequence[Tried], desk: Desk, values: dict[str, Value]
) -> Iterator[Block]:
    """Say for which values each condition holds, and for which all do."""
    words, label = desk.words, found.kind.fields[display.vary].called(display.vary)
    evidence = evidence_of(found.records, parsed(display.vary))
    said = []
    for place, condition in enumerate(display.holds):
        told = [one.value for one in made if one.holds[place]]
        text = words("records.holds", what=condition.label, values=_ranges(told, display, words))
        said.append(claim(text, "computed", *evidence, how=f"{condition.that}: {text}"))
    together = [one.value for one in made if all(one.holds)]
    text = words("records.all-hold", what=label, values=_ranges(together, display, words))
    how = "; ".join(condition.that for condition in display.holds)
    whole = claim(text, "computed", *evidence, how=f"{label} {display.start} to {display.end}: {how}")
    if together:
        highest = claim(str(max(together)), "computed", *evidence, how=whole["how"])
        named(f"most_{display.vary}", words("records.most-that-hold", what=label), highest, values)
    yield note(*said, *([whole] if said[1:] else []))


def _ranges(values: Sequence[int], display: VariantsOf, words: Words) -> str:
    if not values:
        return words("records.for-none", start=display.start, end=display.end)
    return words.listed(
        [str(a) if a == b else words("records.from-to", start=a, end=b) for a, b in spans(values, display.step)]
    )
