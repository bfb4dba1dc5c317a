"""What sections of excerpts are about: the words of headings and sentences by which each is known.

Words of any company's papers, none of a trade. What stands under a heading belongs to the topic that the heading names
first in this order, so that no two sections say the same.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from quire.nodes.search.stemming import terms

Name: TypeAlias = Literal["risks", "events", "position", "plans"]


class Topic(NamedTuple):
    """One of them."""

    headings: frozenset[str]
    """Stems of words that a heading has."""
    sentences: frozenset[str]
    """Stems of words that a sentence has which counts wherever it stands."""
    nothing: str
    """What is said where there is nothing."""


def stemmed(words: str) -> frozenset[str]:
    """Give the stems of English words."""
    return frozenset(terms(words, "en"))


TOPICS: Final[dict[Name, Topic]] = {
    "risks": Topic(
        stemmed("risk risks threat exposure dependency concern uncertainty contingency"),
        stemmed("risk risks"),
        "The sources in force name no risk.",
    ),
    "events": Topic(
        stemmed("incident outage accident disruption breach recall failure"),
        frozenset(),
        "The sources in force report no such event.",
    ),
    "position": Topic(
        stemmed(
            "competition competitive competitor market position differentiation advantage strength win apart customer"
        ),
        stemmed("competitor"),
        "The sources in force say nothing of the position in the market.",
    ),
    "plans": Topic(
        stemmed("outlook plan priority roadmap strategy strategic project launch pipeline"),
        stemmed("delivery launch"),
        "The sources in force say nothing of plans.",
    ),
}


def topic_of_heading(stems: Sequence[str]) -> Name | None:
    """Give the topic that a heading names."""
    return next((name for name, topic in TOPICS.items() if not topic.headings.isdisjoint(stems)), None)


def topic_of_sentence(stems: Sequence[str]) -> Name | None:
    """Give the topic that a sentence names."""
    return next((name for name, topic in TOPICS.items() if not topic.sentences.isdisjoint(stems)), None)
