"""What a long table comes to, group by group: how many rows, sums and medians, and two groupings against each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from quire.graphs.kinds.general_report.computations.columns import Numbers
from quire.graphs.kinds.general_report.computations.groups import Grouping
from quire.graphs.kinds.general_report.computations.named import Ratio
from quire.graphs.kinds.general_report.computations.sheets import Sheet
from quire.nodes.computations.blocks import Align, note, table
from quire.nodes.computations.citing import cite
from quire.nodes.evidence.content import Block, Claim, claim
from quire.nodes.language.catalogue import Words

_MOST_VALUES = 30
"""Groups that are shown."""
_MOST_ACROSS_ROWS = 12
"""Groups below each other, where two groupings stand against each other."""
_MOST_ACROSS = 8
"""Groups that stand beside each other."""


class Measure(NamedTuple):
    """What a group comes to in one cell."""

    title: str
    value: Decimal | None
    """Nothing where no row of the group has a number."""
    shown: str
    told: str
    """How it is told: of what is divided, with both figures."""


def by_groups(
    sheet: Sheet,
    told_by: Sequence[Grouping],
    numbers: Sequence[Numbers],
    words: Words,
    divided: Sequence[Ratio] = (),
) -> Iterator[Block]:
    """Tell a table group by group: how many rows, and what some columns of numbers come to.

    Where one column is divided by another, sums stand beside it, and groups come in the order of what is divided.
    """
    for grouping in told_by:
        yield from _by(sheet, grouping, numbers, words, divided)


def across_groups(
    sheet: Sheet, told_by: Sequence[Grouping], numbers: Sequence[Numbers], words: Words, *, even: bool = True
) -> Iterator[Block]:
    """Set each two groupings against each other: how many rows, and what they add up to.

    Args:
        sheet: the table.
        told_by: what its rows are told apart by.
        numbers: columns that are added up.
        words: of the document's language.
        even: whether rows are counted too that each group has alike.

    """
    alike = ((one, other) for one, other in combinations(told_by, 2) if one.where == other.where)
    for one, other in alike:
        rows, across = sorted((one, other), key=lambda g: (bool(g.span), len(g.counts)))
        if len(across.counts) > _MOST_ACROSS:
            rows, across = across, rows
        if len(rows.counts) <= _MOST_ACROSS_ROWS and len(across.counts) <= _MOST_ACROSS:
            if even or _says_something(rows, across):
                yield _against(sheet, (rows, across), None, words)
            yield from (_against(sheet, (rows, across), n, words) for n in numbers)


def _by(
    sheet: Sheet, by: Grouping, numbers: Sequence[Numbers], words: Words, divided: Sequence[Ratio]
) -> Iterator[Block]:
    added = [*dict.fromkeys(n for ratio in divided for n in (ratio.above, ratio.below))] or numbers
    whats = ("sum",) if divided else ("sum", "median")
    measures = [(what, n) for n in added for what in whats if n.summable or what == "median"]
    found = {said: _measures({said: by}, measures, divided, words) for said in by.counts}
    values = _in_order(by, found, divided)
    kept = values[:_MOST_VALUES]
    if left := values[_MOST_VALUES:]:
        rows = sum(by.counts[said] for said in left)
        yield note(claim(words("figures.shown-values", n=len(kept), total=len(values), rows=rows), "fixed"))
    titles = [measure.title for measure in found[values[0]]] if values else []
    rows_of = (_row(sheet, (by, said), "", found[said], words) for said in kept)
    yield table(_caption(sheet, by, measures, words), [by.column, *_figures(titles)], rows_of)


def _measures(
    of: Mapping[str, Grouping], measures: Sequence[tuple[str, Numbers]], divided: Sequence[Ratio], words: Words
) -> list[Measure]:
    counted = len(_placed(of))
    made = [Measure(words("figures.times"), Decimal(counted), str(counted), str(counted))]
    for what, numbers in measures:
        value = _measured(of, numbers, what)
        shown = "" if value is None else numbers.shown(value)
        made.append(Measure(words(f"figures.{what}-of", column=numbers.title), value, shown, shown))
    return [*made, *(_divided(of, ratio) for ratio in divided)]


def _divided(of: Mapping[str, Grouping], ratio: Ratio) -> Measure:
    """Divide what one column comes to by what the other does, told with both."""
    above, below = (_measured(of, n, "sum") for n in ratio)
    if above is None or not below:
        return Measure(ratio.title, None, "", "")
    value = above / below
    shown = ratio.above.divided(value)
    both = (numbers.shown(told) for numbers, told in zip(ratio, (above, below), strict=True))
    return Measure(ratio.title, value, shown, f"{' / '.join(both)} = {shown}")


def _in_order(by: Grouping, found: Mapping[str, Sequence[Measure]], divided: Sequence[Ratio]) -> list[str]:
    """Put groups in the order of what is divided last, the greatest first; dates and named values keep their order."""
    values = [*by.counts]
    if by.span or not divided:
        return values
    none = Decimal("-Infinity")
    return sorted(values, key=lambda v: (v not in by.first, -(none if (n := found[v][-1].value) is None else n)))


def _caption(sheet: Sheet, by: Grouping, measures: Sequence[object], words: Words) -> str:
    if not measures and not by.span:
        return _narrowed(words("figures.counts", caption=sheet.caption, column=by.column), by, words)
    spanned = f"{by.name}, {by.span}" if by.span else by.name
    return _narrowed(words("figures.by", caption=sheet.caption, by=spanned), by, words)


def _narrowed(caption: str, by: Grouping, words: Words) -> str:
    return words("figures.only", caption=caption, where=by.where) if by.where else caption


def _against(sheet: Sheet, both: tuple[Grouping, Grouping], numbers: Numbers | None, words: Words) -> Block:
    """Set one grouping against another: rows, or the sums of a column."""
    by, across = both
    what = words("figures.sum-of", column=numbers.title) if numbers else words("figures.times")
    caption = words("figures.against", caption=sheet.caption, what=what, by=by.name, across=across.name)
    beside = sorted(across.counts)
    across_told = words("figures.what-across", what=what, across=across.name)
    rows = (
        _row(
            sheet,
            (by, said),
            across_told,
            [_cell({said: by, other: across}, other, numbers) for other in beside],
            words,
        )
        for said in by.counts
    )
    return table(_narrowed(caption, by, words), [by.column, *_figures(beside)], rows)


def _cell(of: Mapping[str, Grouping], title: str, numbers: Numbers | None) -> Measure:
    value = _measured(of, numbers, "sum") if numbers else Decimal(len(_placed(of)))
    shown = "" if value is None else numbers.shown(value) if numbers else str(value)
    return Measure(title, value, shown, shown)


def _says_something(by: Grouping, across: Grouping) -> bool:
    """Whether rows are not spread over the groups of one alike in each group of the other."""
    spread = {tuple(len(_placed({said: by, other: across})) for other in across.counts) for said in by.counts}
    return len(spread) > 1


def _figures(titles: Sequence[str]) -> list[tuple[str, Align]]:
    return [(title, "right") for title in titles]


def _row(sheet: Sheet, of: tuple[Grouping, str], what: str, found: Sequence[Measure], words: Words) -> list[Claim]:
    """Make a row of a group: its name as it stands in the table, and what it comes to, told once for all cells."""
    by, said = of
    told = "; ".join(f"{measure.title}: {measure.told}" for measure in found if measure.told)
    how = words(
        "figures.how-group",
        total=len(sheet.rows),
        source=sheet.reading["source"],
        by=words("figures.and").join(part for part in (by.where, by.name) if part),
        value=said,
        told=f"{what}: {told}" if what else told,
    )
    first = sheet.rows[by.cells.index(said)]
    label = claim(said, "source", cite(sheet.reading, first, field=by.column))
    return [label, *(claim(m.shown, "computed", how=how) if m.shown else claim("", "fixed") for m in found)]


def _measured(of: Mapping[str, Grouping], numbers: Numbers, what: str) -> Decimal | None:
    """Give the sum or the median of a column over the rows of a group; nothing where no row has a number."""
    values = numbers.by_row
    found = replace(numbers, values=tuple((row, values[row]) for row in sorted(_placed(of)) if row in values))
    if not found.values:
        return None
    return found.total if what == "sum" else found.middle


def _placed(of: Mapping[str, Grouping]) -> frozenset[int]:
    """Give the rows, from 0, that belong to all of some groups."""
    return frozenset.intersection(*(by.rows.get(said, frozenset()) for said, by in of.items()))
