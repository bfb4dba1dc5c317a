"""Which evidence speaks of a question, so that a section knows what it can answer. By words, not by meaning. Pure."""

from collections.abc import Mapping, Sequence

from quire.nodes.evidence.content import Evidence
from quire.nodes.evidence.naming import words_of
from quire.nodes.search.retrieval import stems

ENOUGH = 0.5
"""Share of a question's words from which a passage speaks of it."""
MOST = 8
"""Numbers for a question: those that share most."""
MOST_QUESTIONS = 12


def covered(questions: Sequence[str], evidence: Sequence[Evidence]) -> dict[str, list[int]]:
    """Give for each question the numbers (from 1) of the evidence that speaks of it; none if none does."""
    known = [frozenset(stems(words_of(e))) for e in evidence]
    return {question: _covering(frozenset(stems(question)), known) for question in questions[:MOST_QUESTIONS]}


def uncovered(covering: Mapping[str, Sequence[int]]) -> list[str]:
    """Give the questions that nothing speaks of."""
    return [question for question, numbers in covering.items() if not numbers]


def _covering(wanted: frozenset[str], known: Sequence[frozenset[str]]) -> list[int]:
    shared = {number: len(wanted & words) for number, words in enumerate(known, 1)}
    enough = [n for n, count in shared.items() if wanted and count >= ENOUGH * len(wanted)]
    return sorted(sorted(enough, key=lambda n: (-shared[n], n))[:MOST])
