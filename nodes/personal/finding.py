"""Finds the personal data of one source: in the cells of its tables, under its labels, and in its running text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quire.nodes.personal.policy import Policy
from quire.nodes.personal.running_text import LABEL, About, Find, in_text
from quire.nodes.personal.titles import ORGANISATIONS, PLACES, PLAIN_ADDRESS, PLAIN_NAME, Kind, announced, plain
from quire.nodes.personal.values import is_name, looks_like, name_in
from quire.nodes.sources.passage import Passage, Reading

_GIVEN = re.compile(r"(?:first|given) names?|forenames?|vornamen?")
_FAMILY = re.compile(r"(?:last|family) names?|surnames?|nachnamen?|familiennamen?")
_BESIDE: frozenset[Kind] = frozenset(["telephone number", "address", "identity number"])
"""What is a body's own where the row is about a body."""


@dataclass(frozen=True)
class _Table:
    """What a table is about, as its titles and the column of names say."""

    bodies: bool
    places: bool
    register: bool


def finds(reading: Reading, policy: Policy) -> Iterator[Find]:
    """Find what is personal in a source, in its order."""
    tables = _tables(reading["passages"])
    for number, passage in enumerate(reading["passages"]):
        fields = passage.get("fields", {})
        table = tables.get(tuple(fields)) if passage["kind"] == "row" else None
        source = reading["source"]
        for title, cell in fields.items():
            found = _of_cell(source, title, cell, passage, table, policy) if cell else None
            if found:
                field, what, declared = found
                yield Find(number, field, cell, what, declared, title)
            elif not policy.shows(title):
                yield from _begun(number, title, cell)
                yield from in_text(source, number, cell, policy, _about(passage, table))
        if not fields:
            yield from in_text(source, number, passage["text"], policy, About())


def _begun(number: int, title: str, cell: str) -> Iterator[Find]:
    """Find the name with which a cell begins that says more: ``Ola Winter (since 2019)``."""
    told = announced(title)
    if cell and told and told.kind == "name" and (name := name_in(cell)):
        yield Find(number, title, name, "name", declared=False, cell=None)


def names_in_parts(passage: Passage) -> Iterator[str]:
    """Join first and last names that stand in columns of their own."""
    fields = passage.get("fields", {})
    given = next((cell for title, cell in fields.items() if cell and _GIVEN.fullmatch(plain(title))), "")
    family = next((cell for title, cell in fields.items() if cell and _FAMILY.fullmatch(plain(title))), "")
    if given and family:
        yield f"{given} {family}"


def titles_of(reading: Reading) -> set[str]:
    """List what a field of the source can be called: its columns, its labels, the first cells of its rows."""
    found: set[str] = set()
    for passage in reading["passages"]:
        fields = passage.get("fields", {})
        found.update(fields)
        found.update([*fields.values()][:1] if passage["kind"] == "row" else ())
        found.update(m[1] for m in LABEL.finditer(passage["text"]))
    return found


def _about(passage: Passage, table: _Table | None) -> About:
    others = [cell for cell in passage.get("fields", {}).values() if not is_name(cell) and "@" not in cell]
    things = frozenset(word for cell in others for word in cell.lower().split())
    return About(telephones=not (table and table.bodies), things=things)


def _tables(passages: Sequence[Passage]) -> dict[tuple[str, ...], _Table]:
    rows: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for passage in passages:
        if passage["kind"] == "row" and (fields := passage.get("fields")):
            rows.setdefault(tuple(fields), []).append(fields)
    return {titles: _table(titles, cells) for titles, cells in rows.items()}


def _table(titles: Sequence[str], rows: Sequence[dict[str, str]]) -> _Table:
    told = {title: announced(title) for title in titles}
    names = any(found and found.kind == "name" for found in told.values())
    bodies = not names and any(ORGANISATIONS.fullmatch(plain(title)) for title in titles)
    leads = any(found and found.kind != "name" for found in told.values())
    surely = any(found and found.kind == "name" and found.surely for found in told.values())
    column = [row[title] for title in titles if PLAIN_NAME.fullmatch(plain(title)) for row in rows]
    people = bool(column) and 2 * sum(map(is_name, column)) >= len(column)
    return _Table(
        bodies=bodies,
        places=any(PLACES.fullmatch(plain(title)) for title in titles),
        register=surely or (leads and people and not bodies),
    )


def _of_cell(
    source: str, title: str, cell: str, passage: Passage, table: _Table | None, policy: Policy
) -> tuple[str, str, bool] | None:
    """Say what a cell is called, what it is, if it is personal, and whether that is declared."""
    fields = passage.get("fields", {})
    first = next(iter(fields))
    label = fields[first] if table and title != first else ""
    if policy.declares(source, title) or (label and policy.declares(source, label)):
        named = title if policy.declares(source, title) else label
        told = announced(named)
        return (named, told.kind if told else named, True)
    if policy.shows(title) or (label and policy.shows(label)):
        return None
    kind = _kind(title, cell, table)
    named, kind = (title, kind) if kind or not label else (label, _kind(label, cell, table))
    if kind in _BESIDE and table and (table.bodies or _about_a_body(fields)):
        return None
    return (named, kind, False) if kind else None


def _kind(title: str, cell: str, table: _Table | None) -> Kind | None:
    told = announced(title)
    if told:
        surely = told.surely and told.kind == "name" and not any(sign.isdigit() for sign in cell)
        return told.kind if surely or looks_like(told.kind, cell) else None
    if not table or not table.register:
        return None
    if PLAIN_NAME.fullmatch(plain(title)) and is_name(cell):
        return "name"
    if PLAIN_ADDRESS.fullmatch(plain(title)) and not table.places and looks_like("address", cell):
        return "address"
    return None


def _about_a_body(fields: dict[str, str]) -> bool:
    """Whether a row names somebody who is no person."""
    named = [cell for title, cell in fields.items() if cell and (told := announced(title)) and told.kind == "name"]
    return bool(named) and not any(map(is_name, named)) and not any(_surely_named(title) for title in fields)


def _surely_named(title: str) -> bool:
    told = announced(title)
    return told is not None and told.kind == "name" and told.surely
