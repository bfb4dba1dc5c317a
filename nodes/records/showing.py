"""Shows records as a blueprint declares, each cell with what it rests on. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from quire.nodes.computations.blocks import note, section
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.language.places import place_in
from quire.nodes.records.charts import show_chart
from quire.nodes.records.comparisons import show_comparison
from quire.nodes.records.desk import Desk, few
from quire.nodes.records.expression_syntax import parsed
from quire.nodes.records.merging import merged
from quire.nodes.records.record import Extracted, FieldValue, Record
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.shown import (
    ChartOf,
    ComparisonOf,
    FiguresOf,
    GroupsOf,
    Shown,
    TableOf,
)
from quire.nodes.records.shown_at import fields_named, formulas_of
from quire.nodes.records.tables import show_figures, show_groups, show_table
from quire.nodes.records.variants import show_variants


def show(
    displays: Sequence[Shown], types: Mapping[str, RecordType], extracted: Extracted, words: Words
) -> SectionContent:
    """Show records.

    Args:
        displays: what is shown, in its order.
        types: the types of records, by name.
        extracted: what was read of the sources.
        words: the fixed words of the document.

    """
    desk = Desk(types, merged(extracted["records"], types), extracted["refused"], words)
    blocks: list[Block] = []
    values: dict[str, Value] = {}
    for display in displays:
        blocks += _shown(display, desk, values)
    used: dict[str, set[str]] = {}
    for display in displays:
        for kind, fields in fields_of(display, types).items():
            used.setdefault(kind, set()).update(fields)
    for kind, fields in used.items():
        blocks += _remarks(kind, fields, desk)
    return section(blocks, values)


_DISPLAYS: TypeAdapter[list[Shown]] = TypeAdapter(list[Shown])


def show_records(displays: Sequence[Mapping[str, Any]], materials: Materials) -> SectionContent:
    """Show records of a section's sources as its blueprint declares, in plain JSON."""
    return show(_DISPLAYS.validate_python(displays), materials.record_types, materials.records, materials.words)


def _shown(display: Shown, desk: Desk, values: dict[str, Value]) -> Iterator[Block]:
    match display:
        case TableOf():
            yield from show_table(display, desk)
        case GroupsOf():
            yield from show_groups(display, desk, values)
        case FiguresOf():
            yield from show_figures(display, desk, values)
        case ComparisonOf():
            yield from show_comparison(display, desk, values)
        case ChartOf():
            yield from show_chart(display, desk)
        case _:
            yield from show_variants(display, desk, values)


def _remarks(kind: str, used: Collection[str], desk: Desk) -> Iterator[Block]:
    """Say of the fields that are shown or computed with what could not be read, and what is stated in two ways."""
    words, spec = desk.words, desk.types[kind]
    refused = [one for one in desk.refused if one["type"] == kind and (one["field"] in used or not one["field"])]
    if refused:
        named = few(
            [
                words(
                    f"records.refused.{one['reason']}",
                    field=spec.fields[one["field"]].called(one["field"]) if one["field"] else spec.title,
                    text=one["text"],
                    where=f"{one['source']}, {place_in(one['address'], words)}",
                )
                for one in refused
            ],
            words,
        )
        yield note(claim(words.count("records.not-read", len(refused), named=named), "fixed"), level="warning")
    for record in desk.of(kind):
        for name, value in record["fields"].items():
            if name in used and value.get("otherwise"):
                yield note(_differing(record, name, value, desk), level="warning")


def _differing(record: Record, name: str, value: FieldValue, desk: Desk) -> Claim:
    kind, every = desk.types[record["type"]], [value, *value["otherwise"]]
    keys = ", ".join(record["fields"][key]["text"] for key in kind.keys if key in record["fields"])
    said = "; ".join(f"{one['text']} ({one['evidence']['source']})" for one in every)
    text = desk.words("records.differ", field=kind.fields[name].called(name), thing=keys or kind.title, said=said)
    return claim(text, "source", *(one["evidence"] for one in every))


def fields_of(display: Shown, types: Mapping[str, RecordType]) -> dict[str, set[str]]:
    """Give the fields that a display shows or computes with, by the type that they are of."""
    names = {*fields_named(display), *(name for formula in formulas_of(display) for name in parsed(formula).names)}
    if isinstance(display, TableOf) and not display.columns:
        names |= set(types[display.of].fields)
    used = {display.of: names & set(types[display.of].fields)}
    for join in display.join:
        own = {name.removeprefix(f"{join.to}_") for name in names if name.startswith(f"{join.to}_")}
        used.setdefault(join.of, set()).update(own & set(types[join.of].fields))
    return used
