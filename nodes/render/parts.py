"""A section's blocks with their numbers, their marks and their text made safe."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quire.nodes.evidence.claims import kind_of
from quire.nodes.evidence.content import Block, Claim, Column
from quire.nodes.language.catalogue import Words
from quire.nodes.language.places import place_in, source_in
from quire.nodes.render.amounts import are_amounts
from quire.nodes.render.charts.layout import laid_out
from quire.nodes.render.cited import place_of
from quire.nodes.render.marks import Marks
from quire.nodes.render.numbered import Part, Statement
from quire.nodes.render.text import label, shown
from quire.nodes.render.wording import checked, tone_of

NUMBERED: Mapping[str, str] = {"table": "table", "chart": "figure"}
"""Kinds of blocks that have numbers of their own, and what they are called."""
_HIGHEST = 3
"""Depth of a section's own headings."""
_NOTHING = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}", "?"})
_BLANK_CELL = Statement("", "fixed", (), "", "", "neutral")


def parts_of(
    blocks: Sequence[Block], *, section: int, title: str, before: Mapping[str, int], marks: Marks, words: Words
) -> Iterator[Part]:
    """Give numbers to a section's headings (``2.1``), tables and charts.

    The first table or chart under a heading is called as that, where it has no caption and words stand between them:
    directly below it, it would say the same twice.

    Args:
        blocks: of the section.
        section: its number.
        title: what it is called.
        before: how many tables and charts stand in the sections before it, by kind.
        marks: of the document.
        words: of its language.

    """
    so_far = Counter(before)
    counts: list[tuple[int, int]] = []
    heading, below = title, True
    for block in blocks:
        so_far[block["kind"]] += 1
        if block["kind"] == "heading":
            counts = _counted(counts, block.get("depth", _HIGHEST))
            place = [str(section), *(str(count) for _, count in counts)]
            part = _part(block, marks, words, number=".".join(place), anchor=f"section-{'-'.join(place)}")
            heading, below = part.text, True
            yield replace(part, depth=len(counts) + _HIGHEST - 1)
        elif block["kind"] in NUMBERED:
            number = so_far[block["kind"]]
            part = _part(block, marks, words, number=f"{number}", anchor=f"{NUMBERED[block['kind']]}-{number}")
            yield replace(part, text=part.text or ("" if below else heading))
            heading = ""
        else:
            below = False
            yield _part(block, marks, words)


def _counted(counts: Sequence[tuple[int, int]], depth: int) -> list[tuple[int, int]]:
    """Count a heading below those that are written higher; a writer may begin on any level, and leave levels out.

    Args:
        counts: of the heading before it: on each level, how high it is written (3 to 5) and its number.
        depth: how high this one is written.

    """
    above = [(written, count) for written, count in counts if written < depth]
    before = counts[len(above)][1] if len(above) < len(counts) else 0
    return [*above, (depth, before + 1)]


def _part(block: Block, marks: Marks, words: Words, *, number: str = "", anchor: str = "") -> Part:
    titled = _columns(block)
    rows = tuple(_row(row, len(titled) or 2, marks, words) for row in block.get("rows", []))
    return Part(
        kind=block["kind"],
        anchor=anchor,
        number=number,
        label=_called(block, words),
        text=label(block.get("text", "") or block.get("caption", "")),
        statements=tuple(statement_of(claim, marks, words) for claim in block.get("claims", [])),
        columns=_aligned(titled, rows),
        rows=tuple(map(_marked_once, rows, block["rows"])) if block["kind"] == "table" and titled and rows else rows,
        ordered=block.get("ordered", False),
        warning=block.get("level") == "warning",
        attribution=_attribution(block, words),
        picture=laid_out(block["chart"], rows, label(block.get("caption", "")), words) if "chart" in block else None,
    )


def _called(block: Block, words: Words) -> str:
    """Give the word that stands before a table's number or a note."""
    if block["kind"] == "note":
        return words("document.warning" if block.get("level") == "warning" else "document.note")
    return words(f"document.{NUMBERED[block['kind']]}") if block["kind"] in NUMBERED else ""


