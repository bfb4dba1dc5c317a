"""Requirements of which the vocabulary knows no measure, where the survey has an item of their words (glazing)."""

import re
from collections.abc import Iterable, Sequence

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.bounds import bounds_in
from quire.graphs.kinds.site_zoning_report.computations.conformance import meets
from quire.graphs.kinds.site_zoning_report.computations.derive import in_unit
from quire.graphs.kinds.site_zoning_report.computations.items import Item, items
from quire.graphs.kinds.site_zoning_report.computations.measures import Bound
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, measured, quantities, shown, unit_in
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence, Value

_ENOUGH = 2


def unnamed(sentences: Iterable[tuple[str, Evidence]], materials: Materials) -> list[Assessment]:
    """Compare each sentence that binds one figure with the survey's item whose every word it uses."""
    surveyed = items(with_role(materials.readings, "survey"))
    found: dict[str, Assessment] = {}
    for sentence, evidence in sentences:
        item = _item_for(sentence, surveyed)
        figures = quantities(sentence)
        if item and len(figures) == 1 and len({bound for bound, _, _ in bounds_in(sentence)}) == 1:
            made = _compare(item, figures[0].quantity, bounds_in(sentence)[0][0], evidence)
            found.setdefault(made.key, made)
    return list(found.values())


def _words(text: str) -> list[str]:
    return [word[:5] for word in re.findall(r"[a-z]{3,}", text.lower())]


def _item_for(sentence: str, surveyed: Sequence[Item]) -> Item | None:
    """Find the item: all of its words, two or more, are in the sentence."""
    words = set(_words(sentence))
    named = [item for item in surveyed if len(_words(item.label)) >= _ENOUGH and set(_words(item.label)) <= words]
    return max(named, key=lambda item: len(_words(item.label)), default=None)


def _compare(item: Item, required: Quantity, bound: Bound, evidence: Evidence) -> Assessment:
    value = measured(item.value, unit_in(f"({item.unit})")) if item.value else None
    converted = in_unit(value, required.unit) if value else None
    actual = converted[0] if converted else None
    keeps = actual is not None and meets(bound, required.value, actual.value)
    sign = {("minimum", True): "≥", ("minimum", False): "<", ("maximum", True): "≤", ("maximum", False): ">"}
    how = f"{shown(actual)} {sign[bound, keeps]} {shown(required)}" if actual else "the actual value is not reported"
    status = INDETERMINATE if actual is None else CONFORMING if keeps else NONCONFORMING
    text = shown(actual) if actual else item.note or "Not reported"
    return Assessment(
        key=re.sub(r"[^a-z0-9]+", "_", item.label.lower()).strip("_"),
        label=item.label,
        required=Value(
            value=float(required.value),
            unit=required.unit,
            text=f"{bound.capitalize()} {shown(required)}",
            evidence=[evidence],
        ),
        actual=Value(
            value=float(actual.value) if actual else None, unit=required.unit, text=text, evidence=[item.evidence]
        ),
        status=status,
        how=how,
    )
