"""What the records of a blueprint, and what its sections show of them, must agree on."""

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.graphs.intake.blueprint_models import Blueprint, SectionSpec
from quire.nodes.decode.located import Place
from quire.nodes.records.expression_syntax import problems_of
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.shown import ColumnOf, FigureOf, FiguresOf, GroupsOf, Shown, TableOf


class Wrong(NamedTuple):
    """Something that does not fit, and what to do about it."""

    place: Place
    problem: str
    hint: str = ""


def of_records(blueprint: Blueprint) -> Iterator[Wrong]:
    """Find what does not fit in the types of records and in what is shown of them."""
    for name, kind in blueprint.records.items():
        yield from _of_type(kind, ("records", name))
    for number, section in enumerate(blueprint.sections):
        yield from _of_section(section, ("sections", number), blueprint)


def _of_type(kind: RecordType, place: Place) -> Iterator[Wrong]:
    for name, field in kind.fields.items():
        at = (*place, "fields", name)
        if (field.type == "choice") != bool(field.choices):
            yield Wrong(at, "must have `choices` if, and only if, its type is `choice`")
        if field.unit and field.type != "number":
            yield Wrong((*at, "unit"), "only a number bears a unit")
        if field.titles and field.take != "value":
            yield Wrong((*at, "titles"), f"it is taken from the {field.take}, which has no titles")
    if all(field.take != "value" for field in kind.fields.values()):
        yield Wrong((*place, "fields"), "all are taken from headings and sources", "name one that stands under a title")
    if kind.one_per == "heading" and not kind.keys:
        hint = "mark the field that tells one from another with `key: true`"
        yield Wrong((*place, "fields"), "none is a key, so that headings cannot be told apart", hint)


def _of_section(section: SectionSpec, place: Place, blueprint: Blueprint) -> Iterator[Wrong]:
    if section.show and section.compute:
        yield Wrong((*place, "show"), "a section is computed or shows records, not both", "leave out one of them")
    if section.show and section.kind == "template":
        yield Wrong((*place, "show"), "a template section shows no records", "make it kind table or prose")
    for number, shown in enumerate(section.show):
        at = (*place, "show", number)
        kind = blueprint.records.get(shown.of)
        if kind is None:
            hint = _nearest(shown.of, list(blueprint.records)) or "declare it under `records`"
            yield Wrong((*at, "of"), f"there is no record type {shown.of!r}", hint)
        else:
            yield from _of_shown(shown, kind, at)


def _of_shown(shown: Shown, kind: RecordType, place: Place) -> Iterator[Wrong]:
    if isinstance(shown, TableOf):
        yield from _of_table(shown, kind, place)
    if isinstance(shown, GroupsOf):
        yield from _of_formula(shown.by, kind, (*place, "by"))
    if isinstance(shown, GroupsOf | FiguresOf):
        for number, figure in enumerate(shown.figures):
            yield from _of_figure(figure, kind, (*place, "figures", number))
    if not isinstance(shown, FiguresOf) and shown.where:
        yield from _of_formula(shown.where, kind, (*place, "where"))


def _of_table(shown: TableOf, kind: RecordType, place: Place) -> Iterator[Wrong]:
    titles: list[str] = []
    for number, column in enumerate(shown.columns):
        at = (*place, "columns", number)
        titles.append(column.title if isinstance(column, ColumnOf) else column)
        if isinstance(column, ColumnOf):
            yield from _of_formula(column.value, kind, (*at, "value"))
        elif column not in kind.fields:
            yield Wrong(at, f"there is no field {column!r}", _nearest(column, list(kind.fields)))
    for number, formula in enumerate(shown.order):
        yield from _of_formula(formula.removeprefix("-"), kind, (*place, "order", number))
    for number, total in enumerate(shown.totals):
        if total not in (titles or kind.fields):
            yield Wrong((*place, "totals", number), f"there is no column {total!r}", _nearest(total, titles))


def _of_figure(figure: FigureOf, kind: RecordType, place: Place) -> Iterator[Wrong]:
    if (figure.take == "count") != (figure.value is None):
        problem = "a count has no `value`" if figure.value else f"`{figure.take}` needs a `value`"
        yield Wrong(place, problem, "say which records are counted under `where`" if figure.value else "name a field")
    if figure.value:
        yield from _of_formula(figure.value, kind, (*place, "value"))
    if figure.where:
        yield from _of_formula(figure.where, kind, (*place, "where"))


def _of_formula(formula: str, kind: RecordType, place: Place) -> Iterator[Wrong]:
    yield from (Wrong(place, problem) for problem in problems_of(formula, kind.fields))


def _nearest(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else ""
