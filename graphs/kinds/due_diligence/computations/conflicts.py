"""What sources that hold say differently of one quantity at one time. Pure."""

from collections.abc import Iterator

from quire.graphs.kinds.due_diligence.computations.measures import Measure, measures_in
from quire.graphs.kinds.due_diligence.computations.series import is_of_one, named
from quire.nodes.computations.blocks import note, section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim
from quire.nodes.language.catalogue import Words


def compute(materials: Materials) -> SectionContent:
    """Show each conflict with all its values and their sources; where there is none, say what was compared."""
    measures = [one for one in measures_in(materials) if one.status == "current" and one.as_of]
    found = list(_conflicts(measures))
    if not found:
        told = f"No conflict was found among {len(measures)} dated figures of sources in force."
        return section([note(claim(told, "fixed"))])
    said = "Nothing in the sources decides between these values. None of them is used in a ratio."
    blocks = [note(claim(said, "fixed"), level="warning"), table("Values that conflict", _TITLES, map(_row, found))]
    return section(blocks, cautions=[_caution(group, materials.words) for group in found])


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
    evidence = [one.evidence for one in group]
    return [
        claim(named(group[0]), "fixed"),
        claim(group[0].as_of, "computed", evidence[0], how=f"{group[0].as_of}: the time that both are of", beside=True),
        claim(_values(group), "source", *evidence, status="Disputed"),
    ]


def _values(group: list[Measure]) -> str:
    return "; ".join(f"{one.said.text} ({one.evidence['source']})" for one in group)


def _caution(group: list[Measure], words: Words) -> str:
    return words("differs.conflict", of=f"{named(group[0])} ({group[0].as_of})", told=_values(group))
