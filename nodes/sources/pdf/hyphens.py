"""Puts printed lines together: a word broken at a line's end is whole again."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_FIRST = re.compile(r"[^\W\d_]+")
_COMPOUND = frozenset(
    (
        *(
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "sixty",
            "seventy",
            "eighty",
            "ninety",
            "self",
            "non",
            "well",
            "one",
            "two",
        ),
        *(
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "half",
            "cross",
            "long",
            "short",
            "high",
            "low",
        ),
    )
)
"""What is followed by a hyphen of its own where the document itself does not tell."""


class Vocabulary:
    """The words of a document, which tell whether a hyphen at a line's end belongs to the word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words = Counter[str]()
        for line in lines:
            words = [found[0].lower() for found in _WORD.finditer(line)]
            whole = words[:-1] if _BROKEN.search(line) else words
            self._words.update(whole)

    def joined(self, lines: Sequence[str]) -> str:
        """Join lines with blanks, and words that were broken without."""
        text = lines[0] if lines else ""
        for line in lines[1:]:
            broken = _BROKEN.search(text)
            following = _FIRST.match(line)
            if text.endswith(("-", "\u2010", "\u00ad")) and not text.endswith(" -") and following:
                if broken and following[0][0].islower() and not self._keeps(broken[1], following[0]):
                    text = text[:-1] + line
                elif following[0][0].islower() or broken:
                    text += line
                else:
                    text += f" {line}"
            else:
                text += f" {line}"
        return text

    def _keeps(self, first: str, second: str) -> bool:
        """Tell whether the hyphen stands inside a line too: by the document's words, else by the first part."""
        first, second = first.lower(), second.lower()
        with_it, without = self._words[f"{first}-{second}"], self._words[first + second]
        if with_it != without:
            return with_it > without
        if first in _COMPOUND:
            return True
        return bool(self._words[first] and self._words[second] and len(first) > len("non") < len(second))
