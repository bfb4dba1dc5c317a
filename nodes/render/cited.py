"""What one citation number stands for: a place in a source, the cells of a row, or the lines of a record. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from quire.nodes.evidence.content import Claim, Evidence
from quire.nodes.language.catalogue import Words
from quire.nodes.language.places import place_in, source_in
from quire.nodes.render.numbered import Citation
from quire.nodes.render.text import label, shown
from quire.nodes.sources.passage import row_of

Place: TypeAlias = tuple[str, str]
"""Source and address."""
Said: TypeAlias = tuple[str, Claim]
"""The number of a section, and a claim in it."""
A_RECORD = 3
"""Places of one source that stand in one row of a table, from which on they are one record, and share a number."""
_DIGITS = re.compile(r"(\d+)")


def place_of(evidence: Evidence) -> Place:
    """Return where evidence stands."""
    return shown(evidence["source"]), shown(evidence["address"])


def citations(said: Iterable[Said], rows: Iterable[Sequence[Claim]], words: Words) -> dict[Place, Citation]:
    """Give numbers to all places that are cited, in order of first appearance.

    Cells of one row have one number, and so have the lines of a source that a row of a table puts together: a reader
    looks a record up once, and not value by value.

    Args:
        said: the claims in reading order.
        rows: of the document's tables.
        words: the fixed words of its language.

    """
    records = _records(rows)
    cited: dict[Place, dict[Place, dict[str, Evidence]]] = {}
    sections: dict[Place, dict[str, None]] = {}
    for section, claim in said:
        for evidence in claim["evidence"]:
            place, row = place_of(evidence), _row_of(evidence)
            one = records.get(row, row)
            quotes, quote = cited.setdefault(one, {}).setdefault(place, {}), shown(evidence["quote"])
            if quote not in quotes or "header" not in quotes[quote]:
                quotes[quote] = evidence
            sections.setdefault(one, {})[section] = None
    return {
        place: citation
        for n, (one, places) in enumerate(cited.items(), 1)
        for citation in [_citation(n, places, tuple(sections[one]), words)]
        for place in places
    }


def _records(rows: Iterable[Sequence[Claim]]) -> dict[Place, Place]:
    """Give for each place of a record its first one; a place is of the first record that it stands in."""
    records: dict[Place, Place] = {}
    for row in rows:
        cited = dict.fromkeys(_row_of(evidence) for cell in row for evidence in cell["evidence"])
        stated = {_row_of(evidence) for cell in row if cell["basis"] == "source" for evidence in cell["evidence"]}
        for source in dict.fromkeys(source for source, _ in cited):
            places = [place for place in cited if place[0] == source and place not in records]
            if len(stated.intersection(places)) >= A_RECORD:
                records |= dict.fromkeys(places, places[0])
    return records


def _row_of(evidence: Evidence) -> Place:
    source, address = place_of(evidence)
    return source, row_of(address)


def _citation(
    n: int, places: Mapping[Place, Mapping[str, Evidence]], sections: tuple[str, ...], words: Words
) -> Citation:
    rows: dict[str, dict[str, Mapping[str, Evidence]]] = {}
    for (_, address), quotes in places.items():
        rows.setdefault(row_of(address), {})[address] = quotes
    source = next(iter(places))[0]
    return Citation(
        n,
        f"evidence-{n}",
        source_in(label(source), words),
        place_in(label(_addressed(rows)), words),
        tuple(quote for row in rows.values() for quote in _quotes(row)),
        sections,
    )


def _addressed(rows: Mapping[str, Iterable[str]]) -> str:
    """Name where it stands; of several rows the first and the last."""
    ordered = sorted(rows, key=_in_order)
    first, last = (_row_named(row, [*rows[row]]) for row in (ordered[0], ordered[-1]))
    page, joined, _ = first.rpartition(", ")
    return first if first == last else f"{first} \N{EN DASH} {last.removeprefix(page + joined)}"


def _in_order(address: str) -> list[tuple[int, str]]:
    """Put ``line 9`` before ``line 10``."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _DIGITS.split(address)]


def _row_named(row: str, addresses: Sequence[str]) -> str:
    """Name a row by its own address, or by its cells as a spreadsheet does: ``Budget!A4:C4``."""
    whole = [address for address in addresses if _is_whole(address, row)]
    if whole or not addresses[1:]:
        return (whole or addresses)[0]
    if "!" not in row or row in addresses[0]:
        return row
    first, *_, last = sorted(addresses, key=lambda address: (len(address), address))
    return f"{first}:{last.rpartition('!')[2]}"


def _is_whole(address: str, row: str) -> bool:
    return address == row or ":" in address.rpartition("!")[2]


def _quotes(row: Mapping[str, Mapping[str, Evidence]]) -> list[str]:
    """Give the words of a place; of several cells of a row each behind the title of its column."""
    if len(row) == 1:
        return _longest(quote for quotes in row.values() for quote in quotes)
    name = row_of(next(iter(row)))
    whole = _longest(quote for address, quotes in row.items() if _is_whole(address, name) for quote in quotes)
    cells = [
        f"{title}: {quote}" if (title := _title(address, name, evidence)) else quote
        for address, quotes in sorted(row.items(), key=lambda cell: (len(cell[0]), cell[0]) if "!" in name else (0, ""))
        for quote, evidence in quotes.items()
        if not _is_whole(address, name) and quote and not any(quote in words for words in whole)
    ]
    return [*whole, *(["; ".join(cells)] if cells else [])]


def _title(address: str, row: str, evidence: Evidence) -> str:
    """Give the title of a cell's column: the evidence's, else the end of its address."""
    return shown(evidence.get("header", "")) or address.removeprefix(row).removeprefix(", ") * address.startswith(row)


def _longest(quotes: Iterable[str]) -> list[str]:
    """Leave out what stands in another quote of the same place: nobody reads one sentence twice."""
    known = [quote for quote in quotes if quote]
    return [quote for quote in known if not any(quote != other and quote in other for other in known)]
