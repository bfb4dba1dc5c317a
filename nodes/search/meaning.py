"""What texts mean, as vectors of an embedding model: what is embedded of a passage, how it is kept, how it ranks. Pure.

A number is kept in one byte. What counts is the angle between two vectors, which that hardly turns; and whoever reads
a vector from the record ranks as the one who received it did.
"""

import base64
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from operator import mul
from typing import Final, TypeAlias

from quire.nodes.evidence.content import digest_of
from quire.nodes.sources.passage import Passage

Vector: TypeAlias = "array[int]"
"""Signed bytes."""

MOST_AT_ONCE: Final = 64
"""Texts of one call."""
_MOST_CHARACTERS: Final = 60_000
"""Of the texts of one call: endpoints bound the tokens of a request."""
_LONGEST: Final = 2_000
"""Characters of a text: small models read no more, and leave out the rest without a word."""
_LARGEST: Final = 127


def meant_by(passage: Passage) -> str:
    """Give what of a passage is embedded: what it stands under, and what it says."""
    named = passage.get("fields", {}) if passage["kind"] == "field" else {}
    over = " > ".join([*passage["headings"], *named])
    return f"{over}\n{passage['text']}".strip()[:_LONGEST]


def key_of(text: str, model: str) -> str:
    """Give a digest of all that a vector depends on."""
    return digest_of(["vector", model, text])


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Part texts into those of each call: the same texts always part alike."""
    batch: list[str] = []
    for text in texts:
        if batch and (len(batch) == MOST_AT_ONCE or sum(map(len, batch)) + len(text) > _MOST_CHARACTERS):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def packed(numbers: Sequence[float]) -> str:
    """Write a vector as it is kept."""
    most = max(map(abs, numbers), default=0.0) or 1.0
    return base64.b64encode(array("b", (round(n / most * _LARGEST) for n in numbers)).tobytes()).decode()


def unpacked(text: str) -> Vector:
    """Read a vector that was kept."""
    return array("b", base64.b64decode(text))


def rankings(queries: Sequence[Vector], passages: Sequence[Vector]) -> list[list[int]]:
    """Give for each query the places of the passages, the nearest in meaning first, equals in their order.

    One that has another number of dimensions is of another model that goes by the same name, and is near to nothing.
    """
    lengths = [_length(passage) for passage in passages]
    return [_ranking(query, passages, lengths) for query in queries]


def _ranking(query: Vector, passages: Sequence[Vector], lengths: Sequence[float]) -> list[int]:
    near = [
        round(sum(map(mul, query, passage)) / length, 9) if len(passage) == len(query) and length else -math.inf
        for passage, length in zip(passages, lengths, strict=True)
    ]
    return sorted(range(len(near)), key=lambda place: (-near[place], place))


def _length(vector: Vector) -> float:
    return math.sqrt(sum(map(mul, vector, vector)))
