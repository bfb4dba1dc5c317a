"""Ratios of measures that sources state for the same time: margins, debt to earnings, amounts a head. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quire.graphs.kinds.due_diligence.computations.measures import Measure, measures_in
from quire.graphs.kinds.due_diligence.computations.series import is_of_one
from quire.graphs.kinds.due_diligence.computations.topics import stemmed
from quire.nodes.computations.blocks import note, section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim


class Ratio(NamedTuple):
    """One measure over another."""

    name: str
    above: frozenset[str]
    """Stems of the words that say what is divided."""
    below: frozenset[str]
    in_percent: bool = False


_REVENUE: Final = stemmed("revenue")
_EBITDA: Final = stemmed("ebitda")
RATIOS: Final = (
    Ratio("EBITDA margin", _EBITDA, _REVENUE, in_percent=True),
    Ratio("Net debt to EBITDA", stemmed("net debt"), _EBITDA),
    Ratio("Capital expenditure to revenue", stemmed("capital expenditure"), _REVENUE, in_percent=True),
    Ratio("Cash to net debt", stemmed("cash"), stemmed("net debt"), in_percent=True),
)
_BESIDE: Final = stemmed("total end position year at of annual")
"""Words that a measure may have beside those that say what it is."""


def compute(materials: Materials) -> SectionContent:
    """Work out the ratios whose parts are stated for one time, and in one unit."""
    measures = [one for one in measures_in(materials) if one.is_told and one.status in ("current", "archived")]
    rows = [row for ratio in RATIOS for row in _rows(ratio, measures)]
    if not rows:
        return section([note(claim("No two figures are stated of one time that a ratio could be made of.", "open"))])
    return section([table("Ratios", ["Ratio", "As of", ("Value", "right")], rows)])


def _rows(ratio: Ratio, measures: Sequence[Measure]) -> Iterator[list[Claim]]:
    times = sorted({one.as_of for one in measures}, reverse=True)
    for time in times:
        above, below = (_the_one(stems, time, measures) for stems in (ratio.above, ratio.below))
        if above and below and above.said.unit == below.said.unit and below.said.value:
            yield _row(ratio, time, above, below)


def _the_one(stems: frozenset[str], time: str, measures: Sequence[Measure]) -> Measure | None:
    """Give the measure of a time if all sources that state it agree."""
    found = [one for one in measures if one.as_of == time and stems <= one.said.core <= stems | _BESIDE]
    if not found or any(not found[0].agrees(other) and is_of_one(found[0], other) for other in found[1:]):
        return None
    return found[0]


def _row(ratio: Ratio, time: str, above: Measure, below: Measure) -> list[Claim]:
    value = above.said.value / below.said.value
    shown = f"{round(value * 100, 1):f} %" if ratio.in_percent else f"{round(value, 2):f}"
    how = f"{above.said.text} / {below.said.text} ({time}) = {shown}"
    return [
        claim(ratio.name, "fixed"),
        claim(time, "computed", above.evidence, how=f"{time}: the time of both", beside=True),
        claim(shown, "computed", above.evidence, below.evidence, how=how),
    ]
