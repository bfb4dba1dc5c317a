"""The limits that entries of use lists carry (``more than 30 seats``), held against the figures of a use."""

import re
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER, number
from quire.graphs.kinds.site_zoning_report.computations.survey import Measured

_LIMIT = re.compile(
    rf"\b(?P<bound>up\s+to|not?\s+more\s+than|at\s+most|less\s+than|fewer\s+than|under|more\s+than|over|exceeding|at\s+least|minimum\s+of)\s+"
    rf"(?P<number>{NUMBER})\s*(?P<noun>seats?|sq(?:uare|\.)?\s*f(?:ee)?t\.?|square\s+feet|guest\s*rooms?|rooms?|dwelling\s+units?|units?"
    r"|employees|beds|spaces)|"
    rf"(?P<number2>{NUMBER})\s*(?P<noun2>seats?|square\s+feet|sq\.?\s*ft\.?|guest\s*rooms?|rooms?|units?)\s+or\s+(?P<bound2>less|fewer|more)",
    re.IGNORECASE,
)
_KEYS = (
    ("seats", re.compile(r"seat", re.IGNORECASE)),
    ("rooms", re.compile(r"room", re.IGNORECASE)),
    ("units", re.compile(r"unit", re.IGNORECASE)),
    ("employees", re.compile(r"employ", re.IGNORECASE)),
    ("beds", re.compile(r"bed", re.IGNORECASE)),
    ("use_floor_area", re.compile(r"f(?:ee)?t", re.IGNORECASE)),
)


class Held(NamedTuple):
    """How an entry's limit compares with a use: kept, not kept, or nothing if the use's figure is not known."""

    kept: bool | None
    how: str
    key: str
    """The figure it turns on: ``seats``."""


def held(entry: str, figures: dict[str, Measured]) -> Held | None:
    """Hold an entry's limit against the figures of a use; nothing if the entry has none."""
    found = _LIMIT.search(entry)
    if found is None:
        return None
    limit = number(found["number"] or found["number2"])
    noun = found["noun"] or found["noun2"]
    key = next((name for name, pattern in _KEYS if pattern.search(noun)), "")
    figure = figures.get(key)
    if limit is None or figure is None or figure.quantity is None:
        return Held(None, f"the figure is not known: {noun}", key)
    actual = figure.quantity.value
    kept, sign = {
        "least": (actual >= limit, "≥"),
        "below": (actual < limit, "<"),
        "above": (actual > limit, ">"),
        "most": (actual <= limit, "≤"),
    }[_kind(found["bound"] or f"or {found['bound2']}")]
    return Held(kept, f"{figure.written} {sign if kept else 'against'} {found[0]}", key)


def _kind(bound: str) -> str:
    words = " ".join(bound.lower().split())
    if words in {"at least", "minimum of", "or more"}:
        return "least"
    if words in {"less than", "fewer than", "under"}:
        return "below"
    return "above" if words in {"more than", "over", "exceeding"} else "most"
