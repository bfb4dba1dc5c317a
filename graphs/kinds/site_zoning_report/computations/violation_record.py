"""Records of violations: what their columns say, which matters are open, and which standards those settle."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.records import Record, records
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statuses import INDETERMINATE, NONCONFORMING
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Value

DATE: Final = r"\bdate\b|opened|issued"
NUMBER: Final = r"\bcase\b|number|\bno\.?\b|\bid\b"
KIND: Final = r"\bkind\b|\btype\b|department"
WHAT: Final = r"description|violation|subject"
STATUS: Final = r"status|disposition"
CLAUSE: Final = r"section|clause|\bcode\b"
_CLOSED = re.compile(r"\b(?:closed|resolved|corrected|complied|abated|dismissed)\b", re.IGNORECASE)
_SECTION = re.compile(r"\d+(?:[.-]\d+)*[A-Za-z]?(?:\(\w+\))*")
_WORD = re.compile(r"[a-z]{4,}")


def is_closed(record: Record) -> bool:
    """Say whether the authority has closed a matter."""
    return bool(_CLOSED.search(record.text(STATUS)))


def name_of(record: Record) -> str:
    """Name a matter by its kind and number: ``zoning case Z-26-017``."""
    kind = record.text(KIND)
    return f"{kind.lower()} case {record.text(NUMBER)}".strip() if kind else f"case {record.text(NUMBER)}"


def enforced(made: Sequence[Assessment], materials: Materials) -> list[Assessment]:
    """Settle what is indeterminate by an open violation of the same section: on the record's date it is not met.

    Of several standards of one section, those are settled that the record speaks of. What was measured stands.
    """
    settled = list(made)
    for record in records(with_role(materials.readings, "violation record")):
        if not is_closed(record):
            named = _concerned(made, record)
            settled = [_not_met(one, record) if one in named else one for one in settled]
    return settled


def _concerned(made: Sequence[Assessment], record: Record) -> list[Assessment]:
    clause = _SECTION.search(record.text(CLAUSE))
    same = [one for one in made if clause and _stands_in(one, clause[0])]
    words = set(_WORD.findall(record.text(WHAT).lower()))
    named = [one for one in same if words & set(_WORD.findall(one.label.lower()))]
    return [one for one in (named if same[1:] else same) if one.status == INDETERMINATE]


def _stands_in(made: Assessment, clause: str) -> bool:
    places: Iterable[str] = (evidence["address"] for evidence in made.required["evidence"])
    sections = [found[0] for place in places if place.startswith("§") and (found := _SECTION.search(place))]
    return any(section == clause or section.startswith(f"{clause}(") for section in sections)


def _not_met(made: Assessment, record: Record) -> Assessment:
    cells = [cell for pattern in (WHAT, NUMBER, DATE, STATUS) if (cell := record.cell(pattern))]
    since = f" of {record.text(DATE)}" if record.text(DATE) else ""
    what = record.text(WHAT) or "What is violated is not stated"
    return made._replace(
        actual=Value(value=None, unit="", text=what, evidence=[cell.evidence for cell in cells]),
        status=NONCONFORMING,
        how=f"{name_of(record)}{since} is open: “{what}”",
    )
