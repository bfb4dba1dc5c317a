"""Which columns of numbers tell most: those that the question names, then amounts of money, then what adds up. Pure."""

from collections.abc import Sequence

from quire.graphs.kinds.general_report.computations.columns import Numbers
from quire.nodes.evidence.figures.currencies import CURRENCIES
from quire.nodes.search.stemming import terms

_SHORTEST = 3
"""Letters of a word that says what a column holds."""
_MONEY = frozenset(
    {code.casefold() for code in CURRENCIES}
    | set(terms("cost costs price prices amount amounts invoice invoices fee fees revenue budget spend paid"))
    | set(terms("kosten preis preise betrag beträge rechnung gebühr umsatz ausgaben", "de"))
)


def telling(numbers: Sequence[Numbers], question: str, language: str, most: int) -> list[Numbers]:
    """Choose the columns of numbers that tell most, as many as there is room for, in the order of their table.

    Args:
        numbers: the columns of numbers of a table.
        question: what is asked.
        language: of the question.
        most: how many to choose.

    """
    asked = set(terms(question, language))
    first = sorted(numbers, key=lambda column: _rank(column, asked, language))[:most]
    return [column for column in numbers if column in first]


def _rank(column: Numbers, asked: set[str], language: str) -> int:
    said = {word for word in terms(column.title, language) if len(word) >= _SHORTEST}
    signs = {sign.strip().casefold() for sign in (column.before, column.after) if sign.strip()}
    if said & asked:
        return 0
    if (said | signs) & _MONEY:
        return 1
    return 2 if column.summable else 3
