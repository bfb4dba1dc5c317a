"""Small words that decide what a sentence says, in English and German, and words that mean the same or the opposite.

The lists are short on purpose: that one word of a near copy was exchanged is seen without any list
(``quire.nodes.support.edits``).
"""

from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple

from quire.nodes.search.stemming import stem
from quire.nodes.support.english import ENGLISH_WORDS
from quire.nodes.support.german import GERMAN_WORDS
from quire.nodes.support.word_lists import WordLists


class Lexicon(NamedTuple):
    """The words of one language that decide, in lower case; stems where it says so."""

    language: str
    function: frozenset[str]
    """Words that say nothing by themselves."""
    reporting: frozenset[str]
    """Stems of words by which a text speaks of its sources: their absence from a source says nothing."""
    negators: Mapping[str, int]
    """Word -> how many of the next content words it denies."""
    ending: frozenset[str]
    """Stems of words that deny what goes on: ``the cover ends`` is ``it will not be covered``."""
    causes: tuple[str, ...]
    """What opens a cause."""
    conditions: frozenset[str]
    """What opens a condition."""
    conditions_of_rules: frozenset[str]
    """What opens a condition where somebody must or may."""
    movable: frozenset[str]
    """Prepositions and conjunctions: a phrase that begins with one may stand at either end of a sentence."""
    modals: Mapping[str, str]
    """Word -> ``may``, ``should`` or ``must``."""
    quantifiers: Mapping[str, str]
    """Word -> ``all``, ``most``, ``many``, ``some``, ``few``, ``half``, ``none`` or ``only``."""
    superlatives: frozenset[str]
    boundaries: frozenset[str]
    """What opens a clause of its own behind a comma."""
    stops: frozenset[str]
    """What the words around a figure end at."""
    passive: frozenset[str]
    """What a passive is made with."""
    by: frozenset[str]
    """What names who did it, in a passive."""
    listing: frozenset[str]
    """What stands between the items of a list."""
    places: frozenset[str]
    """What opens a phrase of time or place behind who did it."""
    synonyms: Mapping[str, frozenset[str]]
    """Stem -> stems of words that may mean the same."""
    opposites: Mapping[str, frozenset[str]]
    """Stem -> stems of words that mean the opposite, synonyms of both included."""
    ordinals: Mapping[str, int]
    """Word -> its number: ``third`` is 3."""
    forms: Mapping[str, str]
    """Irregular form -> its word."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _groups(text: str) -> list[list[str]]:
    return [group.split() for line in text.splitlines() for group in line.split(";") if group.strip()]


def _synonyms(lists: WordLists) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for words in _groups(lists.synonyms):
        stems = {stem(word, lists.language) for word in words}
        for one in stems:
            found.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in found.items()}


def _opposites(lists: WordLists, synonyms: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for couple in lists.opposites.split():
        first, second = (stem(word, lists.language) for word in couple.split("/"))
        for one in {first} | synonyms.get(first, frozenset()):
            for other in ({second} | synonyms.get(second, frozenset())) - {one} - synonyms.get(one, frozenset()):
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


def _by_class(**words: str) -> dict[str, str]:
    return {word: kind.rstrip("_") for kind, listed in words.items() for word in listed.split()}


def _lexicon(lists: WordLists) -> Lexicon:
    synonyms = _synonyms(lists)
    return Lexicon(
        language=lists.language,
        function=_set(lists.function),
        reporting=frozenset(stem(word, lists.language) for word in lists.reporting.split()),
        negators=dict.fromkeys(lists.negators.split(), 2) | dict.fromkeys(lists.negators_of_nouns.split(), 3),
        ending=frozenset(stem(word, lists.language) for word in lists.ending.split()),
        causes=tuple(" ".join(cause.split()) for cause in lists.causes.split(";")),
        conditions=_set(lists.conditions),
        conditions_of_rules=_set(lists.conditions_of_rules),
        movable=_set(lists.movable),
        modals=_by_class(may=lists.may, should=lists.should, must=lists.must),
        quantifiers=_by_class(
            all=lists.all_,
            most=lists.most,
            many=lists.many,
            some=lists.some,
            few=lists.few,
            none=lists.none,
            only=lists.only,
            half=lists.half,
        ),
        superlatives=_set(lists.superlatives),
        boundaries=_set(lists.boundaries),
        stops=_set(lists.stops),
        passive=_set(lists.passive),
        by=_set(lists.by),
        listing=_set(lists.listing),
        places=_set(lists.places),
        ordinals={
            form: number
            for number, words in enumerate(lists.ordinals.split(), 1)
            for form in (f"{words}{ending}" for ending in lists.ordinal_endings.split("/"))
        },
        synonyms=synonyms,
        opposites=_opposites(lists, synonyms),
        forms={couple[0]: couple[1] for couple in _groups(lists.forms)},
    )


_LISTS: Final = {lists.language: lists for lists in (ENGLISH_WORDS, GERMAN_WORDS)}
READ: Final = frozenset(_LISTS)
"""The languages that are read word for word, as ISO 639-1 has them."""


def lexicon_of(language: str) -> Lexicon:
    """Give the words of a language; English where the language is not read word for word."""
    return _made(language if language in READ else ENGLISH_WORDS.language)


@cache
def _made(language: str) -> Lexicon:
    """Make a lexicon once it is asked for: its stems take time, and who only imports this needs none."""
    return _lexicon(_LISTS[language])
