"""Rules on a zoning report as a whole: its edition and date, its disclaimers, and one figure everywhere."""

import re
from collections.abc import Iterator, Mapping

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessments_in
from quire.graphs.kinds.site_zoning_report.computations.statuses import (
    INDETERMINATE,
    LEGAL_NONCONFORMING,
    NONCONFORMING,
    STATUSES,
    status_of,
)
from quire.nodes.checks.wording import lines_of
from quire.nodes.computations.materials import Finding
from quire.nodes.evidence.content import Block, SectionContent

_EDITION = re.compile(
    r"\bcodified\b|\bedition\b|\bamended (?:through|to)\b|\b(?:current|updated) through\b|\blast amend", re.IGNORECASE
)
_RESEARCH = re.compile(r"\beffective date of research\b|\bresearch is effective\b|\bresearched as of\b", re.IGNORECASE)
_ANSWERED = re.compile(r"\b(?:19|20)\d\d\b|not (?:stated|determined)", re.IGNORECASE)
_DISCLAIMERS = {
    "it is not a legal opinion": r"\bnot a legal opinion|\bno legal opinion",
    "it is no warranty": r"\bno (?:\w+ )?warrant|\bnot (?:a )?warrant|without warrant",
    "it speaks as of a date": r"effective date|\bas of\b",
    "what was supplied was not verified": r"not (?:\w+ )?verified|taken as given",
    "accessibility is not certified": r"accessib.*\bnot certif|\bnot certif.*accessib",
    "who may rely on it": r"\brely\b|\breliance\b|\brelied\b",
}
_MATRIX = ("Standard", "Required", "Actual", "Status")
_COUNTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "summary": {f"summary.{status.lower().replace(' ', '_')}": (status,) for status in STATUSES},
    "nonconformities": {"nonconformity.count": (NONCONFORMING, LEGAL_NONCONFORMING)},
    "limitations": {"limitations.indeterminate": (INDETERMINATE,)},
}
"""The values in which sections count standards, and the statuses each counts."""
_DATED, _DISCLAIMING = "header", "limitations"
"""Sections that a missing date and a missing disclaimer are looked for in."""


def edition_and_research_date(sections: Mapping[str, SectionContent]) -> list[Finding]:
    """Find the edition of the code and the effective date of research, or their absence said openly."""
    lines = [line for content in sections.values() for line in lines_of(content)]
    asked = {"edition of the code": _EDITION, "effective date of research": _RESEARCH}
    return [
        _finding(f"The {name} is not stated: state it, or that it is not determined.", _DATED, sections)
        for name, kind in asked.items()
        if not any(kind.search(line) and _ANSWERED.search(line) for line in lines)
    ]


def disclaimers_present(sections: Mapping[str, SectionContent]) -> list[Finding]:
    """Find every disclaimer that a report of this kind carries."""
    lines = [line for content in sections.values() for line in lines_of(content)]
    return [
        _finding(f"The disclaimer is missing that says: {meaning}.", _DISCLAIMING, sections)
        for meaning, words in _DISCLAIMERS.items()
        if not any(re.search(words, line, re.IGNORECASE) for line in lines)
    ]


def figures_agree(sections: Mapping[str, SectionContent]) -> list[Finding]:
    """Hold every row that repeats a compared standard, and every count, to what the comparing sections say."""
    compared: dict[str, list[Assessment]] = {}
    for content in sections.values():
        for made in assessments_in(content["values"]):
            compared.setdefault(made.label, []).append(made)
    return [*_miscounted(sections, [made for same in compared.values() for made in same])] + [
        Finding(rule="zoning", severity="error", message=message, where=name)
        for name, content in sections.items()
        for block in content["blocks"]
        for message in _differing(block, compared)
    ]


def _miscounted(sections: Mapping[str, SectionContent], compared: list[Assessment]) -> Iterator[Finding]:
    """Count the statuses of all sections again, and find the sections that count otherwise."""
    for section, (name, counted) in ((s, c) for s, counts in _COUNTS.items() for c in counts.items()):
        stated = sections[section]["values"].get(name) if section in sections else None
        number = sum(status_of(made.status) in counted for made in compared)
        if stated and stated["value"] != number:
            statuses = " or ".join(counted)
            message = f"It counts {stated['value']} standards as {statuses}; the sections that compare them, {number}."
            yield _finding(message, section, sections)


def _differing(block: Block, compared: Mapping[str, list[Assessment]]) -> Iterator[str]:
    titles = [column["title"] for column in block.get("columns", ())]
    if titles[: len(_MATRIX)] != list(_MATRIX):
        return
    for row in block.get("rows", ()):
        label, *said = (cell["text"] for cell in row[: len(_MATRIX)])
        made = [[a.required["text"], a.actual["text"], a.status] for a in compared.get(label, ())]
        if said not in made:
            stated = " or ".join(" / ".join(texts) for texts in made) or "no such standard"
            yield f"{label}: it says “{' / '.join(said)}”, the section that compares it “{stated}”."


def _finding(message: str, where: str, sections: Mapping[str, SectionContent]) -> Finding:
    return Finding(rule="zoning", severity="error", message=message, where=where if where in sections else "document")
