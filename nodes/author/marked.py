"""What the marks of a statement say that it is, and what they name. Pure."""

from collections.abc import Iterator, Sequence

from quire.nodes.author.grounds import Ground
from quire.nodes.author.reply import ReplyBlock, Statement
from quire.nodes.evidence.content import Basis, Kind
from quire.nodes.evidence.marks import Mark


def statements_of(block: ReplyBlock) -> Iterator[Statement]:
    """Give the statements of a block, of a table those of its cells."""
    yield from block.statements
    for row in block.rows:
        yield from row


def names_in(block: ReplyBlock) -> tuple[str, ...]:
    """Give all that the marks of a block name."""
    return tuple(dict.fromkeys(n for s in statements_of(block) for mark in s.marks for n in mark.names))


def kind_of_marks(marks: Sequence[Mark]) -> Kind:
    """Tell a statement by its marks; what says in part that sources are silent is a conclusion from what it names."""
    kinds = {mark.kind for mark in marks}
    if kinds == {"gap"}:
        return "gap"
    if kinds & {"gap", "inference"}:
        return "inference"
    return "computed" if "computed" in kinds else "fact"


def basis_of(grounds: Sequence[Ground]) -> Basis:
    """Tell what a statement stands on, by what it names."""
    bases = {g.basis for g in grounds}
    if bases <= {"computed"} and bases:
        return "computed"
    return "brief" if bases == {"brief"} else "source"


def retold(marks: Sequence[Mark], grounds: Sequence[Ground]) -> Sequence[Mark]:
    """Give the marks of a statement by what it tells again: a gap of another section is a gap, a conclusion is one.

    What is concluded from such a gap says in part that the sources are silent.

    Args:
        marks: as they stand.
        grounds: what they name.

    """
    silent = [Mark("gap", looked=g.looked) for g in grounds if g.basis == "open"]
    if any(mark.kind == "inference" for mark in marks):
        return [*marks, *silent]
    if not grounds or any(mark.kind != "evidence" for mark in marks):
        return marks
    if len(silent) == len(grounds):
        return silent
    concluded = silent or any(g.basis == "inference" for g in grounds)
    return [*marks, *silent, Mark("inference")] if concluded else marks
