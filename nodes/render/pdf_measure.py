"""How wide words are on a page of the PDF, before they are set."""

import re

from reportlab.pdfbase.pdfmetrics import stringWidth

from quire.nodes.render.pdf_east_asian import is_east_asian

_TOGETHER = 12
"""Signs of an East Asian text that stay in one line where they are all of it, such as a date; longer ones may break."""
_BREAKS = re.compile("[^\\S\u00a0\u202f]+")
"""Where a line may break: not at a space that holds together what stands beside it."""
_LEAST = 6
"""Signs in a line of a longer one."""


def width_of(text: str, font: str, size: float) -> float:
    """Give the width of a text in points; an East Asian sign is as wide as it is high."""
    wide = sum(map(is_east_asian, text))
    narrow = "".join(sign for sign in text if not is_east_asian(sign)) if wide else text
    return stringWidth(narrow, font, size) + wide * size


def longest_word(text: str) -> str:
    """Give the longest part of a text that no line should break."""
    longest = max(_BREAKS.split(text), key=len, default="")
    if len(longest) <= _TOGETHER or not any(map(is_east_asian, longest)):
        return longest
    parted = "".join(" " if is_east_asian(sign) else sign for sign in text)
    return max([longest[:_LEAST], *parted.split()], key=len)
