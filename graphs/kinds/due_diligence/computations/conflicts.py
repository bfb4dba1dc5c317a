"""What sources that hold say differently of one quantity at one time. Pure."""

from collections.abc import Iterator

from quire.graphs.kinds.due_diligence.computations.measures import Measure, measures_in
from quire.graphs.kinds.due_diligence.computations.series import is_of_one, named
from quire.nodes.computations.blocks import note, section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim


def compute(materials: Materials) -> SectionContent:
    """Show each conflict with all its values and their sources; where there is none, say what was compared."""
    measures = [one for one in measures_in(materials) if one.status == "current" and one.as_of]
    rows = [_row(group) for group in _conflicts(measures)]
    if not rows:
        told = f"No conflict was found among {len(measures)} dated figures of sources in force."
        return section([note(claim(told, "fixed"))])
    said = "Nothing in the sources decides between these values. None of them is used in a ratio."
    return section([note(claim(said, "fixed"), level="warning"), table("Values that conflict", _TITLES, rows)])


_TITLES = ["Figure", "As of", "Values"]


def _conflicts(measures: list[Measure]) -> Iterator[list[Measure]]:
    groups: list[list[Measure]] = []
    for one in measures:
        group = next((g for g in groups if one.when == g[0].when and is_of_one(one, g[0])), None)
        if group is None:
            groups.append(group := [])
        group.append(one)
    for group in groups:
        by_source = {one.evidence["source"]: one for one in reversed(group)}
        told = list(reversed(by_source.values()))
        if any(not told[0].agrees(other) for other in told[1:]):
            yield told


def _row(group: list[Measure]) -> list[Claim]:
    values = "; ".join(f"{one.said.text} ({one.evidence['source']})" for one in group)
    evidence = [one.evidence for one in group]
    return [
        claim(named(group[0]), "fixed"),
        claim(group[0].as_of, "computed", evidence[0], how=f"{group[0].as_of}: the time that both are of"),
        claim(values, "source", *evidence, status="Disputed"),
    ]
