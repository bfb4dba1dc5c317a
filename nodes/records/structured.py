"""Reads records from what has a form, by code alone: rows of tables, labels with values, front matter. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from quire.nodes.evidence.content import Evidence
from quire.nodes.personal.titles import plain
from quire.nodes.records.record import Extracted, FieldValue, Record, Refused
from quire.nodes.records.record_types import FieldSpec, RecordType
from quire.nodes.records.values import read_value
from quire.nodes.sources.passage import Passage, Reading, convention_of

_LONGEST_LABEL = 60
"""Letters before a colon that may be a label."""


_PAIR = 2
"""Columns of a table whose rows may be a label and its value each, whatever the columns are called."""


class Stated(NamedTuple):
    """Words that stand under a title or behind a label."""

    title: str
    text: str
    evidence: Evidence


class Place(NamedTuple):
    """What one record is read from."""

    address: str
    stated: Sequence[Stated]


def extract(types: Mapping[str, RecordType], readings: Iterable[Reading]) -> Extracted:
    """Read all records of some types, type by type, in the order of the sources.

    Args:
        types: by name, as a blueprint declares them.
        readings: the sources.

    """
    found = Extracted(records=[], refused=[])
    given = list(readings)
    for name, kind in types.items():
        for reading in given:
            if kind.is_in(reading["source"]):
                for place in _places(kind, reading):
                    _add(found, name, kind, reading, place)
    return found


def _add(found: Extracted, name: str, kind: RecordType, reading: Reading, place: Place) -> None:
    fields: dict[str, FieldValue] = {}
    refused: list[Refused] = []
    for field, spec in kind.fields.items():
        stated = _of_field(field, spec, place)
        if stated is None:
            continue
        read = read_value(stated.text, spec, stated.title, convention_of(reading))
        value = FieldValue(text=stated.text, value=read.value, unit=read.unit, evidence=stated.evidence)
        fields[field] = value
        if read.refused:
            refused.append(_refusal(name, field, value, read.refused))
    if _is_one(kind, fields):
        found["records"].append(Record(type=name, source=reading["source"], address=place.address, fields=fields))
        found["refused"] += refused
    else:
        found["refused"] += [one for one in refused if one["field"] in kind.keys]


def _refusal(kind: str, field: str, value: FieldValue, reason: str) -> Refused:
    at = value["evidence"]
    return Refused(
        type=kind, field=field, source=at["source"], address=at["address"], text=value["text"], reason=reason
    )


def _is_one(kind: RecordType, fields: Mapping[str, FieldValue]) -> bool:
    """Whether what was read makes a record: all of its keys, and something that stands under a title of its own."""
    told = [name for name in fields if kind.fields[name].take == "value"]
    return bool(told) and all(key in fields and fields[key]["value"] for key in kind.keys)


def _of_field(name: str, spec: FieldSpec, place: Place) -> Stated | None:
    """Find what is stated of a field: under the first of its titles that there is, the first that says something."""
    own = {"heading": _HEADING, "source": _SOURCE}.get(spec.take)
    for title in [own] if own else spec.stands_under(name):
        wanted = _alike(title)
        for stated in place.stated:
            if stated.text.strip() and (wanted & _alike(stated.title)):
                return stated
    return None


_HEADING, _SOURCE = "\0heading", "\0source"
"""Titles under which the heading above and the source's own title stand; no text has them."""
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


def titled_at(title: str, name: str, spec: FieldSpec) -> bool:
    """Whether a title or label is one under which a field stands."""
    own = _alike(title)
    return any(own & _alike(wanted) for wanted in spec.stands_under(name))


def _alike(title: str) -> set[str]:
    """Give the spellings under which a title is the same as another: with what stands in brackets, and without."""
    if title in (_HEADING, _SOURCE):
        return {title}
    return {plain(spelled) or spelled.casefold() for spelled in (title, _BRACKETED.sub("", title)) if spelled.strip()}


