"""Axes: where a value lies, and which round values are named. Pure; decimals, so that no size is too large."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_compact_decimal, format_decimal, format_scientific

_MOST_TICKS = 5
_STEPS = (Decimal(1), Decimal(2), Decimal(5))
_COMPACT, _SCIENTIFIC, _TINY = Decimal(10_000), Decimal(10) ** 15, Decimal("0.001")
_EPOCH = datetime(1, 1, 1)  # noqa: DTZ001 - dates of sources bear no zone
_HOUR, _DAY = 3_600, 86_400
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Scale:
    """An axis from the least to the greatest value that it shows."""

    least: Decimal
    most: Decimal
    ticks: tuple[tuple[Decimal, str], ...]
    """Values that are named, with their names."""

    def share(self, value: Decimal) -> float:
        """Tell how far along the axis a value lies, from 0 to 1."""
        return float((value - self.least) / (self.most - self.least))


def of_numbers(values: Sequence[Decimal], language: str, *, from_zero: bool) -> Scale:
    """Make an axis for numbers.

    Args:
        values: that are shown, at least one.
        language: in which they are named.
        from_zero: whether zero is on it, as it has to be under bars.

    """
    shown = [*values, Decimal(0)] if from_zero else list(values)
    low, high = min(shown), max(shown)
    if low == high:
        margin = abs(low) or Decimal(1)
        low, high = low - margin, high + margin
    step = _step(high - low)
    if all(value == value.to_integral_value() for value in shown):
        step = max(step, Decimal(1))
    least = (low / step).to_integral_value(ROUND_FLOOR) * step
    most = (high / step).to_integral_value(ROUND_CEILING) * step
    count = int((most - least) / step)
    return Scale(least, most, tuple((least + n * step, _number(least + n * step, language)) for n in range(count + 1)))


def _step(span: Decimal) -> Decimal:
    magnitude = Decimal(10) ** ((span / _MOST_TICKS).adjusted())
    return next((one * magnitude for one in _STEPS if span / (one * magnitude) <= _MOST_TICKS), 10 * magnitude)


def _number(value: Decimal, language: str) -> str:
    size = abs(value)
    if size >= _SCIENTIFIC or 0 < size < _TINY:
        return str(format_scientific(value.normalize(), locale=language))
    if size >= _COMPACT:
        return str(format_compact_decimal(value, format_type="short", locale=language, fraction_digits=1))
    return str(format_decimal(value.normalize(), locale=language))


def instant(text: str) -> Decimal:
    """Give a date or an instant in ISO 8601 as a number on an axis: seconds."""
    return Decimal(int((datetime.fromisoformat(text) - _EPOCH).total_seconds()))


def of_instants(values: Sequence[Decimal], language: str) -> Scale:
    """Make an axis for instants; hours, days, months or years are named, whichever few."""
    low, high = min(values), max(values)
    if low == high:
        low, high = max(low - _DAY, Decimal(0)), high + _DAY
    start, end = (_EPOCH + timedelta(seconds=int(value)) for value in (low, high))
    for named, spelled in _calendars(language):
        instants = named(start, end)
        if len(instants) <= _MOST_TICKS:
            ticks = ((at, spelled(at)) for at in instants)
            return Scale(low, high, tuple((Decimal(int((at - _EPOCH).total_seconds())), name) for at, name in ticks))
    return Scale(low, high, ())


def _calendars(
    language: str,
) -> Iterator[tuple[Callable[[datetime, datetime], list[datetime]], Callable[[datetime], str]]]:
    """Give the ways to name instants, the finest first."""
    for hours in (1, 3, 6, 12):
        yield _every(hours * _HOUR), lambda at: f"{_day(at, language)}, {format_time(at, 'short', locale=language)}"
    for days in (1, 2, 7, 14):
        yield _every(days * _DAY), lambda at: _day(at, language)
    for months in (1, 3, 6):
        yield _months(months), lambda at: str(format_skeleton("yMMM", at, locale=language))
    for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000):
        yield _months(years * _MONTHS_OF_A_YEAR), lambda at: str(format_date(at, "y", locale=language))


def _day(at: datetime, language: str) -> str:
    return str(format_skeleton("yMMMd", at, locale=language))


def _every(seconds: int) -> Callable[[datetime, datetime], list[datetime]]:
    def named(start: datetime, end: datetime) -> list[datetime]:
        first = -(-int((start - _EPOCH).total_seconds()) // seconds)
        last = int((end - _EPOCH).total_seconds()) // seconds
        few = range(first, min(last, first + _MOST_TICKS) + 1)
        return [_EPOCH + timedelta(seconds=n * seconds) for n in few]

    return named


def _months(step: int) -> Callable[[datetime, datetime], list[datetime]]:
    def named(start: datetime, end: datetime) -> list[datetime]:
        begun = start.day > 1 or start.hour > 0 or start.minute > 0
        first = -(-(start.year * _MONTHS_OF_A_YEAR + start.month - 1 + begun) // step)
        last = (end.year * _MONTHS_OF_A_YEAR + end.month - 1) // step
        few = range(first, min(last, first + _MOST_TICKS) + 1)
        parted = (divmod(n * step, _MONTHS_OF_A_YEAR) for n in few)
        return [datetime(year, month + 1, 1) for year, month in parted if year]  # noqa: DTZ001 - as above

    return named
