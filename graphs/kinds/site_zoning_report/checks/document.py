"""Rules on a zoning report as a whole: its edition and date, its disclaimers, and one count everywhere."""

from collections.abc import Iterator, Mapping

from quire.graphs.kinds.site_zoning_report.assessing.statuses import DEPARTURES, INDETERMINATE, MEANINGS
from quire.graphs.kinds.site_zoning_report.computations.dimensions import CAPTION
from quire.graphs.kinds.site_zoning_report.computations.limitations import CLAUSES
from quire.nodes.checks.wording import lines_of
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import SectionContent

_DATED = {
    "edition of the code": ("code.edition", "edition not stated"),
    "effective date of research": ("report.research_date", "effective date of research: not determined"),
}
"""What has to be stated: the value that states it, or the words that say openly that it is not."""
_COUNTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "summary": {f"summary.{status.lower().replace(' ', '_')}": (status,) for status in MEANINGS},
    "nonconformities": {"nonconformity.count": DEPARTURES},
    "limitations": {"limitations.indeterminate": (INDETERMINATE,)},
}
"""The values in which sections count standards, and the statuses each counts."""


def edition_and_research_date(sections: Mapping[str, SectionContent]) -> list[Finding]:
    """Find the edition of the code and the effective date of research, or their absence said openly."""
    lines = [" ".join(line.casefold().split()) for content in sections.values() for line in lines_of(content)]
    values = {name: value["text"] for content in sections.values() for name, value in content["values"].items()}
    found = []
    for what, (name, openly) in _DATED.items():
        said = [values[name].casefold()] if name in values else [openly, "no source was supplied"]
        if not any(words in line for words in said for line in lines):
            message = f"The {what} is not stated: state it, or that it is not determined."
            found.append(_finding(message, "header", sections))
    return found


def disclaimers_present(sections: Mapping[str, SectionContent]) -> list[Finding]:
    """Find every clause that a report of this kind carries, word for word."""
    lines = {line for content in sections.values() for line in lines_of(content)}
    return [
        _finding(f"The disclaimer is missing that says: {clause}", "limitations", sections)
        for clause in CLAUSES
        if clause not in lines
    ]


def figures_agree(sections: Mapping[str, SectionContent]) -> list[Finding]:
    """Count the statuses of the matrix again, and find the sections that count otherwise."""
    statuses = list(_statuses(sections))
    found = []
    for section, (name, counted) in ((s, c) for s, counts in _COUNTS.items() for c in counts.items()):
        stated = sections[section]["values"].get(name) if section in sections and statuses else None
        number = sum(status in counted for status in statuses)
        if stated and stated["value"] != number:
            message = f"It counts {stated['value']} standards as {' or '.join(counted)}; the matrix, {number}."
            found.append(_finding(message, section, sections))
    return found


def _statuses(sections: Mapping[str, SectionContent]) -> Iterator[str]:
    """Give the status that each row of the matrix shows."""
    for content in sections.values():
        for block in content["blocks"]:
            if block.get("caption") == CAPTION:
                yield from (cell["status"] for row in block["rows"] for cell in row if "status" in cell)


def _finding(message: str, where: str, sections: Mapping[str, SectionContent]) -> Finding:
    return Finding(rule="zoning", severity="error", message=message, where=where if where in sections else "document")
