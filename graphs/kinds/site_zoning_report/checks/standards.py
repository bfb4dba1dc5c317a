"""Rules on compared standards: what is required cites the code, what is there the survey, and the status follows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.assessing.records import CODE, records_of
from quire.graphs.kinds.site_zoning_report.assessing.standards import BOUNDS
from quire.graphs.kinds.site_zoning_report.assessing.statuses import CONFORMING, DEPARTURES
from quire.graphs.kinds.site_zoning_report.computations.dimensions import COLUMNS
from quire.graphs.kinds.site_zoning_report.computations.nonconformities import NO_CLAUSES
from quire.nodes.checks.arithmetic import wrong_in
from quire.nodes.checks.wording import all_claims
from quire.nodes.computations.materials import Finding, Materials
from quire.nodes.evidence.content import Claim, Evidence, SectionContent, Value
from quire.nodes.evidence.figures.finding import figures_in

_METRIC = {"meter", "square meter", "centimeter", "kilometer", "hectare"}
_CUSTOMARY = {"foot", "square foot", "inch", "acre"}
_SECTION = "nonconformities"
_REBUILDING = {"continuation": ("continuation",), "rebuilding": ("damage", "destruction")}


class _Row(NamedTuple):
    """A row of the matrix, and what it is worked out from."""

    label: str
    required: Claim
    actual: tuple[Claim, Claim]
    """What there is, and what is proposed."""
    status: str
    values: tuple[Value, Value]
    """Required and actual."""


def required_cites_code(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-01: every required value cites the code."""
    code = _code(materials)
    return [
        _finding("ZR-01", materials, f"“{row.label}”: “{row.required['text']}” cites no provision of the code.")
        for row in _rows(content)
        if row.required["basis"] != "open" and not any(e["source"] in code for e in row.required["evidence"])
    ]


def actual_cites_survey(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-02: every actual value cites a record of the site or the brief, or is said to be missing."""
    code = _code(materials)
    return [
        _finding("ZR-02", materials, f"“{row.label}”: the actual value “{made['text']}” cites no record of the site.")
        for row in _rows(content)
        for made in row.actual
        if made["basis"] not in ("open", "fixed") and all(e["source"] in code for e in made["evidence"])
    ]


def status_equals_comparison(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-03: a status says what comparing the two figures says."""
    found = []
    for row in _rows(content):
        keeps = _keeps(row)
        if (keeps is False and row.status == CONFORMING) or (keeps is True and row.status in DEPARTURES):
            message = f"“{row.label}”: {row.required['text']} against {row.values[1]['text']} is not {row.status}."
            found.append(_finding("ZR-03", materials, message))
    return found


def arithmetic_recomputed(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-04: every equation and comparison shown holds when it is worked out again."""
    shown = dict.fromkeys(text for made in all_claims(content) for text in _worked(made))
    wrong = dict.fromkeys(words for text in shown for words in wrong_in(text))
    return [_finding("ZR-04", materials, f"This does not work out: “{words}”.") for words in wrong]


def one_unit_system(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-05: what the report says in its own words keeps to one system of units."""
    own = [made["text"] for made in all_claims(content) if made["basis"] != "source"]
    told = {figure.unit: figure.text for text in own for figure in figures_in(text, materials.convention)}
    metric, customary = (next((told[u] for u in sorted(known) if u in told), "") for known in (_METRIC, _CUSTOMARY))
    if metric and customary:
        message = f"It uses two systems of units: “{metric}” and “{customary}”. Convert, and show the conversion."
        return [_finding("ZR-05", materials, message, "warning")]
    return []


def missing_never_conforms(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-10: what is not reported is never called conforming."""
    return [
        _finding("ZR-10", materials, f"“{row.label}” is called {row.status}, but the actual value is missing.")
        for row in _rows(content)
        if row.status == CONFORMING and (row.values[1]["value"] is None or not row.values[1]["evidence"])
    ]


def nonconformity_cites_rebuild(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-15: where a standard is not met, the section on nonconformities cites continuation and rebuilding."""
    departing = [row.label for other in materials.inputs.values() for row in _rows(other) if row.status in DEPARTURES]
    claims = list(all_claims(content))
    if materials.section.get("id") != _SECTION or not departing or any(c["text"] == NO_CLAUSES for c in claims):
        return []
    cited = {_place(evidence) for made in claims for evidence in made["evidence"]}
    clauses = records_of(materials)
    return [
        _finding("ZR-15", materials, f"“{departing[0]}” is not met: cite the clause on {name}.")
        for name, matters in _REBUILDING.items()
        if (known := [_place(e) for c in clauses.stating("clause", "matter", *matters) for e in c.cited("words")])
        and not cited & set(known)
    ]


def _finding(rule: str, materials: Materials, message: str, severity: str = "error") -> Finding:
    where = str(materials.section.get("id", ""))
    return Finding(rule=rule, severity="warning" if severity == "warning" else "error", message=message, where=where)


def _place(evidence: Evidence) -> tuple[str, str]:
    return evidence["source"], evidence["address"]


def _code(materials: Materials) -> set[str]:
    """Name the sources that state what the code requires."""
    records = records_of(materials)
    return {entry.record["source"] for kind in CODE for entry in records.of(kind)}


def _rows(content: SectionContent) -> Iterator[_Row]:
    for block in content["blocks"]:
        if [column["title"] for column in block.get("columns", [])] != COLUMNS:
            continue
        for number, (label, required, existing, proposed, status, _) in enumerate(block["rows"], 1):
            values = content["values"]
            named = (values[f"standard.{number}.required"], values[f"standard.{number}.actual"])
            yield _Row(label["text"], required, (existing, proposed), status.get("status", ""), named)


def _keeps(row: _Row) -> bool | None:
    """Compare the figures again; nothing if one is missing or they are not in one unit."""
    required, actual = (value["value"] for value in row.values)
    bound = next((name for name, words in BOUNDS.items() if words in row.required["text"]), "")
    numbers = isinstance(required, int | float) and isinstance(actual, int | float)
    if not numbers or not bound or row.values[0]["unit"] != row.values[1]["unit"]:
        return None
    one, other = Decimal(str(actual)), Decimal(str(required))
    return one >= other if bound == "minimum" else one <= other


def _worked(made: Claim) -> Iterator[str]:
    if made["basis"] != "source":
        yield made["text"]
        yield made.get("how", "")
