"""Whether some reckoning over the named evidence comes to a figure that stands nowhere, and which. Pure.

What is said in the evidence is taken with its measures (``quantities``), rows are counted and added up as a claim's
words select them (``tallies``), and two or three of these are reckoned with. A hit decides nothing: a reader is told
what came to it, and looks whether that is meant. And it counts only where it tells something: where the numbers beside
a claimed one are come to as often, anything would be.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.units import EXACT
from quire.nodes.support.amounts import announced_unit, scale_of, titled, years_of
from quire.nodes.support.derived import is_rounded
from quire.nodes.support.quantities import TIME, Measure, Quantity, quantity, together, unit_in_base
from quire.nodes.support.segments import Segment
from quire.nodes.support.spans import between_dates
from quire.nodes.support.tallies import NUMBER_OF, Table, tallies
from quire.nodes.support.tokens import Token

_MOST: Final = 60
"""Quantities of which two are reckoned with."""
_MOST_FOR_THREE: Final = 14
"""Quantities of which three are."""
_BESIDE: Final = 8
"""Numbers on either side of a claimed one that are looked at as well."""
_TELLING: Final = Decimal("0.25")
"""Share of these that may be come to as well."""
_ABOUT: Final = Decimal("0.05")
"""How far off a rounded figure may be."""
_NEAR: Final = Decimal("0.15")
"""How far beyond its bound may lie what a bound is said of."""
_ROUND: Final = Decimal("0.05")
"""Part of a figure to which noughts at its end may say that it is rounded."""
_SMALL: Final = 12
"""A number up to this one counts something more likely than it measures."""
_SHOWN: Final = 3
"""Ways to count that a reader is shown."""
_YEARS: Final = range(1000, 2200)
_A_YEAR: Final = unit_in_base("year").factor
_A_DAY: Final = unit_in_base("day").factor
_A_MONTH: Final = unit_in_base("month").factor


class Reached(NamedTuple):
    """A figure of a claim, and what comes to it."""

    token: Token
    how: str


def reached(
    tokens: Sequence[Token],
    asked: Sequence[Token],
    text: str,
    segments: Sequence[Segment],
    tables: Sequence[Table],
    convention: Convention,
) -> list[Reached]:
    """Find what the evidence comes to of the figures that a claim states and that do not stand there.

    Args:
        tokens: of the claim.
        asked: those whose figures stand nowhere.
        text: the claim.
        segments: the evidence.
        tables: the rows that it names.
        convention: how the claim writes numbers.

    """
    sentences = [_quantities([segment]) for segment in segments]
    said = list({(one.value, one.measure): one for sentence in sentences[::-1] for one in sentence[::-1]}.values())[
        ::-1
    ]
    own = [q for token in tokens if token not in asked and (q := _of_token(token)) is not None]
    counted = list(tallies(text, tables, convention)) if tables and asked else []
    found: dict[int, Reached] = {}
    for _ in range(2):  # what was found the first time may be reckoned with
        for token in (one for one in asked if one.start not in found):
            wanted = _wanted(token, text)
            if wanted is None:
                continue
            base = list(dict.fromkeys([*own, *said]))
            how = _counted(wanted, counted) or _how(wanted, token, base, counted, segments)
            how = how or _in_one(wanted, [own, *sentences])
            if how:
                found[token.start] = Reached(token, f"{how} = {token.text}")
                if (more := _of_token(token)) is not None:
                    own.append(more)
    return list(found.values())


class _Wanted(NamedTuple):
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


def _wanted(token: Token, text: str) -> _Wanted | None:
    figure = token.figure
    told = quantity(figure) if figure is not None else None
    if figure is None or told is None or not isinstance(figure.value, Decimal) or not figure.value:
        return None
    factor = told.value / abs(figure.value)
    bare = factor if told.measure and figure.unit not in EXACT else Decimal(0)
    return _Wanted(told.value, _step(figure) * factor, told.measure, bare, token.comparator, is_rounded(token, text))


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


def _how(
    wanted: _Wanted, token: Token, said: Sequence[Quantity], counted: Sequence[Quantity], segments: Sequence[Segment]
) -> str:
    if token.figure is None or token.figure.kind == "multiple":
        return _telling(wanted, counted)  # how many times as much is held against shares (``derived``)
    stated = [one for one in said if (one.value, one.unit) != (wanted.value, token.figure.unit)]
    ways: list[Iterable[Quantity]] = [stated, counted]
    if not wanted.measure and wanted.value in _YEARS:
        ways.append(_years(segments, said))
    few = [*said, *(_between(segments) if wanted.measure == TIME else ())][:_MOST]
    ways.append(_two(few))
    if len(few) <= _MOST_FOR_THREE:
        ways.append(_three(few))
    ways.append(_two([*_sums(counted), *few][:_MOST]))
    for way in ways:
        if how := _telling(wanted, way):
            return how
    return ""


def _counted(wanted: _Wanted, counted: Sequence[Quantity]) -> str:
    """Say which rows a small number may count: nearly any is the number of some rows, so a reader is shown several."""
    if wanted.measure or wanted.sign or wanted.value != wanted.value.to_integral_value() or wanted.value > _SMALL:
        return ""
    told = dict.fromkeys(one.told for one in counted if one.steps == 1 and one.value == wanted.value)
    return ", or ".join(sorted(told, key=lambda way: not way.startswith(NUMBER_OF))[:_SHOWN])


def _in_one(wanted: _Wanted, sentences: Sequence[Sequence[Quantity]]) -> str:
    """Say how two quantities of one sentence or row, or of the claim, come to it: they belong together."""
    several = [sentence for sentence in sentences if 1 < len(sentence) <= _MOST_FOR_THREE][:_MOST]
    return next((how for sentence in several if (how := _telling(wanted, _two(sentence)))), "")


def _telling(wanted: _Wanted, found: Iterable[Quantity]) -> str:
    """Give the shortest way to a number, unless as many of its neighbours are come to."""
    best: Quantity | None = None
    beside = [wanted.value + n * wanted.apart for n in range(-_BESIDE, _BESIDE + 1) if n]
    beside = [value for value in beside if value > 0]
    met: set[Decimal] = set()
    for one in found:
        for number in wanted.of(one):
            if wanted.met_by(number, wanted.value) and (best is None or one.steps < best.steps):
                best = one
            met.update(value for value in beside if wanted.met_by(number, value))
    return best.told if best is not None and len(met) <= _TELLING * len(beside) else ""


def _of_token(token: Token) -> Quantity | None:
    return quantity(token.figure) if token.figure is not None else None


def _quantities(segments: Sequence[Segment]) -> list[Quantity]:
    """Give what evidence says, sentence by sentence and cell by cell."""
    found = []
    for segment in segments:
        for title, tokens in titled(segment):
            for token in tokens:
                if token.figure is None:
                    continue
                scale = 1 if token.figure.unit else scale_of(title).factor
                told = quantity(token.figure, announced_unit(title) if segment.row else "", scale)
                if told is not None and told.value:
                    found.append(told)
    return list({(one.value, one.measure): one for one in reversed(found)}.values())[::-1]


def _two(of: Sequence[Quantity]) -> Iterator[Quantity]:
    for one, other in combinations(of, 2):
        yield from together(one, other)
    yield from (made for one in of for made in together(one, one) if made.measure != one.measure and made.measure)


def _three(of: Sequence[Quantity]) -> Iterator[Quantity]:
    for one, other in combinations(of, 2):
        for made in together(one, other):
            for third in of:
                if third not in (one, other):
                    yield from together(made, third)


def _sums(counted: Sequence[Quantity]) -> list[Quantity]:
    """Give sums and counts of the rows, without what was made of them."""
    return list({(one.value, one.measure): one for one in counted if one.steps == 1}.values())[:20]


def _between(segments: Sequence[Segment]) -> Iterator[Quantity]:
    """Give the time between two dates."""
    for days in dict.fromkeys(between_dates(segments, "day")):
        yield Quantity(days * _A_DAY, TIME, f"{days:f} days between two dates", 1)


def _years(segments: Sequence[Segment], said: Sequence[Quantity]) -> Iterator[Quantity]:
    """Give the years that lie so long before or after one that is named."""
    spans = [one for one in said if one.measure == TIME and one.value >= _A_MONTH]
    for year in years_of(segments):
        for span in spans:
            for sign, by in (("+", span.value / _A_YEAR), ("-", -span.value / _A_YEAR)):
                yield Quantity(Decimal(year) + by, (), f"{year} {sign} {span.told}", 1)
