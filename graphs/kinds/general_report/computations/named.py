"""What a question names of a table: titles of its columns, values that stand in them, and one column a unit of another.

A name is a word that stands there, not one that means the same: what is guessed wrongly would show the wrong rows.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product
from typing import Final, NamedTuple

from quire.graphs.kinds.general_report.computations.columns import Numbers
from quire.graphs.kinds.general_report.computations.groups import Grouping
from quire.graphs.kinds.general_report.computations.question import Asked
from quire.nodes.language.catalogue import Words
from quire.nodes.search.retrieval import stems

_SHORTEST = 4
"""Letters of a value in small letters that can be told from the words of a sentence."""
_MOST_RATIOS = 2
_MOST_COLUMNS = 3
"""Columns of words that a table is told by."""
_MOST_NAMED = 2
"""And where it is a section's questions that name them."""
_PER: Final = {
    "en": r"(?:an?|per|each|(?:for|in|at|of)\s+(?:each|every))",
    "de": r"(?:je|pro|für\s+jede[nrs]?)",
}
"""What stands between two things of which one is divided by the other: ``loans a visit``, ``Kosten je Fahrt``."""


class Ratio(NamedTuple):
    """A column that is divided by another."""

    above: Numbers
    below: Numbers

    @property
    def title(self) -> str:
        """What it is called: how it is worked out."""
        return f"{self.above.title} / {self.below.title}"


def named_values(grouping: Grouping, text: str) -> tuple[str, ...]:
    """Give the values of a column that a text names, in the order in which the table counts them."""
    if grouping.span:
        return ()
    return tuple(said for said in grouping.counts if _is_name(said, text))


def rank_of(grouping: Grouping, asked: Asked, language: str) -> int:
    """Say how near a grouping is to what is asked.

    0: what is asked of the section names its column or one of its values. 1: the brief does. 2: neither does.
    """
    title = set(stems(grouping.column, language))
    named = (bool(title & set(stems(text, language))) or bool(named_values(grouping, text)) for text in asked)
    return next((rank for rank, is_named in enumerate(named) if is_named), len(asked))


def wanted(candidates: Sequence[Grouping], asked: Asked, language: str) -> list[Grouping]:
    """Choose what a table is told by: what is asked names it, or one of its values; then what has the fewest values.

    Where sections have questions of their own, each is shown what these name, else what the brief does.
    """
    near = {grouping.column: rank_of(grouping, asked, language) for grouping in candidates}
    named = sorted((g for g in candidates if not g.span), key=lambda g: (near[g.column], len(g.counts)))
    if not asked.section:
        return [*named[:_MOST_COLUMNS], *(g for g in candidates if g.span)]
    nearest = sorted(candidates, key=lambda g: (near[g.column], bool(g.span), len(g.counts)))
    best = near[nearest[0].column] if nearest else 0
    most = _MOST_NAMED if best < len(asked) else 1
    return [g for g in nearest if near[g.column] == best][:most]


def ratios(numbers: Sequence[Numbers], texts: Iterable[str], language: str) -> list[Ratio]:
    """Give the columns that somebody sets in relation (``loans a visit``), those of the first text that does.

    Where several columns fit a word alike (visits planned, visits made), each is given: which is meant is the writer's
    to say.
    """
    per = _PER.get(language)
    summable = [column for column in numbers if column.summable]
    if per is None or len(summable) < 2:  # noqa: PLR2004 - it takes two
        return []
    pair = re.compile(rf"(?<!\w)(?P<above>[^\W\d_]{{3,}})\s+{per}\s+(?P<below>[^\W\d_]{{3,}})", re.IGNORECASE)
    for text in texts:
        for found in pair.finditer(text):
            sides = (_fitting(found[side], summable, language) for side in ("above", "below"))
            if made := [Ratio(above, below) for above, below in product(*sides) if above != below]:
                return made[:_MOST_RATIOS]
    return []


def narrowed(chosen: Sequence[Grouping], candidates: Sequence[Grouping], asked: Asked, words: Words) -> list[Grouping]:
    """Count each chosen grouping over the rows whose values other columns are asked for, its own named values first.

    Of what is asked of the section, and of what the brief asks, the column counts that has the fewest values.
    """
    by_need = sorted(candidates, key=lambda g: len(g.counts))
    filters = {
        grouping.column: (grouping, values)
        for text in reversed(asked)
        if (found := next(((g, v) for g in by_need if (v := _telling_apart(g, text))), None))
        for grouping, values in [found]
    }
    return [
        _narrowed(grouping, [found for column, found in filters.items() if column != grouping.column], asked, words)
        for grouping in chosen
    ]


def _telling_apart(grouping: Grouping, text: str) -> tuple[str, ...]:
    values = named_values(grouping, text)
    return values if len(values) < len(grouping.counts) else ()


def _narrowed(
    grouping: Grouping, filters: Sequence[tuple[Grouping, tuple[str, ...]]], asked: Asked, words: Words
) -> Grouping:
    first = tuple(dict.fromkeys(value for text in asked for value in named_values(grouping, text)))
    made = replace(grouping, first=first)
    for by, values in filters:
        cells = tuple(cell if by.cells[row] in values else "" for row, cell in enumerate(made.cells))
        if len({cell for cell in cells if cell}) > 1:
            where = words("figures.where", by=by.name, values=_either(values, words))
            both = words("figures.and").join(part for part in (made.where, where) if part)
            made = replace(made, cells=cells, where=both)
    return made


def _either(values: Sequence[str], words: Words) -> str:
    return words("figures.or").join(words("figures.named", column=value) for value in values)


def _is_name(said: str, text: str) -> bool:
    """Whether a text holds a value as a word of its own: a bare number says something else more likely."""
    if said.casefold() not in text.casefold():
        return False
    short = len(said) < 2 or (said.islower() and len(said) < _SHORTEST)  # noqa: PLR2004 - a letter
    return (
        not (short or said.isdigit())
        and bool(stems(said))
        and bool(re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text, re.IGNORECASE))
    )


def _fitting(word: str, columns: Sequence[Numbers], language: str) -> list[Numbers]:
    """Give the columns whose titles hold a word, those of which it is the largest part."""
    wanted = set(stems(word, language))
    shares = {column.title: _share(column.title, wanted, language) for column in columns}
    best = max(shares.values())
    return [column for column in columns if best and shares[column.title] == best]


def _share(title: str, wanted: set[str], language: str) -> float:
    said = set(stems(title, language))
    return len(said & wanted) / len(said) if said else 0.0
