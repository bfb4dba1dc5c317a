"""Accessible, electric-vehicle, bicycle and loading spaces: what the code asks for and what the site has."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal

from quire.graphs.kinds.site_zoning_report.computations.assessment import Assessment
from quire.graphs.kinds.site_zoning_report.computations.conformance import meets
from quire.graphs.kinds.site_zoning_report.computations.loading import Building, Need, loading_needs, within
from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER, number
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, tables
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import plain
from quire.nodes.evidence.content import Value
from quire.nodes.sources.sentences import sentences

_ACCESSIBLE = re.compile(r"\baccessible\b|\bhandicap\w*|\bdisab\w+", re.IGNORECASE)
_ELECTRIC = re.compile(r"\belectric\b|\bcharging\b|\bEV\b")
_BICYCLE = re.compile(r"\bbicycle|\bbike\b", re.IGNORECASE)
_FROM = re.compile(
    rf"\b(?P<from>{NUMBER})\s+or\s+more\s+(?:parking\s+)?spaces\b.*?\bat\s+least\s+(?P<count>{NUMBER})\s+(?:\w+\s+)?spaces?\b",
    re.IGNORECASE,
)
_FOR_EACH = re.compile(
    rf"\b(?P<count>{NUMBER})\s+(?:\w+\s+)?(?:parking\s+)?spaces?\b.*?\b(?:for\s+each|for\s+every|per)\s+(?P<per>{NUMBER})\s+(?:required\s+|provided\s+)?"
    r"(?:\w+\s+)?(?:parking\s+)?spaces?",
    re.IGNORECASE,
)
_NEVER_FEWER = re.compile(
    rf"\b(?:never|not|no)\s+(?:be\s+)?(?:fewer|less)\s+than\s+(?P<number>{NUMBER})", re.IGNORECASE
)
_LABELS = {
    "accessible_parking": "Accessible parking spaces",
    "ev_parking": "Spaces for charging electric vehicles",
    "bicycle_parking": "Bicycle parking spaces",
    "loading": "Loading spaces",
}


def other_needs(
    parking: Sequence[Provision],
    code: Sequence[Provision],
    site: Site,
    required: Decimal | None,
    area: Building,
    groups: Iterable[str],
) -> list[Need]:
    """Work out what the code asks for beside ordinary spaces.

    Args:
        parking: the paragraphs on parking and loading.
        code: the code, for its tables.
        site: the figures of the site.
        required: the parking spaces required, if they are known.
        area: the floor area by which loading is reckoned.
        groups: the groups of the parking schedule that the uses stand in, by which a loading schedule is read.

    """
    provided = site.first("parking")
    spaces = provided.quantity.value if provided and provided.quantity else None
    found = [
        *_by_table(code, "accessible_parking", _ACCESSIBLE, spaces),
        *_by_sentence(parking, "ev_parking", _ELECTRIC, spaces, required),
        *_by_sentence(parking, "bicycle_parking", _BICYCLE, spaces, required),
        *loading_needs(parking, code, area, tuple(groups)),
    ]
    kept: dict[str, Need] = {}
    for need in found:
        kept.setdefault(need.key, need)
    return list(kept.values())


def _by_table(code: Sequence[Provision], key: str, kind: re.Pattern[str], amount: Decimal | None) -> Iterator[Need]:
    for table in tables(code):
        columns = list(table[0].passage.get("fields", {}))
        counted = next((column for column in columns[1:] if kind.search(column)), "")
        if not counted or amount is None or kind.search(columns[0]):
            continue
        for row in table:
            cells = row.passage.get("fields", {})
            count = number(cells[counted])
            if count is not None and within(cells[columns[0]], amount):
                how = f"{plain(amount)} spaces fall under “{cells[columns[0]]}”: {plain(count)}"
                yield Need(key, count, how, row.evidence(field=counted), row)


def _by_sentence(
    parking: Sequence[Provision], key: str, kind: re.Pattern[str], spaces: Decimal | None, required: Decimal | None
) -> Iterator[Need]:
    for provision in parking:
        for sentence in sentences(provision.text):
            if kind.search(sentence) and (need := _stated(sentence, spaces, required)):
                yield Need(key, need[0], need[1], provision.evidence(sentence), provision)


def _stated(sentence: str, spaces: Decimal | None, required: Decimal | None) -> tuple[Decimal, str] | None:
    if (found := _FROM.search(sentence)) and spaces is not None:
        start, count = number(found["from"]), number(found["count"])
        if start is not None and count is not None:
            sign = "is" if spaces >= start else "is not"
            return (count if spaces >= start else Decimal(0)), f"{plain(spaces)} {sign} {plain(start)} or more spaces"
    if found := _FOR_EACH.search(sentence):
        count, per = number(found["count"]), number(found["per"])
        basis = required if "required" in sentence else spaces
        least = _NEVER_FEWER.search(sentence)
        minimum = (number(least["number"]) if least else None) or Decimal(0)
        if count is not None and per and basis is not None:
            worked = (count * basis / per).to_integral_value(ROUND_CEILING)
            how = f"{plain(count)} x {plain(basis)} / {plain(per)} = {plain(count * basis / per)}"
            return max(worked, minimum), how + (f"; never fewer than {plain(minimum)}" if minimum else "")
    return None


def assessed(need: Need, site: Site) -> Assessment:
    """Compare a need with what the survey counted."""
    figure = site.first(need.key)
    actual = figure.quantity.value if figure and figure.quantity else None
    status, how = INDETERMINATE, "the number is not reported"
    if actual is not None:
        keeps = meets("minimum", need.required, actual)
        status = CONFORMING if keeps else NONCONFORMING
        how = f"{plain(actual)} {'≥' if keeps else '<'} {plain(need.required)}"
    unit = "spaces"
    return Assessment(
        key=need.key,
        label=_LABELS[need.key],
        required=Value(
            value=int(need.required), unit=unit, text=f"Minimum {plain(need.required)}", evidence=[need.evidence]
        ),
        actual=Value(
            value=int(actual) if actual is not None else None,
            unit=unit,
            text=plain(actual) if actual is not None else "Not reported",
            evidence=[figure.evidence] if figure else [],
        ),
        status=status,
        how=f"{need.how}; {how}",
    )
