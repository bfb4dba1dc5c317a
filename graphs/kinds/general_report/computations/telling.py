"""Which columns of numbers tell most: those that the question names, then amounts of money, then what adds up. Pure."""

from collections.abc import Sequence

from quire.graphs.kinds.general_report.computations.columns import Numbers
from quire.graphs.kinds.general_report.computations.question import Asked
from quire.nodes.evidence.figures.currencies import CURRENCIES
from quire.nodes.search.stemming import terms

_SHORTEST = 3
"""Letters of a word that says what a column holds."""
_MONEY = frozenset(
    {code.casefold() for code in CURRENCIES}
    | set(terms("cost costs price prices amount amounts invoice invoices fee fees revenue budget spend paid"))
    | set(terms("kosten preis preise betrag beträge rechnung gebühr umsatz ausgaben", "de"))
)


def telling(numbers: Sequence[Numbers], asked: Asked, language: str, most: int) -> list[Numbers]:
    """Choose the columns of numbers that tell most, as many as there is room for, in the order of their table.

    Args:
        numbers: the columns of numbers of a table.
        asked: of the section, which counts first, and by the brief.
        language: of what is asked.
        most: how many to choose.

    """
    said = [set(terms(text, language)) for text in asked]
    first = sorted(numbers, key=lambda column: _rank(column, said, language))[:most]
    return [column for column in numbers if column in first]


def _rank(column: Numbers, asked: Sequence[set[str]], language: str) -> int:
    said = {word for word in terms(column.title, language) if len(word) >= _SHORTEST}
    signs = {sign.strip().casefold() for sign in (column.before, column.after) if sign.strip()}
    for rank, text in enumerate(asked):
        if said & text:
            return rank
    if (said | signs) & _MONEY:
        return len(asked)
    return len(asked) + (1 if column.summable else 2)
