"""What a long table comes to, group by group: how many rows, sums and medians, and two groupings against each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from quire.graphs.kinds.general_report.computations.columns import Numbers
from quire.graphs.kinds.general_report.computations.groups import Grouping
from quire.graphs.kinds.general_report.computations.sheets import Sheet
from quire.nodes.computations.blocks import Align, note, table
from quire.nodes.computations.citing import cite
from quire.nodes.evidence.content import Block, Claim, claim
from quire.nodes.language.catalogue import Words

_MOST_VALUES = 12
"""Groups that are shown."""
_MOST_ACROSS = 8
"""Groups that stand beside each other."""


def by_groups(sheet: Sheet, told_by: Sequence[Grouping], numbers: Sequence[Numbers], words: Words) -> Iterator[Block]:
    """Tell a table group by group: how many rows, and what some columns of numbers come to."""
    for grouping in told_by:
        yield from _by(sheet, grouping, numbers, words)


def across_groups(
    sheet: Sheet, told_by: Sequence[Grouping], numbers: Sequence[Numbers], words: Words
) -> Iterator[Block]:
    """Set each two groupings against each other: how many rows, and what they add up to."""
    for one, other in combinations(told_by, 2):
        rows, across = sorted((one, other), key=lambda g: (bool(g.span), len(g.counts)))
        if len(across.counts) > _MOST_ACROSS:
            rows, across = across, rows
        if len(rows.counts) <= _MOST_VALUES and len(across.counts) <= _MOST_ACROSS:
            yield _against(sheet, (rows, across), None, words)
            yield from (_against(sheet, (rows, across), n, words) for n in numbers)


def _by(sheet: Sheet, by: Grouping, numbers: Sequence[Numbers], words: Words) -> Iterator[Block]:
    values = [*by.counts][:_MOST_VALUES]
    measures = [(what, n) for n in numbers for what in ("sum", "median") if n.summable or what == "median"]
    named = [words("figures.times"), *(words(f"figures.{what}-of", column=n.title) for what, n in measures)]
    rows = []
    for said in values:
        shown = [str(by.counts[said]), *(_measured({said: by}, n, what) for what, n in measures)]
        rows.append(_row(sheet, (by, said), "", list(zip(named, shown, strict=True)), words))
    yield table(_caption(sheet, by, measures, words), [by.column, *_figures(named)], rows)
    if rest := [n for said, n in by.counts.items() if said not in values]:
        said = words("figures.shown-values", n=len(values), total=len(by.counts), rows=sum(rest))
        yield note(claim(said, "fixed"))


def _caption(sheet: Sheet, by: Grouping, measures: Sequence[object], words: Words) -> str:
    if not measures and not by.span:
        return words("figures.counts", caption=sheet.caption, column=by.column)
    spanned = f"{by.name}, {by.span}" if by.span else by.name
    return words("figures.by", caption=sheet.caption, by=spanned)


def _against(sheet: Sheet, both: tuple[Grouping, Grouping], numbers: Numbers | None, words: Words) -> Block:
    """Set one grouping against another: rows, or the sums of a column."""
    by, across = both
    what = words("figures.sum-of", column=numbers.title) if numbers else words("figures.times")
    caption = words("figures.against", caption=sheet.caption, what=what, by=by.name, across=across.name)
    beside = sorted(across.counts)
    rows = (
        _row(
            sheet,
            (by, said),
            words("figures.what-across", what=what, across=across.name),
            [(other, _found({said: by, other: across}, numbers)) for other in beside],
            words,
        )
        for said in by.counts
    )
    return table(caption, [by.column, *_figures(beside)], rows)


def _figures(titles: Sequence[str]) -> list[tuple[str, Align]]:
    return [(title, "right") for title in titles]


def _row(
    sheet: Sheet, of: tuple[Grouping, str], what: str, found: Sequence[tuple[str, str]], words: Words
) -> list[Claim]:
    """Make a row of a group: its name as it stands in the table, and what it comes to, told once for all cells."""
    by, said = of
    told = "; ".join(f"{title}: {shown}" for title, shown in found if shown)
    how = words(
        "figures.how-group",
        total=len(sheet.rows),
        source=sheet.reading["source"],
        by=by.name,
        value=said,
        told=f"{what}: {told}" if what else told,
    )
    first = sheet.rows[by.cells.index(said)]
    label = claim(said, "source", cite(sheet.reading, first, field=by.column))
    return [label, *(claim(shown, "computed", how=how) if shown else claim("", "fixed") for _, shown in found)]


def _found(of: Mapping[str, Grouping], numbers: Numbers | None) -> str:
    return _measured(of, numbers, "sum") if numbers else str(len(_placed(of)))


def _measured(of: Mapping[str, Grouping], numbers: Numbers, what: str) -> str:
    """Give the sum or the median of a column over the rows of a group; nothing where no row has a number."""
    wanted = _placed(of)
    found = replace(numbers, values=tuple((row, value) for row, value in numbers.values if row in wanted))
    if not found.values:
        return ""
    return found.shown(found.total if what == "sum" else found.middle)


def _placed(of: Mapping[str, Grouping]) -> frozenset[int]:
    """Give the rows, from 0, that belong to all of some groups."""
    rows = [{row for row, cell in enumerate(by.cells) if cell == said} for said, by in of.items()]
    return frozenset(set.intersection(*rows))
