"""The date of a source, and the period it covers: from its front matter, its first lines, its title, its name. Pure.

Dates are ISO 8601 as far as they are told (``2026-04-14``, ``2026-04``, ``2026``); periods ``2026-Q1``, ``2025-H2``,
``2025``, ``2024/2026``. English and German.
"""

import re
from collections.abc import Iterator

from quire.nodes.sources.passage import Reading
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.heads import Head, first_passages, plain

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN = {"mär": "mar", "mae": "mar", "mai": "may", "okt": "oct", "dez": "dec"}
_MONTH = (
    r"(?P<month>(?i:jan(?:uary|uar)?|feb(?:ruary|ruar)?|m[aä]r(?:ch|z)?|maerz|apr(?:il)?|may|mai|june?|juni|july?|juli"
    r"|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?))\b\.?"
)
_YEAR = r"(?P<year>(?:19[5-9]|20\d)\d)(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)"
_ISO_MONTH = r"(?P<year>(?:19[5-9]|20\d)\d)(?P<sign>[-. ]?)(?P<month>0[1-9]|1[0-2])"
_FULL = tuple(
    re.compile(rf"(?<![\w./-]){pattern}")
    for pattern in (
        rf"{_ISO_MONTH}(?:(?P=sign)(?P<day>0[1-9]|[12]\d|3[01]))?(?![\d:-])",
        rf"{_DAY}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_DAY}\.\s?(?P<month>[01]?\d)\.\s?{_YEAR}",
        rf"(?P<month>[01]?\d)/{_DAY}/{_YEAR}",
        rf"{_MONTH},?\s*{_YEAR}",
    )
)
_LONE_YEAR = re.compile(rf"(?<![\w./-]){_YEAR}(?![-/]?\d)")
_CUE = re.compile(
    r"\b(?:last (?:updated|modified|revised|reviewed)|updated|revised|as (?:of|at)|dated?|issued|published|released"
    r"|prepared (?:by|on)|minutes of|letter of"
    r"|stand|datum|vom|ge[aä]ndert|aktualisiert|ver[oö]ffentlicht|erstellt)\b",
    re.IGNORECASE,
)
"""What announces the day on which a source was written."""
_EVENT = re.compile(
    r"\b(?:effective|approved|completed|meeting (?:of|on)|held on|adopted|g[uü]ltig ab|in kraft|beschlossen)\b",
    re.IGNORECASE,
)
"""What announces another day, of which the source may be: of a meeting, or since when it holds."""
_DESTINED = re.compile(r"\b(?:for|f[uü]r)\b", re.IGNORECASE)
"""What stands before a meeting that a source was written for, and so not of."""
_LABEL = re.compile(r"(?:[^\W\d][\w-]*\s+){1,4}(?:of|vom)\s+", re.IGNORECASE)
"""What stands before a date that is a sentence with it: ``Report of 9 September 2026.``"""
_FIELD = re.compile(
    r"(?:.*[._ ])?(?:date|updated|(?:last[_ ]?)?(?:updated|modified|revised|reviewed)|published|issued|effective"
    r"|as[_ ]of|datum|stand|ge[aä]ndert|aktualisiert|ver[oö]ffentlicht|g[uü]ltig[_ ]ab)",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"(?:last (?:updated|modified|revised|reviewed)|updated|revised|dated?|issued|published|released|prepared"
    r"|datum|stand|zuletzt ge[aä]ndert|aktualisiert|ver[oö]ffentlicht|erstellt)\b",
    re.IGNORECASE,
)
"""How a line begins that says when its source was written; ``effective`` and ``adopted`` say what holds since when."""
_BETWEEN = 60
"""Characters that may stand between a word that announces a date and the date."""
_SHORT = 14
"""Words of a line that is no sentence: a subtitle, an imprint."""
_NUMBERED = {"first": 1, "second": 2, "third": 3, "fourth": 4, "erstes": 1, "zweites": 2, "drittes": 3, "viertes": 4}
_PART = (
    r"(?:(?P<kind>[QqHh])\s?(?P<n>[1-4])|(?P<ordinal>first|second|third|fourth|erstes|zweites|drittes|viertes|[1-4]\.)"
)
_PART += r"\s*(?P<name>quarter|half|quartal|halbjahr)(?:\s+of)?)"
_PERIODS = (
    re.compile(rf"(?<!\w){_PART}[\s/,-]*{_YEAR}", re.IGNORECASE),
    re.compile(rf"(?<!\d){_YEAR}[\s/-]*{_PART}(?!\w)", re.IGNORECASE),
)
_YEARS = re.compile(r"(?<!\d)(?P<from>20\d\d)\s?(?:[-\u2013/]|to|bis)\s?(?P<to>20\d\d)(?!\d)", re.IGNORECASE)


def date_of(head: Head, today: str = "") -> str:
    """Give the date of a source, as far as it is told; empty if it is not.

    Args:
        head: of the source.
        today: the date that the document bears, if it bears one: a later one is no source's where it has another.

    """
    found = [dated for where in (_sure(head), _likely(head)) for dated in where]
    return next((dated for dated in found if not today or dated <= today), next(iter(found), ""))


