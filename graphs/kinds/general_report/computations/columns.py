"""Columns of numbers, read as a whole: how the column writes its decimals is told by all of its cells together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import median
from typing import Literal, NamedTuple, TypeAlias

from quire.graphs.kinds.general_report.computations.placeholders import is_placeholder
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.evidence.figures.numbers import parsed

Mark: TypeAlias = Literal[".", ","]

_DIGITS = re.compile(r"\d+(?:[.,'\u2019\u00a0\u202f ]\d+)*")
_GROUPS = re.compile(r"\d{1,3}(?:([.,])\d{2,3})(?:\1\d{2,3})*(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]{1,12}[\u00b2\u00b3]?(?:/[^\W\d_]{1,8})?")
"""A unit that nobody knows: ``5 pallets``."""
_NO_SIGNS = str.maketrans("", "", "-\u2212\u2013()")
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
    """What stands before the digits, with its blank: a currency."""
    after: str
    """What stands behind them, with its blank: a unit."""
    mark: str
    """Decimal mark."""
    grouped: str
    """What parts thousands, or empty."""
    decimals: int
    summable: bool
    """Whether a sum of them means something: not of years, rates or shares."""

    @cached_property
    def by_row(self) -> Mapping[int, Decimal]:
        """The value of each row that has one."""
        return dict(self.values)

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
        return f"{self.before}{'-' if value < 0 else ''}{number}{self.after}"

    def divided(self, value: Decimal) -> str:
        """Write what came of a division, rounded half up: a decimal more than the column has, two digits at least."""
        places = max(self.decimals + 1, 1 - value.adjusted())
        return replace(self, decimals=places).shown(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


class Cell(NamedTuple):
    """A cell that is one number."""

    row: int
    figure: Figure
    before: str
    digits: str
    after: str


def numbers_in(title: str, cells: Sequence[str], convention: Convention) -> Numbers | None:
    """Read a column of numbers of one unit; nothing if it is none, or says what things are called.

    Args:
        title: of the column.
        cells: from the first row to the last.
        convention: of its table, which counts where its own cells leave their decimal mark open.

    """
    told = [(row, cell.strip()) for row, cell in enumerate(cells) if cell.strip() and not is_placeholder(cell)]
    own = convention_of_table([cells], convention)
    found = [cell for row, text in told if (cell := _cell(row, text, own))]
    units = {(cell.figure.unit, cell.figure.per) for cell in found}
    if not found or len(found) < _ALMOST_ALL * len(told) or len(units) != 1 or _names_things(title, found):
        return None
    if not own.decimal_known and _differs(found, own):
        return None
    values = tuple((cell.row, Decimal(cell.figure.value)) for cell in found)
    years = all(int(value) in _YEARS and value == int(value) for _, value in values)
    return Numbers(
        title=title,
        values=values,
        empty=len(cells) - len(told),
        before=found[0].before,
        after=found[0].after,
        mark=own.decimal,
        grouped=next((c for cell in found for c in cell.digits if not c.isdigit() and c != own.decimal), ""),
        decimals=max(len(cell.digits.partition(own.decimal)[2]) for cell in found),
        summable=not years and found[0].figure.kind != "percent" and not _RATE.search(title),
    )


def is_ambiguous(cells: Sequence[str], convention: Convention) -> bool:
    """Whether a column of numbers cannot be read since a point in it may be one of decimals or of thousands."""
    known = replace(convention, decimal_known=True)
    return numbers_in("", cells, convention) is None and numbers_in("", cells, known) is not None


def convention_of_table(columns: Iterable[Sequence[str]], convention: Convention) -> Convention:
    """Give the convention of a table: its source's, but for a decimal mark that any of its cells tells."""
    written = (found[0] for cells in columns for cell in cells if (found := _number_alone(cell.strip())))
    told = decimal_mark(written)
    return replace(convention, decimal=told, decimal_known=True) if told else convention


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


def _cell(row: int, text: str, convention: Convention) -> Cell | None:
    """Read a cell that is one number and its unit; a scale (``3 million``) is none that sums could be written in."""
    figures, digits = figures_in(text, convention), _number_alone(text)
    if len(figures) != 1 or digits is None:
        return None
    (figure,) = figures
    after = text[digits.end() :].removesuffix(")")
    if not figure.unit and _WORD.fullmatch(after.strip()):
        figure = figure._replace(unit=after.strip())
    elif figure.span != (0, len(text)):
        return None
    if not isinstance(figure.value, Decimal) or parsed(digits[0], convention)[0] != abs(figure.value):
        return None
    return Cell(row, figure, text[: digits.start()].translate(_NO_SIGNS).lstrip(), digits[0], after)


def _number_alone(text: str) -> re.Match[str] | None:
    """Find the only number of a cell; dates, versions and addresses have several points or are no number."""
    found = _DIGITS.search(text)
    several = found and any(found[0].count(sign) > 1 and not _GROUPS.fullmatch(found[0]) for sign in ".,")
    return None if several else found


def _differs(found: Sequence[Cell], convention: Convention) -> bool:
    """Whether any of them would be another number if the decimal mark were the other."""
    other = replace(convention, decimal="," if convention.decimal == "." else ".")
    return any(parsed(cell.digits, convention)[0] != parsed(cell.digits, other)[0] for cell in found)


def _names_things(title: str, found: Sequence[Cell]) -> bool:
    """Whether the numbers are names: by the column's title, or since they begin with zeros or count the rows."""
    zeros = any(len(cell.digits) > 1 and cell.digits[0] == "0" and cell.digits[1].isdigit() for cell in found)
    whole = {int(cell.digits) for cell in found if cell.digits.isdigit()}
    bare = not any(cell.before or cell.after for cell in found)
    counts = bare and len(whole) == len(found) > _COUNTING and max(whole) - min(whole) == len(whole) - 1
    return bool(_IDENTIFIER.search(title)) or zeros or counts
