"""Works shown arithmetic out again: ``0.6 x 14,200 sq ft = 8,520 sq ft``, ``4.2 ft < 8 ft``."""

import re
from collections.abc import Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import Final

_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})(?P<percent>\s?%)?|(?P<sign>[-+x\u00d7÷/()])")
_UNITS = re.compile(
    r"\b(?:sq\s?ft|sq\s?m|ft|feet|acres?|units?(?:/acre)?|spaces?|seats?|stories|story|guest\s+rooms?|rooms?|beds?|employees?|a\s+unit"
    r"|for\s+the\s+other\s+uses|in)\b|\(\w+\)",
    re.IGNORECASE,
)
_EQUATION = re.compile(rf"(?P<left>[^=;:“”]*?[-+x\u00d7÷/][^=;:“”]*?)\s=\s(?P<right>{_NUMBER})(?P<percent>\s?%)?")
_COMPARISON = re.compile(
    rf"(?P<left>{_NUMBER})(?P<unit>\s?%|(?:\s[a-z]+){{0,2}}(?:/[a-z]+)?)\s(?P<sign>[≥≤<>])\s(?P<right>{_NUMBER})(?P<same>\s?%|(?:\s[a-z]+){{0,2}}(?:/[a-z]+)?)"
)
_TOLERANCE = Decimal("0.006")
"""Half of the last decimal shown, and a little: the figures on the left were rounded too."""
_RELATIVE = Decimal("0.002")
_PERCENT = Decimal(100)


def wrong_in(text: str) -> Iterator[str]:
    """Yield every equation and comparison of a text that does not hold."""
    for match in _EQUATION.finditer(text):
        left = evaluate(match["left"])
        right = _number(match["right"]) / (_PERCENT if match["percent"] else 1)
        if left is not None and abs(left - right) > max(_TOLERANCE, abs(right) * _RELATIVE):
            yield match[0].strip()
    for match in _COMPARISON.finditer(text):
        if match["unit"].strip() == match["same"].strip() and not _holds(match):
            yield match[0].strip()


def _holds(match: re.Match[str]) -> bool:
    left, right = _number(match["left"]), _number(match["right"])
    return {"≥": left >= right, "≤": left <= right, "<": left < right, ">": left > right}[match["sign"]]


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def evaluate(expression: str) -> Decimal | None:
    """Work an expression out; nothing if it holds anything but figures, units, signs and brackets."""
    plain = _UNITS.sub(" ", expression)
    if _TOKEN.sub("", plain).strip():
        return None
    try:
        return _Parser(list(_TOKEN.finditer(plain))).whole()
    except (ValueError, DivisionByZero, InvalidOperation):
        return None


class _Parser:
    """Reads sums of products, as a schoolbook does."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def whole(self) -> Decimal:
        value = self._sum()
        if self._at < len(self._tokens):
            raise ValueError("words after the expression")
        return value

    def _sign(self, *signs: str) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at]["sign"] in signs:
            self._at += 1
            return str(self._tokens[self._at - 1]["sign"])
        return ""

    def _sum(self) -> Decimal:
        value = self._product()
        while sign := self._sign("+", "-"):
            value = value + self._product() if sign == "+" else value - self._product()
        return value

    def _product(self) -> Decimal:
        value = self._factor()
        while sign := self._sign("x", "\u00d7", "÷", "/"):
            value = value * self._factor() if sign in "x\u00d7" else value / self._factor()
        return value

    def _factor(self) -> Decimal:
        if self._sign("("):
            value = self._sum()
            if not self._sign(")"):
                raise ValueError("a bracket is not closed")
            return value
        if self._at >= len(self._tokens) or not self._tokens[self._at]["number"]:
            raise ValueError("a figure is missing")
        token = self._tokens[self._at]
        self._at += 1
        return _number(token["number"]) / (_PERCENT if token["percent"] else 1)
