"""Finds the passages that speak of a question: BM25 over stems, the same answer every time.

Where somebody knows what passages mean (``quire.nodes.search.meaning``), both rankings are fused.

S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import PurePosixPath

from quire.nodes.evidence.figures.detecting import FUNCTION_WORDS
from quire.nodes.search.stemming import terms
from quire.nodes.sources.passage import Passage
from quire.nodes.survey.heads import as_words

_SATURATION = 1.4
"""BM25's k1: how soon a word's repetition stops counting."""
_LENGTH = 0.6
"""BM25's b: how much long passages are held back. Below the usual 0.75, since table rows are very short."""
_SHORTEST = 0.5
"""Passages shorter than this part of the average count as that long: three words are no better for being three."""
_HEADING_WEIGHT = 0.4
"""What a word in the titles above a passage counts, of one in the passage."""
_TITLE_ALONE = 0.3
"""What a heading's score counts as a result: it says what follows, and what follows is found by it."""
_FAINT = 0.1
"""Share of the best score below which a passage only has a common word with the query and is no result."""
_ALIKE = 0.85
"""Share of words in common from which two passages say the same, unless a number or a negation tells them apart."""
_FUSED = 60
"""Reciprocal rank fusion's k: how little the first places of one query outweigh good places of several.

G. Cormack, C. Clarke, S. Buettcher, "Reciprocal Rank Fusion", 2009.
"""
_DEPTH = 100
"""Places of each query that are fused."""
_NEGATIONS = frozenset({"not", "no", "nor", "never", "without", "except", "unless", "prohibited"})

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")
_NOISE = frozenset(
    [
        *("a", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "do", "does", "for", "from", "has"),
        *("have", "how", "if", "in", "into", "is", "it", "its", "may", "must", "no", "not", "of", "on", "or", "shall"),
        *("should", "so", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this"),
        *("those", "to", "was", "were", "what", "when", "where", "which", "who", "will", "with", "would"),
    ]
)


def stems(text: str, language: str = "en") -> list[str]:
    """Give the words that carry meaning, stemmed as their language is; numbers lose their thousands separators.

    Of a script without spaces each pair of signs is a word.
    """
    return list(terms(text, language, _NOISE if language == "en" else FUNCTION_WORDS.get(language, ())))


class Index:
    """Passages prepared for any number of searches. It keeps the passages' order and never changes them."""

    def __init__(self, passages: Sequence[Passage], languages: Mapping[str, str] | None = None) -> None:
        """Prepare passages.

        Args:
            passages: to be found.
            languages: that of each source, by name; English for those that are not named.

        """
        self.passages = passages
        self._languages = languages or {}
        self._words: list[frozenset[str]] = []
        self._postings: dict[str, list[tuple[int, float]]] = {}
        lengths = [self._add(position, passage) for position, passage in enumerate(passages)]
        average = sum(lengths) / len(lengths) if lengths else 1.0
        floor = max(average * _SHORTEST, 1.0)
        self._norms = [
            _SATURATION * (1 - _LENGTH + _LENGTH * max(length, floor) / max(average, 1.0)) for length in lengths
        ]

    def _add(self, position: int, passage: Passage) -> float:
        """Index one passage under its words and, for less, its titles'; return its length."""
        language = self._languages.get(passage["source"], "en")
        own = Counter(stems(f"{passage['text']} {passage.get('section', '')} {_name_of(passage)}", language))
        titles = Counter(stems(" ".join([*passage["headings"], _words_of(passage["source"])]), language))
        for term in [*own, *(term for term in titles if term not in own)]:
            weight = own[term] + _HEADING_WEIGHT * min(titles[term], 1)
            self._postings.setdefault(term, []).append((position, weight))
        self._words.append(frozenset(found[0].lower() for found in _WORD.finditer(passage["text"])))
        return float(own.total())

    def search(self, query: str, limit: int) -> list[Passage]:
        """Search with one query; see :meth:`search_all`."""
        return self.search_all([query], limit)

    def search_all(self, queries: Sequence[str], limit: int, by_meaning: Sequence[Sequence[int]] = ()) -> list[Passage]:
        """Give at most ``limit`` passages, best over all queries first, equals as the sources order them.

        What a source says twice in nearly the same words is given once. What two sources say is given of both.

        Args:
            queries: what is searched for.
            limit: how many are given.
            by_meaning: further rankings of the passages' places, the best first.

        """
        found: list[int] = []
        for position in self._fused(queries, by_meaning):
            if len(found) >= limit:
                break
            if not any(self._alike(position, kept) for kept in found):
                found.append(position)
        return [self.passages[position] for position in found]

    def _fused(self, queries: Sequence[str], by_meaning: Sequence[Sequence[int]]) -> Iterator[int]:
        """Give the places of passages; of several rankings by the sum of their reciprocal ranks."""
        rankings = [*map(self._ranked, queries), *map(iter, by_meaning)]
        if len(rankings) == 1:
            yield from rankings[0]
            return
        scores: dict[int, float] = {}
        for ranking in rankings:
            for rank_, position in enumerate(islice(ranking, _DEPTH), 1):
                scores[position] = scores.get(position, 0.0) + 1 / (_FUSED + rank_)
        yield from sorted(scores, key=lambda position: (-round(scores[position], 12), position))

    def _ranked(self, query: str) -> Iterator[int]:
        scores: dict[int, float] = {}
        for term, times in ((term, min(times, 2)) for term, times in self._asked(query).items()):
            postings = self._postings.get(term, [])
            rarity = math.log(1 + (len(self.passages) - len(postings) + 0.5) / (len(postings) + 0.5))
            for position, weight in postings:
                gain = weight * (_SATURATION + 1) / (weight + self._norms[position])
                scores[position] = scores.get(position, 0.0) + times * rarity * gain
        weighed = {position: round(self._weighed(position, scores), 9) for position in scores}
        least = _FAINT * max(weighed.values(), default=0)
        near = (position for position, score in weighed.items() if score >= least)
        yield from sorted(near, key=lambda position: (-weighed[position], position))

    def _asked(self, query: str) -> Counter[str]:
        """Give the terms of a query in every language of the passages: nobody says in which one it is asked."""
        asked: Counter[str] = Counter()
        for language in dict.fromkeys(["en", *self._languages.values()]):
            asked |= Counter(stems(query, language))
        return asked

    def _weighed(self, position: int, scores: dict[int, float]) -> float:
        return scores[position] * (_TITLE_ALONE if self.passages[position]["kind"] == "heading" else 1.0)

    def _alike(self, one: int, other: int) -> bool:
        if self.passages[one]["source"] != self.passages[other]["source"]:
            return False
        first, second = self._words[one], self._words[other]
        if any(word[0].isdigit() or word in _NEGATIONS for word in first ^ second):
            return False
        return len(first & second) >= _ALIKE * len(first | second)


@lru_cache(maxsize=4096)
def _words_of(source: str) -> str:
    """Give a source's name as words: what it is about stands there often, and in no passage."""
    return as_words(PurePosixPath(source).stem)


def _name_of(passage: Passage) -> str:
    """Name of a front-matter field, which its text does not repeat."""
    return " ".join(passage.get("fields", {})).replace("_", " ") if passage["kind"] == "field" else ""


def rank(passages: Sequence[Passage], query: str, limit: int) -> list[Passage]:
    """Search passages once. For several questions about the same passages, keep an :class:`Index`."""
    return Index(passages).search(query, limit)
