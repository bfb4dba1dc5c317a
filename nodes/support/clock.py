"""Times of day in words: ``nine in the morning``, ``two o'clock``, ``neun Uhr früh``."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_HOURS: Final = {
    word: hour
    for words in (
        "one two three four five six seven eight nine ten eleven twelve",
        "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    )
    for hour, word in enumerate(words.split(), 1)
}
_MORNING: Final = r"in the morning|früh|morgens|am morgen|vormittags"
_LATER: Final = r"in the afternoon|in the evening|at night|nachmittags|abends|am nachmittag|am abend"
_TOLD: Final = re.compile(
    r"\b(?:(?P<half>half past\s+)|(?P<past>(?:a )?quarter past\s+)|(?P<to>(?:a )?quarter to\s+))?"
    rf"(?P<hour>{'|'.join(_HOURS)}|\d{{1,2}})(?:(?P<clock>\s+o['\u2019]clock|\s+uhr)"
    rf"(?:\s+(?:(?P<early>{_MORNING})|(?P<late>{_LATER})))?|\s+(?:(?P<morning>{_MORNING})|(?P<evening>{_LATER})))",
    re.IGNORECASE,
)
_HALF_A_DAY: Final = 12


class Hour(NamedTuple):
    """An hour that is told in words, and the minutes after midnight that it may be."""

    start: int
    end: int
    minutes: frozenset[int]


def hours_in(text: str) -> Iterator[Hour]:
    """Find the hours that a text tells in words; where it does not say which half of the day, both may be meant."""
    for match in _TOLD.finditer(text):
        said = match["hour"].lower()
        hour = _HOURS.get(said) or int(said)
        early, late = match["early"] or match["morning"], match["late"] or match["evening"]
        first = hour % _HALF_A_DAY
        meant = [hour] if hour > _HALF_A_DAY else [first] if early else [first + _HALF_A_DAY]
        if not early and not late and hour <= _HALF_A_DAY:
            meant.append(first)
        by = 30 if match["half"] else 15 if match["past"] else -15 if match["to"] else 0
        yield Hour(match.start(), match.end(), frozenset(60 * one + by for one in meant))
