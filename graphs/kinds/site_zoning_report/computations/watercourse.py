"""Watercourses: the distance a building must keep from a stream, and the distance surveyed."""

from collections.abc import Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.items import item, items
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import said
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, measured, quantities, shown
from quire.nodes.computations.blocks import value
from quire.nodes.evidence.content import Value
from quire.nodes.sources.passage import Reading

_STREAM = r"\b(?:creek|stream|river|watercourse|riparian|bank|high[ -]water)\b"
_KEEPS = r"\bno (?:building|structure)|\bsetback\b|\bbuffer\b|\bwithin\b"
_SURVEYED = (r"(?:distance|setback).*(?:bank|stream|creek|river|water)", r"stream setback|riparian")


def stream_setback(readings: Sequence[Reading]) -> Assessment | None:
    """Compare the surveyed distance with the code's; where the code has several, which one applies stays open."""
    rules = [
        (rule, [f.quantity for f in quantities(rule.text) if f.quantity.unit == "ft"])
        for rule in said(with_role(readings, "zoning code"), _STREAM, _KEEPS)
    ]
    rules = [(rule, figures) for rule, figures in rules if figures]
    if not rules:
        return None
    distances = {figure.value for _, figures in rules for figure in figures}
    actual = _surveyed(readings)
    cited = [rule.evidence for rule, _ in rules[:3]]
    if len(distances) > 1:
        several = value("Several, by watercourse", *cited)
        return Assessment("stream_setback", "Stream setback", several, actual, INDETERMINATE, "which applies is open")
    least = Quantity(distances.pop(), "ft")
    required = value(f"Minimum {shown(least)}", cited[0], figure=float(least.value), unit="ft")
    status, how = INDETERMINATE, "no distance was surveyed"
    if isinstance(actual["value"], float):
        status = CONFORMING if actual["value"] >= float(least.value) else NONCONFORMING
        how = f"{actual['text']} against a minimum of {shown(least)}"
    return Assessment("stream_setback", "Stream setback", required, actual, status, how)


def _surveyed(readings: Sequence[Reading]) -> Value:
    found = item(items(with_role(readings, "survey")), *_SURVEYED)
    distance = measured(found.value, found.unit) if found else None
    if found and distance and distance.unit == "ft":
        return value(shown(distance), found.evidence, figure=float(distance.value), unit="ft")
    return Value(value=None, unit="ft", text="Not reported", evidence=[found.evidence] if found else [])
