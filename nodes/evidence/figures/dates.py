"""Dates in prose, as ISO 8601: ``22 November 2026``, ``Nov. 22, 2026``, ``8-13-19`` (month first), ``March 2020``."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?))\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_SPELLINGS = tuple(
    re.compile(rf"(?<![\w./-]){pattern}(?![\w]|[-/]\d)")
    for pattern in (
        rf"{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        r"(?P<month>\d{1,2})(?P<sign>[/-])(?P<day>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})",
        rf"{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH}",
    )
)
_CENTURY, _TURN = 100, 50


class Dated(NamedTuple):
    """A date: ``2026-11-22``, ``2026-11`` or ``--11-22`` as far as it is told, and where it stands."""

    value: str
    start: int
    end: int


def dates(text: str) -> list[Dated]:
    """Find the dates; the fullest reading of a place counts. Days that no calendar has are no dates."""
    found: list[Dated] = []
    for dated in (dated for spelling in _SPELLINGS for dated in _read(spelling, text)):
        if all(dated.end <= other.start or dated.start >= other.end for other in found):
            found.append(dated)
    return sorted(found, key=lambda dated: dated.start)


def _read(spelling: re.Pattern[str], text: str) -> Iterator[Dated]:
    for found in spelling.finditer(text):
        parts = found.groupdict()
        month = _month(parts["month"])
        year, day = parts.get("year") or "", int(parts.get("day") or 0)
        full = _full_year(year)
        if _exists(full or 2000, month, day or 1):
            tail = f"-{day:02}" if day else ""
            yield Dated(f"{full:04}-{month:02}{tail}" if full else f"--{month:02}{tail}", found.start(), found.end())


def _month(spelled: str) -> int:
    return int(spelled) if spelled.isdigit() else _MONTHS.index(spelled[:3].lower()) + 1


def _full_year(year: str) -> int:
    """Complete a year of two digits: up to 49 is this century, as office programs have it."""
    if not year:
        return 0
    number = int(year)
    if number >= _CENTURY:
        return number
    return number + (2000 if number < _TURN else 1900)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
