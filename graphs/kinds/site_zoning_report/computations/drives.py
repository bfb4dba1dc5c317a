"""Drives: the width and number that the code requires for this lot, and those surveyed."""

import re
from collections.abc import Sequence
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.documents import called
from quire.graphs.kinds.site_zoning_report.computations.items import Item, item, items
from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER, number
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statements import Statement, said
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, measured, quantities, shown
from quire.nodes.computations.blocks import value
from quire.nodes.evidence.content import Value
from quire.nodes.sources.passage import Reading

_DRIVE = r"\b(?:access drive|driveway|drive)s?\b"
_CHAPTER = re.compile(r"parking|access|drive|circulation|\bzoning (?:code|ordinance)\b", re.IGNORECASE)
_WIDE = r"\bwide\b|\bwidth\b"
_BELOW = re.compile(rf"\b(?:fewer|less) than (?P<limit>{NUMBER})\s*(?P<of>spaces|feet of frontage)", re.IGNORECASE)
_FROM = re.compile(rf"\b(?P<limit>{NUMBER})\s*(?P<of>spaces|feet of frontage) or more", re.IGNORECASE)
_ABOVE = re.compile(rf"\bmore than (?P<limit>{NUMBER})\s*(?P<of>spaces|feet of frontage)", re.IGNORECASE)
_AT_MOST = re.compile(
    rf"\b(?:not|no) more than (?P<limit>{NUMBER}) (?:driveway|access drive|curb cut|drive)s?", re.IGNORECASE
)


def drive_width(readings: Sequence[Reading]) -> Assessment | None:
    """Compare the width of the drive with the code's for this many spaces; nothing where the code has none."""
    rules = [rule for rule in said(_chapters(readings), _DRIVE, _WIDE) if _least(rule)]
    if not rules:
        return None
    sheet = items(with_role(readings, "survey"))
    applying = [rule for rule in rules if _applies(rule, sheet)]
    widths = {least.value for rule in applying if (least := _least(rule))}
    actual, level = _surveyed(sheet, r"(?:drive|driveway|access).* width|width of (?:the )?(?:drive|access)")
    if len(widths) != 1:
        several = value("Depends on what the drive serves", *(rule.evidence for rule in rules[:3]))
        return Assessment(
            "drive_width", "Access drive width", several, actual, INDETERMINATE, "which rule applies is open"
        )
    least = Quantity(widths.pop(), "ft")
    required = value(f"Minimum {shown(least)}", applying[0].evidence, figure=float(least.value), unit="ft")
    status = INDETERMINATE if level is None else CONFORMING if level >= least.value else NONCONFORMING
    how = f"{actual['text']} against a minimum of {shown(least)}"
    return Assessment("drive_width", "Access drive width", required, actual, status, how)


def driveways(readings: Sequence[Reading]) -> Assessment | None:
    """Compare the number of driveways with what the code allows a lot of this frontage."""
    sheet = items(with_role(readings, "survey"))
    rules = [(rule, found) for rule in said(_chapters(readings), _DRIVE) if (found := _AT_MOST.search(rule.text))]
    applying = [(rule, number(found["limit"])) for rule, found in rules if _applies(rule, sheet)]
    if len(applying) != 1 or applying[0][1] is None:
        return None
    rule, most = applying[0]
    actual, count = _surveyed(sheet, r"^(?:number of )?(?:driveways|curb cuts|access points)$")
    required = value(f"Maximum {most}", rule.evidence, figure=float(most or 0))
    status = INDETERMINATE if count is None else CONFORMING if count <= (most or 0) else NONCONFORMING
    how = f"{actual['text']} against a maximum of {most}"
    return Assessment("driveways", "Driveways", required, actual, status, how)


def _chapters(readings: Sequence[Reading]) -> list[Reading]:
    """Keep the chapters on access and parking: a district's own drives are for its own kinds of lots."""
    return [r for r in with_role(readings, "zoning code") if _CHAPTER.search(called(r))]


def _least(rule: Statement) -> Quantity | None:
    widths = [f.quantity for f in quantities(rule.text) if f.quantity.unit == "ft"]
    return widths[0] if len(widths) == 1 else None


def _applies(rule: Statement, sheet: Sequence[Item]) -> bool:
    """Hold a rule's condition on spaces or frontage against the survey; one that cannot be decided may apply."""
    for condition, fits in ((_BELOW, Decimal.__lt__), (_FROM, Decimal.__ge__), (_ABOVE, Decimal.__gt__)):
        found = condition.search(rule.text)
        limit = number(found["limit"]) if found else None
        if found is None or limit is None:
            continue
        labels = r"^parking (?:spaces|stalls)|^stalls" if found["of"].lower() == "spaces" else r"frontage|lot width"
        surveyed = item(sheet, labels)
        measure = measured(surveyed.value, surveyed.unit) if surveyed else None
        if measure and not fits(measure.value, limit):
            return False
    return True


def _surveyed(sheet: Sequence[Item], label: str) -> tuple[Value, Decimal | None]:
    found = item(sheet, label)
    measure = measured(found.value, found.unit) if found else None
    if found and measure:
        return value(shown(measure), found.evidence, figure=float(measure.value), unit=measure.unit), measure.value
    return Value(value=None, unit="", text="Not reported", evidence=[found.evidence] if found else []), None
