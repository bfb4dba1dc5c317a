"""Words of a slide's paragraphs as shown: raised digits stay raised, struck words go, equations are written out."""

from typing import Any

from quire.nodes.sources.folding import fold, raised
from quire.nodes.sources.math_text import EQUATIONS, math_text

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSTRUCK = {None, "noStrike"}


def words_of(paragraph: Any, struck: list[str]) -> str:
    """Give a paragraph's words on one line, without a slide's number; what is struck is added to ``struck``."""
    pieces: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_A}fld" and child.get("type") == "slidenum":
            continue
        elif child.tag in {f"{_A}r", f"{_A}fld"}:
            _say(child, pieces, struck)
        elif child.tag in {f"{_A}br", f"{_A}tab"}:
            pieces.append(" ")
        elif child.tag in EQUATIONS:
            pieces.append(math_text(child))
        elif child.tag != _FALLBACK:
            stack.append(iter(child))
    return fold("".join(pieces))


def _say(run: Any, pieces: list[str], struck: list[str]) -> None:
    text = run.findtext(f"{_A}t") or ""
    look = run.find(f"{_A}rPr")
    if look is not None and look.get("strike") not in _UNSTRUCK:
        struck.append(text)
        return
    above = (
        look is not None
        and str(look.get("baseline") or "0").lstrip("-").isdecimal()
        and int(look.get("baseline") or 0) > 0
    )
    pieces.append(raised(text) if above else text)


def paragraphs_of(element: Any) -> list[Any]:
    """Give the paragraphs below an element in order, those for older programs left out."""
    return [p for p in element.iter(f"{_A}p") if not any(above.tag == _FALLBACK for above in p.iterancestors())]
