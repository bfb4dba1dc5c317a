"""The prose of a reply that is still being written: the text itself, without the marks behind its statements."""

import re

from quire.nodes.evidence.marks import MARK

_LONGEST_MARK = 120
"""Characters after which an open bracket is text."""
_MARKS = re.compile(rf"[ \t]*(?<!\[){MARK.pattern}|\[\[\s*T\d+\s*\]\]")


class Prose:
    """Leaves the marks out of a text that comes in pieces of any size.

    ::

        prose = Prose()
        prose.take("It is 40 feet [E")  # "It is 40 feet"
        prose.take("1].")  # "."

    What may still become a mark is held back until it is one or is none.
    """

    def __init__(self) -> None:
        self._held = ""

    def take(self, piece: str) -> str:
        """Take in the next piece and give the prose that is new in it."""
        text = _MARKS.sub("", self._held + piece)
        opened = text.find("[")
        while opened >= 0 and not _may_be_a_mark(text[opened:]):
            opened = text.find("[", opened + 1)
        begins = len(text.rstrip(" ")) if opened < 0 else len(text[:opened].rstrip(" "))
        self._held = text[begins:]
        return text[:begins]


def _may_be_a_mark(text: str) -> bool:
    """Whether brackets that are open may turn out to be a mark."""
    within = text[2:] if text.startswith("[[") else text[1:]
    return "]" not in within.rstrip("]") and len(text) <= _LONGEST_MARK and "\n\n" not in text
