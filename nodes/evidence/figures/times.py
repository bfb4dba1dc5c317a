"""Times of day: ``14:05``, ``2.30 p.m.``, ``15.30 Uhr``, ``15h30``, ``午後3時``; as ``HH:MM`` or ``HH:MM:SS``."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from quire.nodes.evidence.figures.ideographs import ideographic_times
from quire.nodes.evidence.figures.scripts import LETTER

_HALF = rf"(?P<half>(?i:[ap]\.?\s?m\.?))(?!{LETTER})"
_CLOCK = re.compile(
    rf"(?<!{LETTER})(?<![:.,/-])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d%]|[,'\u2019]\d{{3}})(?!:\d)(?:\s?{_HALF})?"
    rf"(?P<word>\s?(?:Uhr|h|uur|UTC|GMT|Z)(?!{LETTER})|まで|から|頃|ごろ)?"
)
_SPELLED = (
    re.compile(rf"(?<!{LETTER})(?<![:.,-])(?P<hour>1[0-2]|0?[1-9])(?:[.:](?P<minute>[0-5]\d))?\s?{_HALF}"),
    re.compile(
        rf"(?<!{LETTER})(?<![:.,-])(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?\s(?:Uhr|uur)(?!{LETTER})"
    ),
    re.compile(rf"(?<!{LETTER})(?<![:.,-])(?P<hour>[01]?\d|2[0-4])\s?[hH]\s?(?P<minute>[0-5]\d)(?!{LETTER})"),
    re.compile(rf"(?:(?<=\bà\s)|(?<=\bàs\s)|(?<=\ba\slas\s))(?P<hour>[01]?\d|2[0-4])\s?[hH](?!{LETTER})"),
)
_HOUR = r"(?:[01]?\d|2[0-4])"
_PARTED = r"(?:[.:,][0-5]\d)?(?!\d|[.,:]\d)"
_PAIRED = re.compile(
    rf"\b(?:(?:dalle|alle)\sore|ore|dalle(?=\s{_HOUR}{_PARTED}\s(?:ore\s)?alle\s)|(?<=\d\s)alle(?:\sore)?"
    rf"|de(?:sde)?\slas(?=\s{_HOUR}{_PARTED}\s(?:a|hasta)\slas\s)|(?<=\d\s)(?:a|hasta)\slas)\s"
    rf"(?P<hour>{_HOUR})(?:[.:,](?P<minute>[0-5]\d))?(?!\d|[.,:]\d|\s?%)"
)
"""What words before it make an hour of: ``alle ore 9.15``, ``dalle 8 alle 12.30``, ``de las 9 a las 14``."""
_NAMED = re.compile(r"(?<![\d.,:])12\s(?P<which>noon|midnight)\b", re.IGNORECASE)
_FIRST_END = re.compile(
    r"(?:(?P<between>\b(?i:zwischen|tussen|entre)\s+))?(?<![\d.,:/-])(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?"
    r"\s?(?:(?P<to>[-\u2013\u2014]|bis|tot|à|a|até)|und|en|et|y|e)\s?$"
)
"""The first end of a range whose second is an hour: ``8 bis 11 Uhr``, ``zwischen 14 und 16 Uhr``."""
_LONGEST_END = len("zwischen 14.30 und ")
_TOLD = re.compile(r"\d\s?(?:[AaPp]\.?\s?[Mm]|Uhr|uur|[hH])")
_SPOKEN = re.compile(r"\b(?i:at|um|from|until|till|by|à|dalle|alle|dal|las|às|om|gegen|ab)\s+$")
_TO = re.compile(r"\s?(?:[-\u2013\u2014~\u301c\uff5e至到]|から|to|until|till|bis|à|a|al|tot|até)\s?")
"""What stands between the two ends of a range: where the second is a time, the first is one too."""
_NOON = 12


class Timed(NamedTuple):
    """A time of day and where it stands."""

    value: str
    start: int
    end: int


def times(text: str) -> Iterator[Timed]:
    """Find the times of day. ``4:10`` by itself is a ratio; ``04:10``, ``at 4:10`` and ``4:10 pm`` are times."""
    if "時" in text or "时" in text or "点" in text or "點" in text:
        yield from (Timed(*each) for each in ideographic_times(text))
    if ":" in text:
        clocks = [*_CLOCK.finditer(text)]
        for found, after in zip_longest(clocks, clocks[1:]):
            ranged = after is not None and _TO.fullmatch(text, found.end(), after.start()) and _tells(after, text)
            if ranged or _tells(found, text):
                yield Timed(_value(found), found.start(), found.end())
    for pattern in _SPELLED if _TOLD.search(text) else ():
        for found in pattern.finditer(text):
            yield from _first_end(found, text)
            yield Timed(_value(found), found.start(), found.end())
    for found in _PAIRED.finditer(text):
        yield Timed(_value(found), found.start("hour"), found.end())
    for found in _NAMED.finditer(text):
        yield Timed("12:00" if found["which"].lower() == "noon" else "00:00", found.start(), found.end())


def _first_end(second: re.Match[str], text: str) -> Iterator[Timed]:
    """Read the hour before the second end of a range, unless that says which half of the day it is in."""
    at = second.start()
    found = None if second.groupdict().get("half") else _FIRST_END.search(text, max(0, at - _LONGEST_END), at)
    if found and (found["to"] or found["between"]):
        yield Timed(_value(found), found.start("hour"), found.end("minute") if found["minute"] else found.end("hour"))


def _tells(found: re.Match[str], text: str) -> bool:
    """Whether something says that two numbers at a colon are a time and no ratio."""
    if len(found["hour"]) > 1 or found["half"] or found["word"] or found["second"] or found["minute"] == "00":
        return True
    return _SPOKEN.search(text, max(0, found.start() - len("at about  ")), found.start()) is not None


def _value(found: re.Match[str]) -> str:
    parts = found.groupdict()
    hour = int(parts["hour"])
    half = (parts.get("half") or "").lower()[:1]
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    second = parts.get("second")
    return f"{hour:02}:{int(parts.get('minute') or 0):02}" + (f":{second}" if second else "")
