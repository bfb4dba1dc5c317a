"""What the site measures: figures of the survey, the property record, the list of uses and the brief."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from quire.graphs.kinds.site_zoning_report.computations.items import Item, items
from quire.graphs.kinds.site_zoning_report.computations.measures import BY_KEY, measure_named, spaced
from quire.graphs.kinds.site_zoning_report.computations.roles import Role, with_role
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, measured, quantities, unit_in
from quire.nodes.computations.citing import cite_fact
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence

_RANKS: Final[tuple[Role, ...]] = ("survey", "property record")
"""Where figures of the site are looked for; the first that has a figure is believed."""
_OTHERS = (
    (
        "gross_floor_area",
        "sq ft",
        r"\bgross\s+floor\s+area|\btotal\s+floor\s+area|\bgfa\b|^(?:building\s+)?floor\s+area",
    ),
    (
        "footprint",
        "sq ft",
        r"\bfootprint|^(?:building|structure)\s+area|\barea\s+of\s+(?:the\s+)?buildings?|\bground\s+coverage",
    ),
    (
        "accessible_parking",
        "spaces",
        r"\b(?:accessible|ada|handicap\w*|disabled|van)\b.*\b(?:parking|spaces?|stalls?)|\b(?:parking|spaces?|stalls?)\b.*\b(?:accessible|ada|handicap\w*)",
    ),
    ("ev_parking", "spaces", r"\b(?:electric|ev|charging)\b"),
    ("bicycle_parking", "spaces", r"\b(?:bicycle|bike)\b"),
    ("loading", "spaces", r"\bloading\b"),
    (
        "parking",
        "spaces",
        r"\bparking\s+(?:spaces?|stalls?)|\bstalls?\b|^parking(?:\s+(?:provided|count|supply|total))?$|^(?:total|regular|standard)\s+spaces",
    ),
    ("units", "units", r"\b(?:dwelling|residential|apartment)\s+units?\b|^units?$|\bnumber\s+of\s+units"),
    ("seats", "seats", r"\bseat(?:s|ing)?\b"),
    ("employees", "employees", r"\bemployees\b|\bstaff\b"),
    ("rooms", "rooms", r"\b(?:guest|hotel|rented)\s*rooms?\b|^rooms$"),
    ("beds", "beds", r"\bbeds\b"),
    ("use_floor_area", "sq ft", r"^use\s+floor\s+area$"),
)
_ITEMS = [(key, unit, re.compile(pattern, re.IGNORECASE)) for key, unit, pattern in _OTHERS]
_SIDE = re.compile(
    r"\b(?P<side>north(?:east|west)?|south(?:east|west)?|east|west|left|right)(?:ern|erly)?\b", re.IGNORECASE
)
_ABUTS = re.compile(
    r"\b(?P<side>front|rear|left|right|north|south|east|west|side)\b.*\b(?:abuts?|abutting|adjoins?|adjoining|adjacent|lot\s+line|boundary|line\s+type)\b"
    r"|\b(?:abuts?|adjoins?|adjacent|adjoining)\b.*\b(?P<at>front|rear|left|right|north|south|east|west|side)\b",
    re.IGNORECASE,
)
_NEIGHBOURS = (
    (
        "street",
        re.compile(
            r"\bstreet\b|\broad\b|right-of-way|right\s+of\s+way|r\.?o\.?w\b|\balley\b|\bavenue\b", re.IGNORECASE
        ),
    ),
    (
        "residential district",
        re.compile(
            r"\bresiden\w+|\bdwellings?\b|\bhouses?\b|\bR-?\d|\bone-family\b|\bsingle[\s-]family\b", re.IGNORECASE
        ),
    ),
    (
        "other lot",
        re.compile(
            r"\b(?:commercial|retail|business|office|industrial|mixed|other|private|institutional|park|vacant)\b",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True)
class Measured:
    """One figure of the site."""

    key: str
    label: str
    """As the source names it."""
    quantity: Quantity | None
    """Nothing where the source asks and does not answer, or answers with words."""
    written: str
    side: str
    """``west``, ``left`` … for side yards, or nothing."""
    note: str
    evidence: Evidence
    source: str


@dataclass(frozen=True)
class Site:
    """The figures of the site by key, and what its lot lines abut."""

    figures: dict[str, list[Measured]] = field(default_factory=dict)
    abuts: dict[str, tuple[str, Evidence]] = field(default_factory=dict)
    """``rear``, ``west`` … to ``street``, ``residential district`` or ``other lot``, with the words that say so."""

    def of(self, key: str) -> list[Measured]:
        """Give the figures of one kind, in the sources' order."""
        return self.figures.get(key, [])

    def first(self, key: str) -> Measured | None:
        """Give the first figure that is one."""
        return next((figure for figure in self.of(key) if figure.quantity is not None), None)


