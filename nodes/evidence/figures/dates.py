"""Dates in prose, as ISO 8601 with open parts: ``2026-11-22``, ``2026-11``, ``--11-22`` (no year), ``--11`` (a month).

``22 November 2026``, ``Nov. 22, 2026``, ``4. Mai 2026``, ``1er mai``, ``8-13-19``, ``30.06.2026``,
``15 and 19 February``, ``2026年5月4日``, ``令和8年``. Pure: nothing is completed by the clock.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.conventions import Convention, months
from quire.nodes.evidence.figures.ideographs import ideographic_dates
from quire.nodes.evidence.figures.scripts import LETTER
from quire.nodes.evidence.figures.shared_years import Dated, sharing_years

_YEAR: Final = r"(?P<year>\d{4})(?!\d)"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|re|º|ª|°|\.)?"
_DAY: Final = rf"(?P<day>\d{{1,2}}){_ORDINAL}"
_LISTED: Final = (
    rf"(?P<days>\d{{1,2}}{_ORDINAL}(?:(?:\s?,\s?(?:and\s|or\s|the\s)*|\s?[-\u2013\u2014/]\s?|"
    rf"\s(?:and|or|to|until|through|und|oder|bis|et|ou|au|y|o|a|al|e|ed|en|of|tot|até|&)\s(?:the\s|zum\s|le\s|el\s|il\s|de\s)?)\d{{1,2}}{_ORDINAL})+)"
)
_SUFFIXES: Final = "stndrher.ºª°"
_OF: Final = r"(?:\s+(?:of|de|di|do|da)\s+|\s*[-\s]\s*|\s+d['\u2019])"
_END: Final = rf"(?!{LETTER}|[-/]\d|\.\d)"
_SPELLINGS: Final = (
    rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)(?P<day>\d{{1,2}}){_END}",
    rf"(?P<one>\d{{1,2}})(?P<sign>[-/])(?P<two>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d{{2}}){_END}",
    rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d{{2}}){_END}",
    rf"(?P<year>\d{{4}})-(?P<month>0[1-9]){_END}",
    rf"(?P<year>(?:19|20)(?:1[3-9]|[2-9]\d))-(?P<month>1[0-2]){_END}",  # no range of years ends before it begins
    rf"(?P<month>0[1-9]|1[0-2])/(?P<year>\d{{4}}){_END}",
)
_SHORT: Final = r"(?P<day>\d{1,2})\.(?P<month>0\d|1[0-2])\.(?!\s?\d)(?!\w)"
"""``30.06.``: only where the comma is the decimal sign."""
_ALSO_WORDS: Final = frozenset({"may", "march", "mar", "set", "out", "ago", "august"})
"""Names that are words too, or parts of names: months only with a capital, or in a language that writes them small."""
_WORDS_OF: Final = {"it": frozenset({"set", "mar"})}
"""Those that are words in such a language as well: months only beside a year or a date, behind an article, or alone."""
_SINGULAR: Final = r"(?:(?<=\bil\s)|(?<=\bal\s)|(?<=\bdal\s)|(?<=\bdel\s)|(?<=\bnel\s))"
"""An article before one thing: with a number behind it, that is a day."""
_TURN = 50
_LEAP = 2000


def dates(text: str, convention: Convention) -> list[Dated]:
    """Find the dates; the fullest reading of a place counts. Days that no calendar has are no dates."""
    found: list[Dated] = []
    taken = bytearray(len(text))
    for dated in _all(text, convention):
        if not any(taken[dated.start : dated.end]):
            taken[dated.start : dated.end] = b"\1" * (dated.end - dated.start)
            found.append(dated)
    return sharing_years(sorted(found, key=lambda dated: (dated.start, dated.end)), text)


def _all(text: str, convention: Convention) -> Iterator[Dated]:
    yield from (Dated(*each) for each in ideographic_dates(text))
    if not _DIGIT.search(text):
        return
    known = months(convention.language)
    places = [word.span() for word in _WORD.finditer(text) if word[0].lower() in known]
    names = _named(convention.language) if places else _Names((), ())
    for start, end in places:
        for pattern in names.listed:
            for match in pattern.finditer(text, max(0, start - _REACH), end + _REACH):
                yield from _days_of(match, convention)
    if _PARTED.search(text):
        for pattern in (*_NUMERIC, _DAY_MONTH) if convention.decimal == "," else _NUMERIC:
            yield from _one(pattern.finditer(text), convention)
    for pattern in names.single:
        for start, end in places:
            yield from _one(pattern.finditer(text, max(0, start - _NEAR), end + _NEAR), convention)


_REACH, _NEAR = 80, 24
"""How far from a month's name a list of days reaches, and a day and a year."""


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!{LETTER})(?<![./-]){pattern}") for pattern in patterns)


_WORD = re.compile(r"[^\W\d_]{3,}")
_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r"\d[-/.]\s?\d")
_NUMERIC = _compiled(*_SPELLINGS)
(_DAY_MONTH,) = _compiled(_SHORT)


