"""Times of day: ``14:05``, ``2.30 p.m.``, ``15.30 Uhr``, ``15h30``, ``午後3時``; as ``HH:MM`` or ``HH:MM:SS``."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from quire.nodes.evidence.figures.ideographs import ideographic_times

_HALF = r"(?P<half>(?i:[ap]\.?\s?m\.?))(?!\w)"
_CLOCK = re.compile(
    rf"(?<![\w:.,/-])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d%])(?!:\d)(?:\s?{_HALF})?"
    r"(?P<word>\s?(?:Uhr|h|uur|UTC|GMT|Z)(?!\w))?"
)
_SPELLED = (
    re.compile(rf"(?<![\w:.,-])(?P<hour>1[0-2]|0?[1-9])(?:[.:](?P<minute>[0-5]\d))?\s?{_HALF}"),
    re.compile(r"(?<![\w:.,-])(?P<hour>[01]?\d|2[0-4])(?:[.:](?P<minute>[0-5]\d))?\s(?:Uhr|uur)(?!\w)"),
    re.compile(r"(?<![\w:.,-])(?P<hour>[01]?\d|2[0-4])\s?[hH]\s?(?P<minute>[0-5]\d)(?!\w)"),
    re.compile(r"(?:(?<=\bà\s)|(?<=\bàs\s)|(?<=\ba\slas\s))(?P<hour>[01]?\d|2[0-4])\s?[hH](?!\w)"),
)
_TOLD = re.compile(r"\d\s?(?:[AaPp]\.?\s?[Mm]|Uhr|uur|[hH])")
_SPOKEN = re.compile(r"\b(?i:at|um|from|until|till|by|à|dalle|alle|dal|las|às|om|gegen|ab)\s+$")
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
        for found in _CLOCK.finditer(text):
            told = (
                len(found["hour"]) > 1 or found["half"] or found["word"] or found["second"] or found["minute"] == "00"
            )
            if told or _SPOKEN.search(text, max(0, found.start() - len("at about  ")), found.start()):
                yield Timed(_value(found), found.start(), found.end())
    for pattern in _SPELLED if _TOLD.search(text) else ():
        for found in pattern.finditer(text):
            yield Timed(_value(found), found.start(), found.end())


def _value(found: re.Match[str]) -> str:
    parts = found.groupdict()
    hour = int(parts["hour"])
    half = (parts.get("half") or "").lower()[:1]
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    second = parts.get("second")
    return f"{hour:02}:{int(parts.get('minute') or 0):02}" + (f":{second}" if second else "")