def may_be_dated(head: Head, date: str, today: str = "") -> bool:
    """Whether this may be the date of a source as well as the one that code takes: several stand at its head."""
    if any(dated for dated in _sure(head) if not today or dated <= today) or (today and date > today):
        return False
    return any(date == dated for text in (*head.lines, *head.titles) for dated in dates_in(text))


def _sure(head: Head) -> Iterator[str]:
    """Give the dates on which a source says that it was written: no other date at its head is one beside them."""
    told = [dated for name, value in head.fields.items() if _FIELD.fullmatch(name) for dated in dates_in(value)]
    yield from sorted(told, reverse=True)
    yield from (dated for line in head.lines if (dated := _announced(line, _CUE)))
    yield from (dated for line in head.lines for said in sentences(line) if (dated := _labelled(said)))


def _likely(head: Head) -> Iterator[str]:
    named = (*head.titles, head.stem)
    announced = [(line, dated) for line in head.lines if (dated := _announced(line, _EVENT))]
    yield from (dated for line, dated in announced if not _DESTINED.search(line))
    yield from (dated for line in head.lines if _is_imprint(line) for dated in dates_in(line))
    yield from (dated for text in named for dated in dates_in(text))
    yield from (found["year"] for text in named for found in _LONE_YEAR.finditer(text))
    yield from (dated for _, dated in announced)


def where_dated(reading: Reading) -> frozenset[str]:
    """Give the addresses at the head of a source that say when it was written and no more: ``Date: 30 June 2026``."""
    return frozenset(p["address"] for p in first_passages(reading["passages"]) if _is_own_date(plain(p["text"])))


def _is_own_date(line: str) -> bool:
    alone = any(spelling.fullmatch(line) for spelling in _FULL)
    return alone or bool(
        _WRITTEN.match(line) and len(line.split()) <= _SHORT and len(list(dates_in(line))) == 1  # more are a period
    )


def period_of(head: Head) -> str:
    """Give the period that a source says it covers in its title or name; empty if it says none."""
    texts = (*head.titles, head.stem)
    parts = (period for text in texts for period in quarters_in(text))
    years = (f"{found['from']}/{found['to']}" for text in texts for found in _YEARS.finditer(text))
    lone = (found["year"] for text in texts for found in _LONE_YEAR.finditer(text) if not list(dates_in(text)))
    return next((period for where in (parts, years, lone) for period in where), "")


def dates_in(text: str) -> Iterator[str]:
    """Give the dates of a text that tell at least a month, in reading order."""
    found: dict[int, tuple[int, str]] = {}
    for spelling in _FULL:
        for match in spelling.finditer(text):
            free = all(match.end() <= start or match.start() >= end for start, (end, _) in found.items())
            if free and (value := _iso(match.groupdict())):
                found[match.start()] = (match.end(), value)
    yield from (found[start][1] for start in sorted(found))


def _iso(parts: dict[str, str]) -> str:
    month, day = _month(parts["month"]), int(parts.get("day") or 0)
    if not 1 <= month <= len(_MONTHS) or day > 31:  # noqa: PLR2004 - days of a month
        return ""
    return f"{parts['year']}-{month:02}" + (f"-{day:02}" if day else "")


def _month(spelt: str) -> int:
    if spelt.isdigit():
        return int(spelt)
    short = spelt[:3].lower()
    return _MONTHS.index(_GERMAN.get(short, short)) + 1


def _labelled(sentence: str) -> str:
    """Give the date of a sentence that is no more than a date, or a date and of what (``Report of 9 May 2026.``)."""
    said = sentence.strip(" .")
    label = _LABEL.match(said)
    if label and _EVENT.search(label[0]):
        return ""
    dated = said[label.end() :] if label else said
    return next(dates_in(dated), "") if any(spelling.fullmatch(dated) for spelling in _FULL) else ""


def _announced(line: str, cues: re.Pattern[str]) -> str:
    """Give the date that a line announces: ``Last updated: May 2026``."""
    for cue in cues.finditer(line):
        if dated := next(dates_in(line[cue.end() : cue.end() + _BETWEEN]), ""):
            return dated
    return ""


def _is_imprint(line: str) -> bool:
    return len(line.split()) <= _SHORT and not line.endswith((".", "?", ":"))


def quarters_in(text: str) -> Iterator[str]:
    """Give the quarters and halves of years that a text names, in one spelling."""
    for found in (match for period in _PERIODS for match in period.finditer(text)):
        if found["kind"]:
            yield f"{found['year']}-{found['kind'].upper()}{found['n']}"
        else:
            number = found["ordinal"].lower().rstrip(".")
            kind = "Q" if found["name"].lower().startswith("quart") else "H"
            yield f"{found['year']}-{kind}{_NUMBERED.get(number) or number}"
