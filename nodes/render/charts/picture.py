"""What a chart is drawn of: shapes and words at places, the same for every format. Plain data, without markup."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

WIDTH = 520.0
"""Of every chart, in points."""
Ink: TypeAlias = Literal["grid", "axis", "mark"]
Anchor: TypeAlias = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Shape:
    """A bar, a dot or a line."""

    kind: Literal["bar", "dot", "line"]
    ink: Ink
    points: tuple[tuple[float, float], ...]
    """Of a bar two corners, of a dot its middle; from the upper left corner."""
    colour: int = 0
    """Number of a series."""
    leads_to: str = ""
    """The anchor that it leads to; empty where it leads nowhere."""
    said: str = ""
    """What it stands for, in words."""


@dataclass(frozen=True)
class Lettering:
    """Words in one line."""

    text: str
    at: tuple[float, float]
    """Where its base line begins, is halved, or ends."""
    anchor: Anchor = "start"
    strong: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart, laid out."""

    height: float
    shapes: tuple[Shape, ...]
    words: tuple[Lettering, ...]
    alternative: str
    """What it shows, for who cannot see it."""
