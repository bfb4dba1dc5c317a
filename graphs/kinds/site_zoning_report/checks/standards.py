"""Rules on compared standards: what is required cites the code, what is there the survey, and the status follows."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment, assessments_in
from quire.graphs.kinds.site_zoning_report.computations.conformance import meets
from quire.graphs.kinds.site_zoning_report.computations.measures import Bound
from quire.graphs.kinds.site_zoning_report.computations.roles import Role, role_of
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, LEGAL_NONCONFORMING, NONCONFORMING
from quire.nodes.checks.arithmetic import wrong_in
from quire.nodes.checks.wording import all_claims
from quire.nodes.computations.materials import Finding, Materials
from quire.nodes.evidence.content import Claim, Evidence, SectionContent

_OPEN = re.compile(
    r"\bnot\s+(?:reported|surveyed|measured|determined|stated|known|supplied)\b|^no\s+entry\b|^none\s+found\b",
    re.IGNORECASE,
)
_METRIC = re.compile(r"\d\s?(?:m|sq m|m²|km|hectares?|ha|met(?:er|re)s?|square met(?:er|re)s?|cm)\b(?!\w)")
_CUSTOMARY = re.compile(r"\d\s?(?:ft|feet|sq ft|square feet|acres?|inches|in\.)(?!\w)")
_REBUILD = re.compile(r"\bdamage\w*|\bdestr(?:oyed|uction)|\brestor\w+|\brebuil\w+", re.IGNORECASE)
_CONTINUE = re.compile(r"\bcontinu\w*|\bmay\s+be\s+occupied\b|\bmaintain\w*|\brepair\w*", re.IGNORECASE)
_NO_CLAUSES = re.compile(r"\bno provisions on nonconformities\b", re.IGNORECASE)
_SECTION = "nonconformities"


def required_cites_code(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-01: every required value cites the code."""
    roles = _roles(materials)
    return [
        _finding("ZR-01", materials, f"“{label}”: the required value “{text}” cites no provision of the code.")
        for label, text, evidence in _stated(content, "required", "Required")
        if not _OPEN.search(text) and not any(roles.get(e["source"]) == "zoning code" for e in evidence)
    ]


def actual_cites_survey(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-02: every actual value cites a record of the site or the brief, or is said to be missing."""
    roles = _roles(materials)
    return [
        _finding("ZR-02", materials, f"“{label}”: the actual value “{text}” cites no record of the site.")
        for label, text, evidence in _stated(content, "actual", "Actual")
        if not _OPEN.search(text) and not any(_is_record(e, roles) for e in evidence)
    ]


def status_equals_comparison(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-03: a status says what comparing the two figures says."""
    found = []
    for made in assessments_in(content["values"]):
        keeps = _keeps(made)
        wrong = (keeps is False and made.status == CONFORMING) or (
            keeps is True and made.status in {NONCONFORMING, LEGAL_NONCONFORMING}
        )
        if wrong:
            message = f"“{made.label}”: {made.required['text']} against {made.actual['text']} is not {made.status}."
            found.append(_finding("ZR-03", materials, message))
    return found


def arithmetic_recomputed(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-04: every equation and comparison shown holds when it is worked out again."""
    shown = dict.fromkeys(text for made in all_claims(content) for text in _worked(made))
    wrong = dict.fromkeys(words for text in shown for words in wrong_in(text))
    return [_finding("ZR-04", materials, f"This does not work out: “{words}”.") for words in wrong]


def one_unit_system(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-05: what the report says in its own words keeps to one system of units."""
    own = " \n".join(made["text"] for made in all_claims(content) if made["basis"] != "source")
    metric, customary = _METRIC.search(own), _CUSTOMARY.search(own)
    if metric and customary:
        message = f"It uses two systems of units: “{metric[0]}” and “{customary[0]}”. Convert, and show the conversion."
        return [_finding("ZR-05", materials, message, "warning")]
    return []


def missing_never_conforms(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-10: what is not reported is never called conforming."""
    return [
        _finding("ZR-10", materials, f"“{made.label}” is called {made.status}, but the actual value is missing.")
        for made in assessments_in(content["values"])
        if made.status.startswith(CONFORMING) and (not made.actual["evidence"] or _OPEN.search(made.actual["text"]))
    ]


def nonconformity_cites_rebuild(content: SectionContent, materials: Materials) -> list[Finding]:
    """ZR-15: where a standard is not met, the section on nonconformities cites continuation and rebuilding."""
    departing = [
        made.label
        for other in materials.inputs.values()
        for made in assessments_in(other["values"])
        if made.status in {NONCONFORMING, LEGAL_NONCONFORMING}
    ]
    claims = list(all_claims(content))
    if materials.section.get("id") != _SECTION or not departing or any(_NO_CLAUSES.search(c["text"]) for c in claims):
        return []
    quotes = [e["quote"] for made in claims for e in made["evidence"]]
    return [
        _finding("ZR-15", materials, f"“{departing[0]}” is not met: cite the clause on {name}.")
        for name, pattern in (("continuation", _CONTINUE), ("rebuilding", _REBUILD))
        if not any(pattern.search(quote) for quote in quotes)
    ]


def _finding(rule: str, materials: Materials, message: str, severity: str = "error") -> Finding:
    where = str(materials.section.get("id", ""))
    return Finding(rule=rule, severity="warning" if severity == "warning" else "error", message=message, where=where)


def _roles(materials: Materials) -> dict[str, Role]:
    return {reading["source"]: role_of(reading) for reading in materials.readings}


def _is_record(evidence: Evidence, roles: dict[str, Role]) -> bool:
    return evidence["source"] == "brief" or roles.get(evidence["source"], "other") != "zoning code"


def _stated(content: SectionContent, part: str, column: str) -> Iterator[tuple[str, str, Sequence[Evidence]]]:
    """Give label, text and evidence of every required or actual value, named in values or set out in tables."""
    for made in assessments_in(content["values"]):
        value = made.required if part == "required" else made.actual
        yield made.label, value["text"], value["evidence"]
    for block in content["blocks"]:
        titles = [c["title"] for c in block.get("columns", [])]
        if column in titles:
            place = titles.index(column)
            yield from ((row[0]["text"], row[place]["text"], row[place]["evidence"]) for row in block.get("rows", []))


def _keeps(made: Assessment) -> bool | None:
    """Compare the exported figures again; nothing if one is missing or the requirement is no bound."""
    required, actual = made.required["value"], made.actual["value"]
    bound = _bound(made)
    numeric = isinstance(required, int | float) and isinstance(actual, int | float)
    if not numeric or bound is None or made.required["unit"] != made.actual["unit"]:
        return None
    return meets(bound, Decimal(str(required)), Decimal(str(actual)))


def _bound(made: Assessment) -> Bound | None:
    text = made.required["text"].lower()
    if text.startswith("maximum 1 unit per"):
        return "minimum"
    return "minimum" if text.startswith("minimum") else "maximum" if text.startswith("maximum") else None


def _worked(made: Claim) -> Iterator[str]:
    if made["basis"] != "source":
        yield made["text"]
        yield made.get("how", "")
