"""What a section says of itself at its places: statements that were left out, objections that stay open."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from quire.nodes.language.catalogue import Words
from quire.nodes.render import wording
from quire.nodes.render.naming import note_name
from quire.nodes.render.numbered import Part, Statement
from quire.nodes.render.text import shown

STRUCK, OBJECTION = "struck", "objection"
"""Kinds of notes beside the text."""


class StruckAt(TypedDict):
    """A statement that was left out. Its words are no words of the document: the run's report has them."""

    id: str
    verdict: str
    kind: NotRequired[Literal["inference"]]
    """That it was a conclusion."""
    block: int
    """Before or in which of the blocks it stood."""


def with_remarks(
    parts: Sequence[Part], section: int, struck: Iterable[StruckAt], objections: Iterable[str], words: Words
) -> Iterator[Part]:
    """Put a note behind each block of which something was left out, and the open objections at the end."""
    left_out: dict[int, Counter[str]] = {}
    for one in struck:
        left_out.setdefault(struck_at(one, len(parts)), Counter())[_how(one)] += 1
    for n, part in enumerate([*parts, None]):
        if part is not None:
            yield part
        for k, text in enumerate(wording.struck_here(words, left_out.get(n, Counter()))):
            yield _note(text, words, note_name(section, STRUCK, n, k))
    for n, text in enumerate(objections):
        yield _note(words("document.objected", objection=shown(text)), words, note_name(section, OBJECTION, n))


def struck_at(one: StruckAt, parts: int) -> int:
    """Give the place of the note that tells of something left out: the block behind which it stands."""
    return min(one["block"], parts)


def is_conclusion(one: StruckAt) -> bool:
    """Whether what was left out is a conclusion that nobody confirmed; one that is contradicted is like any other."""
    return one.get("kind") == "inference" and one["verdict"] == "insufficient"


def _how(one: StruckAt) -> str:
    return "conclusion" if is_conclusion(one) else one["verdict"]


def _note(text: str, words: Words, name: str) -> Part:
    said = Statement(text, "fixed", (), "", "", "neutral", name=name)
    return Part(
        "note", "", "", words("document.warning"), "", (said,), (), (), ordered=False, warning=True, attribution=""
    )
