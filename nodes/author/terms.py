"""What a name in a reckoning may stand for: the figures of its passage, each with the column it stands in. Pure.

A row says what each of its figures is (``Approved, GBP thousand: 3,850; Forecast: 3,910``). Where several rows are
reckoned with, figures of one column are taken together before any others; where one row is, those of the columns that
the statement speaks of.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush
from itertools import islice, product
from math import prod
from typing import Final, Literal, NamedTuple, TypeAlias

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.support.amounts import scale_of
from quire.nodes.support.grounding import Given

MOST_TRIED: Final = 2000
"""Choices among the figures of what is named."""
_FEW: Final = 8
"""Names of a reckoning for which so many are tried; for more, fewer."""
A_DAY: Final = 24 * 60
MINUTES: Final[Mapping[str, Decimal]] = {
    "minute": Decimal(1),
    "hour": Decimal(60),
    "day": Decimal(A_DAY),
    "week": Decimal(7 * A_DAY),
}
_DAYS: Final[Mapping[str, int]] = {"day": 1, "week": 7}
"""What may be added to a date."""
_TIME: Final = re.compile(r"(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?::\d{2})?")
_CELL: Final = re.compile(r"(?:^|[;:])\s*(?P<title>[^:;]{1,80}?):\s+(?P<value>[^;]{1,60})(?=;|$)")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


class Term(NamedTuple):
    """What a name may stand for."""

    text: str
    number: Decimal
    of: Literal["number", "moment", "date", "days", "span"] = "number"
    """A moment is a time of day, in minutes; of a day that its passage tells, if it tells one. A span is in minutes."""
    column: str = ""
    """The title that it stands under in its row; figures in the scale that a title announces are a column apart."""


Choice: TypeAlias = tuple[Term, ...]


def terms_in(words: Sequence[Given]) -> list[Term]:
    """Give all that words may stand for in a reckoning, figures of a row's cells first."""
    in_cells = dict.fromkeys(term for given in words for term in _of_cells(given))
    known = {(term.number, term.of) for term in in_cells}
    others = (t for given in words for t in _terms(figures_in(given.text, given.convention)))
    further = {(t.number, t.of): t for t in others if (t.number, t.of) not in known}
    return sorted([*in_cells, *further.values()], key=lambda term: term.of == "span")


def choices(names: Sequence[str], terms: Mapping[str, Sequence[Term]], told: str) -> Iterator[Choice]:
    """Give for the names of a reckoning, place by place, what they may stand for, the likeliest first.

    Args:
        names: as they stand in the reckoning; one may stand there more than once.
        terms: what each may stand for.
        told: what the statement says, and what names it: its column and row.

    """
    yield from _of_one_column(names, terms, told)
    held = [terms[name] for name in names]
    if (most := most_tried(len(names))) >= prod(map(len, held)):
        tried = list(product(*held))
    else:
        tried = list(islice(_likeliest(held, told), most))
    yield from sorted(tried, key=lambda choice: -_spoken_of(choice, told))


def most_tried(names: int) -> int:
    """Give how many choices are tried for so many names: a longer reckoning takes longer to work out."""
    return MOST_TRIED * _FEW // max(names, _FEW)


def _likeliest(held: Sequence[Sequence[Term]], told: str) -> Iterator[Choice]:
    """Give choices by how far down their terms stand, those first of whose columns the statement speaks."""
    ranked = [sorted(terms, key=lambda term: -_said_words(term.column, told)) for terms in held]
    heap: list[tuple[int, tuple[int, ...], int]] = [(0, (0,) * len(ranked), 0)]
    while heap:
        depth, places, last = heappop(heap)
        yield tuple(terms[place] for terms, place in zip(ranked, places, strict=True))
        for name in range(last, len(ranked)):
            if places[name] + 1 < len(ranked[name]):
                further = (*places[:name], places[name] + 1, *places[name + 1 :])
                heappush(heap, (depth + 1, further, name))


def day_of(value: str) -> date | None:
    """Read ``2026-06-30`` as a day; what is none is nothing."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def minutes_of(value: str) -> int | None:
    """Read a time of day (``09:12``, ``09:12:30``) as minutes; seconds are left out."""
    found = _TIME.fullmatch(value)
    return int(found["hours"]) * 60 + int(found["minutes"]) if found else None


def _of_one_column(names: Sequence[str], terms: Mapping[str, Sequence[Term]], told: str) -> Iterator[Choice]:
    """Give the choices that take the figures of one column in all rows that have it."""
    several = len(set(names)) > 1
    columns = dict.fromkeys(t.column for name in names for t in terms[name] if t.column) if several else {}
    for column in sorted(columns, key=lambda title: -_said_words(title, told)):
        held = {name: [t for t in terms[name] if t.column == column] or terms[name] for name in names}
        if sum(len(of) == 1 for of in held.values()) > 1:
            yield from islice(product(*(held[name] for name in names)), most_tried(len(names)))


def _spoken_of(choice: Choice, told: str) -> int:
    """Count the columns of a choice that the statement speaks of; a column that is taken twice counts once."""
    return sum(_said_words(column, told) > 0 for column in {term.column for term in choice if term.column})


def _said_words(title: str, told: str) -> int:
    said = {word.casefold() for word in _WORD.findall(told)}
    return sum(word.casefold() in said for word in _WORD.findall(title))


def _of_cells(given: Given) -> Iterator[Term]:
    for cell in _CELL.finditer(given.text):
        title, scale = cell["title"].strip(), scale_of(cell["title"])
        for term in _terms(figures_in(cell["value"], given.convention)):
            yield term._replace(column=title)
            if scale.factor > 1 and term.of == "number":
                text, number = f"{term.text} {scale.word}", term.number * scale.factor
                yield Term(text, number, column=f"{title} ({scale.factor})")


def _terms(figures: Sequence[Figure]) -> Iterator[Term]:
    dates = [(f.text, day) for f in figures if isinstance(f.value, str) and (day := day_of(f.value))]
    for figure in figures:
        if scale_of(figure.text).word == figure.text:
            continue  # of a title: ``GBP thousand``
        if isinstance(figure.value, Decimal):
            yield Term(figure.text, figure.value)
            if figure.unit == "percent":
                yield Term(figure.text, figure.value / 100)
            if figure.unit in _DAYS:
                yield Term(figure.text, figure.value * _DAYS[figure.unit], "days")
            if figure.unit in MINUTES:
                yield Term(figure.text, figure.value * MINUTES[figure.unit], "span")
        elif day := day_of(figure.value):
            yield Term(figure.text, Decimal(day.toordinal()), "date")
        elif (minutes := minutes_of(figure.value)) is not None:
            of_day, days = dates[0] if len(dates) == 1 else ("", None)
            whole = Decimal(days.toordinal() * A_DAY if days else 0) + minutes
            yield Term(f"{of_day} {figure.text}".strip(), whole, "moment")


def stated_first(terms: Sequence[Term], text: str, convention: Convention) -> list[Term]:
    """Put the figures first that the statement names itself: more likely than others it was worked out from them."""
    values = {figure.value for figure in figures_in(text, convention)}
    return sorted(terms, key=lambda term: term.number not in values)
