"""What is asked, by the brief and of the section, and which passages are nearest to it."""

from collections.abc import Sequence
from typing import NamedTuple

from quire.nodes.computations.materials import Materials
from quire.nodes.search.retrieval import rank
from quire.nodes.sources.passage import Passage

_RANKED = 120
"""Passages that are put in order; what is shown is far less."""


class Asked(NamedTuple):
    """What is asked, what concerns the section most first."""

    section: str
    """Its title, what it is for, and its questions; empty where nobody planned any."""
    brief: str
    """The question, its subject and scope, and the document's title."""


def asked(materials: Materials) -> str:
    """Give the question: the brief's, with its subject and the document's title."""
    told = (materials.facts.get("question"), materials.facts.get("subject"), materials.title)
    return " ".join(str(part) for part in told if part)


def asked_of(materials: Materials) -> Asked:
    """Give what is asked of the section, and what the brief asks of the whole."""
    section, scope = materials.section, materials.facts.get("scope")
    planned = [str(part) for part in (section.get("purpose"), *section.get("questions", ())) if part]
    titled = [str(section.get("title", "")), *planned] if planned else []
    return Asked(" ".join(titled), " ".join([asked(materials), *([str(scope)] if scope else [])]))


def texts_of(materials: Materials) -> list[str]:
    """Give what the sources say in sentences, in their order."""
    return [p["text"] for reading in materials.readings for p in reading["passages"] if p["kind"] == "text"]


def nearest_first(passages: Sequence[Passage], question: str) -> list[Passage]:
    """Put the passages nearest to a question first; the others follow as they stand."""
    best = rank(passages, question, _RANKED)
    ranked = {(p["source"], p["address"]) for p in best}
    return [*best, *(p for p in passages if (p["source"], p["address"]) not in ranked)]
