"""The code as a document: its title, its edition, its map, and the notes on when it was passed."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.dates import dates_in, edition_of, order_of
from quire.graphs.kinds.site_zoning_report.computations.items import item, items
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision, history_notes
from quire.graphs.kinds.site_zoning_report.computations.roles import with_role
from quire.nodes.evidence.content import Evidence
from quire.nodes.sources.passage import Reading
from quire.nodes.sources.sentences import sentences

_KIND = r"(?:Code|Ordinance|Bylaw|By-law|Bylaws|Law|Regulations|Resolution)"
_WORD = r"(?:[A-Z][\w&.'\u2019-]*|and|of|the|for|&)"
_CALLED = re.compile(
    rf"(?:known|cited|referred\s+to|called|entitled)(?:[\w\s,]*?)\s+as\s+(?:the\s+)?[\"“']?(?P<title>(?:{_WORD}\s+)*?{_KIND}(?:\s+of(?:\s+{_WORD})+)?)"
)
_IS = re.compile(rf"\bis\s+the\s+(?P<title>(?:{_WORD}\s+)*?{_KIND}\s+of\s+{_WORD}(?:\s+{_WORD})*)")
_MAP = re.compile(r"\bmap\b", re.IGNORECASE)
_ESTABLISHES = re.compile(
    r"\b(?:entitled|adopted|shown|established|designated|located|known\s+as|amended)\b", re.IGNORECASE
)
_MAP_TITLE = re.compile(r"\bzoning\s+map\b|\bofficial\s+map\b", re.IGNORECASE)
_CENTURY, _PIVOT = 100, 50


class Stated(NamedTuple):
    """Words of a source and where they stand."""

    text: str
    evidence: Evidence


def title_of(code: Sequence[Provision], readings: Sequence[Reading]) -> Stated | None:
    """Find what the code calls itself."""
    labelled = item(items(with_role(readings, "zoning code")), r"^code$", r"^(?:code|ordinance)[ _](?:title|name)$")
    if labelled and labelled.value:
        return Stated(labelled.value, labelled.evidence)
    for provision in code:
        for pattern in (_CALLED, _IS):
            found = pattern.search(provision.text) if provision.passage["kind"] == "text" else None
            if found:
                return Stated(found["title"].strip(), provision.evidence(found["title"].strip()))
    return None


def edition(readings: Sequence[Reading]) -> Stated | None:
    """Find what the code says of its edition."""
    found = edition_of(with_role(readings, "zoning code"))
    return Stated(*found) if found else None


def latest_note(readings: Sequence[Reading]) -> Stated | None:
    """Find the latest of the notes on which ordinance passed or amended a section."""
    dated = [
        (_year_first(order), n, Stated(text, evidence))
        for n, (text, evidence) in enumerate(history_notes(readings))
        for order in [order_of(date) for date in dates_in(text)][-1:]
        if order
    ]
    return max(dated, key=lambda entry: (entry[0], -entry[1]))[2] if dated else None


def _year_first(order: tuple[int, int, int]) -> tuple[int, int, int]:
    """Give a year of two figures its century: codes are younger than fifty years before the next."""
    year, month, day = order
    if year < _CENTURY:
        year += 2000 if year < _PIVOT else 1900
    return year, month, day


def map_statement(code: Sequence[Provision]) -> Stated | None:
    """Find the sentence by which the code makes a map its own; one with a date is preferred."""
    on_map = [p for p in code if p.passage["kind"] == "text" and _speaks_of_map(p)]
    found = [
        Stated(sentence, provision.evidence(sentence))
        for provision in sorted(on_map, key=lambda p: not (p.titles and _MAP_TITLE.search(p.titles[-1])))
        for sentence in sentences(provision.text)
        if _MAP.search(sentence) and _ESTABLISHES.search(sentence) and re.search(r"(?i)\bdistricts?\b", sentence)
    ]
    return next((s for s in found if dates_in(s.text)), found[0] if found else None)


def _speaks_of_map(provision: Provision) -> bool:
    return any(_MAP_TITLE.search(words) for words in (*provision.titles[-1:], provision.text))
