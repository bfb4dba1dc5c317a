"""What records are shown from, and what is said of those that are not shown. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from babel.numbers import format_decimal

from quire.nodes.computations.blocks import note
from quire.nodes.evidence.content import Block, Claim, Value, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.language.places import place_in
from quire.nodes.records.joining import Chosen, chosen
from quire.nodes.records.measures import ordered_by
from quire.nodes.records.record import Record, Refused
from quire.nodes.records.record_types import RecordType
from quire.nodes.records.shown import Selected

_MOST_NAMED = 8
"""Places that are named where more stands."""


class Desk(NamedTuple):
    """What is shown from."""

    types: Mapping[str, RecordType]
    records: Sequence[Record]
    refused: Sequence[Refused]
    words: Words

    def of(self, kind: str) -> list[Record]:
        """Give the records of a type."""
        return [record for record in self.records if record["type"] == kind]

    def chosen(self, display: Selected, order: Sequence[str] = ()) -> Chosen:
        """Give the records that a display shows, in its order."""
        found = chosen(display, self.types, self.records)
        return found._replace(records=ordered_by(found.records, order, found.kind))


def named(name: str, label: str, made: Claim, values: dict[str, Value]) -> None:
    """Give a figure a name, so that the section's words and other sections may use it."""
    if made["basis"] == "computed":
        values[name] = Value(value=made["text"], unit="", text=made["text"], evidence=made["evidence"], label=label)


def nothing(otherwise: str | None, caption: str, words: Words) -> Block:
    """Say that there is nothing to show."""
    if otherwise:
        return note(claim(otherwise, "fixed"))
    return note(claim(words("records.none", title=caption), "open"))


def left_out(found: Chosen, words: Words) -> Iterator[Block]:
    """Say of how many records it could not be told whether they belong."""
    if found.not_stated:
        places = few([f"{r['source']}, {place_in(r['address'], words)}" for r in found.not_stated], words)
        yield note(claim(words.count("records.cannot-be-told", len(found.not_stated), named=places), "fixed"))
    if found.unfit:
        yield note(claim(words.count("records.do-not-fit", len(found.unfit), why=found.unfit[0][1]), "fixed"))


def cut(most: int, total: int, words: Words) -> Iterator[Block]:
    """Say that more are there than are shown."""
    if total > most:
        shown, whole = (format_decimal(number, locale=words.language) for number in (most, total))
        yield note(claim(words("records.cut", n=shown, total=whole), "fixed"))


def few(said: Sequence[str], words: Words) -> str:
    """Name some, and say how many more there are."""
    rest = len(said) - _MOST_NAMED
    more = [words.count("records.and-more", rest)] if rest > 0 else []
    return "; ".join([*said[:_MOST_NAMED], *more])