class _Names(NamedTuple):
    """Patterns with names of months, the fullest first."""

    listed: tuple[re.Pattern[str], ...]
    single: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=64)
def _named(language: str) -> _Names:
    known = months(language)
    small = frozenset() if language == "en" else _ALSO_WORDS & known.keys()
    month = _month_of(known, _ALSO_WORDS - (small - _WORDS_OF.get(language, frozenset())))
    by_year = _month_of(known, _ALSO_WORDS - small)
    year = rf"(?:,?\s+|\s+(?:de[l]?|of)\s+|-){_YEAR}"
    listed: tuple[str, ...] = (
        rf"{_LISTED}{_OF}?\s*{by_year}{year}",
        rf"{_LISTED}{_OF}?\s*{month}",
        rf"{month}\s+{_LISTED}(?:,?\s+{_YEAR})?(?![\d:%]|[.,]\d)",
    )
    single: tuple[str, ...] = (
        rf"{_DAY}{_OF}?\s*{by_year}{year}{_END}",
        rf"{month}\s+(?:the\s+)?{_DAY},?\s+{_YEAR}{_END}",
        rf"{by_year}{year}{_END}",
        rf"{month}\s+(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_END}(?![\d:%]|[.,]\d|\s?%)",
        rf"{_DAY}{_OF}?\s*{month}(?!\w)",
    )
    if also := {name: known[name] for name in _WORDS_OF.get(language, ()) if name in known}:
        word, end = _month_of(also, ()), r"(?!\w)"
        other = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
        listed = (*listed, rf"{_SINGULAR}{_LISTED}\s+{word}{end}", rf"^{_LISTED}\s+{word}$")
        to_a_month = rf"(?=\s?[-\u2013\u2014]\s?\d{{1,2}}\s+(?i:{other})(?!\w))"
        single = (*single, rf"{_SINGULAR}{_DAY}\s+{word}{end}", rf"^{_DAY}\s+{word}$", rf"{_DAY}\s+{word}{to_a_month}")
    return _Names(_compiled(*listed), _compiled(*single))


def _month_of(known: Mapping[str, int], capital: Collection[str]) -> str:
    """Give the pattern of a month's name; some count with a capital only."""
    safe = "|".join(sorted((re.escape(name) for name in known if name not in capital), key=len, reverse=True))
    also = "|".join(f"{name.title()}|{name.upper()}" for name in known if name in capital)
    return rf"(?P<month>{rf'(?:(?i:{safe})|{also})' if also else rf'(?i:{safe})'})(?!\w)\.?"


def _days_of(match: re.Match[str], convention: Convention) -> Iterator[Dated]:
    """Give each day of a list the month, and the year, that stand at its end: ``15 and 19 February 2026``."""
    month = months(convention.language)[match["month"].lower()]
    at = match.start("days")
    found = list(re.finditer(rf"\d{{1,2}}{_ORDINAL}", match["days"]))
    for number, day in enumerate(found):
        start, end = at + day.start(), at + day.end()
        if number == 0:
            start = match.start()
        if number == len(found) - 1:
            end = match.end()
        if value := _iso(match.groupdict().get("year") or "", month, int(day[0].rstrip(_SUFFIXES))):
            yield Dated(value, start, end)


def _one(found: Iterator[re.Match[str]], convention: Convention) -> Iterator[Dated]:
    for match in found:
        parts = match.groupdict()
        ambiguous = False
        if parts.get("one"):
            day, month, ambiguous = _ordered(int(parts["one"]), int(parts["two"]), convention)
        else:
            spelled = parts["month"]
            month = int(spelled) if spelled.isdigit() else months(convention.language)[spelled.lower()]
            day = int(parts.get("day") or 0)
        if value := _iso(parts.get("year") or "", month, day):
            yield Dated(value, match.start(), match.end(), ambiguous)


def _ordered(one: int, two: int, convention: Convention) -> tuple[int, int, bool]:
    """Tell day from month in ``3/4/2026``: day, month, and whether that is a guess."""
    most_months = 12
    if one > most_months or two > most_months:
        return (max(one, two), min(one, two), False)
    day, month = (two, one) if convention.month_first else (one, two)
    return day, month, one != two and not convention.order_known


def _iso(year: str, month: int, day: int) -> str:
    """Write a date as ISO 8601 has it; empty if no calendar has it."""
    full = _full_year(year)
    try:
        date(full or _LEAP, month, day or 1)
    except ValueError:
        return ""
    tail = f"-{day:02}" if day else ""
    return f"{full:04}-{month:02}{tail}" if full else f"--{month:02}{tail}"


def _full_year(year: str) -> int:
    """Complete a year of two digits: up to 49 is this century, as office programs have it."""
    if not year:
        return 0
    number = int(year)
    if len(year) > len("26"):
        return number
    return number + (2000 if number < _TURN else 1900)
