"""Which columns of a table hold amounts: those stand to the right, so that their digits stand below each other."""

import re
from collections.abc import Iterable

from quire.nodes.evidence.figures.currencies import CURRENCIES

_AMOUNT = re.compile(
    r"""
    [-+\u2212\u00b1<>\u2264\u2265\u2248~(]{0,2}\s?          # accountants put what is negative in brackets
    (?:\w{0,3}[$\u20ac\u00a3\u00a5\u20b9\u20a9]|[A-Z]{3})?\s?\(?   # $, US$, EUR
    [-+\u2212]?\d+(?:[.,'\u2019\s]\d+)*              # 1,234.5  1.234,5  1 234,5  1'234.5
    (?:\s?(?:[%\u2030$\u20ac\u00a3\u00a5\u20b9\u20a9\u00b0]|[^\W\d_]{1,12}[\u00b2\u00b3]?(?:/[^\W\d_]{1,8})?\.?(?:\s[^\W\d_]{1,4}\.?)?))?
    \)?
    """,
    re.VERBOSE,
)
_CODE = re.compile(r"[A-Z]{3}(?=[\s\d-])")
"""Letters that are a currency, or name what is numbered: ``INC-501``."""
_DATE = re.compile(r"\d{1,4}[./]\s?\d{1,2}[./]\s?\d{0,4}")
_MOST = 0.6
"""Share of amounts from which on a column is one of amounts; the rest may say "none" or "see note"."""
_NOTHING = frozenset({"", "-", "\u2013", "\u2014", "\u2212", "n/a"})


def are_amounts(texts: Iterable[str]) -> bool:
    """Whether nearly every cell that says something is an amount, and at least one is."""
    said = [text for text in texts if text not in _NOTHING]
    amounts = sum(map(_is_amount, said))
    return bool(amounts) and amounts >= _MOST * len(said)


def _is_amount(text: str) -> bool:
    letters = _CODE.match(text)
    return (
        bool(_AMOUNT.fullmatch(text)) and not _DATE.fullmatch(text) and not (letters and letters[0] not in CURRENCIES)
    )
