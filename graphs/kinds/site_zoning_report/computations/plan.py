"""The comprehensive plan: what it says of the site and the use. It guides; the zoning code governs."""

from quire.graphs.kinds.site_zoning_report.assessing.records import records_of
from quire.graphs.kinds.site_zoning_report.assessing.telling import statements
from quire.nodes.computations.blocks import facts, note, paragraph, section, yielding
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import SectionContent, claim

GUIDES = "The plan guides decisions and does not regulate the use; no policy permits or forbids it."
_NONE = "No comprehensive plan was read; consistency with it is not determined."


def compute(materials: Materials) -> SectionContent:
    """Quote the policies that bear on the proposed use."""
    records = records_of(materials)
    policies = [[entry.said("policy"), entry.said("words")] for entry in records.of("policy")]
    said = [made for made in statements(records, "plan") if "guides decisions" not in made["text"]]
    if not policies and not said:
        return section([note(claim(_NONE, "open"), level="warning")])
    told = yielding(paragraph(*said, claim(GUIDES, "fixed")))
    return section([*told, *([facts(policies)] if policies else [])])
