"""Scripts that write without spaces: a letter of theirs beside a figure is no part of it, as a Latin one would be."""

from typing import Final

_SPACED: Final = (
    r"\x00-\u0dff\u0f00-\u177f\u1800-\u2e7f\ufb00-\uff65\uffa0-\uffff\U00010000-\U0001ffff\U00040000-\U0010ffff"
)
"""All but Thai, Lao, Khmer, ideographs, kana and hangul (whose particles follow a figure), for a class of a regular
expression. Those that write with spaces are listed since they are fewer: Python goes through every sign of a class
when it compiles one."""
LETTER: Final = rf"(?-i:\w(?<=[{_SPACED}]))"
"""A letter, digit or underscore that goes on with what stands beside it; ``12kmの`` is twelve kilometres. It has no
case: ignoring it, each sign would be looked up when this is compiled."""
