"""Whether words stand where they are said to stand, and whether figures are in what supports them. Pure."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from quire.nodes.evidence.content import Value
from quire.nodes.evidence.figures.finding import Figure, figures_in
from quire.nodes.evidence.figures.units import EXACT, unit_named, units_announced
from quire.nodes.sources.folding import fold, fold_quotes
from quire.nodes.sources.passage import Passage, Reading

__all__ = ["Figure", "figures_in", "locate", "supported", "unsupported_figures"]


def locate(quote: str, reading: Reading, address: str) -> bool:
    """Tell whether the quote stands verbatim at the address: a passage's or a cell's.

    A cell is addressed by row and column (``row 4, height``), or as its source names it (``Budget!C4``).
    White space and the style of quote marks are folded, nothing else. An empty quote stands nowhere.
    """
    wanted = fold_quotes(quote)
    return bool(wanted) and any(wanted in fold_quotes(text) for text in _texts_at(reading["passages"], address))


def _texts_at(passages: Iterable[Passage], address: str) -> Iterable[str]:
    """Give the text of the passage at an address, or of its cell."""
    for passage in passages:
        if passage["address"] == address:
            yield passage["text"]
        elif address.startswith(passage["address"] + ", "):
            column = fold(address.removeprefix(passage["address"] + ", "))
            yield from (cell for title, cell in passage.get("fields", {}).items() if title == column)
        elif address in passage.get("cells", {}).values():
            fields, cells = passage.get("fields", {}), passage.get("cells", {})
            yield from (fields[title] for title, cell in cells.items() if cell == address)


def supported(figure: Figure, texts: Iterable[str]) -> bool:
    """Tell whether a text holds the same value with a compatible unit.

    A bare number in a text carries a figure with a unit if the text announces that unit in brackets,
    or none at all: cells of a table leave their unit to the column's title. Where the unit makes the
    number (percent, money), a bare number in a claim is not carried by one with the unit.
    """
    return any(_carries(text, other, figure) for text in texts for other in figures_in(text))


def _carries(text: str, other: Figure, figure: Figure) -> bool:
    if not _same_value(other.value, figure.value):
        return False
    if other.unit == figure.unit:
        return True
    if not figure.unit:
        return other.unit not in EXACT
    announced = units_announced(text)
    return not other.unit and (figure.unit in announced or (not announced and figure.unit not in EXACT))


def _same_value(one: Decimal | str, other: Decimal | str) -> bool:
    """Compare values; a date or time that tells less is in one that tells more (``2026-11`` in ``2026-11-22``)."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or one.startswith((f"{other}-", f"{other}:"))
    return one == other


def unsupported_figures(claim_text: str, evidence_quotes: Sequence[str], values: Sequence[Value]) -> list[Figure]:
    """Give the figures of a claim that neither its evidence nor a computed value holds, in reading order."""
    texts = [*evidence_quotes, *(value["text"] for value in values)]
    numbers = [_number_of(value) for value in values]
    return [
        figure
        for figure in figures_in(claim_text)
        if not supported(figure, texts) and not any(_is(figure, number) for number in numbers)
    ]


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
