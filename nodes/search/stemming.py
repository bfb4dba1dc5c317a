"""Words reduced to what they mean alike: stems by language, and pairs of signs where no spaces part the words.

A stemmer keeps the word it works on in itself, so threads must not share one (snowballstemmer 3.1).
"""

import re
import threading
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

_own = threading.local()
_ALGORITHMS: Final = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian", "nl": "dutch", "no": "norwegian",
    "nb": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""ISO 639-1 -> Snowball's name."""
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and Han: scripts that do not part words."""
_WORD = re.compile(rf"(?P<run>[{_UNSPACED}]+)|(?P<word>\d+(?:[.,]\d+)+|(?:(?![{_UNSPACED}])[^\W_])+)")


@lru_cache(maxsize=65_536)
def stem(word: str, language: str = "en") -> str:
    """Give the stem of a word in lower case; a word of a language that nobody stems is its own."""
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return word
    stemmers = _own.__dict__.setdefault("stemmers", {})
    if algorithm not in stemmers:
        import snowballstemmer  # noqa: PLC0415 - imports the rules of thirty languages, which a process may never ask for

        stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
    return str(stemmers[algorithm].stemWord(word))


def terms(text: str, language: str = "en", noise: Container[str] = ()) -> Iterator[str]:
    """Give what a text is found by: stems of its words, and of a script without spaces each pair of signs.

    Args:
        text: in any mix of scripts.
        language: of its words.
        noise: words in lower case that say nothing.

    """
    for found in _WORD.finditer(text):
        if run := found["run"]:
            yield from (one + other for one, other in pairwise(run)) if len(run) > 1 else (run,)
            continue
        word = found["word"].lower()
        if word[0].isdigit():
            yield word.replace(",", "")
        elif word not in noise:
            yield stem(word, language)
