"""Numbers written in words: ``forty``, ``thirty-five``, ``two and one-half``, ``one hundred and twenty``."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

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
    rf"(?<![\w-])(?<![\d)½¼¾]\s)(?:{_NUMBER})(?:{_JOIN}(?:{_NUMBER})\b)*(?:{_JOIN}(?:{_PART})\b)?"
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


_FOREIGN: Final = {
    "de": "null _ zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "zéro _ deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "it": "zero _ due tre quattro cinque sei sette otto nove dieci undici dodici",
    "nl": "nul _ twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "pt": "zero _ dois três quatro cinco seis sete oito nove dez onze doze",
}
"""Nought to twelve, but one, which is an article too."""
_FOREIGN_TENS: Final = {
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
    "fr": "vingt trente quarante cinquante soixante _ _ _ cent",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig honderd",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem",
}
_WORD = re.compile(r"(?<!per\s)(?<!por\s)(?<!pour\s)\b[^\W\d_]+")
"""A word; the hundred of ``per cento`` is none by itself."""


@lru_cache(maxsize=64)
def _foreign(language: str) -> dict[str, int]:
    ones = dict(zip(_FOREIGN.get(language, "").split(), range(_HUNDRED), strict=False))
    tens = dict(zip(_FOREIGN_TENS.get(language, "").split(), range(2 * _TEN, _HUNDRED + 1, _TEN), strict=False))
    joined = {"de": "und", "nl": "en"}.get(language)
    both = {f"{one}{joined}{ten}": ones[one] + tens[ten] for one in ones for ten in tens} if joined else {}
    return {word: value for word, value in (both | tens | ones).items() if word != "_"}


def foreign_numerals(text: str, language: str) -> list[Numeral]:
    """Find the numbers up to a hundred that are one word in another language than English: ``zwölf``, ``vingt``.

    Many are other words too (``neuf``), so they count only where a unit follows, at the end of a range perhaps.
    """
    known = _foreign(language)
    words = (word for word in _WORD.finditer(text) if word[0].lower() in known) if known else ()
    return [Numeral(Decimal(known[word[0].lower()]), word.start(), word.end()) for word in words]


def is_foreign(text: str, language: str) -> bool:
    """Whether a text is such a number."""
    return text.lower() in _foreign(language)


def numerals(text: str) -> list[Numeral]:
    """Find the numbers written in words. ``one and two`` are two numbers, ``one hundred and two`` is one."""
    found = [numeral for words in _WORDS.finditer(text) for numeral in _parted(words)]
    before = [None, *found]
    return [_scaled(one, text) for one, last in zip(found, before, strict=False) if not _is_scale_of(one, last)]


_OF_SCALE = re.compile(r"\s+(?:of\s+)?(?:an?\s+)?(?P<scale>hundred|thousand|million|billion)(?!\w)", re.IGNORECASE)
_HALF_A = re.compile(r"(?:(?P<part>half|quarter)\s+(?:of\s+)?an?\s+)$", re.IGNORECASE)


def _scaled(numeral: Numeral, text: str) -> Numeral:
    """Read ``two and a half million`` and ``half a million``."""
    if numeral.value != numeral.value.to_integral() and (scale := _OF_SCALE.match(text, numeral.end)):
        return Numeral(numeral.value * _SCALES[scale["scale"].lower()], numeral.start, scale.end())
    before = _HALF_A.search(text, max(0, numeral.start - len("quarter of a ")), numeral.start)
    if before and text[numeral.start : numeral.end].lower() in _SCALES:
        return Numeral(numeral.value / _PARTS[before["part"].lower()], before.start(), numeral.end)
    return numeral


def _is_scale_of(numeral: Numeral, last: Numeral | None) -> bool:
    """Whether a word of scale stands right behind a number with a fraction, which takes it."""
    if last is None or numeral.value < _HUNDRED:
        return False
    return 0 < numeral.start - last.end <= len(" of a ") and last.value != last.value.to_integral()


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
