"""Loading spaces that a code asks for, by the floor area of a building."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.matching import TOUCHED, fit
from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER, number
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, tables
from quire.graphs.kinds.site_zoning_report.computations.units import plain
from quire.nodes.evidence.content import Evidence
from quire.nodes.sources.sentences import sentences

_LOADING = re.compile(r"\bloading\b", re.IGNORECASE)
_BUILDING_FROM = re.compile(
    rf"\b(?P<from>{NUMBER})\s*(?:sq\.?\s*ft\.?|square\s+feet)\s+or\s+more\b.*?\bshall\s+have\s+(?P<count>{NUMBER})\s+loading\s+spaces?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?:(?P<low>{NUMBER})\s*(?:-|\u2013|to)\s*|up\s+to\s+|less\s+than\s+)(?P<high>{NUMBER})", re.IGNORECASE
)
_EACH_MORE = re.compile(rf"\beach\s+additional\s+(?P<per>{NUMBER})", re.IGNORECASE)


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


def loading_needs(
    parking: Sequence[Provision], code: Sequence[Provision], area: Building, groups: Sequence[str]
) -> Iterator[Need]:
    """Work out loading spaces by sentences (``a building with 5,000 sq ft or more``) and by schedules."""
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
                and within(cells[columns[1]], area)
            ):
                how = f"{plain(area)} sq ft of “{group}” fall under “{cells[columns[1]]}”"
                yield Need("loading", count, how, row.evidence(field=counted), row)


def within(words: str, amount: Decimal) -> bool:
    """Say whether a number lies in a range as tables write it: ``5,000 to 10,000``, ``up to 40,000``."""
    found = _RANGE.search(words)
    if found is None:
        return False
    low, high = number(found["low"] or "0"), number(found["high"])
    return low is not None and high is not None and low <= amount <= high
