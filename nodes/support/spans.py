"""Time between two dates of the evidence, and the date that lies so long after one. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Final, NamedTuple

from quire.nodes.support.amounts import Amount, amounts, in_smaller
from quire.nodes.support.segments import Segment

_MOST: Final = 30
"""Dates and spans that are combined."""
_MONTHS: Final = 12
_A_WEEK: Final = 7
_A_MONTH: Final = Decimal("30.4375")
"""Days of one, on average."""


class _Day(NamedTuple):
    """A date, of which the day may be open."""

    year: int
    month: int
    day: int | None

    @property
    def months(self) -> int:
        """Months since the year 0."""
        return self.year * _MONTHS + self.month - 1


def between_dates(segments: Sequence[Segment], unit: str) -> Iterator[Decimal]:
    """Give the time between each two dates, those of sources included: in days, in whole weeks as days, or in months.

    In whole months, as it is, and counted with the first and the last: of 4 May to 19 December seven and eight.
    """
    for one, other in combinations(_days(segments), 2):
        first, last = sorted((one, other), key=lambda day: (day.months, day.day or 1))
        days = Decimal((_date(last) - _date(first)).days)
        if unit == "week":
            yield from (days, days + 1, Decimal(round(days / _A_WEEK) * _A_WEEK))
        elif unit == "day":
            yield from (days, days + 1)
        else:
            yield Decimal(last.months - first.months + 1)
            yield Decimal(last.months - first.months - ((last.day or 1) < (first.day or 1)))
            yield days / _A_MONTH


def comes_to(claimed: str, segments: Sequence[Segment]) -> bool:
    """Whether a date lies as long after or before one of the evidence as it says: ``20 months from 30 June 2026``.

    Args:
        claimed: ``2028-02`` or ``2028-02-28``; ``--02-28`` is of any year.
        segments: the evidence.

    """
    yearless = claimed.startswith("--")
    wanted = _read(f"2000-{claimed[2:]}" if yearless else claimed)
    spans = [in_smaller(one) for segment in segments for one in amounts(segment)]
    spans = [one for one in dict.fromkeys(spans) if one.unit in ("day", "month")][:_MOST]
    found = (moved for day in _days(segments) for span in spans for moved in _moved(day, span))
    return wanted is not None and any(
        one.month == wanted.month and (yearless or one.year == wanted.year) and wanted.day in (None, one.day)
        for one in found
    )


def _moved(day: _Day, span: Amount) -> Iterator[_Day]:
    for by in (int(span.value), -int(span.value)):
        if span.unit == "month":
            months = day.months + by
            yield _Day(months // _MONTHS, months % _MONTHS + 1, day.day)
        elif day.day is not None:
            try:
                moved = _date(day) + timedelta(days=by)
            except OverflowError:
                continue
            yield _Day(moved.year, moved.month, moved.day)


def _days(segments: Sequence[Segment]) -> list[_Day]:
    """Give the dates that evidence names; one without a year is of the year of another beside it."""
    told: list[_Day | None] = []
    for segment in segments:
        tokens = (*segment.tokens, *segment.lead, *segment.around)
        dates = [str(t.figure.value) for t in tokens if t.figure is not None and t.figure.kind == "date"]
        years = {day.year for day in map(_read, dates) if day is not None}
        told += [_read(one) for one in dates]
        told += [_read(f"{year}-{one[2:]}") for one in dates if one.startswith("--") for year in sorted(years)]
    return [day for day in dict.fromkeys(told) if day is not None][:_MOST]


def _read(text: str) -> _Day | None:
    """Read ``2026-06-30`` or ``2026-06``; what has no year or month is no date to reckon with."""
    parts = text.split("-")
    if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts):
        return None
    day = _Day(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == len("ymd") else None)
    try:
        _date(day)
    except ValueError:
        return None
    return day


def _date(day: _Day) -> date:
    return date(day.year, day.month, day.day or 1)
