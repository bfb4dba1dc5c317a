"""Numbers that no figure is read from: ``⁴⁵``, ``④``, ``XLV``, ``4O``, ``fortyfive``, ``a dozen``, ``twice``, ``四十``.

Nobody can say what they come to, so they are not compared by value: where a text must rest on another, they have to
stand there as they are.
"""

import re
import unicodedata
from collections.abc import Iterator

from quire.nodes.evidence.figures.conventions import ENGLISH, Convention
from quire.nodes.evidence.figures.finding import figures_in

_WORD = re.compile(r"\w+")
_IDEOGRAPHS = re.compile("[〇零一二三四五六七八九十百千万萬億亿兆]+")
_ROMAN = re.compile(r"\b[MDCLXVI]{2,}\b")
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_IN_LETTERS = re.compile(
    rf"\b(?:(?:{_TENS})(?:one|two|three|four|five|six|seven|eight|nine)|\w*score|dozens?|half|twice|thrice"
    r"|doubled?|tripled?|hundreds|thousands|millions|billions)\b",
    re.IGNORECASE,
)


def numerals_unread(text: str, convention: Convention = ENGLISH) -> Iterator[str]:
    """Give the words that state a number without being a figure, as they stand."""
    read = {place for figure in figures_in(text, convention) for place in range(*figure.span)}
    for pattern in (_ROMAN, _IN_LETTERS, _IDEOGRAPHS):
        yield from (found[0] for found in pattern.finditer(text) if found.start() not in read)
    for word in _WORD.finditer(text):
        if any(_is_digit(sign) and place not in read for place, sign in enumerate(word[0], word.start())):
            yield word[0]


def _is_digit(sign: str) -> bool:
    """Whether it is a digit of some kind; letters that are numbers too belong to words."""
    return unicodedata.category(sign)[0] == "N"
