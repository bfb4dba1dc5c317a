"""What tables come to: the sum of each column of amounts, its largest parts, and what share they are. Pure."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from quire.graphs.kinds.due_diligence.computations.measures import of_company
from quire.graphs.kinds.general_report.computations.columns import Numbers, convention_of_table, numbers_in
from quire.graphs.kinds.general_report.computations.sheets import Sheet, sheets_of
from quire.graphs.kinds.general_report.computations.sound import sound
from quire.nodes.computations.blocks import capitalized, note, section, table
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.differences.periods import timed
from quire.nodes.evidence.content import Claim, SectionContent, claim
from quire.nodes.sources.passage import convention_of
from quire.nodes.survey.survey import by_source, survey

FEWEST = 3
"""Parts from which on shares are worth telling."""
_LARGEST = 3
_MOST_CITED = 6
_LONG = 1_000


class Parts(NamedTuple):
    """A column of amounts that together are a whole."""

    sheet: Sheet
    numbers: Numbers

    @property
    def falling(self) -> list[tuple[int, Decimal]]:
        """Its rows and amounts, the largest first."""
        return sorted(self.numbers.values, key=lambda placed: -placed[1])


def compute(materials: Materials) -> SectionContent:
    """Sum up each table of amounts, and say how much of it the largest parts are."""
    rows = [row for parts in _parts(materials) for row in _rows(parts)]
    if not rows:
        return section([note(claim("The sources hold no table whose amounts make a whole.", "open"))])
    titles = ["Of", ("Parts", "right"), ("Total", "right"), "Largest parts", ("Three largest", "right")]
    return sound(section([table("Sums and shares", titles, rows)]), materials)  # type: ignore[arg-type]  # titles with their alignment


def _parts(materials: Materials) -> Iterator[Parts]:
    surveyed = by_source(survey(materials.readings))
    for reading in of_company(materials):
        if surveyed[reading["source"]]["status"] != "current":
            continue
        order = {(p["source"], p["address"]): n for n, p in enumerate(reading["passages"])}
        for sheet in sheets_of(reading, order):
            if sheet.pairs or len(sheet.rows) < FEWEST:
                continue
            cells = [sheet.cells(column) for column in sheet.columns]
            convention = convention_of_table(cells, convention_of(reading))
            for title, column in zip(sheet.columns, cells, strict=True):
                numbers = numbers_in(title, column, convention)
                if numbers and numbers.summable and len(numbers.values) >= FEWEST and _is_whole(title, numbers):
                    yield Parts(sheet, numbers)


def _is_whole(title: str, numbers: Numbers) -> bool:
    """Whether a column holds parts: amounts, not measures of several kinds under the name of a period."""
    return bool(timed(title).rest.strip(" ()")) and all(value >= 0 for _, value in numbers.values) and numbers.total > 0


def _rows(parts: Parts) -> Iterator[list[Claim]]:
    numbers, sheet, top = parts.numbers, parts.sheet, parts.falling[:_LARGEST]
    total, amounts = numbers.total, len(numbers.values)
    cited = [cite(sheet.reading, sheet.rows[row], field=numbers.title) for row, _ in parts.falling[:_MOST_CITED]]
    named = [cite(sheet.reading, sheet.rows[row], field=sheet.columns[0]) for row, _ in top]
    of_all = f"the {amounts} amounts under {numbers.title!r} in {sheet.reading['source']}"
    shown, three = _written(total, numbers), _share(sum(value for _, value in top), total)
    shares = "; ".join(f"{one['quote']} {_share(value, total)}" for one, (_, value) in zip(named, top, strict=True))
    divided = "; ".join(f"{_written(value, numbers)} / {shown} = {_share(value, total)}" for _, value in top)
    together = " + ".join(_written(value, numbers) for _, value in top)
    yield [
        claim(f"{capitalized(sheet.reading['title'])}: {numbers.title}", "fixed"),
        claim(str(amounts), "computed", how=f"counted: {of_all}, {amounts}", beside=True),
        claim(shown, "computed", *cited, how=f"sum of {of_all} = {shown}"),
        claim(shares, "computed", *named, *cited[:_LARGEST], how=divided),
        claim(three, "computed", *cited[:_LARGEST], how=f"({together}) / {shown} = {three}"),
    ]


def _written(value: Decimal, numbers: Numbers) -> str:
    """Write an amount as its column does, but long ones with their thousands parted."""
    if numbers.grouped or abs(value) < _LONG or value != value.to_integral_value():
        return numbers.shown(value)
    return f"{numbers.before}{value:,.0f}{numbers.after}"


def _share(part: Decimal | int, whole: Decimal) -> str:
    return f"{round(Decimal(part) / whole * 100, 1):f} %"
