"""Historic and design review: whether the site is under it, and the certificate that the code then requires."""

import re
from collections.abc import Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.particulars import fact
from quire.graphs.kinds.site_zoning_report.computations.records import records
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import Statement, first_said, said
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING_SUBJECT_TO, INDETERMINATE
from quire.nodes.computations.blocks import value
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Value
from quire.nodes.sources.passage import Reading

_REVIEWED = r"\bhistoric\b|\blandmark\b|design review|conservation district"
_MEMBER = r"\b(?:lies?|located|within|listed|contributing|is in|designated|part of)\b"
_CERTIFICATE = r"certificate of appropriateness|certificate of design|design review"
_BINDS = r"\bno\b|\bshall\b|\bwithout\b|\bmust\b|\brequired\b"


def historic_statements(readings: Sequence[Reading]) -> list[Statement]:
    """List what records of the site, not the code, state about historic or design review."""
    site = with_role(readings, "zoning letter", "property record", "survey", "other")
    return [s for s in said(site, _REVIEWED) if re.search(_MEMBER, s.text, re.IGNORECASE)]


def historic_review(materials: Materials) -> Assessment | None:
    """Ask for the certificate where the code requires one; without a word on the site's place, leave it open."""
    rule = first_said(with_role(materials.readings, "zoning code"), _CERTIFICATE, _BINDS)
    if rule is None:
        return None
    named = re.search(_CERTIFICATE, rule.text, re.IGNORECASE)
    certificate = named.group().lower() if named else "certificate"
    required = value(f"A {certificate} for exterior changes", rule.evidence)
    stated = historic_statements(materials.readings)
    if not stated:
        actual = Value(value=None, unit="", text="No record says whether the site is under review", evidence=[])
        return Assessment("historic_review", "Historic review", required, actual, INDETERMINATE, "no such statement")
    status = f"{CONFORMING_SUBJECT_TO} a {certificate} for exterior changes"
    actual = _on_record(materials, certificate, stated[0])
    return Assessment("historic_review", "Historic review", required, actual, status, "the site is under review")


def _on_record(materials: Materials, certificate: str, stated: Statement) -> Value:
    """Say whether a certificate for the proposed use is among the permits."""
    use = fact(materials, "proposed_use").casefold().split()
    permits = [r.passage["text"].casefold() for r in records(with_role(materials.readings, "permit history"))]
    named = any(certificate in text and use and use[0] in text for text in permits)
    text = "On record for the proposed use" if named else "None on record for the proposed use"
    return value(text, stated.evidence)
