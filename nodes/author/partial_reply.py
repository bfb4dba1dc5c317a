"""The prose in a reply that is still being written: JSON whose end has not come yet."""

import re
from enum import Enum, auto
from typing import Final

_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_CODE_DIGITS: Final = 4
"""Digits of a character that is written as its code, as in ``\\u00e9``."""
_HEX: Final = re.compile(rf"[0-9a-fA-F]{{{_CODE_DIGITS}}}")
_SURROGATES: Final = range(0xD800, 0xE000)
"""Halves of a pair, which are no characters by themselves."""


class _At(Enum):
    """Where the reader stands."""

    OUTSIDE = auto()
    STRING = auto()
    ESCAPE = auto()
    CODE = auto()


class Prose:
    """Picks the values of one key out of a JSON text that comes in pieces of any size.

    ::

        prose = Prose("text")
        prose.take('{"text": "A qui')  # "A qui"
        prose.take('re", "evidence": ["E1"]}')  # "re "

    Values are parted by a space. What is no JSON gives nothing or less; it never raises.

    Args:
        key: whose strings are wanted, at any depth.

    """

    def __init__(self, key: str) -> None:
        self._key = key
        self._at = _At.OUTSIDE
        self._string = ""
        """The string being read, where it may be a key."""
        self._last = ""
        """The last string that ended: a key, if a colon follows."""
        self._wanted = False
        self._code = ""

    def take(self, piece: str) -> str:
        """Take in the next piece and give the prose that is new in it."""
        return "".join(map(self._next, piece))

    def _next(self, character: str) -> str:
        match self._at:
            case _At.OUTSIDE:
                return self._outside(character)
            case _At.STRING:
                return self._inside(character)
            case _At.ESCAPE:
                return self._escaped(character)
            case _At.CODE:
                return self._coded(character)

    def _outside(self, character: str) -> str:
        if character == '"':
            self._at, self._string = _At.STRING, ""
        elif character == ":":
            self._wanted = self._last == self._key
        elif not character.isspace():
            self._wanted = False
        return ""

    def _inside(self, character: str) -> str:
        if character == "\\":
            self._at = _At.ESCAPE
        elif character == '"':
            return self._ended()
        else:
            return self._said(character)
        return ""

    def _ended(self) -> str:
        parted = " " if self._wanted else ""
        self._at, self._last, self._wanted = _At.OUTSIDE, self._string, False
        return parted

    def _escaped(self, character: str) -> str:
        self._at, self._code = (_At.CODE, "") if character == "u" else (_At.STRING, "")
        return "" if character == "u" else self._said(_ESCAPES.get(character, character))

    def _coded(self, character: str) -> str:
        self._code += character
        if len(self._code) < _CODE_DIGITS:
            return ""
        self._at = _At.STRING
        known = int(self._code, 16) if _HEX.fullmatch(self._code) else 0
        return "" if known in _SURROGATES else self._said(chr(known))

    def _said(self, character: str) -> str:
        if self._wanted:
            return character
        self._string += character
        return ""
