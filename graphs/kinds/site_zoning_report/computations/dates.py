"""Dates as documents write them, and the date a document bears."""

import re
from collections.abc import Iterable
from typing import Final

from quire.graphs.kinds.site_zoning_report.computations.items import item, items
from quire.graphs.kinds.site_zoning_report.computations.records import records
from quire.graphs.kinds.site_zoning_report.computations.statements import first_said, statements
from quire.nodes.evidence.content import Evidence
from quire.nodes.sources.passage import Reading

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?:{'|'.join(_MONTHS)})[a-z]*\.?"
DATE: Final = (
    rf"(?:\b\d{{1,2}} {_MONTH} \d{{4}}\b|\b{_MONTH} \d{{1,2}}, \d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b"
    r"|\b\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})\b)"
)
"""Pattern of a date, to be used case-insensitively."""

_LABELS = (r"^date of (?:survey|determination|record|letter|report)", r"^(?:survey|record|report) date", r"^date\b")
_BEARING = rf"(?:record date|adopted by|determination was made|survey(?:ed)? on|dated)\b.*{DATE}"
_EDITION = r"\bcodified through\b|\bedition\b|\bas amended (?:through|to)\b|\bcurrent through\b|\bupdated through\b"
_OPENING = 6
"""Sentences in which a letter or record gives its date."""
_DAYS = 31


def dates_in(text: str) -> list[str]:
    """List the dates in a text, as written."""
    return re.findall(DATE, text, re.IGNORECASE)


def order_of(date: str) -> tuple[int, int, int] | None:
    """Give year, month and day of a date as written, so that dates can be put in order; nothing if it is none.

    Figures parted by strokes or hyphens are read as month, day, year, unless a year of four figures comes first.
    """
    named = re.search(r"[A-Za-z]{3}", date)
    figures = [int(part) for part in re.findall(r"\d+", date)]
    if named and len(figures) == len(("day", "year")) and named[0].lower() in _MONTHS:
        return figures[1], _MONTHS.index(named[0].lower()) + 1, figures[0]
    if named or len(figures) != len(("year", "month", "day")):
        return None
    first, second, third = figures
    return (first, second, third) if first > _DAYS else (third, first, second)


def date_of(reading: Reading) -> tuple[str, Evidence] | None:
    """Find the date a document bears: a labelled one, one it calls its own, or the first in its opening."""
    labelled = item([i for i in items([reading]) if dates_in(i.value)], *_LABELS)
    if labelled:
        return dates_in(labelled.value)[0], labelled.evidence
    opening = [said for said, _ in zip(statements([reading]), range(_OPENING), strict=False)]
    alone = next((said for said in opening if said.text in dates_in(said.text)), None)
    said = alone or first_said([reading], _BEARING) or next((said for said in opening if dates_in(said.text)), None)
    return (dates_in(said.text)[0], said.evidence) if said else None


def span_of(reading: Reading) -> tuple[str, list[Evidence]] | None:
    """Give the first and last date in the date column of a table of records, if its dates can be put in order."""
    cells = [cell for record in records([reading]) if (cell := record.cell(r"\bdate\b"))]
    dated = [(order, cell) for cell in cells if (order := order_of(cell.text))]
    if not dated or len(dated) < len(cells):
        return None
    ordered = [cell for _, cell in sorted(dated, key=lambda pair: pair[0])]
    first, last = ordered[0], ordered[-1]
    return f"Entries of {first.text} to {last.text}", [first.evidence, last.evidence]


def edition_of(readings: Iterable[Reading]) -> tuple[str, Evidence] | None:
    """Find the words in which a code states its edition or the last amendment it holds."""
    readings = list(readings)
    labelled = item(items(readings), r"^edition", r"^(?:codified|current|updated) through")
    if labelled and labelled.value:
        return labelled.value, labelled.evidence
    said = first_said(readings, _EDITION)
    return (said.text, said.evidence) if said else None
