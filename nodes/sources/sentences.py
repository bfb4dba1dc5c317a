"""Splits text into sentences, knowing the abbreviations of codes, reports and letters."""

import re

_BREAK = re.compile(r"(?P<end>[.!?…]+[\"'\u201d\u2019)\]]*)\s+(?=[\"'\u201c\u2018(\[§*•]*[A-Z0-9ÀÖØ-Þ§])")
_LAST_WORD = re.compile(r"[^\s(\[\"'\u201c\u2018]+$")

_ALWAYS_FOLLOWED = frozenset(
    ["e.g", "i.e", "a.k.a", "n.b", "cf", "vs", "viz", "mr", "mrs", "ms", "dr", "prof", "hon", "messrs", "ca", "approx"]
)
"""Abbreviations that never end a sentence: something is named or given as an example after them."""

_BEFORE_NUMBERS = frozenset(
    [
        *("sec", "secs", "no", "nos", "ord", "ords", "res", "ch", "chs", "art", "arts", "par", "para", "subsec", "pt"),
        *("fig", "figs", "tab", "app", "exh", "vol", "p", "pp", "ln", "div", "r.c", "u.s.c", "c.f.r", "v", "rev", "ex"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "twp", "bldg", "dist"),
    ]
)
"""Abbreviations only where a number, a letter or another of them follows: ``Art. IV``, but ``the art.``"""

_PERHAPS_LAST = frozenset(
    [
        *("ft", "sq", "in", "yd", "mi", "ac", "cu", "lb", "lbs", "oz", "min", "max", "hr", "hrs", "etc", "inc", "ltd"),
        *("co", "corp", "llc", "st", "ave", "rd", "blvd", "ct", "pl", "hwy", "dept", "jr", "sr", "est", "misc", "assn"),
        *("apt", "ste", "sf", "esq", "gov", "sen", "rep", "gen", "capt", "al"),
    ]
)
"""Abbreviations that end a sentence if a word follows that begins sentences, as single letters and ``U.S.`` do."""

_BEGINNERS = frozenset(
    [
        *("A", "All", "Also", "An", "And", "Any", "As", "At", "Because", "Before", "But", "By", "Each", "Every", "For"),
        *(
            "From",
            "He",
            "However",
            "If",
            "In",
            "It",
            "Its",
            "No",
            "Not",
            "On",
            "One",
            "Other",
            "Otherwise",
            "Our",
            "She",
        ),
        *("Since", "Some", "Such", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "To"),
        *("Under", "Unless", "Until", "Upon", "We", "When", "Where", "Whether", "While", "With", "You"),
    ]
)
_NUMBER_FOLLOWS = re.compile(r"[(\[§]*(?:\d|[IVXLC]+\b|[A-Z]\b|No\b|Nos\b|Ch\b|Sec\b|[A-Z]{2,5}\.\s)")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]+")
_SHORT_CAPITALS = re.compile(r"[A-Z]{2,5}")
_REACH = 600
"""How far back a bracket may have opened: one open for longer is taken for never closed."""


def sentences(text: str) -> list[str]:
    """Split text at the ends of its sentences; joined with single spaces they are the folded text again.

    Nothing is split inside brackets (``(Ord. 2019-39. Passed 8-13-19.)``), after an abbreviation
    (``Sec. 4``, ``20 ft. wide``), an initial, or a number that opens a list item.
    """
    words = " ".join(text.split())
    found, start = [], 0
    for gap in _BREAK.finditer(words):
        before = words[max(start, gap.end("end") - _REACH) : gap.end("end")]
        if _ends_sentence(before, words[gap.end() : gap.end() + _REACH]):
            found.append(words[start : gap.end("end")])
            start = gap.end()
    return [*found, words[start:]] if words[start:] else found


def _ends_sentence(before: str, after: str) -> bool:
    if _LIST_NUMBER.fullmatch(before) or any(before.count(o) > before.count(c) for o, c in ("()", "[]")):
        return False
    unquoted = before.rstrip("\"'\u201d\u2019)]")
    return not unquoted.endswith(".") or _ends_after(unquoted, after)


def _ends_after(before: str, after: str) -> bool:
    """Decide after a full stop, by the word that bears it and the one that follows."""
    found = _LAST_WORD.search(before)
    word = found[0].rstrip(".") if found else ""
    bare = word.lower()
    if bare in _ALWAYS_FOLLOWED:
        return False
    if bare in _BEFORE_NUMBERS or _SHORT_CAPITALS.fullmatch(word):
        return not _NUMBER_FOLLOWS.match(after)
    if bare in _PERHAPS_LAST or re.fullmatch(r"(?:[a-z]\.)*[a-z]", bare):
        return after.lstrip("\"'\u201c\u2018([§*•").split(" ", 1)[0].rstrip(",") in _BEGINNERS
    return True
