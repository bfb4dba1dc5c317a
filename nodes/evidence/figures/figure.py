"""A figure of a text: what it says, in what unit, and where it stands."""

from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "number",
    "quantity",
    "money",
    "percent",
    "percentage points",
    "basis points",
    "multiple",
    "date",
    "time",
    "ratio",
    "identifier",
    "ordinal",
    "reference",
]


class Figure(NamedTuple):
    """A figure and where it stands."""

    value: Decimal | str
    """A number, exact, with its sign and scale; text for dates (``2026-11-22``, ``--11-22``), times (``14:05``), ratios
    (``4:1``), identifiers (``932-12-004``) and references (as written)."""
    unit: str
    """The unit's one name, singular (``square foot``, ``percent``, ``milligram/kilogram``, ``date``); an unknown symbol
    as it is spelled; empty for a bare number."""
    text: str
    """As written, unit included."""
    span: tuple[int, int]
    """Where it stands in the text."""
    kind: Kind = "number"
    per: tuple[str, ...] = ()
    """What a rate is counted per: ``("month", "robot")``."""
    ambiguous: bool = False
    """Whether another convention would read another value, and nothing tells which holds."""
    ranged: bool = False
    """Whether it is an end of a range, or one of a list that shares its unit (``10 to 15 feet``)."""