class _Titles:
    """Where the titles of a source stand, each looked for once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._naming = [p for p in reading["passages"] if p["kind"] in ("heading", "field")]
        self._found = {p["text"]: p for p in reversed(self._naming)}

    def at(self, title: str, otherwise: Passage) -> Passage:
        """Give the passage that says a title, or another where none does."""
        if title not in self._found:
            self._found[title] = next((p for p in self._naming if title in p["text"]), otherwise)
        return self._found[title]


def _places(kind: RecordType, reading: Reading) -> Iterator[Place]:
    titles = _Titles(reading)
    if kind.one_per == "row":
        rows = [p for p in reading["passages"] if p["kind"] == "row" and len(p.get("fields", {})) > 1]
        yield from (_place([row], titles) for row in rows)
    elif kind.one_per == "heading":
        yield from (_place(under, titles) for under in _under_headings(reading, _depth(kind, titles)))
    elif kind.one_per == "source" and reading["passages"]:
        yield _place(reading["passages"], titles)


def _under_headings(reading: Reading, depth: int) -> list[list[Passage]]:
    """Part a source by its headings down to a depth; what stands above the first is left out."""
    parted = groupby(reading["passages"], key=lambda p: tuple(p["headings"][:depth]))
    return [list(under) for headings, under in parted if headings]


def depth_of(kind: RecordType, reading: Reading) -> int:
    """Tell how deep the headings are that part the records of a source."""
    return _depth(kind, _Titles(reading))


def _depth(kind: RecordType, titles: _Titles) -> int:
    """Tell how deep the headings are that part the records: the first depth at which a key is stated twice."""
    keys = [(name, kind.fields[name]) for name in kind.keys]
    deepest = max((len(p["headings"]) for p in titles.reading["passages"]), default=0)
    for depth in range(1, deepest + 1):
        if sum(_has_keys(keys, _place(under, titles)) for under in _under_headings(titles.reading, depth)) > 1:
            return depth
    return max(deepest, 1)


def _has_keys(keys: Sequence[tuple[str, FieldSpec]], place: Place) -> bool:
    return all(_of_field(name, spec, place) for name, spec in keys)


def taken_from(spec: FieldSpec, reading: Reading, first: Passage) -> Stated | None:
    """Give what a field takes from the heading above a passage, or from the title of its source."""
    stated = _place([first], _Titles(reading)).stated
    wanted = {"heading": _HEADING, "source": _SOURCE}.get(spec.take)
    return next((one for one in stated if one.title == wanted), None)


def _place(passages: Sequence[Passage], titles: _Titles) -> Place:
    first, reading = passages[0], titles.reading
    stated = [s for passage in passages for s in _stated(passage, reading)]
    title = reading["title"] or reading["source"]
    stated.append(Stated(_SOURCE, title, _cited(titles.at(title, reading["passages"][0]), reading, title)))
    over = first["headings"][-1:]
    stated += [Stated(_HEADING, heading, _cited(titles.at(heading, first), reading, heading)) for heading in over]
    return Place(first["address"], stated)


def _stated(passage: Passage, reading: Reading) -> Iterator[Stated]:
    fields = passage.get("fields", {})
    if len(fields) == _PAIR:
        label, value = fields.values()
        if 0 < len(label) <= _LONGEST_LABEL:
            yield Stated(label, value, _cited(passage, reading, value, header=label))
    for title, text in fields.items():
        address = passage.get("cells", {}).get(title, f"{passage['address']}, {title}" if len(fields) > 1 else "")
        yield Stated(title, text, _cited(passage, reading, text, address, header=title))
    if not fields and passage["kind"] == "text":
        yield from labelled(passage, reading)


def labelled(passage: Passage, reading: Reading) -> Iterator[Stated]:
    """Read the lines of a passage that begin with a label and a colon."""
    starts = [0, *(begin for begin, _ in passage.get("lines", ()))]
    ends = [*starts[1:], len(passage["text"])]
    addresses = [passage["address"], *(address for _, address in passage.get("lines", ()))]
    for start, end, address in zip(starts, ends, addresses, strict=True):
        label, colon, value = passage["text"][start:end].partition(":")
        if colon and 0 < len(label.strip()) <= _LONGEST_LABEL and value.strip():
            yield Stated(label.strip(" *_-"), value.strip(" *_"), _cited(passage, reading, value.strip(" *_"), address))


def _cited(passage: Passage, reading: Reading, quote: str, address: str = "", header: str = "") -> Evidence:
    cited = Evidence(source=reading["source"], address=address or passage["address"], quote=quote, hash=reading["hash"])
    if header:
        cited["header"] = header
    if passage["headings"]:
        cited["heading"] = " > ".join(passage["headings"])
    return cited
