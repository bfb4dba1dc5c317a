"""Columns of numbers, read as a whole: how the column writes its decimals is told by all of its cells together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Literal

from quire.nodes.computations.general.placeholders import is_placeholder

Mark = Literal[".", ","]

_CELL = re.compile(
    r"(?P<minus>[-\u2212(]?)\s?(?P<before>(?:[A-Z]{0,2}[$\u20ac\u00a3\u00a5]|EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK"
    r"|DKK|PLN|CZK|HUF)?)\s?(?P<minus2>[-\u2212(]?)"
    r"(?P<number>\d+(?:[.,'\u2019\u00a0\u202f ]\d+)*)"
    r"\s?(?P<after>[%\u20ac$\u00a3]|[^\W\d_]{1,12}[\u00b2\u00b3]?(?:/[^\W\d_]{1,8})?)?\)?"
)
_GROUPED: Mapping[Mark, re.Pattern[str]] = {
    ".": re.compile(r"(?:\d{1,3}(?:[,'\u2019\u00a0\u202f ]\d{2,3})*|\d+)(?:\.\d+)?"),
    ",": re.compile(r"(?:\d{1,3}(?:[.'\u2019\u00a0\u202f ]\d{3})*|\d+)(?:,\d+)?"),
}
"""What a number looks like, by its decimal mark; Indian ones have groups of two."""
_ALMOST_ALL = 0.9
"""Share of numbers among the cells that say something, from which on a column is one of numbers."""
_IDENTIFIER = re.compile(
    r"(?i)(?:^|[\W_])(?:id|nr|no|num|number|nummer|code|zip|plz|phone|telefon|tel|isbn|iban|index|row|zeile)(?:$|[\W_])|#"
)
_RATE = re.compile(
    r"(?i)rate|ratio|share|average|mean|median|percent|prozent|anteil|quote|satz|preis|price|per[ _]|pro[ _]|/"
    r"|age\b|alter\b|score|note\b|temp|grad|lat|lon|%"
)
_YEARS = range(1900, 2101)
_COUNTING = 3  # rows that numbers one apart may have by chance
_THOUSAND = 3  # digits that a thousands separator parts


@dataclass(frozen=True)
class Numbers:
    """A column of numbers."""

    title: str
    values: tuple[tuple[int, Decimal], ...]
    """Row (from 0) and value of each cell that holds a number."""
    empty: int
    before: str
    after: str
    mark: Mark
    """Decimal mark."""
    grouped: str
    """What parts thousands, or empty."""
    decimals: int
    summable: bool
    """Whether a sum of them means something: not of years, rates or shares."""

    @property
    def total(self) -> Decimal:
        """The sum."""
        return sum((value for _, value in self.values), Decimal(0))

    @property
    def middle(self) -> Decimal:
        """The median."""
        return Decimal(median(value for _, value in self.values))

    @property
    def least(self) -> tuple[int, Decimal]:
        """The row and the value of the lowest, the first of equals."""
        return min(self.values, key=lambda placed: (placed[1], placed[0]))

    @property
    def most(self) -> tuple[int, Decimal]:
        """The row and the value of the highest, the first of equals."""
        return max(self.values, key=lambda placed: (placed[1], -placed[0]))

    def shown(self, value: Decimal) -> str:
        """Write a value as the column writes its own; a median may have one decimal more."""
        exact = -int(value.normalize().as_tuple().exponent)
        places = max(self.decimals, min(exact, self.decimals + 1))
        digits = f"{abs(value):,.{places}f}" if self.grouped else f"{abs(value):.{places}f}"
        whole, _, fraction = digits.partition(".")
        whole = whole.replace(",", self.grouped)
        number = f"{whole}{self.mark}{fraction}" if fraction else whole
        gap = "" if self.after in {"", "%"} else " "
        return f"{self.before}{'-' if value < 0 else ''}{number}{gap}{self.after}"


def numbers_in(title: str, cells: Sequence[str], mark: Mark | None) -> Numbers | None:
    """Read a column of numbers of one unit; nothing if it is none, or says what things are called.

    Args:
        title: of the column.
        cells: from the first row to the last.
        mark: decimal mark of the table, where its own cells leave it open.

    """
    told = [(row, cell.strip()) for row, cell in enumerate(cells) if cell.strip() and not is_placeholder(cell)]
    found = [(row, match) for row, cell in told if (match := _CELL.fullmatch(cell))]
    units = {(match["before"], match["after"] or "") for _, match in found}
    if not found or len(found) < _ALMOST_ALL * len(told) or len(units) != 1 or _names_things(title, found):
        return None
    written = [match["number"] for _, match in found]
    own = decimal_mark(written) or mark
    if own is None and any(character in ".," for number in written for character in number):
        return None
    own = own or "."
    if not all(_GROUPED[own].fullmatch(number) for number in written):  # dates, versions, addresses
        return None
    values = tuple((row, _value(match, own)) for row, match in found)
    before, after = units.pop()
    years = all(int(value) in _YEARS and value == int(value) for _, value in values)
    return Numbers(
        title=title,
        values=values,
        empty=len(cells) - len(told),
        before=_spaced(before, found),
        after=after,
        mark=own,
        grouped=next((c for number in written for c in number if not c.isdigit() and c != own), ""),
        decimals=max(len(number.partition(own)[2]) for number in written),
        summable=not years and after != "%" and not _RATE.search(title),
    )


def decimal_mark(written: Iterable[str]) -> Mark | None:
    """Tell from numbers which sign is their decimal mark; nothing where none of them tells."""
    for number in written:
        signs = [sign for sign in number if sign in ".,"]
        if len(set(signs)) > 1:
            return "." if signs[-1] == "." else ","
        if len(signs) > 1:
            return "," if signs[0] == "." else "."
        if signs:
            whole, _, fraction = number.partition(signs[0])
            if len(fraction) != _THOUSAND or len(whole) > _THOUSAND or whole.startswith("0"):
                return "." if signs[0] == "." else ","
    return None


def is_ambiguous(cells: Sequence[str], mark: Mark | None) -> bool:
    """Whether a column of numbers cannot be read since a point in it may be one of decimals or of thousands."""
    return mark is None and numbers_in("", cells, None) is None and numbers_in("", cells, ".") is not None


def mark_of_table(columns: Iterable[Sequence[str]], *, language: str) -> Mark | None:
    """Tell the decimal mark of a table by any of its columns, or, where a comma alone is open, by the language."""
    written = [match["number"] for cells in columns for cell in cells if (match := _CELL.fullmatch(cell.strip()))]
    told = decimal_mark(written)
    if told is None and language == "en" and not any("." in number for number in written):
        return "."
    return told


def _names_things(title: str, found: Sequence[tuple[int, re.Match[str]]]) -> bool:
    """Whether the numbers are names: by the column's title, or since they begin with zeros or count the rows."""
    zeros = any(len(n := match["number"]) > 1 and n[0] == "0" and n[1].isdigit() for _, match in found)
    whole = {int(match["number"]) for _, match in found if match["number"].isdigit()}
    bare = not any(match["before"] or match["after"] for _, match in found)
    counts = bare and len(whole) == len(found) > _COUNTING and max(whole) - min(whole) == len(whole) - 1
    return bool(_IDENTIFIER.search(title)) or zeros or counts


def _value(match: re.Match[str], mark: Mark) -> Decimal:
    digits = "".join("." if sign == mark else sign for sign in match["number"] if sign.isdigit() or sign == mark)
    return -Decimal(digits) if match["minus"] or match["minus2"] else Decimal(digits)


def _spaced(before: str, found: Sequence[tuple[int, re.Match[str]]]) -> str:
    """Keep the blank that stands behind a currency's letters."""
    return f"{before} " if before and f"{before} " in found[0][1][0] else before