def statement_of(claim: Claim, marks: Marks, words: Words) -> Statement:
    """Show a claim: its words, its status apart from them, and what leads to its grounds."""
    computation = marks.computation_of(claim)
    status = label(claim.get("status", ""), 120)
    text, gap = _beside(shown(claim["text"]), status), claim.get("kind") == "gap"
    return Statement(
        text=_said_openly(text, words) if claim["basis"] == "open" and not status and not gap else text,
        basis=claim["basis"],
        citations=tuple(sorted({marks.citations[place_of(evidence)].number for evidence in claim["evidence"]})),
        computation=computation.mark if computation else "",
        status=status,
        tone=tone_of(status) if status else "neutral",
        flag=words("document.unsupported") if claim["basis"] == "unsupported" else "",
        concluded=claim.get("kind") == "inference",
        lead=shown(claim.get("lead", "")),
        item=claim.get("item", 0),
        kind=kind_of(claim) if "verdict" in claim else "",
        checked=checked(words, claim),
    )


def _beside(text: str, status: str) -> str:
    """Return the words that a badge leaves to say: none where the text is the status itself."""
    return "" if status and text.casefold().rstrip(".") == status.casefold().rstrip(".") else text


def _said_openly(text: str, words: Words) -> str:
    """Say that something is not determined where its own words do not."""
    said = words("document.not-determined")
    if said.casefold() in text.casefold():
        return text
    return said if text in _NOTHING else words("document.not-determined-of", text=text)


def _row(row: Sequence[Claim], width: int, marks: Marks, words: Words) -> tuple[Statement, ...]:
    cells = [statement_of(claim, marks, words) for claim in row]
    if cells and "id" in row[0]:  # an author's row: what its title rests on, its other cells do as well
        others = {number for cell in cells[1:] for number in cell.citations}
        cells[0] = replace(cells[0], citations=tuple(n for n in cells[0].citations if n not in others))
    return tuple(cells + [_BLANK_CELL] * (width - len(cells)))


def _marked_once(cells: Sequence[Statement], made: Sequence[Claim]) -> tuple[Statement, ...]:
    """Leave a mark at the first of the cells of a row that state what it leads to: it is the row's."""
    if any("id" in claim for claim in made):
        return tuple(cells)
    of_others = {n for cell, claim in zip(cells, made, strict=False) if not claim.get("beside") for n in cell.citations}
    seen: set[int] = set()
    marked = []
    for cell, claim in zip(cells, made, strict=False):
        again = of_others if claim.get("beside") else seen
        marked.append(replace(cell, citations=tuple(n for n in cell.citations if n not in again)))
        seen |= set(cell.citations) if claim["basis"] == "source" else set()
    return (*marked, *cells[len(made) :])


def _columns(block: Block) -> tuple[Column, ...]:
    """Add a nameless column for every cell that has none, so that nothing is cut off."""
    if block["kind"] not in NUMBERED:
        return ()
    named = [Column(title=label(c["title"]), align=c["align"]) for c in block.get("columns", [])]
    widest = max((len(row) for row in block.get("rows", [])), default=0)
    return tuple(named + [Column(title="", align="left")] * (widest - len(named)))


def _aligned(columns: Sequence[Column], rows: Sequence[Sequence[Statement]]) -> tuple[Column, ...]:
    """Put columns of amounts to the right that nobody has aligned otherwise; the first names its rows."""
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    return tuple(
        Column(title=column["title"], align="right")
        if n and column["align"] == "left" and are_amounts(f"{cell.text} {cell.status}".strip() for cell in cells[n])
        else column
        for n, column in enumerate(columns)
    )


def _attribution(block: Block, words: Words) -> str:
    if block["kind"] != "quote":
        return ""
    places = [place_of(evidence) for claim in block.get("claims", []) for evidence in claim["evidence"]]
    named = dict.fromkeys(
        ", ".join(part for part in (source_in(label(source), words), place_in(label(address), words)) if part)
        for source, address in places
    )
    return "; ".join(one for one in named if not any(other.startswith(f"{one}, ") for other in named))
