"""Amounts in words that no numeral gives: ``half an hour``, ``an hour and a half``, ``a dozen``, ``halbe Stunde``."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.units import unit_at

_PARTS: Final = {"half": Decimal("0.5"), "quarter of": Decimal("0.25")}
_PART_OF = re.compile(r"(?<![\w-])(?:a\s+)?(?P<part>half|quarter\s+of)\s+an?(?=\s)", re.IGNORECASE)
_ONE = re.compile(r"(?<![\w-])(?<!half )(?<!of )an?(?=\s)", re.IGNORECASE)
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half(?!\w)", re.IGNORECASE)
_DOZENS = re.compile(r"(?<![\w-])(?P<how_many>half\s+a|a|one|two|three)\s+dozen(?!\w)", re.IGNORECASE)
_TWELVES: Final = {"a": 12, "one": 12, "two": 24, "three": 36}
_HALBE: Final = re.compile(r"(?<![\w-])(?:eine?[nmrs]?\s+)?halbe[nmrs]?(?=\s)", re.IGNORECASE)
_EINHALB: Final = re.compile(
    r"(?<![\w-])(?P<whole>andert|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)(?:ein)?halb(?=\s)", re.IGNORECASE
)
_WHOLE: Final = {"andert": 1, "ein": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7} | {
    "acht": 8, "neun": 9
}  # fmt: skip
_A_HALF: Final = Decimal("0.5")


def amounts_in_words(left: str, text: str) -> Iterator[Figure]:
    """Find them, each but the dozens with its unit: without one, a half is a part of something.

    Args:
        left: the text, with what was read already blanked out.
        text: as it is.

    """
    for found in _PART_OF.finditer(left):
        yield from _of_unit(_PARTS[" ".join(found["part"].lower().split())], found, left, text)
    for found in _ONE.finditer(left):
        unit = unit_at(left, found.end())
        if unit.name and (half := _AND_A_HALF.match(left, unit.end)):
            yield _figure(1 + _A_HALF, unit.name, text, found.start(), half.end())
    for found in _DOZENS.finditer(left):
        many = _TWELVES.get(found["how_many"].lower(), _TWELVES["a"] // 2)
        yield _figure(Decimal(many), "", text, *found.span())
    for found in _HALBE.finditer(left):
        yield from _of_unit(_A_HALF, found, left, text)
    for found in _EINHALB.finditer(left):
        yield from _of_unit(_WHOLE[found["whole"].lower()] + _A_HALF, found, left, text)


def _of_unit(value: Decimal, found: re.Match[str], left: str, text: str) -> Iterator[Figure]:
    unit = unit_at(left, found.end())
    if unit.name:
        yield _figure(value, unit.name, text, found.start(), unit.end)


def _figure(value: Decimal, unit: str, text: str, start: int, end: int) -> Figure:
    return Figure(value, unit, text[start:end], (start, end))
