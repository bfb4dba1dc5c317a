"""Parts and multiples in words: ``a third of them``, ``half as many``, ``six in ten``, ``twice``, ``drei Viertel``.

They are seldom written so in a source, which gives the two numbers. So they are held against what its figures are of
each other; a part that is said as it stands there needs no reckoning.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.in_words import amounts_in_words
from quire.nodes.evidence.figures.numerals import numerals
from quire.nodes.support.derived import changes, percentages, ratios
from quire.nodes.support.matching import Objection
from quire.nodes.support.segments import Segment

_NUMBERS: Final = {
    "en": "a one two three four five six seven eight nine ten",
    "de": "ein zwei drei vier fünf sechs sieben acht neun zehn",
}
_PARTS: Final = {
    "en": {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10},
    "de": {"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10},
}
_TIMES: Final = {
    "en": {"twice": 2, "doubled?": 2, "thrice": 3, "tripled?": 3},
    "de": {"doppelt": 2, "verdoppelt\\w*": 2, "dreimal": 3, "verdreifacht\\w*": 3},
}
_HALVES: Final = {"en": r"\b(?:half|halved|halves)\b", "de": r"\b(?:die hälfte|der hälfte|halb so|halbiert\w*)\b"}
_BEHIND: Final = {"en": r"(?=\s+(?:of|as|on|below|above|less|more|fewer|lower|higher)\b|\s*[,.;:)]|$)", "de": r"\b"}
_NOT_BEHIND: Final = re.compile(
    r"\b(?:first|second|last|third|fourth|latter|and a|erste\w*|zweite\w*)\s+$", re.IGNORECASE
)
_OF_MANY: Final = {
    "en": r"\b({n})\s+(?:\w+\s+){0,2}(?:in|out of)\s+(?:every\s+)?({n})\b",
    "de": r"\b({n})\s+(?:\w+\s+){0,2}(?:von|unter)\s+({n})\b",
}
_MORE: Final = re.compile(r"\b(?:more than|over|above|mehr als|über|gut|just over|a little over)\s+$", re.IGNORECASE)
_LESS: Final = re.compile(
    r"\b(?:less than|fewer than|under|below|nearly|almost|just under|weniger als|knapp|fast|beinahe)\s+$", re.IGNORECASE
)
_ROUGHLY: Final = re.compile(
    r"\b(?:about|around|roughly|some|approximately|close to|rund|etwa|ungefähr|circa)\s+$", re.IGNORECASE
)
_CHANGED: Final = re.compile(
    r"\b(?:by|up|down|lost|gain\w*|rose|risen|grew|grown|fell|fallen|drop\w*|increas\w*|decreas\w*|declin\w*|more|less|fewer"
    r"|um|mehr|weniger|stieg\w*|gestiegen|sank\w*|gesunken|fiel\w*|gefallen|zunahm\w*|abnahm\w*)\b",
    re.IGNORECASE,
)
_HALF: Final = Decimal("0.5")
_MEDIAN: Final = re.compile(r"\bmedian|\bzentralwert", re.IGNORECASE)
_ABOUT: Final = Decimal("0.035")
_ROUGH: Final = Decimal("0.05")
"""How far off "about twice" may be."""
_SMALL: Final = Decimal("0.6")
"""Below this part, how far off one may be does not shrink with it any more."""
_FURTHER: Final = Decimal("0.12")


class Part(NamedTuple):
    """A part or multiple in words, and what it comes to."""

    text: str
    start: int
    end: int
    value: Decimal


def parts_in(text: str, language: str) -> list[Part]:
    """Find the parts and multiples that a text names in words."""
    known = language if language in _PARTS else "en"
    parts = (one for one in _found(text, known) if not any(s <= one.start and one.end <= e for s, e in _amounts(text)))
    found = sorted(parts, key=lambda one: (one.start, -one.end))
    return [one for n, one in enumerate(found) if not any(one.start < before.end for before in found[:n])]


def _amounts(text: str) -> list[tuple[int, int]]:
    """Find where a half is of a unit or a scale, so no part of anything: ``half an hour``, ``half a million``."""
    whole = [figure.span for figure in amounts_in_words(text, text)]
    return [*whole, *((one.start, one.end) for one in numerals(text) if one.value >= 1)]


def _found(text: str, language: str) -> Iterator[Part]:
    numbers = _NUMBERS[language].split()
    counted = {word: max(1, n) for n, word in enumerate(numbers)}
    word = "|".join(numbers)
    names = "|".join(_PARTS[language])
    told = rf"\b({word}|eine?[mrs]?)[\s-]+({names})(?:(?<!quarter)s\b|s?\b{_BEHIND[language]})"
    written = re.compile(told, re.IGNORECASE)
    for match in written.finditer(text):
        many = counted.get(match[1].lower(), 1)
        yield Part(match[0], *match.span(), Decimal(many) / _PARTS[language][match[2].lower()])
    for match in re.finditer(_OF_MANY[language].replace("{n}", word), text, re.IGNORECASE):
        many, of = counted[match[1].lower()], counted[match[2].lower()]
        if many < of:
            yield Part(match[0], *match.span(), Decimal(many) / of)
    for times, value in _TIMES[language].items():
        yield from (Part(m[0], *m.span(), Decimal(value)) for m in re.finditer(rf"\b{times}\b", text, re.IGNORECASE))
    for match in re.finditer(_HALVES[language], text, re.IGNORECASE):
        if not _NOT_BEHIND.search(text[: match.start()]):
            yield Part(match[0], *match.span(), _HALF)


def unfounded_parts(text: str, segments: Sequence[Segment], language: str) -> Iterator[Objection]:
    """Object to a part or multiple in words that no two figures of the evidence come to, and that it does not say."""
    founded = founded_parts(text, segments, language)
    for part in parts_in(text, language):
        if part not in founded:
            yield Objection("figure", "insufficient", f"no figures of the evidence come to “{part.text}”")


def founded_parts(text: str, segments: Sequence[Segment], language: str) -> list[Part]:
    """Give the parts and multiples of a text that the evidence says, or that its figures come to."""
    said = parts_in(text, language)
    if not said:
        return []
    told = {one.value for segment in segments for one in parts_in(segment.text, language)}
    changed = changes(segments) if _CHANGED.search(text) else ()
    found = [*told, *ratios(segments), *percentages(segments), *changed]
    return [part for part in said if part.value in told or any(_meets(part, text[: part.start], one) for one in found)]


def halves_by_median(text: str, given: str, language: str) -> list[Part]:
    """Give the halves of a text where a median is given: half of the values keep to it."""
    return [part for part in parts_in(text, language) if part.value == _HALF and _MEDIAN.search(given)]


def _meets(part: Part, before: str, found: Decimal) -> bool:
    if _MORE.search(before):
        return part.value < found <= part.value + _FURTHER
    if _LESS.search(before):
        return part.value - _FURTHER <= found < part.value
    reach = _ROUGH if _ROUGHLY.search(before) else _ABOUT
    return abs(found - part.value) <= reach * max(_SMALL, part.value)
