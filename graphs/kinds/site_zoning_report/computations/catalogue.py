"""The districts a code has: by its list of districts, its titles, and pages or tables of one district each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quire.graphs.kinds.site_zoning_report.computations.measures import measure_named, spaced
from quire.graphs.kinds.site_zoning_report.computations.names import is_symbol, normalized, parse_listed, words_of
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, tables
from quire.nodes.evidence.content import Evidence

_DISTRICTS = re.compile(r"\b(?:districts?|zones?)\b", re.IGNORECASE)
_SYMBOL_COLUMN = re.compile(
    r"\b(?:districts?|zones?|zoning|abbreviations?|symbols?|codes?|designations?|class)\b", re.IGNORECASE
)
_NOT_SYMBOL_COLUMN = re.compile(r"\b(?:sections?|uses?|citation|requirement|standard)\b", re.IGNORECASE)
_NAME_COLUMN = re.compile(r"\b(?:name|title)\b", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:district|zone)$", re.IGNORECASE)
_MENTION = re.compile(r"\b(?:in|along|near|abutting|within|for|applicable)\b", re.IGNORECASE)
_LONGEST_NAME = 7
"""Words of a district's name at most; a longer text is a sentence that begins with a symbol."""
_OVERLAY = re.compile(r"\boverlay\b", re.IGNORECASE)
_SYMBOL_FIELD = re.compile(
    r"^(?:zone|district|zoning)[ _]?(?:type[ _]?)?(?:code|symbol|abbreviation|id)?$|^(?:symbol|abbreviation)$",
    re.IGNORECASE,
)
_NAME_FIELD = re.compile(r"^(?:zone|district)[ _](?:name|title)$|^(?:name|title|description)$", re.IGNORECASE)
_PERMISSIONS = frozenset({"P", "C", "X", "A", "S", "SE", "SP", "CU", "N", "NP", "Y", "L", "PC"})
"""What cells of use tables hold, which looks like symbols of districts."""


@dataclass(frozen=True)
class Listed:
    """A district as the code lists it."""

    symbol: str
    name: str
    overlay: bool
    evidence: Evidence
    where: str

    @property
    def called(self) -> str:
        """Name it for the reader: ``R (Retail Business)``."""
        return f"{self.symbol} ({self.name})" if self.symbol and self.name else self.symbol or self.name

    @property
    def full(self) -> str:
        """Name it within a sentence: ``R Retail Business District``."""
        ending = "" if re.search(r"(?i)\b(?:district|zone)$", self.name) else " District"
        return f"{self.symbol} {self.name}".strip() + ending


def catalogue(code: list[Provision]) -> list[Listed]:
    """List the districts of a code, each once: the fuller entry of a list wins over a title."""
    found: list[Listed] = []
    for entry in (*_in_tables(code), *_in_columns(code), *_in_fields(code), *_in_lists(code), *_in_titles(code)):
        same = next((n for n, known in enumerate(found) if _same(known, entry)), None)
        if same is None:
            found.append(entry)
        elif not found[same].name and entry.name:
            found[same] = Listed(found[same].symbol, entry.name, entry.overlay, found[same].evidence, found[same].where)
    return found


def _same(one: Listed, other: Listed) -> bool:
    if one.symbol and other.symbol:
        return normalized(one.symbol) == normalized(other.symbol)
    return bool(words_of(one.name)) and words_of(one.name) == words_of(other.name)


def _in_tables(code: list[Provision]) -> Iterator[Listed]:
    for rows in tables(code):
        column = _symbol_column(rows)
        if not column:
            continue
        group = ""
        for row in rows:
            cells = row.passage.get("fields", {})
            if is_symbol(cells[column]):
                name = _name_in(cells, column)
                overlay = bool(_OVERLAY.search(f"{group} {name}"))
                yield Listed(cells[column], name, overlay, row.evidence(field=column), row.where)
            else:
                group = " ".join(cell for cell in cells.values() if cell)


