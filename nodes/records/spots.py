"""Spots: what stands at an address of a source, and under which title. Pure."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quire.nodes.records.stated import Stated, labelled
from quire.nodes.sources.folding import fold, fold_quotes
from quire.nodes.sources.passage import Passage, Reading


class Spot(NamedTuple):
    """A passage, a line of it or a cell, and the words in it that are meant."""

    passage: Passage
    text: str
    """All of the passage, from the line on, or of the cell; white space and quote marks folded."""
    title: str = ""
    """Of its column, or the label in front of the words."""
    is_cell: bool = False


def spot_of(quote: str, reading: Reading, address: str) -> Spot | None:
    """Find the words at an address; ``None`` if they do not stand there."""
    wanted = fold_quotes(quote)
    found = (spot for spot in spots_at(reading, address) if wanted and wanted in spot.text)
    spot = next(found, None)
    return _labelled(spot, wanted, reading) if spot and not spot.is_cell else spot


def spots_at(reading: Reading, address: str) -> Iterator[Spot]:
    """Give what stands at an address: the passage, what of it begins at a line, or its cell."""
    for passage in reading["passages"]:
        if passage["address"] == address:
            if passage["kind"] == "field":
                yield from cells_of(passage)
            yield Spot(passage, fold_quotes(passage["text"]))
            yield Spot(passage, fold_quotes(" ".join(passage.get("printed", []))))
        for begins, line in passage.get("lines", ()):
            if line == address:
                yield Spot(passage, fold_quotes(passage["text"][begins:]))
        for title, cell in passage.get("fields", {}).items():
            if address in addresses_of_cell(passage, title):
                yield Spot(passage, fold_quotes(cell), title, is_cell=True)


def addresses_of_cell(passage: Passage, title: str) -> list[str]:
    """Give the ways to address a cell: as its source names it, and by row and column."""
    named = passage.get("cells", {}).get(title)
    return [*([named] if named else []), f"{passage['address']}, {title}"]


def cells_of(passage: Passage) -> Iterator[Spot]:
    """Give the cells of a row."""
    yield from (Spot(passage, fold_quotes(c), t, is_cell=True) for t, c in passage.get("fields", {}).items())


def address_within(spot: Spot) -> str:
    """Give the address of a row's cell; of other words that of their passage."""
    in_row = spot.is_cell and spot.passage["kind"] != "field"
    return addresses_of_cell(spot.passage, spot.title)[0] if in_row else spot.passage["address"]


def passages_named(reading: Reading, title: str) -> list[Passage]:
    """Give the headings and fields of front matter that say a title."""
    wanted = fold(title)
    return [p for p in reading["passages"] if p["kind"] in ("heading", "field") and wanted in fold(p["text"])]


def _labelled(spot: Spot, wanted: str, reading: Reading) -> Spot:
    """Name the label of the line that the words stand behind, if there is one."""
    if spot.passage["kind"] != "text":
        return spot
    lines: Sequence[Stated] = list(labelled(spot.passage, reading))
    return next((spot._replace(title=line.title) for line in lines if wanted in fold_quotes(line.text)), spot)
