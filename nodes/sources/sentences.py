"""Splits text into sentences, knowing the abbreviations of codes, reports and letters."""

import re

from quire.nodes.evidence.figures.conventions import months
from quire.nodes.sources.abbreviations import ALWAYS_FOLLOWED, BEFORE_NUMBERS, BEGINNERS, PERHAPS_LAST

_BREAK = re.compile(
    r"(?P<end>[.!?…]+[\"'\u201d\u2019)\]]*)\s+(?=[\"'\u201c\u2018(\[§*•]*[A-Z0-9À-ÖØ-Þ§])"
    r"|(?P<full>[\u3002\uff01\uff1f]+[\u300d\u300f\u201d\uff09]*)\s*(?=\S)"
)
"""A full stop before a capital; the ideographic full stop ends a sentence without a space too."""
_LAST_WORD = re.compile(r"[^\s(\[\"'\u201c\u2018]+$")
_ORDINAL = re.compile(
    r"(?:^|\s)(?:(?P<article>im|am|vom|zum|zur|der|die|das|dem|den|des|bis|und)\s)?\d{1,2}\.$", re.IGNORECASE
)
_NUMBER_FOLLOWS = re.compile(r"[(\[§]*(?:\d|[IVXLC]+\b|[A-Z]\b|No\b|Nos\b|Ch\b|Sec\b|[A-Z]{2,5}\.\s)")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]+")
_SHORT_CAPITALS = re.compile(r"[A-Z]{2,5}")
_REACH = 600
"""How far back a bracket may have opened: one open for longer is taken for never closed."""


def sentences(text: str) -> list[str]:
    """Split text at the ends of its sentences, each as it stands in the folded text.

    Nothing is split inside brackets (``(Ord. 2019-39. Passed 8-13-19.)``), after an abbreviation
    (``Sec. 4``, ``20 ft. wide``, ``3,2 Mio. Euro``), an initial, a number that opens a list item,
    or an ordinal (``4. Mai``, ``im 3. Stock``).
    """
    words = " ".join(text.split())
    found, start = [], 0
    for gap in _BREAK.finditer(words):
        end = gap.end("end") if gap["end"] else gap.end("full")
        before = words[max(start, end - _REACH) : end]
        if gap["full"] or _ends_sentence(before, words[gap.end() : gap.end() + _REACH]):
            found.append(words[start:end])
            start = gap.end()
    return [*found, words[start:]] if words[start:] else found


def _ends_sentence(before: str, after: str) -> bool:
    if _LIST_NUMBER.fullmatch(before) or any(before.count(o) > before.count(c) for o, c in ("()", "[]")):
        return False
    unquoted = before.rstrip("\"'\u201d\u2019)]")
    return not unquoted.endswith(".") or _ends_after(unquoted, after)


def _ends_after(before: str, after: str) -> bool:
    """Decide after a full stop, by the word that bears it and the one that follows."""
    ordinal = _ORDINAL.search(before)
    if ordinal and (ordinal["article"] or _is_month(_first_word(after))):
        return False
    found = _LAST_WORD.search(before)
    word = found[0].rstrip(".") if found else ""
    bare = word.lower()
    if bare in ALWAYS_FOLLOWED:
        return False
    if bare in BEFORE_NUMBERS or _SHORT_CAPITALS.fullmatch(word):
        return not _NUMBER_FOLLOWS.match(after)
    if bare in PERHAPS_LAST or re.fullmatch(r"(?:[a-z]\.)*[a-z]", bare):
        return _first_word(after) in BEGINNERS
    return True


def _is_month(word: str) -> bool:
    """Whether a month may follow an ordinal (``4. Mai``); ``May`` begins sentences too."""
    return word.lower() in months("de") and word.lower() != "may"


def _first_word(after: str) -> str:
    return after.lstrip("\"'\u201c\u2018([§*•").split(" ", 1)[0].rstrip(".,")
