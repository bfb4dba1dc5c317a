"""Accessible, electric-vehicle, bicycle and loading spaces: what the code asks for and what the site has."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from nodes.computations.zoning.assessment import Assessment
from nodes.computations.zoning.conformance import meets
from nodes.computations.zoning.matching import TOUCHED, fit
from nodes.computations.zoning.numerals import NUMBER, number
from nodes.computations.zoning.provisions import Provision, tables
from nodes.computations.zoning.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from nodes.computations.zoning.survey import Site
from nodes.computations.zoning.units import plain
from nodes.content import Evidence, Value
from nodes.sources.sentences import sentences

_ACCESSIBLE = re.compile(r"\baccessible\b|\bhandicap\w*|\bdisab\w+", re.IGNORECASE)
_ELECTRIC = re.compile(r"\belectric\b|\bcharging\b|\bEV\b")
_BICYCLE = re.compile(r"\bbicycle|\bbike\b", re.IGNORECASE)
_LOADING = re.compile(r"\bloading\b", re.IGNORECASE)
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
_BUILDING_FROM = re.compile(
    rf"\b(?P<from>{NUMBER})\s*(?:sq\.?\s*ft\.?|square\s+feet)\s+or\s+more\b.*?\bshall\s+have\s+(?P<count>{NUMBER})\s+loading\s+spaces?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:(?P<low>{NUMBER})\s*(?:-|\u2013|to)\s*|up\s+to\s+|less\s+than\s+)(?P<high>{NUMBER})", re.IGNORECASE
)
_EACH_MORE = re.compile(rf"\beach\s+additional\s+(?P<per>{NUMBER})", re.IGNORECASE)
_LABELS = {
    "accessible_parking": "Accessible parking spaces",
    "ev_parking": "Spaces for charging electric vehicles",
    "bicycle_parking": "Bicycle parking spaces",
    "loading": "Loading spaces",
}


class Building(NamedTuple):
    """Floor area in square feet, where it is known."""

    gross: Decimal | None
    nonresidential: Decimal | None


class Need(NamedTuple):
    """How many spaces of a kind are required, and why."""

    key: str
    required: Decimal
    how: str
    evidence: Evidence
    provision: Provision


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
        *_loading(parking, code, area, tuple(groups)),
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
            if count is not None and _within(cells[columns[0]], amount):
                how = f"{plain(amount)} spaces fall under “{cells[columns[0]]}”: {plain(count)}"
                yield Need(key, count, how, row.evidence(field=counted), row)


def _within(words: str, amount: Decimal) -> bool:
    found = _RANGE.search(words)
    if found is None:
        return False
    low, high = number(found["low"] or "0"), number(found["high"])
    return low is not None and high is not None and low <= amount <= high


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


def _loading(
    parking: Sequence[Provision], code: Sequence[Provision], area: Building, groups: Sequence[str]
) -> Iterator[Need]:
    for provision in parking:
        for sentence in sentences(provision.text):
            found = _BUILDING_FROM.search(sentence)
            start, count = (number(found["from"]), number(found["count"])) if found else (None, None)
            counted = area.nonresidential if "nonresidential" in sentence.lower().replace("-", "") else area.gross
            if start is None or count is None or counted is None:
                continue
            big = counted >= start
            how = f"{plain(counted)} sq ft {'≥' if big else '<'} {plain(start)} sq ft"
            yield Need("loading", count if big else Decimal(0), how, provision.evidence(sentence), provision)
    if area.gross is not None:
        yield from _loading_table(code, area.gross, groups)


def _loading_table(code: Sequence[Provision], area: Decimal, groups: Sequence[str]) -> Iterator[Need]:
    for table in tables(code):
        columns = list(table[0].passage.get("fields", {}))
        counted = columns[-1]
        about = " ".join(title for title in table[0].titles if re.match(r"§?\s*\d", title))
        if not _LOADING.search(f"{about} {' '.join(columns)}") or len(columns) < len(("use", "area", "spaces")):
            continue
        group = ""
        for row in table:
            cells = row.passage.get("fields", {})
            group = cells[columns[0]] or group
            ours = any(fit(name, group) >= TOUCHED for name in groups if name)
            count = number(cells[counted])
            if (
                ours
                and count is not None
                and not _EACH_MORE.search(cells[columns[1]])
                and _within(cells[columns[1]], area)
            ):
                how = f"{plain(area)} sq ft of “{group}” fall under “{cells[columns[1]]}”"
                yield Need("loading", count, how, row.evidence(field=counted), row)


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
