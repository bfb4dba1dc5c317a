"""The cells of a row that state values, each with what the row and its titles say of it. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.survey.dates import dates_in
from quire.nodes.survey.status import status_said

_UNIT: Final = re.compile(r"(?:units?|einheit(?:en)?|uom)(?:\s+of\s+measure)?", re.IGNORECASE)
_NOTE: Final = re.compile(r"(?:notes?|remarks?|comments?|status|state|bemerkung(?:en)?|hinweise?|stand)", re.IGNORECASE)
_DATE: Final = re.compile(
    r"date|dated|(?:last )?(?:updated|modified|revised|reviewed)|as of|datum|stand|ge[aä]ndert|aktualisiert",
    re.IGNORECASE,
)
_ANY_VALUE: Final = re.compile(
    r"(?:value|amount|figure|number|quantity|result|total|wert|betrag|anzahl|menge|zahl|ergebnis)s?", re.IGNORECASE
)
_KEY: Final = re.compile(
    r"(?i)(?:^|[\W_])(?:id|nr|no|num|code|zip|plz|phone|tel|index|row|line|page|seite)(?:$|[\W_])|#"
)
_IN_BRACKETS: Final = re.compile(r"\s*[(\[](?P<unit>[^()\[\]]{1,30})[)\]]\s*$")
_NUMBER: Final = re.compile(r"(?:[A-Z]{3}(?=\s?\d))?[^\w]*\d[\d.,'\s\u00a0\u202f]*(?P<behind>.{0,40})")


class Cells(NamedTuple):
    """A cell with a value, and what it is of."""

    words: str
    """The row's words and the column's title."""
    name: str
    """Likewise, as a reader is told it."""
    value: str
    """The value, with the unit that the row or the title gives it."""
    date: str
    status: str


def cells_of(fields: Mapping[str, str], convention: Convention) -> Iterator[Cells]:
    """Give the cells of a row that hold one value each."""
    unit = next((cell for title, cell in fields.items() if _UNIT.fullmatch(title.strip())), "")
    notes = [cell for title, cell in fields.items() if _NOTE.fullmatch(title.strip())]
    dated = (dates_in(cell) for title, cell in fields.items() if _DATE.fullmatch(title.strip()))
    date = next((found for dates in dated for found in dates), "")
    about = {
        t for t in fields if _UNIT.fullmatch(t.strip()) or _NOTE.fullmatch(t.strip()) or _DATE.fullmatch(t.strip())
    }
    valued = [t for t, cell in fields.items() if t not in about and _is_value(t, cell, convention)]
    words = [cell for t, cell in fields.items() if t not in about and t not in valued]
    status = next((found for note in notes if (found := status_said(note))), "")
    for title in valued:
        bracketed = _IN_BRACKETS.search(title)
        named = _IN_BRACKETS.sub("", title)
        said = "" if _ANY_VALUE.fullmatch(named.strip()) else named
        own = (bracketed["unit"] if bracketed else "") if len(valued) > 1 or not unit else unit
        told = [*words, said]
        name = ", ".join(word for word in told if word)
        yield Cells(" ".join(told), name, f"{fields[title]} {own}".strip(), date, status)


def _is_value(title: str, cell: str, convention: Convention) -> bool:
    """Whether a cell is a number, with a unit or without."""
    if _KEY.search(title) or not _NUMBER.fullmatch(cell.strip()):
        return False
    figures = figures_in(cell.strip(), convention)
    return len(figures) == 1 and figures[0].kind != "date" and not _is_time(title, cell)


def _is_time(title: str, cell: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", cell.strip()) is not None and not _ANY_VALUE.fullmatch(title.strip())
