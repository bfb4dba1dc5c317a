"""Rules on what a section of a zoning report says and leaves out: flood, access, personal data, plan and code."""

import re
from collections.abc import Set as AbstractSet

from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.nodes.checks.wording import all_claims, lines_of
from quire.nodes.computations.materials import Finding, Materials
from quire.nodes.evidence.content import Claim, SectionContent
from quire.nodes.personal.masking import Known

_ZONE = re.compile(r"\b[Zz]one (?:AE|AO|AH|A|VE|V|X)\b|^[^:]*\b[Zz]one\b[^:]*: (?:[Zz]one )?(?:AE|AO|AH|A|VE|V|X)\b")
_MAP = {
    "map panel": re.compile(r"\bpanel\b.{0,40}?(?:\d{5}|not (?:determined|stated))", re.IGNORECASE),
    "effective date of the panel": re.compile(
        r"\beffective\b.{0,40}?(?:\b(?:19|20)\d\d\b|not (?:determined|stated))", re.IGNORECASE
    ),
}
_ACCESSIBILITY = re.compile(r"\baccessib|\bADA\b|disabilit", re.IGNORECASE)
_CERTIFIES_NONE = re.compile(
    r"\b(?:not|no|none|nor|without)\b.{0,60}\bcertif|\bcertif\w+.{0,40}\b(?:not|no|none)\b", re.IGNORECASE
)
_CLAIMS_ACCESS = re.compile(
    r"\b(?:is|are|be|fully) (?:\w+ )?(?:accessible\b(?! (?:parking|space|stall))|ADA[- ]compliant)"
    r"|\b(?:complies|compliance|conforms?) with the (?:ADA|Americans)",
    re.IGNORECASE,
)
_PLAN = r"(?:comprehensive|master|general|land use) plan"
_PLAN_AS_LAW = re.compile(
    rf"\b{_PLAN}(?:\s+\w+){{0,3}}\s+(?:permits|prohibits|allows|requires|zones)\b"
    rf"|\bzoned\b.{{0,60}}\b(?:by|under|in) the {_PLAN}\b|\bviolates? the {_PLAN}\b",
    re.IGNORECASE,
)
_GUIDES = re.compile(r"\bguid(?:es?|ance)\b|\bnot regulate|\badvisory\b", re.IGNORECASE)
_SENTENCE = 8
"""Words from which on a quotation of the plan is more than its title or date."""
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|\b\d{3}-\d{2}-\d{4}\b"
    r"|(?:\(\d{3}\)\s?|\b\d{3}[-. ])\d{3}[-. ]\d{4}\b"
    r"|\b(?:tel|phone|telephone|call)\.?:?\s+\(?\d{3}[-.) ]+\d{3,4}"
)
"""E-mail addresses, telephone and social security numbers."""


def flood_statement_names_panel_and_date(content: SectionContent, materials: Materials) -> list[Finding]:
    """Hold a section that reports a flood zone to naming the map's panel and date, or saying they are open."""
    lines = lines_of(content)
    if not any(_ZONE.search(line) for line in lines):
        return []
    return [
        _finding(materials, f"It reports a flood zone without the {name}: state it, or that it is not determined.")
        for name, kind in _MAP.items()
        if not any(kind.search(line) for line in lines)
    ]


def accessibility_not_certified(content: SectionContent, materials: Materials) -> list[Finding]:
    """Hold a section that compares accessible spaces to saying that it certifies none; no section claims any."""
    claims = list(all_claims(content))
    found = [
        _finding(materials, f"It vouches for accessibility: “{made['text'][:120]}”. Say that it is not certified.")
        for made in claims
        if made["basis"] not in {"source", "fixed"} and _CLAIMS_ACCESS.search(made["text"])
    ]
    compares = any("accessible" in name and name.endswith(".status") for name in content["values"])
    said = any(_ACCESSIBILITY.search(made["text"]) and _CERTIFIES_NONE.search(made["text"]) for made in claims)
    if compares and not said:
        found.append(_finding(materials, "It compares accessible spaces: say that accessibility is not certified."))
    return found


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
    """Refuse to let the plan permit or forbid; hold a section that quotes it to saying that it guides."""
    claims = list(all_claims(content))
    found = [
        _finding(materials, f"It takes the plan for law: “{made['text'][:120]}”. The plan guides, the code governs.")
        for made in claims
        if made["basis"] != "source" and _PLAN_AS_LAW.search(made["text"])
    ]
    plans = {reading["source"] for reading in with_role(materials.readings, "comprehensive plan")}
    quotes = {made["text"] for made in claims if _quotes_any(made, plans)}
    if len(quotes) > 1 and not any(_GUIDES.search(made["text"]) for made in claims):
        found.append(
            _finding(materials, "It quotes policies of the plan: say that the plan guides and governs nothing.")
        )
    return found


def _finding(materials: Materials, message: str) -> Finding:
    return Finding(rule="zoning", severity="error", message=message, where=str(materials.section["id"]))


def _quotes_any(made: Claim, sources: AbstractSet[str]) -> bool:
    """Whether a claim quotes a sentence of one of the sources."""
    quoted = made["basis"] == "source" and len(made["text"].split()) >= _SENTENCE
    return quoted and any(evidence["source"] in sources for evidence in made["evidence"])
