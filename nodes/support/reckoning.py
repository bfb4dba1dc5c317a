"""Whether some reckoning over the named evidence comes to a figure that stands nowhere, and which. Pure.

What is said in the evidence is taken with its measures (``quantities``), rows are counted and added up as a claim's
words select them (``tallies``), and two or three of these are reckoned with. A hit decides nothing: a reader is told
what came to it, and looks whether that is meant. And it counts only where it tells something: where the numbers beside
a claimed one are come to as often, anything would be.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.support.amounts import announced_unit, scale_of, titled, years_of
from quire.nodes.support.quantities import TIME, Quantity, quantity, together, unit_in_base
from quire.nodes.support.segments import Segment
from quire.nodes.support.spans import between_dates
from quire.nodes.support.tallies import NUMBER_OF, SUM_OF, WITH, Table, tallies
from quire.nodes.support.tokens import Token
from quire.nodes.support.wanted import SMALL, Wanted, readings_of

_MOST: Final = 60
"""Quantities of which two are reckoned with."""
_MOST_ADDED: Final = 40
"""Quantities of one measure of which three are added and subtracted."""
_MOST_SUMS: Final = 20
"""Sums of columns that are reckoned with."""
_MOST_FOR_THREE: Final = 14
"""Quantities of which three are."""
_BESIDE: Final = 8
"""Numbers on either side of a claimed one that are looked at as well."""
_TELLING: Final = Decimal("0.25")
"""Share of these that may be come to as well."""
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
    sentences = [_quantities(segment) for segment in segments]
    said = list({(one.value, one.measure): one for sentence in sentences[::-1] for one in sentence[::-1]}.values())[
        ::-1
    ]
    own = [q for token in tokens if token not in asked and (q := _of_token(token)) is not None]
    bounds = [q for token in tokens if (token not in asked or token.comparator) and (q := _of_token(token)) is not None]
    counted = list(tallies(text, tables, bounds, convention)) if tables and asked else []
    found: dict[int, Reached] = {}
    for _ in range(2):  # what was found the first time may be reckoned with
        for token in (one for one in asked if one.start not in found):
            base = list({(one.value, one.measure): one for one in [*said[::-1], *own[::-1]]}.values())[::-1]
            hows = (
                _counted(wanted, counted)
                or _how(wanted, token, base, counted, segments)
                or _in_one(wanted, [own, *sentences])
                for wanted in readings_of(token, text, own)
            )
            if how := next(filter(None, hows), ""):
                found[token.start] = Reached(token, f"{how} = {token.text}")
                if (more := _of_token(token)) is not None:
                    own.append(more)
    return list(found.values())


def _how(
    wanted: Wanted, token: Token, said: Sequence[Quantity], counted: Sequence[Quantity], segments: Sequence[Segment]
) -> str:
    if token.figure is None or token.figure.kind == "multiple":
        return _telling(wanted, counted)  # how many times as much is held against shares (``derived``)
    stated = [one for one in said if one.unit != token.figure.unit or (one.value != wanted.value and wanted.is_rough)]
    ways: list[Iterable[Quantity]] = [stated, counted]
    if not wanted.measure and wanted.value in _YEARS:
        ways.append(_years(segments, said))
    few = [*said, *(_between(segments) if wanted.measure == TIME else ())][:_MOST]
    ways.append(_two(few))
    if wanted.measure and len(few) <= _MOST_FOR_THREE:
        ways.append(_three(few))
    sums = _sums(counted)
    alike = [one for one in few if one.measure == wanted.measure][:_MOST_ADDED]
    ways += [_two([*sums, *few][:_MOST]), _added([one for one in sums if one.measure == wanted.measure], alike)]
    for way in ways:
        if how := _telling(wanted, way):
            return how
    return ""


def _counted(wanted: Wanted, counted: Sequence[Quantity]) -> str:
    """Say which rows a small number may count: nearly any is the number of some rows, so a reader is shown several."""
    if wanted.measure or wanted.sign or wanted.value != wanted.value.to_integral_value() or wanted.value > SMALL:
        return ""
    told = dict.fromkeys(one.told for one in counted if one.steps == 1 and one.value == wanted.value)
    return ", or ".join(sorted(told, key=lambda way: not way.startswith(NUMBER_OF))[:_SHOWN])


def _in_one(wanted: Wanted, sentences: Sequence[Sequence[Quantity]]) -> str:
    """Say how two quantities of one sentence or row, or of the claim, come to it: they belong together."""
    several = [sentence for sentence in sentences if 1 < len(sentence) <= _MOST_FOR_THREE][:_MOST]
    return next((how for sentence in several if (how := _telling(wanted, _two(sentence)))), "")


def _telling(wanted: Wanted, found: Iterable[Quantity]) -> str:
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


def _quantities(segment: Segment) -> list[Quantity]:
    """Give what a sentence or a row says."""
    found = []
    for title, tokens in titled(segment):
        for token in tokens:
            if token.figure is None:
                continue
            scale = 1 if token.figure.unit else scale_of(title).factor
            told = quantity(token.figure, announced_unit(title) if segment.row else "", scale)
            if told is not None and told.value:
                found.append(told)
    shared = [] if segment.row else _with_shared_unit(found)
    return list({(one.value, one.measure): one for one in reversed([*found, *shared])}.values())[::-1]


def _with_shared_unit(said: Sequence[Quantity]) -> Iterator[Quantity]:
    """Give the bare numbers of a sentence in the one unit that its others have: ``480 euros, of it the first 150``."""
    units = {one.unit for one in said if one.measure}
    if len(units) == 1:
        read = unit_in_base(units.pop())
        for one in said:
            if not one.unit and not one.measure:
                yield Quantity(one.value * read.factor, read.measure, one.told)


def _two(of: Sequence[Quantity]) -> Iterator[Quantity]:
    for one, other in combinations(of, 2):
        yield from together(one, other)
    yield from (made for one in of for made in together(one, one) if made.measure != one.measure and made.measure)


def _three(of: Sequence[Quantity]) -> Iterator[Quantity]:
    for one, other in combinations(of, 2):
        for made in together(one, other):
            for third in of:
                if third.value not in (one.value, other.value):
                    yield from together(made, third)


def _added(sums: Sequence[Quantity], of: Sequence[Quantity]) -> Iterator[Quantity]:
    """Give what a column and two more of its measure come to, added and subtracted: takings and a grant, less costs."""
    for one, (other, third) in product((s for s in sums if WITH not in s.told), combinations(of, 2)):
        for told, value in (
            (f"{one.told} + {other.told} + {third.told}", one.value + other.value + third.value),
            (f"{one.told} + {other.told} - {third.told}", one.value + other.value - third.value),
            (f"{one.told} + {third.told} - {other.told}", one.value + third.value - other.value),
            (f"{other.told} + {third.told} - {one.told}", other.value + third.value - one.value),
        ):
            yield Quantity(abs(value), one.measure, told, 2)


def _sums(counted: Sequence[Quantity]) -> list[Quantity]:
    """Give what columns come to, and none of what was made of that."""
    sums = [one for one in counted if one.told.startswith(SUM_OF) and ", " not in one.told]
    return list({(one.value, one.measure): one for one in reversed(sums)}.values())[::-1][:_MOST_SUMS]


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
