"""A figure that a claim states, as exactly as it states it: what reckonings are held against. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.units import EXACT
from quire.nodes.support.derived import is_rounded
from quire.nodes.support.quantities import Measure, Quantity, quantity, unit_in_base
from quire.nodes.support.tokens import Token

SMALL: Final = 12
"""A number up to this one counts something more likely than it measures."""
_ABOUT: Final = Decimal("0.05")
"""How far off a rounded figure may be."""
_NEAR: Final = Decimal("0.15")
"""How far beyond its bound may lie what a bound is said of."""
_ROUND: Final = Decimal("0.05")
"""Part of a figure to which noughts at its end may say that it is rounded."""


class Wanted(NamedTuple):
    """A claimed number in base units, and how exactly it is claimed."""

    value: Decimal
    step: Decimal
    """Of its last digit."""
    measure: Measure
    unit: Decimal
    """What one of its unit is in base units."""
    sign: str
    rounded: bool

    @property
    def is_rough(self) -> bool:
        """Whether its words say that it is not exact."""
        return self.rounded or self.sign in ("<", ">")

    @property
    def apart(self) -> Decimal:
        """How far apart two numbers are that no one number is as exactly as this one is claimed."""
        reach = 2 * _ABOUT if self.rounded else _NEAR if self.sign in ("<", ">") else Decimal(0)
        return max(self.step, self.value * reach)

    def met_by(self, one: Decimal, value: Decimal) -> bool:
        """Whether a number comes to a value, as exactly as this one is claimed."""
        if abs(one - value) <= self.step / 2 or (self.rounded and abs(one - value) <= value * _ABOUT):
            return True
        if self.sign == ">":
            return value < one <= value * (1 + _NEAR)
        return self.sign == "<" and value * (1 - _NEAR) <= one < value

    def of(self, one: Quantity) -> Iterator[Decimal]:
        """Give a quantity as numbers that may be this one: in base units; of rows also what their columns leave out."""
        if one.measure == self.measure:
            yield one.value
        elif one.of_rows and not one.measure and self.unit:
            yield one.value * self.unit


def readings_of(token: Token, text: str, own: Sequence[Quantity]) -> Iterator[Wanted]:
    """Give what a figure may claim: as its digits say, as roughly as it is said, in the unit of others beside it."""
    wanted = _wanted(token, text)
    if wanted is None:
        return
    yield wanted._replace(rounded=False)
    if wanted.rounded:
        yield wanted
    if token.figure is not None and not token.figure.unit and wanted.value > SMALL:
        for unit in dict.fromkeys(one.unit for one in own if one.measure and one.unit):
            read = unit_in_base(unit)
            value, step = wanted.value * read.factor, wanted.step * read.factor
            yield Wanted(value, step, read.measure, Decimal(0), wanted.sign, rounded=False)


def _wanted(token: Token, text: str) -> Wanted | None:
    figure = token.figure
    told = quantity(figure) if figure is not None else None
    if figure is None or told is None or not isinstance(figure.value, Decimal) or not figure.value:
        return None
    factor = told.value / abs(figure.value)
    bare = factor if told.measure and figure.unit not in EXACT else Decimal(0)
    return Wanted(told.value, _step(figure) * factor, told.measure, bare, token.comparator, is_rounded(token, text))


def _step(figure: Figure) -> Decimal:
    """Give what its last digit tells: noughts at the end of a whole number are none where they are little of it."""
    value = abs(Decimal(figure.value))
    exponent = value.as_tuple().exponent
    last = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    if last < 1 or not value:
        return min(last, Decimal(1))
    step = Decimal(1)
    while value % (step * 10) == 0 and step * 10 <= value * _ROUND:
        step *= 10
    return step
