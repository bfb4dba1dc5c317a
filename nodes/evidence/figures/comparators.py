"""At least, at most, more than, less than: what is said of a number, in the words before and behind it."""

import re
from functools import cache
from typing import Final, Literal, TypeAlias

Comparator: TypeAlias = Literal["", ">=", "<=", ">", "<"]

Form: TypeAlias = tuple[Comparator, str]

_NOT: Final = r"(?:shall|may|must|should|can|will|do|does|did)?\s*not\s+(?:to\s+)?"
_BEFORE: Final[dict[str, tuple[Form, ...]]] = {
    "en": (
        ("<=", _NOT + r"(?:exceed|be\s+(?:more|greater|higher|longer|larger|later)\s+than)"),
        ("<=", r"(?:no|not)\s+(?:more|greater|higher|longer|larger|later|taller)\s+than|at\s+(?:the\s+)?most|up\s+to"),
        ("<=", r"within(?:\s+the\s+(?:first|last|next))?"),
        ("<=", r"not\s+exceeding|never\s+exceeds?|without\s+exceeding|limited\s+to|capped\s+at"),
        ("<=", r"(?:a\s+|the\s+)?max(?:imum)?\.?(?:\s+of)?"),
        (">=", _NOT + r"be\s+(?:less|fewer|lower|shorter|smaller)\s+than"),
        (">=", r"(?:no|not)\s+(?:less|fewer|lower|shorter|smaller|earlier)\s+than|at\s+(?:the\s+very\s+)?least"),
        (">=", r"not\s+below|(?:a\s+|the\s+)?min(?:imum)?\.?(?:\s+of)?"),
        (">", r"(?:more|greater|higher|longer|larger|better|taller)\s+than|over|above|in\s+excess\s+of|upwards\s+of"),
        (">", r"exceed(?:s|ed|ing)?"),
        ("<", r"(?:less|fewer|lower|shorter|smaller)\s+than|under|below"),
    ),
    "de": (
        ("<=", r"(?:darf|dürfen)?\s*nicht\s+mehr\s+als|höchstens|maximal|bis\s+zu|max\.?|nicht\s+über"),
        ("<=", r"innerhalb\s+von|innerhalb|binnen|spätestens"),
        (">=", r"nicht\s+weniger\s+als|mindestens|wenigstens|minimal|min\.?|nicht\s+unter"),
        (">", r"mehr\s+als|über|größer\s+als|höher\s+als"),
        ("<", r"weniger\s+als|unter|kleiner\s+als|niedriger\s+als"),
    ),
}
_BEHIND: Final[dict[str, tuple[Form, ...]]] = {
    "en": (
        (">=", r"or\s+(?:more|greater|higher|longer|larger|above|over|later)|and\s+(?:above|over)"),
        (">=", r"minimum|at\s+least|min\.?"),
        ("<=", r"or\s+(?:less|fewer|lower|shorter|smaller|below|under)|maximum|at\s+most|max\.?"),
        ("<=", r"at\s+the\s+latest"),
    ),
    "de": (
        (">=", r"oder\s+(?:mehr|höher|länger)|mindestens|nicht\s+unterschreiten"),
        ("<=", r"oder\s+(?:weniger|niedriger|kürzer)|höchstens|nicht\s+(?:überschreiten|übersteigen)"),
    ),
}
_LED: Final[dict[str, tuple[Form, ...]]] = {
    "en": (("<=", r"\bmax(?:imum)?\b"), (">=", r"\bmin(?:imum)?\b")),
    "de": (("<=", r"\b(?:maximal\w*|höchst\w+)\b"), (">=", r"\bmindest\w*\b")),
}
"""Words that say it of a number further on in the same phrase: ``the minimum lot width is 60 ft``."""
LANGUAGES: Final = frozenset(_BEFORE)
"""Those whose words are known."""
_BETWEEN: Final = r"\s+(?:(?:a|an|the|of|to|about|only|total|die|der|den|das|eine?[nrms]?)\s+){0,2}[€$£]?\s*$"
_REACH: Final = 60
_PHRASE_END = re.compile(r"[;,.|:()]|\b(?:and|but|while|und|aber|während)\b")


_Patterns: TypeAlias = list[tuple[Comparator, re.Pattern[str]]]


@cache
def _before(language: str) -> _Patterns:
    return [(sign, re.compile(rf"(?<!\w)(?:{words}){_BETWEEN}", re.IGNORECASE)) for sign, words in _BEFORE[language]]


@cache
def _behind(language: str) -> _Patterns:
    return [(sign, re.compile(rf"^[\s(]*(?:{words})(?!\w)", re.IGNORECASE)) for sign, words in _BEHIND[language]]


def comparator_of(text: str, span: tuple[int, int], language: str) -> tuple[Comparator, list[tuple[int, int]]]:
    """Tell what is said of the number at a span, and where the words stand that say it."""
    start, end = span
    from_ = max(0, start - _REACH)
    before = text[from_:start]
    for sign, pattern in _before(language):
        if found := pattern.search(before):
            return sign, [(from_ + found.start(), from_ + found.end())]
    behind = text[end : end + _REACH]
    for sign, pattern in _behind(language):
        if found := pattern.search(behind):
            return sign, [(end + found.start(), end + found.end())]
    return _led(before, language), []


def titled(titles: str, language: str) -> Comparator:
    """Read the sign from the titles that a number stands under."""
    return next((sign for sign, words in _LED[language] if re.search(words, titles, re.IGNORECASE)), "")


def _led(before: str, language: str) -> Comparator:
    """Read the sign from a word further off in the same phrase, or in its label; the word stays a word."""
    label = re.search(r"([^;,.|()]*):\s*$", before)
    for phrase in (_PHRASE_END.split(before)[-1], label[1] if label else ""):
        for sign, words in _LED[language]:
            if re.search(words, phrase, re.IGNORECASE):
                return sign
    return ""
