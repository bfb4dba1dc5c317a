"""What stands where something is still to be filled in: ``<Date>``, ``TBD``, ``$XX``, ``____``."""

import re

_TO_COME = r"TBD|TBC|TBA|N\.\s?N\.|t\.?\s?b\.?\s?d\.?|to\s+be\s+(?:determined|confirmed|announced|decided|completed)"
_IN_BRACKETS = (
    r"<[^\W\d][^<>\n]{0,40}>|\[[^\W\d][^\[\]\n]{0,40}\]|\{\{?[^{}\n]{0,40}\}?\}|\u00ab[^\u00ab\u00bb\n]{1,40}\u00bb"
)
_BLANKS = r"_{3,}|\.{5,}|\u2026{2,}"
_CROSSES = r"x{2,}(?:[.,]x+)?|y{4}|j{4}|[dt]{2}[./-]m{2}(?:[./-][yj]{2,4})?|m{2}/d{2}(?:/y{2,4})?"
_WHOLE = re.compile(
    rf"(?:[$\u20ac\u00a3]\s?)?(?:{_TO_COME}|{_IN_BRACKETS}|{_BLANKS}|{_CROSSES}|\?+)(?:\s?[%$\u20ac\u00a3])?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"\b(?:{_TO_COME})(?!\w)|<[^\W\d][^<>\n]{{0,40}}>|\{{\{{[^{{}}\n]{{0,40}}\}}\}}|_{{3,}}"
    r"|\[(?:insert|enter|fill|amount|date|name|number|value|to be|betrag|datum|zahl|einsetzen)[^\[\]\n]{0,40}\]"
    r"|[$\u20ac\u00a3]\s?[Xx]+(?:[.,][Xx]+)*\b"
    r"|\b[Xx]{2,}(?=\s?(?:%|percent\b|prozent\b|days?\b|tagen?\b|units?\b|euro?\b|usd\b))",
    re.IGNORECASE,
)


def is_placeholder(cell: str) -> bool:
    """Whether a cell only says that something is to come."""
    return bool(_WHOLE.fullmatch(cell.strip()))


def holds_placeholder(sentence: str) -> bool:
    """Whether a figure of a sentence is still to come. Roman numerals are none: ``Article XX``."""
    return bool(_WITHIN.search(sentence))
