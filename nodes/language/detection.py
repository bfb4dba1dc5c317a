"""In which language a text is written, told by its commonest words. Pure: the same text has the same language.

Enough for choosing one of a few languages for a document; a library would bring megabytes of models for it.
"""

import re
from collections import Counter
from collections.abc import Iterable

from quire.nodes.sources.passage import Reading

_COMMONEST = {
    "en": "the of and to in is that for it was on with as be by at are this from have not which or an been",
    "de": "der die das und ist nicht den von zu mit sich des auf für im dem ein eine als auch es wird wurde sind",
    "fr": "le la les des et est dans pour une que qui sur pas du au par plus avec ce sont cette aux été",
    "es": "el los las del y es en para una que por con no se su al lo como más fue son esta",
    "it": "il gli della di e che per una non è sono con del nel alla dei più anche come questo è stato",
    "nl": "het een en van is dat op te voor met zijn niet aan er door ook naar wordt bij deze",
    "pt": "o os as do da e que em para uma não com por dos no na se mais foi são ao",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMONEST.items()}
_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 20_000
"""Characters of a source that are looked at."""
_ENOUGH = 3
"""Common words from which on a text has a language; column titles and codes have none."""


def language_of(text: str) -> str:
    """Give the language of a text, or nothing where it has too few common words or two languages have as many."""
    counted = Counter(word.casefold() for word in _WORD.findall(text))
    found = {language: sum(counted[word] for word in words) for language, words in _WORDS.items()}
    (first, most), (_, next_most) = Counter(found).most_common(2)
    return first if most >= _ENOUGH and most > next_most else ""


def language_of_most(readings: Iterable[Reading]) -> str:
    """Give the language that most sources are written in, or nothing where none is; of as many, the first source's."""
    told = Counter(language for reading in readings if (language := language_of(_beginning(reading))))
    return told.most_common(1)[0][0] if told else ""


def _beginning(reading: Reading) -> str:
    taken, length = [], 0
    for passage in reading["passages"]:
        taken.append(passage["text"])
        length += len(passage["text"])
        if length >= _LOOKED_AT:
            break
    return " ".join(taken)
