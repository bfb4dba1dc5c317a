"""Parking spaces: how many the code requires for some uses, use by use. Pure."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.assessing.amounts import fraction, plain, written
from quire.graphs.kinds.site_zoning_report.assessing.permissions import entries_for
from quire.graphs.kinds.site_zoning_report.assessing.site import Use
from quire.nodes.evidence.content import Evidence
from quire.nodes.records.entries import Entry, Records, each_once

_PERCENT = 100


class Line(NamedTuple):
    """What one use requires."""

    use: Use
    ratio: Entry | None
    spaces: Fraction | None
    how: str
    """The arithmetic, or what is missing for it."""
    evidence: list[Evidence]


class Demand(NamedTuple):
    """What some uses require together."""

    lines: list[Line]
    spaces: int | None
    """None where something is missing."""
    total: Fraction | None
    reduced: Fraction | None
    """The sum after reductions; None where there are none."""
    steps: list[str]
    """The arithmetic from the sum on."""
    evidence: list[Evidence]

    @property
    def how(self) -> str:
        """Give all of the arithmetic."""
        return "; ".join([*(line.how for line in self.lines), *self.steps])


def demand(uses: Sequence[Use], records: Records) -> Demand:
    """Count the spaces that the code requires: each use by its ratio, the sum reduced and rounded as the code says."""
    lines = [_line(use, records) for use in uses]
    evidence = [e for line in lines for e in line.evidence]
    known = [line.spaces for line in lines if line.spaces is not None]
    rounding = next(iter(records.stating("parking_rule", "rule", "rounding")), None)
    if not lines or len(known) < len(lines):
        return Demand(lines, None, None, None, [], each_once(evidence))
    whole = total = sum(known, Fraction(0))
    steps = []
    if known[1:]:
        steps.append(f"{' + '.join(map(plain, known))} = {plain(total)}")
    for rule in records.stating("parking_rule", "rule", "reduction"):
        least, by = rule.amount("uses"), rule.amount("value")
        if by and len(uses) >= (least.number if least else 0):
            less = total * (1 - fraction(by) / _PERCENT)
            steps.append(f"{plain(total)} x (1 - {plain(by.number)}%) = {plain(less)}")
            total = less
            evidence += rule.cited("value", "uses")
    reduced = total if total != whole else None
    if total.denominator == 1:
        return Demand(lines, int(total), whole, reduced, steps, each_once(evidence))
    if rounding is None or not rounding.choice("rounding"):
        steps.append("how the code rounds is not stated")
        return Demand(lines, None, whole, reduced, steps, each_once(evidence))
    spaces = _rounded(total, rounding.choice("rounding"))
    steps.append(f"{plain(total)} is rounded to {spaces}")
    return Demand(lines, spaces, whole, reduced, steps, each_once([*evidence, *rounding.cited("rounding")]))


def _rounded(spaces: Fraction, way: str) -> int:
    if way == "half up":
        return math.floor(spaces + Fraction(1, 2))
    return math.ceil(spaces) if way == "up" else math.floor(spaces)


def _line(use: Use, records: Records) -> Line:
    ratio = next(iter(entries_for(use, records.of("ratio"))), None)
    spaces, of = (ratio.amount("spaces"), ratio.choice("of")) if ratio else (None, "")
    if ratio is None or spaces is None:
        return Line(use, None, None, f"the code's ratio for {use.name} is not stated", use.evidence)
    size = use.sizes.get(of)
    cited = [*ratio.cited("spaces", "each"), *(size.evidence if size else [])]
    if size is None or size.amount is None:
        return Line(use, ratio, None, f"the {of or 'size'} of {use.name} is not stated", cited)
    each = ratio.amount("each")
    if each and each.unit and size.amount.unit and each.unit != size.amount.unit:
        return Line(use, ratio, None, f"{written(size.amount)} and {written(each)} are in other units", cited)
    needed = fraction(spaces) * fraction(size.amount) / (fraction(each) if each else 1)
    per = f" / {plain(each.number)}" if each else ""
    times = f"{plain(spaces.number)} x " if spaces.number != 1 else ""
    return Line(use, ratio, needed, f"{times}{written(size.amount)}{per} = {plain(needed)}", cited)
