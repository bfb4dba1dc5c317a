"""Numbers written in words: ``forty``, ``thirty-five``, ``two and one-half``, ``one hundred and twenty``."""

import re
from decimal import Decimal
from typing import NamedTuple

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TEENS = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS = {word: value for value, word in enumerate(_ONES + _TEENS)}
_ROUND = {word: 10 * value for value, word in enumerate(_TENS, 2)} | {"fourty": 40}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "eighth": 8, "tenth": 10}
_PARTS |= {f"{word}s": value for word, value in _PARTS.items()} | {"halves": 2}

_NUMBER = "|".join(sorted([*_UNITS, *_ROUND, *_SCALES], key=len, reverse=True))
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_JOIN = r"(?:\s*-\s*|\s+)"
_WORDS = re.compile(
    rf"(?<![\w-])(?<!\d )(?:{_NUMBER})(?:{_JOIN}(?:{_NUMBER})\b)*(?:{_JOIN}(?:{_PART})\b)?"
    rf"(?:\s+and\s+(?:(?:{_NUMBER})(?:{_JOIN}(?:{_NUMBER})\b)*(?:{_JOIN}(?:{_PART})\b)?|a\s+(?:{_PART})))?(?!\w)",
    re.IGNORECASE,
)
_TEN = 10
_HUNDRED = 100


class Numeral(NamedTuple):
    """A number in words and where it stands."""

    value: Decimal
    start: int
    end: int


def numerals(text: str) -> list[Numeral]:
    """Find the numbers written in words. ``one and two`` are two numbers, ``one hundred and two`` is one."""
    return [numeral for found in _WORDS.finditer(text) for numeral in _parted(found)]


def _parted(found: re.Match[str]) -> list[Numeral]:
    """Part a match at an ``and`` that joins two numbers rather than making one."""
    cut = re.search(r"\s+and\s+", found[0], re.IGNORECASE)
    whole = _value(found[0])
    if whole is not None:
        return [Numeral(whole, found.start(), found.end())]
    if not cut:
        return _single_words(found[0], found.start())
    before, after = found[0][: cut.start()], found[0][cut.end() :]
    parts = ((before, found.start()), (after, found.start() + cut.end()))
    return [numeral for part, start in parts for numeral in _of_part(part, start)]


def _of_part(part: str, start: int) -> list[Numeral]:
    value = _value(part)
    return _single_words(part, start) if value is None else [Numeral(value, start, start + len(part))]


def _single_words(part: str, start: int) -> list[Numeral]:
    """Read a run that is no one number (``two three``) word by word."""
    words = ((found, _value(found[0])) for found in re.finditer(r"\w+", part))
    return [Numeral(value, start + w.start(), start + w.end()) for w, value in words if value is not None]


def _value(words: str) -> Decimal | None:
    """Value of one number in words, or ``None`` if the words do not make one."""
    halves = re.split(r"\s+and\s+", words.lower().strip())
    whole = _plain(re.split(r"[\s-]+", halves[0]))
    if len(halves) == 1:
        return whole
    tail = re.split(r"[\s-]+", halves[1])
    rest = _plain(tail)
    if whole is None or rest is None:
        return None
    fraction = tail[-1] in _PARTS
    scaled = re.search(r"(?:hundred|thousand|million)$", halves[0]) is not None and rest < _HUNDRED
    return whole + rest if (fraction and whole == whole.to_integral()) or scaled else None


def _plain(words: list[str]) -> Decimal | None:
    """Value of words without ``and``; a fraction's denominator may be the last (``three quarters``, ``a half``)."""
    if words[-1] in _PARTS:
        top = Decimal(1) if words[:-1] in ([], ["a"]) else _plain(words[:-1])
        return None if top is None or words == [words[-1]] else top / _PARTS[words[-1]]
    total, current, last = 0, 0, ""
    for word in words:
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] > _HUNDRED:
                total, current = total + current, 0
        elif not _may_follow(word, last):
            return None
        else:
            current += _UNITS.get(word, _ROUND.get(word, 0))
        last = word
    return Decimal(total + current)


def _may_follow(word: str, last: str) -> bool:
    """Tell ``forty five`` and ``hundred five`` from ``four five``."""
    if word not in _UNITS and word not in _ROUND:
        return False
    return not last or last in _SCALES or (last in _ROUND and 0 < _UNITS.get(word, _TEN) < _TEN)
