"""Scripts that write without spaces: a letter of theirs beside a figure is no part of it, as a Latin one would be."""

from typing import Final

UNSPACED: Final = "\u0e00-\u0eff\u1780-\u17ff\u2e80-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
"""Thai, Lao, Khmer, ideographs, kana, hangul (whose particles follow a figure), for a class of a regular expression."""
LETTER: Final = rf"[^\W{UNSPACED}]"
"""A letter, digit or underscore that goes on with what stands beside it; ``12kmの`` is twelve kilometres."""
