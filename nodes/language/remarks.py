"""What readers say of a source, in the document's language. Readings and records have it in English."""

import re
from functools import cache
from string import Formatter

from quire.nodes.language.catalogue import ENGLISH, Words, words_in
from quire.nodes.language.places import place_in

READING = "reading."
"""What the keys of such remarks begin with."""


def remark_in(remark: str, words: Words) -> str:
    """Say a reader's remark in a language; the words of the source in it stay, and one that nobody knows does."""
    if words.language == ENGLISH:
        return remark
    for key, pattern in _remarks():
        if found := pattern.fullmatch(remark):
            values = found.groupdict()
            return words(key, **values | {"place": place_in(values.get("place", ""), words)})
    return remark


@cache
def _remarks() -> list[tuple[str, re.Pattern[str]]]:
    """Give the English remarks as patterns, those with more words of their own first."""
    found = []
    for key, text in words_in(ENGLISH).entries.items():
        if key.startswith(READING):
            parts = [*Formatter().parse(text)]
            pattern = "".join(re.escape(said) + (f"(?P<{name}>.+)" if name else "") for said, name, _, _ in parts)
            found.append((sum(len(said) for said, _, _, _ in parts), key, re.compile(pattern, re.DOTALL)))
    return [(key, pattern) for _, key, pattern in sorted(found, key=lambda each: -each[0])]
