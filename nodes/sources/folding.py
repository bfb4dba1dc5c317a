"""White space, quote marks and invisible characters: what two spellings of the same words may differ in."""

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
"""Soft hyphens, zero-width spaces, direction overrides and tag characters: they show nothing and can hide text."""

_QUOTE_MARKS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    }
)
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def fold(text: str) -> str:
    """Make every run of white space, no-break spaces included, one space, and trim."""
    return " ".join(text.split())


def fold_quotes(text: str) -> str:
    """Fold white space, ligatures, and quote marks to the typewriter's: for comparing, never for showing."""
    return fold(fold_ligatures(text).translate(_QUOTE_MARKS).replace("''", '"'))


def fold_ligatures(text: str) -> str:
    """Write out letters that a font joins to one sign, so that a search for ``office`` finds them."""
    return text.translate(_LIGATURES)


def strip_invisible(text: str) -> tuple[str, int]:
    """Take out characters that show nothing; also say how many there were."""
    return _INVISIBLE.subn("", text)


def raised(text: str) -> str:
    """Write the digits as superscripts, so that ``ft<sup>2</sup>`` does not become ``ft2``."""
    return text.translate(_SUPERSCRIPTS)


def lowered(text: str, before: str) -> str:
    """Write digits that are set low behind a digit as subscripts: ``5<sub>3</sub>`` is no 53; ``CO2`` stays."""
    return text.translate(_SUBSCRIPTS) if before[-1:].isdigit() else text
