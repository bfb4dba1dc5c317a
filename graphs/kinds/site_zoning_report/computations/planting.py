"""Requirements on planting and buffers as figures: how many trees, how wide a strip, how much of an area."""

import re
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.items import Item
from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER, number
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, measured, plain, shown, unit_in
from quire.nodes.evidence.content import Evidence, Value

_FOR_EACH = re.compile(
    rf"\b(?P<count>{NUMBER})\s+(?P<thing>(?:[a-z]+\s+){{0,2}}(?:trees?|shrubs?|plants?))\b.*?\b(?:for\s+each|for\s+every|per)\s+(?P<per>{NUMBER})\s*"
    r"(?:feet|foot|ft\.?|linear\s+feet)(?:\s+of\s+(?:lot\s+|street\s+)?frontage)?",
    re.IGNORECASE,
)
_WIDE = re.compile(
    rf"\b(?:buffers?|strips?|screens?|areas?|yards?)\b.{{0,60}}?\b(?:at\s+least|not\s+less\s+than|a\s+minimum\s+of|minimum)\s+"
    rf"(?P<number>{NUMBER})\s*(?:feet|foot|ft\.?)\s*(?:wide|in\s+width)",
    re.IGNORECASE,
)
_FROM_SPACES = re.compile(rf"\b(?P<number>{NUMBER})\s+or\s+more\s+(?:parking\s+)?spaces\b", re.IGNORECASE)
_ITEMS = {
    "street trees": re.compile(r"\btrees?\b", re.IGNORECASE),
    "buffer": re.compile(r"\bbuffer\b", re.IGNORECASE),
    "perimeter screen": re.compile(r"\bscreen\w*", re.IGNORECASE),
    "refuse enclosure": re.compile(r"\b(?:refuse|dumpster|trash|enclosure)\b", re.IGNORECASE),
    "planting of parking areas": re.compile(
        r"\b(?:parking|interior)\b.*\b(?:plant|landscap)|\bplant\w*\s+strip", re.IGNORECASE
    ),
}
"""Labels under which a survey gives what is asked for."""


class Asked(NamedTuple):
    """A requirement of a sentence."""

    thing: str
    provision: Provision
    quote: str
    evidence: Evidence


def key_of(thing: str, provision: Provision) -> str:
    """Name a requirement in values: ``buffer_…`` for buffers and screens, else ``landscape_…``."""
    words = re.sub(r"[^a-z]+", "_", thing.lower()).strip("_")
    kind = "buffer" if re.search(r"buffer|screen", thing, re.IGNORECASE) else "landscape"
    section = re.sub(r"\W+", "_", provision.section).strip("_")
    return f"{kind}_{words}" if not section else f"{kind}_{words}.{section}"


def item_for(asked: Asked, surveyed: Sequence[Item]) -> Item | None:
    """Find the survey's item for a requirement."""
    pattern = _ITEMS.get(asked.thing)
    return next((item for item in surveyed if pattern and pattern.search(item.label)), None)


def is_spared(sentence: str, site: Site) -> bool:
    """Say whether a sentence is for larger parking areas than the site has (``with fifty or more spaces``)."""
    least, stalls = _FROM_SPACES.search(sentence), site.first("parking")
    threshold = number(least["number"]) if least else None
    return threshold is not None and bool(stalls and stalls.quantity and stalls.quantity.value < threshold)


def assess_planting(asked: Asked, surveyed: Sequence[Item], site: Site) -> Assessment:
    """Compare a requirement with the survey; what is no figure, or is not surveyed, is indeterminate."""
    item = item_for(asked, surveyed)
    if counted := _FOR_EACH.search(asked.quote):
        return _count(asked, counted, item, site)
    if wide := _WIDE.search(asked.quote):
        width = number(wide["number"])
        required = Quantity(width, "ft") if width is not None else None
        return _made(asked, f"Minimum {shown(required)} wide" if required else _as_required(asked), required, item, "")
    return _made(asked, _as_required(asked), None, item, "")


def _count(asked: Asked, counted: re.Match[str], item: Item | None, site: Site) -> Assessment:
    """Work out ``one tree for each 40 feet of frontage``; a fraction leaves the last tree open."""
    frontage = site.first("frontage") or site.first("lot_width")
    per = number(counted["per"])
    count = number(counted["count"])
    if frontage is None or frontage.quantity is None or not per or count is None:
        return _made(asked, _as_required(asked), None, item, "")
    needed = count * frontage.quantity.value / per
    how = f"{plain(count)} x {shown(frontage.quantity)} / {plain(per)} = {plain(needed)}"
    fewest, most = needed.to_integral_value(ROUND_FLOOR), needed.to_integral_value(ROUND_CEILING)
    actual = _figure(item)
    made = _made(asked, f"Minimum {plain(needed)}", Quantity(most, ""), item, how)
    if actual is not None and fewest <= actual.value < most:
        return made._replace(status=INDETERMINATE, how=f"{how}; the code does not say how a fraction counts")
    return made


def _as_required(asked: Asked) -> str:
    """Refer to the provision whose words are no figure."""
    return f"As Section {asked.provision.section} requires" if asked.provision.section else "As quoted"


def _figure(item: Item | None) -> Quantity | None:
    return measured(item.value, unit_in(f"({item.unit})") if item.unit else "") if item and item.value else None


def _made(asked: Asked, text: str, required: Quantity | None, item: Item | None, how: str) -> Assessment:
    actual = _figure(item)
    comparable = required is not None and actual is not None and actual.unit in {required.unit, ""}
    status, compared = INDETERMINATE, "not surveyed" if item is None else "the survey's figure is not comparable"
    if comparable and required is not None and actual is not None:
        keeps = actual.value >= required.value
        status = CONFORMING if keeps else NONCONFORMING
        compared = f"{shown(actual)} {'≥' if keeps else '<'} {shown(required)}"
    written = f"{item.value} {item.unit}".strip() if item and item.value else "Not surveyed"
    return Assessment(
        key=key_of(asked.thing, asked.provision),
        label=asked.thing[:1].upper() + asked.thing[1:],
        required=Value(
            value=float(required.value) if required else None,
            unit=required.unit if required else "",
            text=text,
            evidence=[asked.evidence],
        ),
        actual=Value(
            value=float(actual.value) if comparable and actual else None,
            unit=required.unit if required else "",
            text=written,
            evidence=[item.evidence] if item else [],
        ),
        status=status,
        how="; ".join(part for part in (how, compared) if part),
    )
