"""Working out again what a writer says it worked out: ``[= E5 - E3]``. Pure, exact.

The writer never calculates: a figure that it states as computed must be what code makes of the figures of the evidence
it names. A name stands for any figure of its evidence, wherever it stands for another one where a passage holds several
(``[= E6 + E6]``), and for a share where that is in percent (``[= E6 * E3]``: 44 % of an amount); days between two dates
count as a number, and so does the time between two times of day; days and weeks before or after a date give a date.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, DecimalException
from itertools import pairwise
from math import prod
from typing import Final

from quire.nodes.author.terms import A_DAY, MINUTES, Term, choices, minutes_of, most_tried, stated_first, terms_in
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.support.grounding import Given

_LONGEST: Final = 4000
"""Characters of an expression, ranges spelt out."""
_SHOWN: Final = 80
_NAME = re.compile(r"[A-Za-z_]\w*")
_DIGIT = re.compile(r"\d")
"""What a result is written with; a number in words counts something more likely."""
_SIGNS: Final = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00d7": "*", "\u00f7": "/", "\u00b7": "*", ":": "/"})
_A_MONTH: Final = Decimal("30.4375")
"""Days of one, on average."""
_PERCENT: Final = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*%")
_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class NotWorkedOut(ValueError):
    """An expression cannot be worked out, or gives another figure. The message says why."""


def worked_out(
    expression: str,
    text: str,
    named: Mapping[str, Sequence[Given]],
    convention: Convention,
    told: Sequence[Given] = (),
    before: Sequence[str] = (),
    of: str = "",
) -> str:
    """Work an expression out and give how, as a reader follows it (``1,415 - 25 = 1,390``).

    Args:
        expression: names, numbers, percentages, ``+ - * /`` and brackets.
        text: the statement, in which the result must stand.
        named: the words of what each name stands for.
        convention: how the statement writes numbers.
        told: all that the statement names; what is told there is the result only where no other figure is.
        before: what else was worked out for the statement: a result that is said once is not said again.
        of: what names the statement where it stands: its row and column.

    Raises:
        NotWorkedOut: it cannot be read, names what holds no figure, or does not give a figure of the text.

    """
    tree = _tree(expression)
    shown = expression if len(expression) <= _SHOWN else f"{expression[:_SHOWN]}…"
    places = sorted((n for n in ast.walk(tree) if isinstance(n, ast.Name)), key=lambda node: node.col_offset)
    stated = figures_in(text, convention)
    figures = {node.id: stated_first(terms_in(named.get(node.id, ())), text, convention) for node in places}
    if empty := sorted(name for name, found in figures.items() if not found):
        raise NotWorkedOut(f"{', '.join(empty)} holds no figure")
    known = [f for words in told for f in figures_in(words.text, words.convention)]
    said_before = {how.rpartition(" = ")[2] for how in before}
    new = [f for f in stated if not any(_tells(other, f) for other in known)]
    further = [f for f in new if f.text not in said_before]
    unsaid = [f for f in stated if f.text not in said_before]
    tried = [
        (chosen, _result(tree, {node: term.number for node, term in zip(places, chosen, strict=True)}))
        for chosen in choices([node.id for node in places], figures, f"{of} {text}")
    ]
    for wanted in ([f for f in further if _DIGIT.search(f.text)], further, unsaid, new, stated):
        for said in (_said_exactly, _said):
            for chosen, result in tried:
                if told_by := said(wanted, chosen, result):
                    return f"{_spelt(expression, chosen)} = {told_by}"
    why = f"{shown} does not give a figure of the statement"
    ways = prod(len(figures[node.id]) for node in places)
    if ways > (most := most_tried(len(places))):
        why += f", as far as was tried: of {ways:,} ways to take the figures of what it names, the likeliest {most:,}"
        why += ". Name what holds fewer figures, or work it out in steps"
    raise NotWorkedOut(why)


def worked_out_of(
    expression: str,
    text: str,
    ways: Sequence[Mapping[str, Sequence[Given]]],
    convention: Convention,
    told: Sequence[Given] = (),
    before: Sequence[str] = (),
    of: str = "",
) -> str:
    """Work an expression out from the first of several ways to read its names that gives a figure of the statement.

    The figures of a passage's own words come before those of what names it (the number of its heading, a date of its
    source): with all of them there is more to try than can be tried.

    Raises:
        NotWorkedOut: none does; the message is that of the last.

    """
    *first, last = ways
    for named in first:
        with suppress(NotWorkedOut):
            return worked_out(expression, text, named, convention, told, before, of)
    return worked_out(expression, text, last, convention, told, before, of)


def _tells(known: Figure, figure: Figure) -> bool:
    """Whether a figure is told already; one of them may leave its unit out (``the 4 million`` of 4 million euros)."""
    return known.value == figure.value and (known.unit == figure.unit or not (known.unit and figure.unit))


def _said_exactly(stated: Sequence[Figure], chosen: Sequence[Term], result: Decimal | None) -> str:
    """Give the figure of a statement that a result is without rounding, where it is of bare numbers."""
    if result is None or any(term.of != "number" for term in chosen):
        return ""
    return next((f.text for f in stated if isinstance(f.value, Decimal) and result in _scaled_to(f)), "")


def _scaled_to(figure: Figure) -> tuple[Decimal, ...]:
    value = Decimal(figure.value)
    return (value, value / 100) if figure.unit == "percent" else (value,)


def _said(stated: Sequence[Figure], chosen: Sequence[Term], result: Decimal | None) -> str:
    """Give the figure of a statement that the result of some terms is; empty if none is."""
    kinds = {term.of for term in chosen}
    if result is None or ("moment" in kinds and len(kinds) > 1):
        return ""
    if kinds in ({"moment"}, {"span"}):
        return _duration(stated, result)
    if "span" in kinds:
        return ""
    one_date = sum(term.of == "date" for term in chosen) % 2  # by itself it makes no number
    if not one_date and (told := _stated(stated, result)):
        return told
    if kinds == {"date"}:
        return _duration(stated, result * A_DAY)
    return _dated(stated, result) if "date" in kinds <= {"date", "days"} else ""


def _tree(expression: str) -> ast.expr:
    if len(expression) > _LONGEST:
        told = f"{expression[:_SHOWN]}… has {len(expression)} characters, {_LONGEST} may be"
        raise NotWorkedOut(f"{told}: add ranges up ([= sum(E12-E59)]), or work it out in steps")
    try:
        tree = ast.parse(_PERCENT.sub(r"(\1/100)", expression.translate(_SIGNS)), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotWorkedOut(f"{expression} is no expression of names, numbers, + - * / and brackets") from None
    allowed = (ast.BinOp, ast.UnaryOp, ast.USub, ast.Name, ast.Constant, ast.Load, *_OPERATORS)
    for node in ast.walk(tree):
        number = not isinstance(node, ast.Constant) or type(node.value) in {int, float}
        if not isinstance(node, allowed) or not number:
            raise NotWorkedOut(f"{expression} is no expression of names, numbers, + - * / and brackets")
    return tree


def _result(node: ast.expr, values: Mapping[ast.Name, Decimal]) -> Decimal | None:
    try:
        return _value(node, values)
    except DecimalException:
        return None


def _value(node: ast.expr, values: Mapping[ast.Name, Decimal]) -> Decimal:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_value(left, values), _value(right, values))
        case ast.UnaryOp(operand=operand):
            return -_value(operand, values)
        case ast.Name():
            return values[node]
        case ast.Constant(value=value):
            return Decimal(str(value))
    raise NotWorkedOut("it is no expression")


def _stated(stated: Sequence[Figure], result: Decimal) -> str:
    """Give the figure of a statement that a result is; empty if none is."""
    return next((f.text for f in stated if isinstance(f.value, Decimal) and _is(f, result)), "")


def _dated(stated: Sequence[Figure], result: Decimal) -> str:
    """Give the date of a statement that a result is, or the month that it falls into; empty if none is."""
    if result != result.to_integral_value() or not 1 <= result <= date.max.toordinal():
        return ""
    day = date.fromordinal(int(result)).isoformat()
    return next((f.text for f in stated if f.value in (day, day[: len("2026-03")])), "")


def _duration(stated: Sequence[Figure], minutes: Decimal) -> str:
    """Give the words of a statement that tell a time in minutes, hours and minutes, or days; empty if none do."""
    times = [f for f in stated if isinstance(f.value, Decimal) and f.unit in MINUTES]
    pairs = [(one, rest) for one, rest in pairwise(times) if (one.unit, rest.unit) == ("hour", "minute")]
    for hours, rest in pairs:
        if Decimal(hours.value) * MINUTES["hour"] + Decimal(rest.value) == minutes:
            return f"{hours.text} {rest.text}"
    months = next((f for f in stated if f.unit == "month" and isinstance(f.value, Decimal)), None)
    for figure in (one for one in times if not any(one in pair for pair in pairs)):
        if _rounds_to(minutes / MINUTES[figure.unit], figure.value):
            return figure.text
    if months and _rounds_to(minutes / A_DAY / _A_MONTH, months.value):
        return months.text
    return next((f.text for f in stated if isinstance(f.value, str) and minutes_of(f.value) == minutes), "")


def _is(figure: Figure, result: Decimal) -> bool:
    """Whether a stated figure is the result, rounded to the digits that it shows: ``$24.9M`` is 24,866,667 dollars."""
    return any(_rounds_to(one, _as_shown(figure)) for one in _scaled(figure, result))


def _as_shown(figure: Figure) -> Decimal | str:
    """Give the value of a figure with the precision of its digits: a scale in words or letters adds none."""
    digits = re.sub(r"\D", "", figure.text).lstrip("0")
    if isinstance(figure.value, str) or not digits or not figure.value:
        return figure.value
    last = figure.value.adjusted() - len(digits) + 1
    return figure.value.quantize(Decimal(1).scaleb(last)) if last > 0 else figure.value


def _scaled(figure: Figure, result: Decimal) -> Iterator[Decimal]:
    yield result
    if figure.unit == "percent":
        yield result * 100


def _rounds_to(result: Decimal, stated: Decimal | str) -> bool:
    if not isinstance(stated, Decimal) or not result.is_finite():
        return False
    if result == stated:
        return True
    try:
        return result.quantize(stated, ROUND_HALF_UP) == stated
    except DecimalException:
        return False


def _spelt(expression: str, chosen: Sequence[Term]) -> str:
    """Put the chosen figures in the places of the names, from the first to the last."""
    figures = iter(chosen)
    return " ".join(_NAME.sub(lambda _: next(figures).text, expression).split())
