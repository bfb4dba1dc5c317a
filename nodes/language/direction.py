"""Which way a text runs: from right to left in Arabic and Hebrew, else from left to right. Pure.

As the Unicode Bidirectional Algorithm has it (UAX #9, rules P2 and P3): the first letter with a direction decides.
"""

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    if not has_right_to_left(text):
        return False
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def has_right_to_left(text: str) -> bool:
    """Whether any letter of a text is written from right to left."""
    return bool(_RIGHT_TO_LEFT.search(text))
