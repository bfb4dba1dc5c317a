"""Words in bold that lead in a paragraph or an item of a list: ``**Revenue.** It grew …``. Pure."""

import copy
import re
from typing import Final

from markdown_it.token import Token

from quire.nodes.evidence.marks import MARK

_LONGEST: Final = 80
"""Letters; what is longer is a sentence in bold."""
_OPENING: Final = ("strong_open", "text", "strong_close")
_ENDS: Final = (".", ":", "?")
_SIGN_BEHIND = re.compile(r"^\s*[:.]")


def led_in(inline: Token) -> tuple[str, Token]:
    """Part a line from what leads it in; without a sign at its end, bold words are part of the sentence."""
    children = [child for child in inline.children or () if child.type != "text" or child.content]
    if tuple(child.type for child in children[:3]) != _OPENING or len(children) == len(_OPENING):
        return "", inline
    words, behind = children[1].content.strip(), children[3].content
    sign = _SIGN_BEHIND.match(behind)
    if not words or len(words) > _LONGEST or MARK.search(words) or not (words.endswith(_ENDS) or sign):
        return "", inline
    rest, first = copy.copy(inline), copy.copy(children[3])
    first.content = behind[sign.end() :] if sign else behind
    rest.children = [first, *children[4:]]
    return f"{words}{sign[0].strip() if sign else ''}", rest
