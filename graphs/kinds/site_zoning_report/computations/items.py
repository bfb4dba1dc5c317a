"""Labels and values: what sheets, front matter and labelled paragraphs say of one thing each."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quire.nodes.computations.citing import cite
from quire.nodes.evidence.content import Evidence
from quire.nodes.personal.titles import announced
from quire.nodes.sources.passage import Passage, Reading

_WIDEST = 5
"""Columns of a sheet at most: label, value, unit, note, source."""
_PAIR = 2
_VALUE = re.compile(
    r"^(?:value|measured|actual|surveyed|amount|figure|result|existing|as[ -](?:built|surveyed))\b", re.IGNORECASE
)
_UNIT = re.compile(r"\bunits?\b", re.IGNORECASE)
_NOTE = re.compile(r"\b(?:note|remark|comment)s?\b", re.IGNORECASE)


class Item(NamedTuple):
    """One label with its value. An empty value says that the sheet asks and does not answer."""

    label: str
    value: str
    unit: str
    note: str
    evidence: Evidence
    """Of the value; of the note or the label, where the value is empty."""
    source: str


def items(readings: Iterable[Reading]) -> list[Item]:
    """List what the sources say by label, in their order, without personal data."""
    found = [item for reading in readings for item in _items_of(reading)]
    return [item for item in found if not announced(item.label)]


def item(listed: Iterable[Item], *patterns: str) -> Item | None:
    """Find the first item whose label matches; earlier patterns win, and an answer wins over none."""
    listed = list(listed)
    found = [i for pattern in patterns for i in listed if re.search(pattern, i.label, re.IGNORECASE)]
    return next((i for i in found if i.value), found[0] if found else None)


def _items_of(reading: Reading) -> Iterator[Item]:
    rows = [p for p in reading["passages"] if p["kind"] == "row"]
    alone = len(rows) == 1 and len(rows[0].get("fields", {})) > _WIDEST
    for passage in reading["passages"]:
        fields = passage.get("fields", {})
        if passage["kind"] != "row":
            yield from (_plain(reading, passage, label) for label in fields)
        elif alone:
            yield from (_cell(reading, passage, label, label) for label in fields)
        elif _is_pair(fields):
            yield _pair(reading, passage)


def _is_pair(fields: dict[str, str]) -> bool:
    return _PAIR <= len(fields) <= _WIDEST and (len(fields) == _PAIR or any(_VALUE.search(t) for t in list(fields)[1:]))


def _plain(reading: Reading, passage: Passage, label: str) -> Item:
    value = passage.get("fields", {})[label]
    return Item(label, value, "", "", cite(reading, passage, quote=value), reading["source"])


def _cell(reading: Reading, passage: Passage, label: str, title: str) -> Item:
    value = passage.get("fields", {})[title]
    evidence = cite(reading, passage, field=title) if value else cite(reading, passage)
    return Item(label.replace("_", " "), value, "", "", evidence, reading["source"])


def _pair(reading: Reading, passage: Passage) -> Item:
    fields = passage.get("fields", {})
    titles = list(fields)
    value = next((title for title in titles[1:] if _VALUE.search(title)), titles[1])
    unit = next((title for title in titles[1:] if title != value and _UNIT.search(title)), "")
    note = next((title for title in titles[1:] if title != value and _NOTE.search(title)), "")
    told = next(title for title in (value, note, titles[0], *titles) if title and fields[title])
    return Item(
        label=fields[titles[0]].replace("_", " "),
        value=fields[value],
        unit=fields.get(unit, ""),
        note=fields.get(note, ""),
        evidence=cite(reading, passage, field=told),
        source=reading["source"],
    )
