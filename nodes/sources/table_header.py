"""Which rows of a table are its titles: marked ones, and those that read like titles over what stands below them."""

import re
from collections import Counter
from collections.abc import Sequence

from quire.nodes.sources.folding import fold

_PAIR = 2
_CORNER = frozenset(
    [
        *("item", "year", "month", "quarter", "category", "account", "line", "position", "period", "name", "zone"),
        *("use", "type", "region", "jahr", "monat", "posten", "bezeichnung", "konto", "art", "année", "mois", "poste"),
        *("libellé", "año", "mes", "concepto", "partida", "anno", "mese", "voce", "jaar", "maand", "ano", "mês"),
    ]
)
"""Words that title the first column of two. Where it is one of them, or empty, the first row is one of titles."""
_TITLE_WORDS = frozenset(
    [
        *("actual", "amount", "answer", "category", "classification", "comment", "comments", "cost", "count", "date"),
        *("depth", "description", "detail", "details", "distance", "elevation", "finding", "height", "limit"),
        *("maximum", "minimum", "note", "notes", "number", "permitted", "price", "quantity", "required"),
        *("requirement", "requirements", "response", "result", "spaces", "standard", "standards", "status", "total"),
        *("value", "values", "width", "betrag", "wert", "kosten", "preis", "anzahl", "menge", "montant", "valeur"),
        *("coût", "prix", "nombre", "importe", "valor", "coste", "precio", "cantidad", "importo", "valore", "prezzo"),
        *("bedrag", "waarde", "prijs", "aantal", "preço", "quantidade"),
    ]
)
"""Words that title the second column of two, where no type marks a header: ``Yard, Minimum``, not ``Owner, Hale``."""
_PERIOD = re.compile(r"[^\d,;]{0,20}(?:19|20)\d\d(?:\s*[/\u2013-]\s*(?:\d\d){1,2})?[^\d]{0,20}")
"""A year with words around it, or two: ``2026``, ``FY 2025/26``, ``Plan 2027``, ``2026年``."""
_CLASS = re.compile(r"\W{0,2}\d{1,3}\s*(?:[\u2013-]\s*\d{1,3}|\+)\D{0,12}|[<>\u2264\u2265]\s*\d{1,4}\D{0,12}")
"""A class of values that titles a column: ``0-14``, ``65+``, ``< 5 km``."""
_FULL = 0.75
"""Share of a table's usual width that its header fills; what stands before it fills less."""
_SAMPLE = 60
"""Rows from which a table's usual width is taken."""


def is_figure(cell: str) -> bool:
    """Tell a value (``20``, ``$1,500``, ``18%``) from a title (``To R1 District Line``)."""
    return bool(re.match(r"\W*\d", cell))


def is_label(cell: str) -> bool:
    """Tell a figure that titles a column: a period (``2026``, ``FY 2025/26``) or a class (``0-14``)."""
    return bool(_PERIOD.fullmatch(cell) or _CLASS.fullmatch(cell))


def reads_as_titles(rows: Sequence[Sequence[str]]) -> bool:
    """Guess whether a table's unmarked first row holds titles.

    It does if it holds no figure and, of two columns, the second one names a column; or if its figures are years
    and classes over values that are none; or if its corner is empty and every row below has a name.
    """
    if len(rows) == 1:
        return False
    first = [fold(cell) for cell in rows[0]]
    figures = [position for position, cell in enumerate(first) if is_figure(cell)]
    if not figures:
        return len(first) > _PAIR or _names_a_column(first[-1], _TITLE_WORDS)
    if len(first) == _PAIR and not (not first[0] or _names_a_column(first[0], _CORNER)):
        return False
    if all(is_label(first[position]) for position in figures):
        below = [fold(row[p]) for row in rows[1:] for p in figures if p < len(row)]
        return sum(bool(cell) and not is_label(cell) for cell in below) * _PAIR > sum(map(bool, below))
    named = all(row and fold(row[0]) and not is_figure(row[0]) for row in rows[1:])
    return len(first) > _PAIR and not first[0] and all(first[1:]) and named


def are_pairs(rows: Sequence[Sequence[str]]) -> bool:
    """Tell names and values from a table under titles, where nothing marks a header: ``Founded, 1975``.

    They are if all rows have two cells, and the first row's second one is a value: a figure that titles no column of
    figures below it.
    """
    if not all(len(row) == _PAIR and all(map(fold, row)) for row in rows) or len(rows) == 1:
        return False
    first, *below = [[fold(cell) for cell in row] for row in rows]
    if is_figure(first[0]) or not is_figure(first[1]) or reads_as_titles(rows):
        return False
    return not (is_label(first[1]) and all(is_figure(value) for _, value in below))


def _names_a_column(cell: str, words: frozenset[str]) -> bool:
    said = re.findall(r"[^\W\d_]+", cell.lower())
    return bool(words.intersection(said[:1] + said[-1:]))


def lines_before(rows: Sequence[Sequence[str]]) -> int:
    """Count the rows that stand before a table's header: titles and remarks, which fill less of its width.

    There are none unless two rows at least fill the width: one row alone is no evidence of a table below.
    """
    filled = [_filled(row) for row in rows[:_SAMPLE]]
    widths = Counter(width for width in filled if width > 1)
    if not widths:
        return 0
    usual = max(widths, key=lambda width: (widths[width], width))
    full = [width >= _FULL * usual for width in filled]
    first = full.index(True)
    return first if sum(full) > 1 else 0


def _filled(row: Sequence[str]) -> int:
    """Count the cells that hold something; an empty corner before titles counts."""
    told = [bool(cell.strip()) for cell in row]
    return sum(told) + (len(told) > _PAIR and not told[0] and all(told[1:]))


def is_second_header(header: Sequence[str], row: Sequence[str], below: Sequence[str]) -> bool:
    """Tell a row of sub-titles under spanning titles: it fills the header's gaps, and its figures are only labels."""
    gaps = [position for position, cell in enumerate(header) if not cell and position]
    filled = all(position < len(row) and row[position] for position in gaps)
    figures = [position for position, cell in enumerate(row) if is_figure(cell)]
    labels = all(is_label(fold(row[p])) and p < len(below) and not is_label(fold(below[p])) for p in figures)
    return bool(gaps) and any(header) and filled and labels


def merged(over: Sequence[str], under: Sequence[str]) -> tuple[list[str], list[str]]:
    """Join two header rows. One spanning title stands over the table; several go into their columns' titles."""
    under = ["" if low == high else low for high, low in zip(over, under, strict=True)]
    spans, current = [], ""
    for high, low in zip(over, under, strict=True):
        current = high or (current if low else "")
        spans.append(current if low else "")
    spanning = sorted(set(spans) - {""}, key=spans.index)
    if len(spanning) <= 1:
        return [low or high for high, low in zip(over, under, strict=True)], spanning
    joined = [f"{span}, {low}" if span else low for span, low in zip(spans, under, strict=True)]
    return [title or high for title, high in zip(joined, over, strict=True)], []
