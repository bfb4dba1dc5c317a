"""A statement of a quantity: what it is of, when, in what unit, its value, and where it stands. Plain data."""

from decimal import Decimal
from typing import NamedTuple

from quire.nodes.evidence.figures.comparators import Comparator


class Statement(NamedTuple):
    """A source says of a quantity what it comes to."""

    source: str
    address: str
    quote: str
    """The sentence or row that says it."""
    name: str
    """The quantity as its source words it: ``Parking capacity of Harrow depot``."""
    core: frozenset[str]
    """Stems of the words that say what it is, without those that stand above it."""
    above: frozenset[str]
    """Stems of the titles it stands under."""
    period: tuple[str, ...]
    """``2024``, ``2026-Q1``, ``2024-05``; empty if no time is told."""
    unit: tuple[str, ...]
    """The unit, what it is counted per, and the words behind it that are part of it (``% of trips``)."""
    value: Decimal
    exponent: int
    """Power of ten of the last digit that is written: ``3.4 million`` has 5."""
    text: str
    """The value as written, with its unit."""
    rounded: bool
    """It says itself that it is rounded: ``about``."""
    bound: Comparator = ""
    """What is said of the value: ``>=`` of ``at least 60 ft``, or under a title such as ``Minimum``."""
    date: str = ""
    """Of the statement itself, where a row has one of its own."""
    status: str = ""
    """Likewise: ``superseded``, ``draft`` …"""

    @property
    def words(self) -> frozenset[str]:
        """All that says what it is of."""
        return self.core | self.above
