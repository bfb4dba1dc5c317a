"""Chance, by name: a draw depends on the seed and on what it is for, never on the order of draws."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Draws:
    """All that chance decides in one play.

    Args:
        seed: of everything.

    """

    def __init__(self, seed: object) -> None:
        self._seed = repr(seed).encode()

    def share(self, *about: object) -> float:
        """Draw a number from [0, 1)."""
        drawn = hashlib.blake2b(repr(about).encode(), key=self._seed[:64], digest_size=8).digest()
        return int.from_bytes(drawn, "big") / 2**64

    def happens(self, probability: float, *about: object) -> bool:
        """Draw whether something happens."""
        return self.share(*about) < probability

    def between(self, low: float, high: float, *about: object) -> float:
        """Draw a number between two."""
        return low + (high - low) * self.share(*about)

    def whole(self, low: int, high: int, *about: object) -> int:
        """Draw a whole number, both ends included."""
        return low + int((high - low + 1) * self.share(*about))

    def one_of(self, things: Sequence[Thing], *about: object) -> Thing:
        """Draw one of several."""
        return things[int(len(things) * self.share(*about))]

    def some_of(self, things: Sequence[Thing], most: int, *about: object) -> list[Thing]:
        """Draw up to ``most`` of several, in their order."""
        ranked = sorted(range(len(things)), key=lambda n: self.share(*about, n))
        chosen = set(ranked[: self.whole(0, min(most, len(things)), *about, "how many")])
        return [thing for n, thing in enumerate(things) if n in chosen]
