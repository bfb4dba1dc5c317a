"""What the brief asks, and which passages are nearest to it."""

from collections.abc import Sequence

from quire.nodes.computations.materials import Materials
from quire.nodes.search.retrieval import rank
from quire.nodes.sources.passage import Passage

_RANKED = 120
"""Passages that are put in order; what is shown is far less."""


def asked(materials: Materials) -> str:
    """Give the question: the brief's, with its subject and the document's title."""
    told = (materials.facts.get("question"), materials.facts.get("subject"), materials.title)
    return " ".join(str(part) for part in told if part)


def nearest_first(passages: Sequence[Passage], question: str) -> list[Passage]:
    """Put the passages nearest to a question first; the others follow as they stand."""
    best = rank(passages, question, _RANKED)
    ranked = {(p["source"], p["address"]) for p in best}
    return [*best, *(p for p in passages if (p["source"], p["address"]) not in ranked)]
