"""What a source states under titles: cells, values behind labels, front matter, headings, its own title. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from quire.nodes.evidence.content import Evidence
from quire.nodes.personal.titles import plain
from quire.nodes.records.record_types import FieldSpec
from quire.nodes.records.values import units_of_title
from quire.nodes.sources.passage import Passage, Reading

_LONGEST_LABEL = 60
"""Letters before a colon that may be a label."""
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
PAIR = 2
"""Columns of a table whose rows may be a label and its value each, whatever the columns are called."""
HEADING, SOURCE = "\0heading", "\0source"
"""Titles under which the heading above and the source's own title stand; no text has them."""


class Stated(NamedTuple):
    """Words that stand under a title or behind a label."""

    title: str
    text: str
    evidence: Evidence


def titled_at(title: str, name: str, spec: FieldSpec) -> bool:
    """Whether a title or label is one under which a field stands."""
    own = alike(title)
    return any(own & alike(wanted) for wanted in spec.stands_under(name))


def alike(title: str) -> set[str]:
    """Give the spellings under which a title is the same as another: with what stands in brackets, and without."""
    if title in (HEADING, SOURCE):
        return {title}
    return {plain(spelled) or spelled.casefold() for spelled in (title, _BRACKETED.sub("", title)) if spelled.strip()}


def titled_with_unit(title: str, row: Mapping[str, str], spec: FieldSpec) -> str:
    """Put the unit that a row states in a column of its own behind the title of its number.

    Args:
        title: of the number's column.
        row: what stands in the row, by title.
        spec: says which columns state units.

    """
    if not spec.unit_titles or units_of_title(title):
        return title
    wanted = set().union(*map(alike, spec.unit_titles))
    unit = next((text for own, text in row.items() if own and text.strip() and wanted & alike(own)), "")
    return f"{title} ({unit})" if unit else title


class Titles:
    """Where the titles of a source stand, each looked for once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._naming = [p for p in reading["passages"] if p["kind"] in ("heading", "field")]
        self._found = {p["text"]: p for p in reversed(self._naming)}

    def own(self) -> Stated:
        """Give the title of the source; where nothing in it says that, its first words stand for the place."""
        reading, first = self.reading, self.reading["passages"][0]
        title = reading["title"] or reading["source"]
        at = self._at(title, first)
        return Stated(SOURCE, title, _cited(at, reading, title if title in at["text"] else at["text"]))

    def over(self, passage: Passage) -> list[Stated]:
        """Give the heading right above a passage, if there is one."""
        return [
            Stated(HEADING, heading, _cited(self._at(heading, passage), self.reading, heading))
            for heading in passage["headings"][-1:]
        ]

    def _at(self, title: str, otherwise: Passage) -> Passage:
        if title not in self._found:
            self._found[title] = next((p for p in self._naming if title in p["text"]), otherwise)
        return self._found[title]


def stated_in(passage: Passage, reading: Reading) -> Iterator[Stated]:
    """Give what a passage states: its cells under their titles, a label's value, the labelled lines of its text."""
    fields = passage.get("fields", {})
    if len(fields) == PAIR:
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
