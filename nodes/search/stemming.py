"""English words reduced to their stems.

A stemmer keeps the word it works on in itself, so threads must not share one (snowballstemmer 3.1).
"""

import threading
from functools import lru_cache

import snowballstemmer

_own = threading.local()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Give the stem of a word in lower case."""
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("english")
    return str(_own.stemmer.stemWord(word))
