"""What code computed, in pieces that a writer places in its text. Pure.

A piece is a table, or facts, or a list, with what leads up to it; or words that stand alone. The writer is shown each
under a number and places it by a line ``[[T1]]``; what it leaves out is placed behind its text, since the section was
to compute it, unless it was only offered, or says in words what the writer's text is there to say.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from quire.nodes.evidence.content import Block, Claim, SectionContent, claims_of, words_in
from quire.nodes.model.request import Fenced

MOST_ROWS = 60
"""Rows of a table that a writer is shown."""
_WHOLE = frozenset({"table", "facts", "list", "chart"})
_HIGHEST, _LOWEST = 3, 5
"""How headings of a section are written: from ### to #####."""


class Placeable(NamedTuple):
    """A piece of what code computed."""

    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """Its heading or its table's caption; empty without one."""
        titles = (b.get("text") or b.get("caption") or "" for b in self.blocks)
        return next((title for title in titles if title), "")

    @property
    def is_offered(self) -> bool:
        """Whether it is nothing but an offer to a writer."""
        return all(block.get("offered") for block in self.blocks)

    @property
    def yields(self) -> bool:
        """Whether a writer's text takes its place."""
        return all(block.get("yields") for block in self.blocks)

    @property
    def must_stand(self) -> bool:
        """Whether it is placed although a writer leaves it out."""
        return not (self.is_offered or self.yields)


def placeables(computed: SectionContent | None) -> dict[str, Placeable]:
    """Give the pieces of a computed section, by number (``T1``), in their order."""
    pieces = _pieces(computed["blocks"]) if computed else ()
    return {f"T{number}": Placeable(tuple(blocks)) for number, blocks in enumerate(pieces, 1)}


def is_worked_out(row: Sequence[Claim]) -> bool:
    """Whether code worked a row of a table out, so that nothing else says it."""
    return any(cell["basis"] == "computed" for cell in row)


def numbered_claims(block: Block) -> list[Claim]:
    """Give the statements of words that yield which code worked out: each bears a number, for a text to rest on."""
    return [made for made in block.get("claims", ()) if made["basis"] == "computed"] if block.get("yields") else []


def shown_table(name: str, piece: Placeable, numbers: Iterable[str] = ()) -> Fenced:
    """Show a piece to the writer, with its length, which counts.

    Args:
        name: its number.
        piece: the piece.
        numbers: of its rows and words that code worked out, one after the other: what a statement names that stands
            on one.

    """
    title = f": {piece.title}" if piece.title else ""
    lines = [f"{name}{title} ({words_in(list(piece.blocks))} words)"]
    numbered = iter(numbers)
    for block in piece.blocks:
        lines += _lines(block, numbered)
    return Fenced(name, "\n".join(lines))


def placed(blocks: Sequence[Block | str], pieces: Mapping[str, Placeable]) -> list[Block]:
    """Put pieces where their numbers stand, each once, and those that are left out behind everything, if they must be.

    Args:
        blocks: of a section; a text is the number of a piece.
        pieces: all that there are.

    """
    left = dict(pieces)
    made: list[Block] = []
    above = _HIGHEST - 1
    for block in blocks:
        if not isinstance(block, str):
            made.append(block)
            above = block.get("depth", _HIGHEST) if block["kind"] == "heading" else above
        elif block in left:
            made += (_below(above, one) for one in left.pop(block).blocks)
    return [*made, *(block for piece in left.values() if piece.must_stand for block in piece.blocks)]


def unmarked(blocks: Sequence[Block]) -> list[Block]:
    """Give blocks as they stand in a text, in which nothing yields any more."""
    return [cast("Block", {key: part for key, part in block.items() if key != "yields"}) for block in blocks]


def as_text(computed: SectionContent) -> SectionContent:
    """Give what code computed as the section that it is where nobody writes."""
    return {**computed, "blocks": unmarked(computed["blocks"])}


def _below(depth: int, block: Block) -> Block:
    """Put a heading below the one that a writer placed its piece under."""
    lower = min(block.get("depth", _HIGHEST) + depth + 1 - _HIGHEST, _LOWEST)
    return {**block, "depth": lower} if block["kind"] == "heading" and depth >= _HIGHEST else block


def _pieces(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    piece: list[Block] = []
    for block in blocks:
        other = piece and _leave(piece[-1]) != _leave(block)
        begins = block["kind"] == "heading" or _leads_in(block)
        if other or (begins and piece and piece[-1]["kind"] != "heading"):
            yield piece
            piece = []
        piece.append(block)
        if block["kind"] in _WHOLE:
            yield piece
            piece = []
    if piece:
        yield piece


def _leads_in(block: Block) -> bool:
    """Whether words lead in what follows: ``In the code's words:``."""
    return block["kind"] == "paragraph" and block["claims"][-1]["text"].endswith(":")


def _leave(block: Block) -> tuple[bool, bool]:
    return bool(block.get("offered")), bool(block.get("yields"))


def _lines(block: Block, numbers: Iterator[str]) -> Iterator[str]:
    if block["kind"] == "heading":
        return
    if columns := block.get("columns"):
        yield " | ".join(_line(column["title"]) for column in columns)
    rows = block.get("rows", [])
    for row in rows[:MOST_ROWS]:
        number = next(numbers, "") if is_worked_out(row) else ""
        yield f"{number}: " * bool(number) + " | ".join(_line(cell["text"]) for cell in row)
    if len(rows) > MOST_ROWS:
        yield f"({len(rows) - MOST_ROWS} more rows)"
    if not rows:
        own = numbered_claims(block)
        told = ((next(numbers, "") if made in own else "", made) for made in claims_of(block))
        yield " ".join(
            _line(f"{number and f'{number}: '}{made.get('lead', '')} {made['text']}") for number, made in told
        )


def _line(text: str) -> str:
    return " ".join(text.split())
