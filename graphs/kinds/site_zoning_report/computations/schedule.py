"""Schedules of a code by use: the row that is for a use, clearly, by its kind, or not to be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quire.graphs.kinds.site_zoning_report.computations.matching import CLEAR, KINDRED, fit
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, tables
from quire.graphs.kinds.site_zoning_report.computations.ratio_reading import parse_ratio
from quire.graphs.kinds.site_zoning_report.computations.ratios import Ratio
from quire.graphs.kinds.site_zoning_report.computations.site_uses import SiteUse
from quire.graphs.kinds.site_zoning_report.computations.use_verdict import Verdict
from quire.nodes.evidence.content import Evidence

_PARKING = re.compile(r"\bparking\b|\bstalls?\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:loading|accessible|handicap\w*|bicycle|bike|electric|dimension\w*|stacking|width|aisle)\b", re.IGNORECASE
)
_VALUE = re.compile(r"\b(?:spaces?|required|ratio|requirement|minimum|parking|stalls?|standard)\b", re.IGNORECASE)
_USE = re.compile(r"\b(?:use|uses|building|activity|land\s+use|use\s+type|type)\b", re.IGNORECASE)
_SPACES_FOR = re.compile(r"\b(?:spaces?|stalls?)\b.*\b(?:for\s+each|for\s+every|per)\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?P<use>[^:.]{3,80})[:.]\s+(?P<ratio>.*\b(?:spaces?|stalls?)\b.*)$", re.IGNORECASE | re.DOTALL)
_MOST = 3


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a parking schedule."""

    use: str
    group: str
    """The title of the rows it stands among: ``Retail Business``."""
    ratio: str
    """In the code's words."""
    provision: Provision
    column: str
    """Of the ratio; empty where it stands in a sentence."""


@dataclass(frozen=True)
class Scheduled:
    """What a schedule says of a use."""

    row: Row | None
    ratio: Ratio | None
    how: str
    candidates: tuple[Row, ...] = ()


def cited(row: Row) -> Evidence:
    """Cite the ratio of a row."""
    return row.provision.evidence(field=row.column) if row.column else row.provision.evidence(row.ratio)


def parking_rows(code: Sequence[Provision]) -> list[Row]:
    """List the rows of the parking schedule, of tables first, else of lists."""
    found = [row for table in tables(code) if _is_schedule(table) for row in _rows(table)]
    return found or [row for provision in code if (row := _sentence(provision))]


def _is_schedule(table: Sequence[Provision]) -> bool:
    columns = " ".join(table[0].passage.get("fields", {})).replace("_", " ")
    section = next((title for title in table[0].titles if re.match(r"§?\s*\d", title)), "")
    other = _OTHERS.search(f"{section} {columns}")
    parking = _PARKING.search(" ".join([*table[0].titles, columns]))
    return bool(parking and not other and _USE.search(columns) and _VALUE.search(columns))


def _rows(table: Sequence[Provision]) -> list[Row]:
    columns = list(table[0].passage.get("fields", {}))
    use = next(column for column in columns if _USE.search(column.replace("_", " ")))
    value = next((c for c in columns if c != use and _VALUE.search(c.replace("_", " "))), columns[-1])
    found = []
    for provision in table:
        cells = provision.passage.get("fields", {})
        if cells[use] and cells[value]:
            group = provision.passage["headings"][-1] if provision.passage["headings"] else ""
            found.append(Row(cells[use], "" if group[:1].isdigit() else group, cells[value], provision, value))
    return found


def _sentence(provision: Provision) -> Row | None:
    """Read ``Restaurants: one space for each 100 sq ft`` in a section on parking."""
    about = any(_PARKING.search(title) for title in provision.titles)
    if provision.passage["kind"] != "text" or not about or not _SPACES_FOR.search(provision.text):
        return None
    found = _LEADING.match(provision.text)
    if found is None or parse_ratio(found["ratio"]) is None:
        return None
    return Row(found["use"], "", found["ratio"], provision, "")


def scheduled(use: SiteUse, verdict: Verdict | None, rows: Sequence[Row]) -> Scheduled:
    """Find the row for a use: by its name, else by the kind that the list of uses puts it under."""
    found, how = _best(use.name, rows), "the schedule names it: “{}”"
    if not found and verdict and verdict.standing != "Indeterminate" and verdict.entries:
        entry = verdict.entries[0]
        for kind in (entry.text.split(".")[0], entry.group.rsplit(": ", 1)[-1]):
            found = found or (_best(kind, rows) if kind else [])
            how = f"as “{kind}” ({entry.provision.where}): “{{}}”" if found else how
    if len({row.ratio for row in found}) == 1:
        row = found[0]
        ratio = parse_ratio(row.ratio)
        return Scheduled(
            row, ratio, how.format(row.use) + ("" if ratio else "; its ratio could not be read as a formula")
        )
    near = sorted(((fit(use.name, row.use), n) for n, row in enumerate(rows)), key=lambda pair: (-pair[0], pair[1]))
    candidates = found or [rows[n] for weight, n in near if weight >= KINDRED][:_MOST]
    return Scheduled(None, None, "no row of the schedule clearly names it", tuple(candidates))


def _best(name: str, rows: Sequence[Row]) -> list[Row]:
    weighed = [(fit(name, row.use), row) for row in rows]
    best = max((weight for weight, _ in weighed), default=0.0)
    return [row for weight, row in weighed if weight == best] if best >= CLEAR else []


def unscheduled(rows: Sequence[Row]) -> Row | None:
    """Find what the schedule says of uses that it does not name."""
    return next(
        (row for row in rows if re.search(r"(?i)\bother\b.*\buses?\b", row.use) and not parse_ratio(row.ratio)), None
    )
