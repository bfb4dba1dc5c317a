"""What a section says of itself at its places: statements that were left out, objections that stay open."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from quire.nodes.language.catalogue import Words
from quire.nodes.render import wording
from quire.nodes.render.numbered import Part, Statement
from quire.nodes.render.text import shown


class StruckAt(TypedDict):
    """A statement that was left out. Its words are no words of the document: the run's report has them."""

    id: str
    verdict: str
    kind: NotRequired[Literal["inference"]]
    """That it was a conclusion."""
    block: int
    """Before or in which of the blocks it stood."""


def with_remarks(
    parts: Sequence[Part], struck: Iterable[StruckAt], objections: Iterable[str], words: Words
) -> Iterator[Part]:
    """Put a note behind each block of which something was left out, and the open objections at the end."""
    left_out: dict[int, Counter[str]] = {}
    for one in struck:
        left_out.setdefault(min(one["block"], len(parts)), Counter())[_how(one)] += 1
    for n, part in enumerate(parts):
        yield part
        yield from (_note(text, words) for text in wording.struck_here(words, left_out.get(n, Counter())))
    yield from (_note(text, words) for text in wording.struck_here(words, left_out.get(len(parts), Counter())))
    yield from (_note(words("document.objected", objection=shown(text)), words) for text in objections)


def is_conclusion(one: StruckAt) -> bool:
    """Whether what was left out is a conclusion that nobody confirmed; one that is contradicted is like any other."""
    return one.get("kind") == "inference" and one["verdict"] == "insufficient"


def _how(one: StruckAt) -> str:
    return "conclusion" if is_conclusion(one) else one["verdict"]


def _note(text: str, words: Words) -> Part:
    said = Statement(text, "fixed", (), "", "", "neutral")
    return Part(
        "note", "", "", words("document.warning"), "", (said,), (), (), ordered=False, warning=True, attribution=""
    )
