"""Words of scale: ``million``, ``Mrd.``, ``crore``, ``億``, and the letters that stand beside money."""

import re
from functools import lru_cache
from typing import Final

from quire.nodes.evidence.figures.currencies import CURRENCIES, MONEY
from quire.nodes.evidence.figures.scripts import LETTER
from quire.nodes.evidence.figures.unit_words import IDEOGRAPHIC, WORDS

_ENGLISH: Final = {
    "hundred": 2, "thousand": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9, "bn": 9, "trillion": 12,
    "trn": 12, "tn": 12, "mn": 6, "mln": 6, "mio": 6, "mrd": 9, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
    "lakh crore": 12, "lakh crores": 12,
}  # fmt: skip
_WORDS: Final = {
    "de": {"tausend": 3, "tsd": 3, "million": 6, "millionen": 6, "mill": 6, "mio": 6, "milliarde": 9, "milliarden": 9,
           "mrd": 9, "mia": 9, "billion": 12, "billionen": 12, "bio": 12},
    "fr": {"mille": 3, "million": 6, "millions": 6, "mio": 6, "milliard": 9, "milliards": 9, "mrd": 9, "mds": 9,
           "md": 9, "billion": 12, "billions": 12},
    "es": {"mil": 3, "millón": 6, "millones": 6, "mill": 6, "mm": 6, "mil millones": 9, "billón": 12, "billones": 12},
    "it": {"mila": 3, "mille": 3, "milione": 6, "milioni": 6, "mln": 6, "mio": 6, "miliardo": 9, "miliardi": 9,
           "mld": 9, "mrd": 9},
    "nl": {"duizend": 3, "miljoen": 6, "mln": 6, "mio": 6, "miljard": 9, "mld": 9, "mrd": 9, "biljoen": 12},
    "pt": {"mil": 3, "milhão": 6, "milhões": 6, "mi": 6, "mil milhões": 9, "bilhão": 9, "bilhões": 9, "bi": 9,
           "trilhão": 12, "trilhões": 12},
}  # fmt: skip
_IDEOGRAPHS: Final = {
    "百": 2, "千": 3, "万": 4, "萬": 4, "百万": 6, "百萬": 6, "千万": 7, "千萬": 7, "億": 8, "亿": 8,
    "千億": 11, "千亿": 11, "兆": 12, "万亿": 12,
}  # fmt: skip
_LETTERS: Final = {"k": 3, "K": 3, "m": 6, "M": 6, "b": 9, "B": 9, "Bn": 9, "Md": 9, "mM": 9, "T": 12, "L": 5, "Cr": 7}
_BESIDE_MONEY: Final = frozenset({"mm", "mi", "bi", "md", "mds", "bio"})
"""Words of scale that are symbols of units, or words, where nothing is paid: ``60 mm`` of rain, ``12 Bio-Höfe``."""
_TOUCHING: Final = frozenset("kKM")
"""Letters that are scales without a currency too, where they touch the digits."""
_AFTER = re.compile(
    r"\s?[x\u00d7·]\s?10(?:\^|\*\*)?(?P<power>[-\u2212]?\d{1,2}(?!\d)|[⁻⁰¹²³⁴-⁹]{1,4})"
    rf"|\s?(?P<ideograph>{'|'.join(sorted(_IDEOGRAPHS, key=len, reverse=True))})"
    rf"|[ \u00a0\u202f]?(?P<letter>{'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![/²³]|{LETTER}|\s?\d)"
)
_CURRENCIES: Final = "|".join(
    [*map(re.escape, CURRENCIES), *(rf"(?i:{word})" for word, unit in WORDS.items() if unit in MONEY)]
)
_MONEY_FOLLOWS = re.compile(rf"[ \u00a0\u202f]?(?:d[ei]\s|d['\u2019])?(?:{_CURRENCIES})(?![a-z])")
_DIGITS: Final = str.maketrans("⁻\u2212⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def scale_at(text: str, position: int, language: str, *, money: bool) -> tuple[int, int]:
    """Give the power of ten that stands at a position behind digits, and where it ends; ``(0, position)`` if none.

    Args:
        text: in which the number stands.
        position: where its digits end.
        language: ``billion`` is 10⁹ in English and 10¹² in German.
        money: a currency stands before the number, so that a letter is a scale.

    """
    words = _words(language)
    if worded := words[0].match(text, position):
        word = " ".join(worded["word"].lower().split())
        end = worded.end() if len(word) <= len("mill") else worded.end("word")
        if money or word not in _BESIDE_MONEY or _MONEY_FOLLOWS.match(text, end):
            return words[1][word], end
    found = _AFTER.match(text, position)
    if not found:
        return 0, position
    if power := found["power"]:
        return int(power.translate(_DIGITS)), found.end()
    if found["ideograph"]:
        of_unit = IDEOGRAPHIC.match(text, found.start("ideograph"))  # 千 in 千克
        return (0, position) if of_unit else (_IDEOGRAPHS[found["ideograph"]], found.end())
    touches = found["letter"] in _TOUCHING and found.start("letter") == position
    counts = money or touches or _MONEY_FOLLOWS.match(text, found.end())
    return (_LETTERS[found["letter"]], found.end()) if counts else (0, position)


@lru_cache(maxsize=64)
def _words(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    known = _ENGLISH | _WORDS.get(language, {})
    spelled = "|".join(word.replace(" ", r"\s+") for word in sorted(known, key=len, reverse=True))
    return re.compile(rf"[\s\u00a0\u202f-]?(?P<word>{spelled})(?!{LETTER})\.?", re.IGNORECASE), known
