"""Equations of Office documents (OMML) as text, in reading order: ``M=(qL²)/8``."""

from collections.abc import Callable, Iterator
from typing import Any

from quire.nodes.sources.folding import fold

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATIONS = frozenset({f"{_M}oMath", f"{_M}oMathPara"})
_DEEPEST = 60
"""Levels of an equation that are read; no formula goes deeper."""
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def math_text(equation: Any) -> str:
    """Write an equation out; what stands above another in it is parted by a slash, powers and indices are raised."""
    return fold(_text(equation, 0))


def _text(element: Any, depth: int) -> str:
    name = str(element.tag).removeprefix(_M)
    if depth > _DEEPEST:
        return " … "
    if name == "t":
        return str(element.text or "")
    if name.endswith("Pr"):
        return ""
    if name not in _WRITERS:
        return "".join(_parts(element, depth))
    return _WRITERS[name](_Made(element, depth))


class _Made:
    """A structure of an equation, whose parts are asked for by the names that OMML gives them."""

    def __init__(self, element: Any, depth: int) -> None:
        self.element = element
        self.depth = depth

    def of(self, part: str) -> str:
        """Text of a part; empty if there is none."""
        found = self.element.find(f"{_M}{part}")
        return _text(found, self.depth + 1) if found is not None else ""

    def sign(self, name: str, usual: str) -> str:
        """Sign that its properties name, or the usual one."""
        found = next(self.element.iterfind(f"*/{_M}{name}"), None)
        return usual if found is None else str(found.get(f"{_M}val") or "")

    def parts(self, name: str = "e") -> list[str]:
        """Texts of its parts of one name."""
        return [_text(part, self.depth + 1) for part in self.element.iterchildren(f"{_M}{name}")]


def _matrix(made: _Made) -> str:
    rows = made.element.iterchildren(f"{_M}mr")
    return "[" + "; ".join(", ".join(_parts(row, made.depth)) for row in rows) + "]"


_WRITERS: dict[str, Callable[[_Made], str]] = {
    "f": lambda made: f"{grouped(made.of('num'))}/{grouped(made.of('den'))}",
    "sSup": lambda made: made.of("e") + power(made.of("sup")),
    "sSub": lambda made: made.of("e") + index(made.of("sub")),
    "sSubSup": lambda made: made.of("e") + index(made.of("sub")) + power(made.of("sup")),
    "sPre": lambda made: index(made.of("sub")) + power(made.of("sup")) + made.of("e"),
    "rad": lambda made: f"{power(made.of('deg'))}√{grouped(made.of('e'))}",
    "nary": lambda made: f"{made.sign('chr', '∫')}{index(made.of('sub'))}{power(made.of('sup'))} {made.of('e')}",
    "d": lambda made: made.sign("begChr", "(") + ", ".join(made.parts()) + made.sign("endChr", ")"),
    "m": _matrix,
    "eqArr": lambda made: "; ".join(made.parts()),
}
"""How each structure is written; those that only hold others (a box, an accent) are written as what they hold."""


def _parts(element: Any, depth: int) -> Iterator[str]:
    return (text for child in element if isinstance(child.tag, str) and (text := _text(child, depth + 1)))


def grouped(text: str) -> str:
    """Put into brackets what is more than one number or one word."""
    text = text.strip()
    return text if text.isalpha() or text.replace(".", "").replace(",", "").isdecimal() else f"({text})"


def power(text: str) -> str:
    """Write what stands raised behind something."""
    if not text:
        return ""
    return text.translate(_RAISED) if all(ord(s) in _RAISED for s in text) else f"^{grouped(text)}"


def index(text: str) -> str:
    """Write what stands lowered behind something."""
    if not text:
        return ""
    return text.translate(_LOWERED) if all(ord(s) in _LOWERED for s in text) else f"_{grouped(text)}"
