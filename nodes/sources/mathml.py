"""Equations of web pages (MathML) as text, in reading order: ``M = qL²/8``."""

from collections.abc import Callable
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from quire.nodes.sources.folding import fold
from quire.nodes.sources.math_text import grouped, index, power

_DEEPEST: Final = 60
"""Levels of an equation that are read; no formula goes deeper."""
_APART: Final = frozenset("=+-\u2212±\u00d7·<>≤≥≠≈→⇒∈")
"""Operators that stand between two terms."""
_UNSAID: Final = frozenset({"annotation", "annotation-xml", "mphantom"})
"""The same once more in another language, and what only takes room."""


def mathml_text(equation: Tag) -> str:
    """Write an equation out; what stands above another in it is parted by a slash, powers and indices are raised."""
    return fold(_text(equation, 0)) or fold(str(equation.get("alttext") or ""))


def _text(node: Tag, depth: int) -> str:
    if node.name in _UNSAID:
        return ""
    if depth > _DEEPEST:
        return " … "
    parts = [
        _text(child, depth + 1) if isinstance(child, Tag) else str(child)
        for child in node.children
        if isinstance(child, Tag) or (isinstance(child, NavigableString) and _says(child))
    ]
    if node.name == "mo" and "".join(parts).strip() in _APART:
        return f" {''.join(parts).strip()} "
    if node.name in {"mi", "mn", "mo"}:
        return "".join(parts).strip()
    write = _WRITERS.get(node.name)
    return write([*parts, "", "", ""]) if write else "".join(parts)


def _says(words: NavigableString) -> bool:
    """Whether a text node is one of words: not a comment, nor the blanks between elements."""
    return not isinstance(words, PreformattedString) and bool(words.strip())


_WRITERS: Final[dict[str, Callable[[list[str]], str]]] = {
    "msup": lambda made: made[0] + power(made[1]),
    "msub": lambda made: made[0] + index(made[1]),
    "msubsup": lambda made: made[0] + index(made[1]) + power(made[2]),
    "munder": lambda made: made[0] + index(made[1]) + " ",
    "munderover": lambda made: made[0] + index(made[1]) + power(made[2]) + " ",
    "mfrac": lambda made: f"{grouped(made[0])}/{grouped(made[1])}",
    "msqrt": lambda made: f"√{grouped(''.join(made))}",
    "mroot": lambda made: f"{power(made[1])}√{grouped(made[0])}",
    "mspace": lambda _: " ",
    "mtr": lambda made: ", ".join(filter(None, made)) + "; ",
}
"""How each structure is written; those that only hold others are written as what they hold."""
