"""Dates as documents write them, and the date a document bears."""

import re
from collections.abc import Iterable
from typing import Final

from nodes.computations.zoning.items import item, items
from nodes.computations.zoning.records import records
from nodes.computations.zoning.statements import first_said, statements
from nodes.content import Evidence
from nodes.sources.passage import Reading

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
_MONTHS = _MONTH + r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
DATE: Final = (
    rf"(?:\b\d{{1,2}} {_MONTHS} \d{{4}}\b|\b{_MONTHS} \d{{1,2}}, \d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b"
    r"|\b\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})\b)"
)
"""Pattern of a date, to be used case-insensitively."""

_LABELS = (r"^date of (?:survey|determination|record|letter|report)", r"^(?:survey|record|report) date", r"^date\b")
_BEARING = rf"(?:record date|adopted by|determination was made|survey(?:ed)? on|dated)\b.*{DATE}"
_EDITION = r"\bcodified through\b|\bedition\b|\bas amended (?:through|to)\b|\bcurrent through\b|\bupdated through\b"
_OPENING = 6
"""Sentences in which a letter or record gives its date."""


def dates_in(text: str) -> list[str]:
    """List the dates in a text, as written."""
    return re.findall(DATE, text, re.IGNORECASE)


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
    if not cells or not all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell.text) for cell in cells):
        return None
    ordered = sorted(cells, key=lambda cell: cell.text)
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
