"""Rules on what a section of a zoning report says and leaves out: flood, access, personal data, plan and code."""

import re

from quire.graphs.kinds.site_zoning_report.assessing.records import records_of
from quire.nodes.checks.wording import all_claims, lines_of
from quire.nodes.computations.materials import Finding, Materials
from quire.nodes.evidence.content import SectionContent
from quire.nodes.personal.masking import Known

_FLOOD = {"panel": "map panel", "effective": "effective date of the panel"}
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+|\b\d{3}-\d{2}-\d{4}\b|(?:\(\d{3}\)\s?|\b\d{3}[-. ])\d{3}[-. ]\d{4}\b|\b\d{3}-\d{4}\b"
)
"""E-mail addresses, telephone and social security numbers."""


def flood_statement_names_panel_and_date(content: SectionContent, materials: Materials) -> list[Finding]:
    """Hold a section that states the flood zone to naming the map's panel and date, or saying they are open."""
    flood = records_of(materials).first("flood")
    cited = [evidence for made in all_claims(content) for evidence in made["evidence"]]
    if flood is None or not any(zone in cited for zone in flood.cited("zone", "elsewhere")):
        return []
    lines = " ".join(lines_of(content))
    return [
        _finding(materials, f"It reports a flood zone without the {name}: state it, or that it is not determined.")
        for field, name in _FLOOD.items()
        if (flood.text(field) or f"{name} is not determined") not in lines
    ]


def accessibility_not_certified(content: SectionContent, materials: Materials) -> list[Finding]:
    """Hold a section that speaks of accessibility in its own words to saying that it certifies none."""
    own = [made["text"].casefold() for made in all_claims(content) if made["basis"] != "source"]
    if any("accessib" in text for text in own) and not any("not certif" in text for text in own):
        return [_finding(materials, "It speaks of accessibility: say that accessibility is not certified.")]
    return []


def personal_data_left_out(content: SectionContent, materials: Materials) -> list[Finding]:
    """Refuse names and addresses of owners, applicants and contacts in what a section says, not in what it cites."""
    texts = [made["text"] for made in all_claims(content)]
    found = []
    if any(_CONTACT.search(text) for text in texts):
        message = "It gives a telephone number, an e-mail address or a number of a person. Leave it out."
        found.append(_finding(materials, message))
    known = Known(dict.fromkeys(materials.withheld, ""))
    if any(known.replaced(text)[1] for text in texts):
        message = "It names an owner, an applicant or a contact of the sources. Leave the name out."
        found.append(_finding(materials, message))
    return found


def plan_kept_apart_from_zoning(content: SectionContent, materials: Materials) -> list[Finding]:
    """Hold a section that quotes policies of the plan to saying that the plan guides."""
    policies = [evidence for entry in records_of(materials).of("policy") for evidence in entry.cited("words")]
    claims = list(all_claims(content))
    quotes = [made for made in claims if any(evidence in policies for evidence in made["evidence"])]
    if quotes and not any("guide" in made["text"] for made in claims):
        return [_finding(materials, "It quotes policies of the plan: say that the plan guides and governs nothing.")]
    return []


def _finding(materials: Materials, message: str) -> Finding:
    return Finding(rule="zoning", severity="error", message=message, where=str(materials.section["id"]))
