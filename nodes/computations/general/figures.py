"""The figures that sources state: their tables as tables, and every sentence that gives an amount or a date."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from quire.nodes.computations.blocks import note, section, table
from quire.nodes.computations.citing import cite, cite_sentence
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.sources.passage import Passage, Reading, convention_of
from quire.nodes.sources.sentences import sentences

MOST_ROWS = 40
"""Of a source's table that are shown."""
_PAIR = ("Name", "Value")
"""Titles over names and their values, which have none of their own."""
MOST_STATED = 60
"""Sentences that are shown for their figures."""


def compute(materials: Materials) -> SectionContent:
    """Show the tables of the sources, then what their sentences state."""
    stated = [row for reading in materials.readings for row in _stated(reading)]
    tables = [b for reading in materials.readings for b in _tables(reading)]
    if not tables and not stated:
        return section([note(claim("The sources give no figures.", "open"))])
    return section(
        [
            *tables,
            table("Figures in the text", ["Figure", "As stated"], stated[:MOST_STATED]),
            *_left_out(stated[MOST_STATED:], "sentences"),
        ]
    )


def _tables(reading: Reading) -> Iterator[Block]:
    """Give each table of a source: rows that follow one another under the same titles."""
    rows = groupby((p for p in reading["passages"] if p["kind"] == "row"), key=_titles)
    for (columns, over), passages in rows:
        kept = list(passages)
        caption = ", ".join([*over[-1:], reading["source"]])
        shown, names = kept[:MOST_ROWS], {name for p in kept for name in p.get("fields", {})}
        if columns == _PAIR and len(names) > 1:
            yield table(caption, list(_PAIR), ([_name(reading, p), *_cells(reading, p)] for p in shown))
        else:
            yield table(caption, list(names if columns == _PAIR else columns), (_cells(reading, p) for p in shown))
        yield from _left_out(kept[MOST_ROWS:], "rows")


def _titles(passage: Passage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what rows of one table have in common; names with their values, a row each, are a table too."""
    fields = passage.get("fields", {})
    is_pair = [f"{name}: {value}" for name, value in fields.items()] == [passage["text"]]
    return _PAIR if is_pair else tuple(fields), tuple(passage["headings"])


def _name(reading: Reading, passage: Passage) -> Claim:
    return claim(next(iter(passage.get("fields", {}))), "source", cite(reading, passage))


def _cells(reading: Reading, passage: Passage) -> list[Claim]:
    return [
        claim(cell, "source", cite(reading, passage, field=column)) if cell else claim("", "fixed")
        for column, cell in passage.get("fields", {}).items()
    ]


def _stated(reading: Reading) -> Iterator[Sequence[Claim]]:
    """Give the sentences with figures that have a unit: bare numbers mean little by themselves."""
    convention = convention_of(reading)
    for passage in reading["passages"]:
        if passage["kind"] != "text":
            continue
        for sentence in sentences(passage["text"]):
            figures = dict.fromkeys(f.text for f in figures_in(sentence, convention) if f.unit)
            if figures:
                evidence = cite_sentence(reading, passage, sentence)
                yield claim("; ".join(figures), "source", evidence), claim(sentence, "source", evidence)


def _left_out(is_more: object, what: str) -> list[Block]:
    return [note(claim(f"Further {what} stand in the sources.", "fixed"))] if is_more else []