def _in_columns(code: list[Provision]) -> Iterator[Listed]:
    """Find districts that are the columns of a table of standards."""
    for rows in tables(code):
        columns = [column for column in rows[0].passage.get("fields", {}) if is_symbol(column)]
        if len(columns) > 1 and sum(bool(measure_named(row.text)) for row in rows) > 1:
            for column in columns:
                if column not in _PERMISSIONS:
                    yield Listed(column, "", overlay=False, evidence=rows[0].evidence(column), where=rows[0].where)


def _symbol_column(rows: list[Provision]) -> str:
    """Find the column of symbols in a list of districts; a table of uses or of anything else has none."""
    about = " ".join(rows[0].titles[-2:])
    for column in rows[0].passage.get("fields", {}):
        cells = [row.passage.get("fields", {})[column] for row in rows]
        symbols = {cell for cell in cells if is_symbol(cell)}
        title = column.replace("_", " ")
        said = _SYMBOL_COLUMN.search(title) and not _NOT_SYMBOL_COLUMN.search(title)
        of_districts = said or (column.startswith("column") and _DISTRICTS.search(about))
        if of_districts and symbols and not symbols <= _PERMISSIONS and 2 * len(symbols) >= sum(map(bool, cells)):
            return column
    return ""


def _name_in(cells: dict[str, str], symbol_column: str) -> str:
    others = {
        title: cell for title, cell in cells.items() if title != symbol_column and not measure_named(spaced(title))
    }
    worded = {title: cell for title, cell in others.items() if re.search("[a-z]{3}", cell) and not measure_named(cell)}
    titled = next((cell for title, cell in worded.items() if _NAME_COLUMN.search(title.replace("_", " "))), "")
    name = titled or next(
        (cell for cell in worded.values() if not re.search(r"\d{2}|\.$|,", cell) or "amily" in cell), ""
    )
    return re.sub(rf"^{re.escape(cells[symbol_column])}\b[\s:-]*", "", name)


def _in_fields(code: list[Provision]) -> Iterator[Listed]:
    """Find districts that have a page each: their symbols and names are in its front matter."""
    fields: dict[str, dict[str, Provision]] = {}
    for provision in code:
        if provision.passage["kind"] == "field":
            named = next(iter(provision.passage.get("fields", {})))
            fields.setdefault(provision.reading["source"], {})[named] = provision
    for page in fields.values():
        symbol = next((p for key, p in page.items() if _SYMBOL_FIELD.match(key) and is_symbol(p.text)), None)
        if symbol:
            names = [p.text for key, p in page.items() if _NAME_FIELD.match(key) and p.text != symbol.text]
            name = next((n for n in names if _TITLED.search(n)), names[-1] if names else "")
            yield Listed(symbol.text, name, bool(_OVERLAY.search(name)), symbol.evidence(), symbol.where)


def _in_lists(code: list[Provision]) -> Iterator[Listed]:
    """Find districts listed in a section that establishes them."""
    for provision in code:
        if provision.passage["kind"] == "text" and provision.titles and _DISTRICTS.search(provision.titles[-1]):
            symbol, name = parse_listed(provision.text.rstrip(".;"))
            if symbol and len(name.split()) <= _LONGEST_NAME:
                yield Listed(symbol, name, bool(_OVERLAY.search(name)), provision.evidence(), provision.where)


def _in_titles(code: list[Provision]) -> Iterator[Listed]:
    for provision in code:
        if provision.passage["kind"] != "heading" and provision.passage.get("fields", {}).keys() != {"title"}:
            continue
        symbol, name = parse_listed(provision.text)
        if _MENTION.search(name):
            continue
        if (_TITLED.search(name) and words_of(name)) or (symbol and _DISTRICTS.search(provision.text)):
            yield Listed(symbol, name, bool(_OVERLAY.search(name)), provision.evidence(), provision.where)


def overlays(listed: Iterable[Listed]) -> list[Listed]:
    """Keep the overlay districts."""
    return [entry for entry in listed if entry.overlay]
