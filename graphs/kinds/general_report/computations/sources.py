"""What was looked at: each source, its kind and date, and the headings or the columns that it has."""

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile

from quire.graphs.kinds.general_report.computations.sound import sound
from quire.graphs.kinds.general_report.computations.tallies import LONG
from quire.nodes.computations.blocks import note, section, table
from quire.nodes.computations.citing import cite
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Claim, SectionContent, claim
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.dates import dates
from quire.nodes.language.catalogue import Words
from quire.nodes.sources.passage import Passage, Reading, convention_of
from quire.nodes.sources.sentences import sentences
from quire.nodes.support.grounding import unsupported_figures
from quire.nodes.survey.survey import Surveyed, by_source, survey

_NUMBER = re.compile(r"^\s*(?:\d+(?:\.\d+)+[.)]?|\d{1,3}[.)]|[A-Z][.)]|[IVX]+[.)])\s+(?=\S)")
"""A heading's own number: it says where the heading stands, which its evidence says too."""
_MOST_DAYS = 4_000
"""Different cells of a column that are looked through for dates."""
MOST_NAMED = 12
"""Headings or columns of one source; how many it has stands beside them."""


def compute(materials: Materials) -> SectionContent:
    """List the sources that the section may use."""
    words = materials.words
    if not materials.readings:
        return section([note(claim(words("document.no-sources"), "open"), level="warning")])
    surveyed = materials.surveyed or by_source(survey(materials.readings))
    rows = [_row(reading, surveyed[reading["source"]], words) for reading in materials.readings]
    titles = [words(f"scope.{column}") for column in ("source", "kind", "dated", "holds")]
    return sound(section([table(words("scope.caption"), titles, rows)]), materials)


def _row(reading: Reading, surveyed: Surveyed, words: Words) -> list[Claim]:
    dated = surveyed["date"] or surveyed["period"] or _dated_rows(reading, words) or words("scope.undated")
    cells = [claim(text, "fixed") for text in (reading["source"], _kind(reading, words), dated)]
    return [*cells, _holds(reading)]


def _dated_rows(reading: Reading, words: Words) -> str:
    """Say from when to when the rows are dated: by the first column all of whose cells are dates, several at least."""
    rows = [passage["fields"] for passage in reading["passages"] if passage["kind"] == "row" and "fields" in passage]
    convention = convention_of(reading)
    for column in rows[0] if rows else ():
        cells = {cell for row in rows if (cell := row.get(column, "").strip())}
        if 1 < len(cells) <= _MOST_DAYS:
            days = sorted(takewhile(bool, (_day(cell, convention) for cell in cells)))
            if len(days) == len(cells):
                return words("scope.rows-dated", first=days[0], last=days[-1], column=column)
    return ""


def _day(cell: str, convention: Convention) -> str:
    """Give the date that a cell is, with its year; empty if it is none."""
    found = dates(cell, convention)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(cell)
    return found[0].value if whole and found[0].value[0].isdigit() else ""


def _kind(reading: Reading, words: Words) -> str:
    """Say whether it is text or a table; and of a long one, which nobody reads through, how long it is."""
    rows = sum(passage["kind"] == "row" for passage in reading["passages"])
    told = any(passage["kind"] not in {"row", "heading"} for passage in reading["passages"])
    size = [words.count("scope.rows", rows)] if rows > LONG else []
    return ", ".join([words(f"scope.{('mixed' if told else 'sheet') if rows else 'text'}"), *size])


def _holds(reading: Reading) -> Claim:
    named = dict(list(_named(reading))[:MOST_NAMED])
    told = _readable(named)
    if not told:
        return _begins(reading)
    return claim("; ".join(told), "source", *{id(named[n]): cite(reading, named[n]) for n in told}.values())


def _begins(reading: Reading) -> Claim:
    """Quote the first sentence of a source without headings: a greeting is none."""
    said = ((p, s) for p in reading["passages"] if p["kind"] == "text" for s in sentences(p["text"]))
    first = next(((p, s) for p, s in said if s.endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}"))), None)
    if first is None:
        return claim(reading["title"], "fixed")
    passage, begins = first
    return claim(begins, "source", cite(reading, passage, begins))


def _readable(named: Mapping[str, Passage]) -> list[str]:
    """Keep the names that are no other figures side by side than each where it stands."""
    kept: list[str] = []
    for name in named:
        texts = [named[n]["text"] for n in [*kept, name]]
        if not unsupported_figures("; ".join([*kept, name]), texts, []):
            kept.append(name)
    return kept


def _named(reading: Reading) -> Iterator[tuple[str, Passage]]:
    """Give a source's headings, or, where it has none, the columns of its rows, each with the passage that names it."""
    headings = [(_NUMBER.sub("", p["text"]), p) for p in reading["passages"] if p["kind"] == "heading"]
    if headings:
        yield from headings
        return
    for passage in reading["passages"]:
        if passage["kind"] == "row":
            yield from ((column, passage) for column in passage.get("fields", {}))
            return
