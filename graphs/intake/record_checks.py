"""What the records of a blueprint, and what its sections show of them, must agree on."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from quire.graphs.intake.blueprint_models import Blueprint, SectionSpec
from quire.nodes.decode.located import Place
from quire.nodes.records.expression_syntax import problems_of
from quire.nodes.records.joining import widened
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.shown import (
    MOST_TRIED,
    ChartOf,
    ColumnOf,
    FigureOf,
    FiguresOf,
    GroupsOf,
    JoinOf,
    Shown,
    TableOf,
    VariantsOf,
)
from quire.nodes.records.shown_at import fields_at, formulas_at


class Wrong(NamedTuple):
    """Something that does not fit, and what to do about it."""

    place: Place
    problem: str
    hint: str = ""


def of_records(blueprint: Blueprint) -> Iterator[Wrong]:
    """Find what does not fit in the types of records and in what is shown of them."""
    for name, kind in blueprint.records.items():
        yield from _of_type(kind, ("records", name), blueprint.records)
    for number, section in enumerate(blueprint.sections):
        yield from _of_section(section, ("sections", number), blueprint)


def _of_type(kind: RecordType, place: Place, types: Mapping[str, RecordType]) -> Iterator[Wrong]:
    for name, field in kind.fields.items():
        at = (*place, "fields", name)
        if (field.type == "choice") != bool(field.choices) and not field.to:
            yield Wrong(at, "must have `choices` if, and only if, its type is `choice`")
        yield from _of_reference(field, at, types)
        if (field.unit or field.unit_titles) and field.type != "number":
            yield Wrong((*at, "unit" if field.unit else "unit_titles"), "only a number bears a unit")
        if field.titles and field.take == "heading":
            yield Wrong((*at, "titles"), "it is taken from the heading, which has no titles")
    if all(field.take != "value" for field in kind.fields.values()):
        yield Wrong((*place, "fields"), "all are taken from headings and sources", "name one that stands under a title")
    if kind.one_per == "heading" and not kind.keys:
        hint = "mark the field that tells one from another with `key: true`"
        yield Wrong((*place, "fields"), "none is a key, so that headings cannot be told apart", hint)


def _of_reference(field: FieldSpec, place: Place, types: Mapping[str, RecordType]) -> Iterator[Wrong]:
    if (field.type == "reference") != bool(field.to):
        yield Wrong(place, "must say what it refers to (`to`) if, and only if, its type is `reference`")
    elif field.to and field.to not in types:
        yield Wrong((*place, "to"), f"there is no record type {field.to!r}", _nearest(field.to, list(types)))
    elif field.to and not types[field.to].keys:
        problem = f"records of {field.to} have no key that they could be named by"
        yield Wrong((*place, "to"), problem, "mark a field of theirs with `key: true`")


def _of_section(section: SectionSpec, place: Place, blueprint: Blueprint) -> Iterator[Wrong]:
    if section.show and section.compute:
        yield Wrong((*place, "show"), "a section is computed or shows records, not both", "leave out one of them")
    if section.show and section.kind == "template":
        yield Wrong((*place, "show"), "a template section shows no records", "make it kind table or prose")
    for number, shown in enumerate(section.show):
        at = (*place, "show", number)
        unknown = list(_unknown_types(shown, at, blueprint.records))
        yield from unknown
        if not unknown:
            yield from _of_shown(shown, blueprint.records, at)


def _unknown_types(shown: Shown, place: Place, types: Mapping[str, RecordType]) -> Iterator[Wrong]:
    named = [((*place, "of"), shown.of), *(((*place, "join", n, "of"), join.of) for n, join in enumerate(shown.join))]
    for at, name in named:
        if name not in types:
            hint = _nearest(name, list(types)) or "declare it under `records`"
            yield Wrong(at, f"there is no record type {name!r}", hint)


def _of_shown(shown: Shown, types: Mapping[str, RecordType], place: Place) -> Iterator[Wrong]:
    for number, join in enumerate(shown.join):
        before = widened(types[shown.of], shown.join[:number], types)
        yield from _of_join(join, before, types[join.of], (*place, "join", number))
    kind = widened(types[shown.of], shown.join, types)
    for at, formula in formulas_at(shown):
        yield from (Wrong((*place, *at), problem) for problem in problems_of(formula, kind.fields))
    for at, name in fields_at(shown):
        if name not in kind.fields:
            yield Wrong((*place, *at), f"there is no field {name!r}", _nearest(name, list(kind.fields)))
    match shown:
        case TableOf():
            yield from _of_totals(shown, kind, place)
        case FiguresOf() | GroupsOf():
            yield from _of_figures(shown.figures, place)
        case VariantsOf():
            yield from _of_variants(shown, kind, place)
        case ChartOf():
            yield from _of_chart(shown, place)


def _of_join(join: JoinOf, own: RecordType, other: RecordType, place: Place) -> Iterator[Wrong]:
    for mine, its in join.match.items():
        for name, kind in ((mine, own), (its, other)):
            if name not in kind.fields:
                yield Wrong((*place, "match"), f"there is no field {name!r}", _nearest(name, list(kind.fields)))
    for key, formula in (("where", join.where or ""), ("latest", join.latest or "")):
        yield from (
            Wrong((*place, key), problem) for problem in (problems_of(formula, other.fields) if formula else [])
        )
    clash = next((f"{join.to}_{name}" for name in other.fields if f"{join.to}_{name}" in own.fields), "")
    if clash:
        yield Wrong((*place, "to"), f"it has a field {clash!r} already", "choose another word")


def _of_totals(shown: TableOf, kind: RecordType, place: Place) -> Iterator[Wrong]:
    titles = [column.title if isinstance(column, ColumnOf) else column for column in shown.columns]
    for number, total in enumerate(shown.totals):
        if total not in (titles or kind.fields):
            yield Wrong((*place, "totals", number), f"there is no column {total!r}", _nearest(total, titles))


def _of_figures(figures: Sequence[FigureOf], place: Place) -> Iterator[Wrong]:
    for number, figure in enumerate(figures):
        if (figure.take == "count") != (figure.value is None):
            problem = "a count has no `value`" if figure.value else f"`{figure.take}` needs a `value`"
            hint = "say which records are counted under `where`" if figure.value else "name a field"
            yield Wrong((*place, "figures", number), problem, hint)


def _of_variants(shown: VariantsOf, kind: RecordType, place: Place) -> Iterator[Wrong]:
    yield from _of_figures(shown.figures, place)
    if shown.vary in kind.fields and kind.fields[shown.vary].type != "number":
        yield Wrong((*place, "vary"), f"{shown.vary!r} is no number", "vary a field of type `number`")
    tried = (shown.end - shown.start) // shown.step + 1
    if not 1 <= tried <= MOST_TRIED:
        yield Wrong((*place, "end"), f"{max(tried, 0)} values would be tried", f"between 1 and {MOST_TRIED} may be")
    known = {name: FieldSpec(type="number") for name in (shown.vary, *(figure.name for figure in shown.figures))}
    for number, condition in enumerate(shown.holds):
        at = (*place, "holds", number, "that")
        yield from (Wrong(at, problem) for problem in problems_of(condition.that, known))


def _of_chart(shown: ChartOf, place: Place) -> Iterator[Wrong]:
    counts = shown.take == "count"
    if counts == (shown.value is not None):
        problem = "a count has no `value`" if counts else "what is drawn has no `value`"
        yield Wrong(place, problem, "leave out one of them" if counts else "name a field, or `take: count`")
    if shown.until is not None and shown.form != "timeline":
        yield Wrong((*place, "until"), f"{shown.form} have no end", "leave it out, or make it a timeline")
    if shown.take and shown.form == "timeline":
        yield Wrong((*place, "take"), "a timeline draws each record by itself", "leave it out")


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else ""
