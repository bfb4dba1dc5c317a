"""Values that expressions work with, and what may be done with two of them. Pure; decimals throughout.

Units are never mixed in silence: two of one measure are converted (``230 kV``, ``230,000 V``), others are refused, and
so are two currencies. A number that an expression spells out takes the unit of what it stands beside.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeAlias

from quire.nodes.evidence.figures.comparing import converted
from quire.nodes.faults import BadInput


class Quantity(NamedTuple):
    """A number in a unit."""

    number: Decimal
    unit: str = ""
    spelled: bool = False
    """An expression spells it out, so that it takes the unit of what it stands beside."""


class Moment(NamedTuple):
    """A date, or a date with a time of day, in ISO 8601; a date may leave its month or its day open."""

    text: str

    @property
    def has_time(self) -> bool:
        """Whether it says a time of day."""
        return "T" in self.text

    def exact(self) -> datetime | None:
        """Give it as an instant, if no part of its date is open."""
        try:
            return datetime.fromisoformat(self.text) if self.has_time else _midnight(self.text)
        except ValueError:
            return None


Value: TypeAlias = Quantity | Moment | str | bool

_PERCENT = "percent"
_HUNDRED = Decimal(100)
_MINUTE = "minute"
_DAY = "day"
_SECONDS = {"second": 1, _MINUTE: 60, "hour": 3_600, _DAY: 86_400, "week": 604_800}


def _midnight(text: str) -> datetime:
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - dates of sources bear no zone


class Unfit(BadInput):
    """Two values that cannot be worked with together: another kind, another unit, another currency."""


def added(one: Value, other: Value, sign: int = 1) -> Value:
    """Add, or take away with ``sign`` -1; the difference of two dates is in days, of two instants in minutes.

    Raises:
        Unfit: they are not of one kind, or not in units of one measure.

    """
    if isinstance(one, Moment) and isinstance(other, Moment) and sign == -1:
        return _between(other, one)
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)):
        raise Unfit(f"{shown(one)} and {shown(other)} cannot be {'added' if sign == 1 else 'subtracted'}")
    fitted = in_unit_of(other, one)
    return Quantity(one.number + sign * fitted.number, one.unit or fitted.unit, one.spelled and other.spelled)


def _between(start: Moment, end: Moment) -> Quantity:
    begun, ended = start.exact(), end.exact()
    if begun is None or ended is None:
        raise Unfit(f"{start.text} and {end.text} do not both say their day")
    passed = ended - begun
    if start.has_time and end.has_time:
        return Quantity(Decimal(passed // timedelta(minutes=1)), _MINUTE)
    return Quantity(Decimal(passed.days), _DAY)


def multiplied(one: Value, other: Value) -> Quantity:
    """Multiply; a percentage counts as its hundredth.

    Raises:
        Unfit: one is no number, or both bear a unit.

    """
    first, second = _plain(number_of(one)), _plain(number_of(other))
    if first.unit and second.unit:
        raise Unfit(f"{shown(one)} and {shown(other)} both bear a unit, and cannot be multiplied")
    return Quantity(first.number * second.number, first.unit or second.unit, first.spelled and second.spelled)


def divided(one: Value, other: Value) -> Quantity:
    """Divide; two of one measure come to a bare number.

    Raises:
        Unfit: one is no number, the units do not fit, or it is a division by zero.

    """
    first, second = number_of(one), number_of(other)
    if first.unit == _PERCENT != second.unit or second.unit == _PERCENT != first.unit:
        first, second = _plain(first), _plain(second)
    if not second.number:
        raise Unfit(f"{shown(one)} cannot be divided by zero")
    if not second.unit:
        return Quantity(first.number / second.number, first.unit, first.spelled and second.spelled)
    return Quantity(first.number / in_unit_of(second, first).number)


def number_of(value: Value) -> Quantity:
    """Take a value for a number.

    Raises:
        Unfit: it is none.

    """
    if not isinstance(value, Quantity):
        raise Unfit(f"{shown(value)} is no number")
    return value


def _plain(value: Quantity) -> Quantity:
    return Quantity(value.number / _HUNDRED) if value.unit == _PERCENT else value


def in_unit_of(value: Quantity, other: Quantity) -> Quantity:
    """Give a quantity in the unit of another.

    Raises:
        Unfit: the units are of no one measure.

    """
    if value.unit == other.unit or (value.spelled and not value.unit):
        return Quantity(value.number, other.unit, value.spelled)
    if other.spelled and not other.unit:
        return value
    if value.unit in _SECONDS and other.unit in _SECONDS:
        return Quantity(value.number * _SECONDS[value.unit] / _SECONDS[other.unit], other.unit)
    number = converted(value.number, value.unit, other.unit)
    if number is None:
        raise Unfit(f"{shown(value)} and {shown(other)} are in units that do not fit")
    return Quantity(number, other.unit)


def compared(one: Value, other: Value) -> int:
    """Give -1, 0 or 1 as one is less than, the same as or more than the other; words are the same in either case.

    Raises:
        Unfit: they are not of one kind, or not in units of one measure.

    """
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        fitted = in_unit_of(other, one)
        return (one.number > fitted.number) - (one.number < fitted.number)
    if isinstance(one, Moment) and isinstance(other, str):
        other = Moment(other)
    elif isinstance(one, str) and isinstance(other, Moment):
        one = Moment(one)
    if isinstance(one, Moment) and isinstance(other, Moment):
        return _by_text(*_as_far_as_both(one.text, other.text))
    if isinstance(one, str) and isinstance(other, str):
        return _by_text(one.casefold(), other.casefold())
    if isinstance(one, bool) and isinstance(other, bool):
        return (one > other) - (one < other)
    raise Unfit(f"{shown(one)} and {shown(other)} cannot be compared")


def _by_text(one: str, other: str) -> int:
    return (one > other) - (one < other)


def _as_far_as_both(one: str, other: str) -> tuple[str, str]:
    """Cut two moments to what both of them say: ``2021`` is the same as ``2021-03``."""
    length = min(len(one), len(other))
    return one[:length], other[:length]


def rounded(value: Value, places: int, way: str) -> Quantity:
    """Round a number: ``half up``, ``up`` or ``down``."""
    number = number_of(value)
    ways = {"half up": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}
    return number._replace(number=number.number.quantize(Decimal(1).scaleb(-places), ways[way]))


def shown(value: Value) -> str:
    """Write a value for a message."""
    if isinstance(value, Quantity):
        return f"{value.number.normalize():f} {value.unit}".strip()
    return value.text if isinstance(value, Moment) else str(value)
