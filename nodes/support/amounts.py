"""The amounts that evidence gives, and which of them may be reckoned with each other."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.comparing import PEOPLE
from quire.nodes.evidence.figures.units import unit_named, units_announced
from quire.nodes.support.segments import Segment
from quire.nodes.support.tokens import Token

_IN_SMALLER: Final = {"year": ("month", 12), "week": ("day", 7), "hour": ("minute", 60), "minute": ("second", 60)}
_SCALES: Final = {
    **dict.fromkeys(("thousand", "thousands", "tausend", "tsd"), 1_000),
    **dict.fromkeys(("million", "millions", "millionen", "mio"), 1_000_000),
    **dict.fromkeys(("billion", "billions", "milliarden", "mrd"), 1_000_000_000),
}
_TIMES: Final = frozenset({"minute", "hour", "day", "week", "month", "year"})
_HOURS: Final = {"hour": 1, "day": 24, "week": 168}
_SCALE = re.compile(rf"\b(?:{'|'.join(_SCALES)})\b", re.IGNORECASE)


_LABEL = re.compile(r"(?:^|;)\s*(?P<title>[^:;]{1,80}):\s")
"""``Approved, GBP thousand: `` in a row that says what its cells are."""


class Scale(NamedTuple):
    """What a title multiplies the bare numbers below it by."""

    word: str = ""
    factor: int = 1


def scale_of(title: str) -> Scale:
    """Read the scale that a title announces: ``GBP thousand``, ``Umsatz (Mio. EUR)``."""
    found = _SCALE.search(title)
    return Scale(found[0], _SCALES[found[0].lower()]) if found else Scale()


class Amount(NamedTuple):
    """A number and its unit."""

    value: Decimal
    unit: str


def in_smaller(amount: Amount) -> Amount:
    """Give years in months, weeks in days, hours in minutes; people are counted as anything is."""
    if amount.unit in PEOPLE:
        return amount._replace(unit="")
    if amount.unit not in _IN_SMALLER or amount.unit == "minute":
        return amount
    unit, factor = _IN_SMALLER[amount.unit]
    return Amount(amount.value * factor, unit)


def groups(segments: Sequence[Segment]) -> Iterator[list[Amount]]:
    """Give what may be reckoned with: all figures with a unit, those of each sentence, those of each column."""
    everything = [one for segment in segments for one in amounts(segment)]
    yield [in_smaller(one) for one in dict.fromkeys(everything) if one.unit]
    for segment in segments:
        yield from _of_a_sentence(list(amounts(segment)))
    columns: dict[str, list[Amount]] = {}
    for segment in segments:
        if segment.row:
            for title, tokens in titled(segment):
                columns.setdefault(title, []).extend(one for one, _ in _scaled_cell(title, tokens))
    for column in columns.values():
        yield [in_smaller(one) for one in column]
        yield [Amount(one.value, "") for one in column]


def _of_a_sentence(said: Sequence[Amount]) -> Iterator[list[Amount]]:
    """Give the figures of a sentence: as they are, and the bare ones in the unit before: ``6.8 million $, of it 2``."""
    yield [in_smaller(one) for one in said]
    units = {one.unit for one in said if one.unit}
    if len(units) == 1 and any(not one.unit for one in said):
        shared = units.pop()
        yield [in_smaller(Amount(one.value, shared)) for one in said]
        yield [Amount(one.value, "") for one in said]


def amounts(segment: Segment) -> Iterator[Amount]:
    """Give the numbers of a sentence or row without their sign, each in the unit and scale that its titles announce."""
    yield from (one for one, _ in _scaled(segment))


def rewritten(segment: Segment, claimed: Amount) -> bool:
    """Whether an amount stands there in another unit or scale; as it is written it was looked for, sign and all."""
    told = list(_scaled(segment))
    in_hours = _lasting(claimed)
    if in_hours is not None and any(one.unit != claimed.unit and _lasting(one) == in_hours for one, _ in told):
        return True
    return any(in_smaller(one) == in_smaller(claimed) and (one != claimed or scale > 1) for one, scale in told)


def titled_percent(segment: Segment, value: Decimal) -> bool:
    """Whether a number stands, sign and all, below a title that says that it is in percent (``on_time_percent``)."""
    return any(
        _unit_in(title) == "percent" and any(one.figure is not None and one.figure.value == value for one in tokens)
        for title, tokens in titled(segment)
    )


_LAST_LETTER = re.compile(r"_([a-z])$")
"""``weight_g``."""


def announced_unit(title: str) -> str:
    """Give the unit that a column's title announces for the bare numbers below it; empty if it does not."""
    announced = units_announced(f"{title}:")
    letter = _LAST_LETTER.search(title)
    return (
        next(iter(announced)) if len(announced) == 1 else _unit_in(title) or (unit_named(letter[1]) if letter else "")
    )


