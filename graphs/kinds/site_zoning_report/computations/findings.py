"""Findings: the matters of all sections by weight, and the steps to approval in the code's words."""

from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import repeated
from quire.graphs.kinds.site_zoning_report.computations.consequences import WEIGHTS
from quire.graphs.kinds.site_zoning_report.computations.matters import Matter, matters_in
from quire.graphs.kinds.site_zoning_report.computations.steps import steps_to_approval
from quire.nodes.computations.blocks import counted, heading, listed, listing, paragraph, section, table, value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, Value, claim

_NONE = "No section reports a matter that stands against the site or the proposed use."
_MEANING = {
    "High": "not met or in violation",
    "Medium": "to be cured, or subject to an approval or a condition",
    "Low": "lawful but limited, or to be met on the way",
    "Unknown": "not determined",
}


def compute(materials: Materials) -> SectionContent:
    """Rank the matters, then set out the approvals they call for."""
    found = matters_in(materials.inputs)
    missing = [s for s in materials.section.get("after", []) if s.partition(".")[0] not in materials.inputs]
    steps = steps_to_approval(materials.readings, found)
    blocks = [
        paragraph(*_opening(found), *_asked(materials), *_unread(missing)),
        *([_ranked(found)] if found else []),
        *([heading("Path to approval"), listing(steps, ordered=True)] if steps else []),
    ]
    return section(blocks, _values(found))


def _opening(found: Sequence[Matter]) -> Iterator[Claim]:
    if not found:
        yield claim(_NONE, "computed", how="no status other than Conforming, and nothing open, in any section")
        return
    weights = {weight: sum(matter.weight == weight for matter in found) for weight in WEIGHTS}
    parts = [f"{number} {_MEANING[weight]}" for weight, number in weights.items() if number]
    text = f"The sections report {counted(len(found), 'matter')}: {listed(parts)}."
    how = "; ".join(f"{weight}: {number}" for weight, number in weights.items())
    yield claim(text, "computed", how=how)


def _asked(materials: Materials) -> Iterator[Claim]:
    """Point to the questions that the sections leave open, which the document lists at its end."""
    asked = [question for content in materials.inputs.values() for question in content["open_questions"]]
    if asked:
        how = f"{counted(len(asked), 'open question')} in the sections"
        leave = f"The sections leave {counted(len(asked), 'question')} open; the document lists them at its end."
        yield claim(leave, "computed", how=how)


def _unread(missing: Sequence[str]) -> Iterator[Claim]:
    if missing:
        text = f"Not completed elsewhere, and so not determined here: {listed(missing)}."
        yield claim(text, "open")


def _ranked(found: Sequence[Matter]) -> Block:
    columns = ["No.", "Finding", "Weight", "Status", "What follows, and who resolves it"]
    return table("Findings by weight", columns, (_row(n, matter) for n, matter in enumerate(found, 1)))


def _row(n: int, matter: Matter) -> list[Claim]:
    stated = Value(value=None, unit="", text=matter.text, evidence=matter.evidence)
    return [
        claim(str(n), "fixed"),
        repeated(stated, matter.how),
        claim(matter.weight, "fixed"),
        _status(matter),
        claim(f"{matter.consequence} By: {matter.resolver[:1].lower()}{matter.resolver[1:]}.", "fixed"),
    ]


def _status(matter: Matter) -> Claim:
    return claim(matter.status, "computed", *matter.evidence, how=matter.how, status=matter.status)


def _values(found: Sequence[Matter]) -> dict[str, Value]:
    """Name each matter by its number, its weight as the value, so that the recommendation can build on it."""
    values = {"findings.count": value(counted(len(found), "matter"), figure=len(found))}
    for n, matter in enumerate(found, 1):
        name = f"finding.{n:02}"
        values[name] = Value(value=matter.weight, unit="", text=matter.text, evidence=matter.evidence)
        values[f"{name}.status"] = Value(value=matter.status, unit="", text=matter.status, evidence=matter.evidence)
        values[f"{name}.how"] = value(matter.how)
        values[f"{name}.derivation"] = value(matter.derivation)
        values[f"{name}.condition"] = Value(value=matter.condition, unit="", text=matter.condition, evidence=[])
        values[f"{name}.key"] = Value(value=matter.key, unit="", text=matter.key, evidence=[])
    return values
