"""Violations and open matters, and what the authority says of others."""

from quire.graphs.kinds.site_zoning_report.assessing.records import records_of, with_types
from quire.graphs.kinds.site_zoning_report.assessing.telling import statements
from quire.nodes.computations.blocks import note, paragraph, section, value, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim
from quire.nodes.records.showing import show_records

_VIOLATIONS = {
    "kind": "table",
    "of": "violation",
    "title": "Violations on record, open ones first",
    "columns": ["case", "date", "kind", "matter", "section", "status"],
    "order": ["-status"],
    "otherwise": "No record of violations was supplied.",
}
_KINDS = ("zoning", "building", "fire")


def compute(materials: Materials) -> SectionContent:
    """Report what is on record; where no authority has said that there is no other, that is open."""
    records = records_of(materials)
    shown = show_records([_VIOLATIONS], with_types(materials))
    said = statements(records, "violations")
    told = " ".join(made["text"].lower() for made in said)
    silent = [kind for kind in _KINDS if kind not in told]
    openly = _silent(silent) if silent else None
    blocks = [
        *shown["blocks"],
        *(yielding(paragraph(*said)) if said else []),
        *([note(openly)] if openly else []),
    ]
    number = len(records.stating("violation", "status", "open"))
    questions = [f"Is any {kind} violation open? No authority that would know has stated it." for kind in silent]
    return section(blocks, {"violations.open": value(str(number), figure=number), **shown["values"]}, questions)


def _silent(kinds: list[str]) -> Claim:
    named = f"{', '.join(kinds[:-1])} or {kinds[-1]}" if kinds[1:] else kinds[0]
    return claim(f"Whether there is another {named} violation is not determined: no authority states it.", "open")