def _lasting(amount: Amount) -> Decimal | None:
    """Give a time in hours, of days and weeks too; other amounts are none."""
    return amount.value * _HOURS[amount.unit] if amount.unit in _HOURS else None


def _scaled(segment: Segment) -> Iterator[tuple[Amount, int]]:
    for title, tokens in titled(segment):
        yield from _scaled_cell(title, tokens)


def _scaled_cell(title: str, tokens: Sequence[Token]) -> Iterator[tuple[Amount, int]]:
    announced = units_announced(title)
    unit = next(iter(announced)) if len(announced) == 1 else _unit_in(title)
    for token in tokens:
        figure = token.figure
        if figure is not None and isinstance(figure.value, Decimal):
            scale = 1 if figure.unit == "percent" else scale_of(title).factor
            yield Amount(abs(figure.value) * scale, figure.unit or unit), scale


def titled(segment: Segment) -> Iterator[tuple[str, Sequence[Token]]]:
    """Give the tokens of a sentence, or those of each cell of a row, under what they are called."""
    labels = list(_LABEL.finditer(segment.text)) if segment.row and not segment.cells else []
    if len(labels) > 1:
        for label, following in zip(labels, [*labels[1:], None], strict=True):
            end = following.start() if following else len(segment.text)
            yield label["title"], [one for one in segment.tokens if label.end() <= one.start < end]
        return
    for cell in segment.cells or (segment,):
        yield cell.titles, cell.tokens


def _unit_in(title: str) -> str:
    """Read the unit of ``Approved, GBP thousand``, of ``Umsatz (Mio. EUR)``, of ``Hours lost``."""
    if scale_of(title).factor > 1:
        return unit_named(_SCALE.sub("", re.split(r"[,(]", title)[-1]).strip(" .)"))
    words = re.split(r"[\s_]+", title.strip())
    if unit_named(words[-1]) == "percent":
        return "percent"
    first = unit_named(words[0])
    return first if first in _TIMES else ""


def minutes_of(segments: Sequence[Segment]) -> list[int]:
    """Give the times of day that evidence names, in minutes after midnight."""
    told = {
        minute
        for segment in segments
        for token in segment.tokens
        if token.figure is not None and token.figure.kind == "time"
        for minute in minute_of(str(token.figure.value))
    }
    return sorted(told)


def minute_of(time: str) -> Iterator[int]:
    """Give a time of day in minutes after midnight; nothing where it is none."""
    parts = time.split(":")
    if len(parts) > 1 and parts[0].isdigit() and parts[1].isdigit():
        yield int(parts[0]) * 60 + int(parts[1])


def years_of(segments: Sequence[Segment]) -> list[int]:
    """Give the years that evidence names, those of its sources' dates included."""
    return sorted({year for one in segments for token in (*one.tokens, *one.around) for year in _year(token.key)})


def _year(key: str) -> Iterator[int]:
    digits = key.removeprefix("#")[:4]
    rest = key.removeprefix("#")[4:]
    if len(digits) == len("2026") and digits.isdigit() and digits[0] in "12" and (not rest or rest[0] == "-"):
        yield int(digits)