def site_figures(materials: Materials) -> Site:
    """Collect what the sources measure. A source of lower rank adds only what those above it do not say."""
    site = Site()
    for role in _RANKS:
        _add(site, (figure for item in items(with_role(materials.readings, role)) for figure in _figures(item)))
        site.abuts.update(_neighbours(items(with_role(materials.readings, role))))
    facts = list(_of_facts(materials))
    _add(site, (figure for item in facts for figure in _figures(item)))
    site.abuts.update({side: found for side, found in _neighbours(facts) if side not in site.abuts})
    return site


def _of_facts(materials: Materials) -> Iterator[Item]:
    for name in materials.facts:
        evidence = cite_fact(materials, name)
        if evidence:
            yield Item(spaced(name), evidence["quote"], "", "", evidence, "brief")


def _add(site: Site, figures: Iterable[Measured]) -> None:
    added: dict[str, list[Measured]] = {}
    for figure in figures:
        added.setdefault(figure.key, []).append(figure)
    for key, found in added.items():
        if site.first(key) is None:
            site.figures[key] = found


def _figures(item: Item) -> Iterator[Measured]:
    label = spaced(item.label)
    key, unit = _key(label)
    if not key:
        return
    side = _SIDE.search(label)
    yield Measured(
        key=key,
        label=item.label,
        quantity=_quantity(item, label, unit),
        written=f"{item.value} {item.unit}".strip(),
        side=side["side"].lower() if side else "",
        note=item.note,
        evidence=item.evidence,
        source=item.source,
    )


def _key(label: str) -> tuple[str, str]:
    """Name what an item measures, and the unit it has if none is stated."""
    for key, unit, pattern in _ITEMS:
        if pattern.search(label):
            return key, unit
    measure = measure_named(label)
    return (measure.key, measure.units[0]) if measure else ("", "")


def _quantity(item: Item, label: str, usual: str) -> Quantity | None:
    written = re.sub(r"\s+(?:spaces|stalls|seats|employees|units|rooms|beds)$", "", item.value, flags=re.IGNORECASE)
    unit = unit_in(f"({item.unit})") if item.unit else unit_in(label)
    found = measured(written, unit or usual)
    if found is None:
        parts = quantities(written)
        return parts[0].quantity if len(parts) == 1 and parts[0].start == 0 else None
    known = BY_KEY.get(_key(label)[0])
    if known and known.key in {"lot_coverage", "impervious", "open_space"} and not unit and found.unit == usual:
        return Quantity(found.value, "ratio" if found.value <= 1 else "%")
    return found


def _neighbours(listed: Iterable[Item]) -> Iterator[tuple[str, tuple[str, Evidence]]]:
    for item in listed:
        match = _ABUTS.search(spaced(item.label))
        kind = next((name for name, pattern in _NEIGHBOURS if pattern.search(item.value)), "") if match else ""
        if match and kind:
            yield (match["side"] or match["at"]).lower(), (kind, item.evidence)
