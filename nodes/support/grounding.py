"""Whether words stand where they are said to stand, and whether figures are in what supports them. Pure.

A figure is read once, where it stands: those of a quotation are taken from the reading of its passage, and where a
claim repeats given words, whole or part by part, it is held to what was read there. Nothing is read again from a text
that code put together, so a section that code computed cannot fail for the words around a figure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from quire.nodes.evidence.content import Value
from quire.nodes.evidence.figures.comparing import Told, carries
from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in, readings_in
from quire.nodes.evidence.figures.units import EXACT, unit_named
from quire.nodes.sources.folding import fold, fold_quotes
from quire.nodes.sources.passage import Passage, Reading


class Given(NamedTuple):
    """Words that a claim may rest on, and how they are written."""

    text: str
    convention: Convention = ENGLISH
    """That of their source."""
    passage: str = ""
    """The passage that they are quoted from, where it holds more than they do."""


GivenWords: TypeAlias = Given | str
"""What a claim may rest on; plain text is written as the claim is."""


def locate(quote: str, reading: Reading, address: str) -> bool:
    """Tell whether the quote stands verbatim at the address: a passage's, a line's of it, or a cell's.

    A cell is addressed by row and column (``row 4, height``), or as its source names it (``Budget!C4``).
    White space, ligatures and the style of quote marks are folded, nothing else; words broken at line ends stand
    both whole and as printed. An empty quote stands nowhere.
    """
    return bool(passage_of(quote, reading, address))


def passage_of(quote: str, reading: Reading, address: str) -> str:
    """Give the text of the passage or cell at an address in which the quote stands; empty if it does not."""
    wanted = fold_quotes(quote)
    texts = _texts_at(reading["passages"], address) if wanted else ()
    return next((text for text in texts if wanted in fold_quotes(text)), "")


def _texts_at(passages: Iterable[Passage], address: str) -> Iterable[str]:
    """Give the text of the passage at an address, or from a line of it on, or of its cell (``row 4, height``)."""
    for passage in passages:
        if passage["address"] == address:
            yield passage["text"]
            yield " ".join(passage.get("printed", []))
        yield from (passage["text"][begins:] for begins, line in passage.get("lines", ()) if line == address)
        if address.startswith(passage["address"] + ", "):
            column = fold(address.removeprefix(passage["address"] + ", "))
            yield from (cell for title, cell in passage.get("fields", {}).items() if title == column)
        elif address in passage.get("cells", {}).values():
            fields, cells = passage.get("fields", {}), passage.get("cells", {})
            yield from (fields[title] for title, cell in cells.items() if cell == address)


def supported(figure: Figure, text: str, given: Iterable[Given]) -> bool:
    """Tell whether a figure of a text stands in something that is given (``figures.comparing``)."""
    claimed = Told(figure, text)
    return any(carries(Told(other, words.text), claimed) for words in given for other in figures_of(words))


def figures_of(given: Given) -> list[Figure]:
    """Give the figures of given words as their passage is read, each with its span in the words."""
    return [figure for figure in _readings_of(given) if figure.kind not in ("reference", "ordinal")]


def _readings_of(given: Given) -> list[Figure]:
    start = given.passage.find(given.text) if given.passage and given.text else -1
    if start < 0:
        return readings_in(given.text, given.convention)
    end = start + len(given.text)
    inside = (f for f in readings_in(given.passage, given.convention) if f.span[0] >= start and f.span[1] <= end)
    return [figure._replace(span=(figure.span[0] - start, figure.span[1] - start)) for figure in inside]


def unsupported_figures(
    claim_text: str, words: Sequence[GivenWords], values: Sequence[Value], convention: Convention = ENGLISH
) -> list[Figure]:
    """Give the figures of a claim that neither its evidence nor a computed value holds, in reading order.

    Args:
        claim_text: what is claimed.
        words: what it rests on, each under the convention of its source.
        values: computed ones.
        convention: the claim's: that of the document's language.

    """
    claimed = figures_in(claim_text, convention)
    if not claimed:
        return []
    given = [as_given(one, convention) for one in words]
    repeated = [span for one in given for span in _repeated(claim_text, one)]
    given += [Given(value["text"], convention) for value in values]
    numbers = [_number_of(value) for value in values]
    return [
        figure
        for figure in claimed
        if not any(start <= figure.span[0] and figure.span[1] <= end for start, end in repeated)
        and not supported(figure, claim_text, given)
        and not any(_is(figure, number) for number in numbers)
    ]


def as_given(words: GivenWords, convention: Convention) -> Given:
    """Take plain text as written under the claim's own convention."""
    return words if isinstance(words, Given) else Given(words, convention)


_PART = re.compile(r"[^;\s][^;]*")


def _repeated(claim_text: str, given: Given) -> Iterator[tuple[int, int]]:
    """Find where a claim repeats given words: all of them, or in a part between semicolons some that cut no figure."""
    if not given.text:
        return
    yield from ((start, start + len(given.text)) for start in _places(given.text, claim_text))
    for part in _PART.finditer(claim_text):
        words = part[0].rstrip()
        if any(not _cuts(given, at, at + len(words)) for at in _places(words, given.text)):
            yield part.start(), part.start() + len(words)


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _cuts(given: Given, start: int, end: int) -> bool:
    """Whether a piece of given words begins or ends within a figure, or within a word that is none."""
    spans = [figure.span for figure in _readings_of(given)]
    if any(s < start < e or s < end < e for s, e in spans):
        return True
    text, edges = given.text, {place for span in spans for place in span}
    return any(
        place not in edges and 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
        for place in (start, end)
    )


def _number_of(value: Value) -> tuple[Decimal, str] | None:
    """Give a value's number and unit; findings in words have none."""
    number = value["value"]
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return Decimal(str(number)), unit_named(value["unit"])


def _is(figure: Figure, number: tuple[Decimal, str] | None) -> bool:
    if number is None or figure.value != number[0]:
        return False
    return figure.unit == number[1] or (not figure.unit and number[1] not in EXACT)
