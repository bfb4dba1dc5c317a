"""The time that a quantity is of: years, halves, quarters, months, days, seasons, in one spelling. Pure."""

import re
from typing import NamedTuple

from quire.nodes.survey.dates import dates_in, quarters_in

_SEASON = r"(?P<season>spring|summer|autumn|fall|winter|fr(?:ü|ue)hjahr|sommer|herbst)"
_YEARS = r"(?P<first>(?:19|20)\d\d)\s?[-/\u2013]\s?(?P<last>(?:19|20)?\d\d)"
_PATTERNS = (
    re.compile(rf"(?<!\w){_SEASON}\s+(?:of\s+)?(?:{_YEARS}|(?P<year>(?:19|20)\d\d))(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<![\d./-]){_YEARS}(?![\d/-])"),
)
_LONE = re.compile(r"(?<![\w.,/-])(?:FY\s?)?(?P<year>(?:19|20)\d\d)(?![\w/-]|[.,]\d)")
_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|m[aä]r(?:ch|z)?|apr(?:il)?|ma[iy]|june?|juni|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
_DATED = re.compile(
    rf"(?<![\w./-])(?:\d{{4}}-\d\d(?:-\d\d)?(?![\d-])|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH},?\s+(?:19|20)\d\d"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|{_MONTH},?\s+(?:19|20)\d\d|\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?<!\w)(?:(?:[qh]\s?[1-4]|(?:first|second|third|fourth|erstes|zweites|drittes|viertes|[1-4]\.)\s*"
    r"(?:quarter|half|quartal|halbjahr)(?:\s+of)?)[\s/,-]*(?:19|20)\d\d|(?:19|20)\d\d[\s/-]*[qh]\s?[1-4])(?!\w)",
    re.IGNORECASE,
)


class Timed(NamedTuple):
    """A text without the times that it names, and these."""

    rest: str
    """The text with blanks where a time stood: every other sign stays in its place."""
    periods: tuple[str, ...]


def timed(text: str) -> Timed:
    """Take the times out of a text: ``2026-Q1``, ``2024-05``, ``winter 2021/22``, ``2024``."""
    found: dict[int, str] = {}
    left = text
    for pattern, spelling in ((_PARTS, _quarter), *((p, _spelt) for p in _PATTERNS), (_DATED, _date), (_LONE, _year)):
        for match in pattern.finditer(left):
            if period := spelling(match):
                found[match.start()] = period
                left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
    return Timed(left, tuple(dict.fromkeys(found[start] for start in sorted(found))))


def _quarter(match: re.Match[str]) -> str:
    return next(iter(quarters_in(match[0])), "")


def _date(match: re.Match[str]) -> str:
    return next(dates_in(match[0]), "")


def _year(match: re.Match[str]) -> str:
    return match["year"]


def _spelt(match: re.Match[str]) -> str:
    parts = match.groupdict()
    years = parts.get("year") or f"{parts['first']}/{parts['last'][-2:]}"
    return " ".join(part for part in ((parts.get("season") or "").lower(), years) if part)
