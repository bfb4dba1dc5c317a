"""The figures that sources state: their tables, counted where they are long, and every sentence with an amount or date.

What is shown is what is nearest to the question, whichever file it stands in; what is not shown is counted, and said
where it stands.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from quire.graphs.kinds.general_report.computations.question import asked, asked_of, nearest_first, texts_of
from quire.graphs.kinds.general_report.computations.sheets import Sheet, sheets_of
from quire.graphs.kinds.general_report.computations.sound import sound
from quire.graphs.kinds.general_report.computations.stated import Stated, stated_in
from quire.graphs.kinds.general_report.computations.tallies import rows_of, tallies, values_of
from quire.nodes.computations.blocks import note, section, table
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Block, Claim, SectionContent, claim
from quire.nodes.language.catalogue import Words
from quire.nodes.sources.passage import Passage

MOST_SHEETS = 8
"""Tables of sources that are shown."""
MOST_STATED = 40
"""Sentences that are shown for their figures."""
_MOST_PLACES = 8
"""Places that are named where more stands."""


def compute(materials: Materials) -> SectionContent:
    """Show the tables of the sources, then what their sentences state."""
    words = materials.words
    passages = [p for reading in materials.readings for p in reading["passages"] if p["kind"] in {"row", "text"}]
    order = {_place(p): n for n, p in enumerate(nearest_first(passages, asked(materials)))}
    wanted, texts = asked_of(materials), texts_of(materials)
    sheets: list[Sheet] = []
    stated: list[Stated] = []
    open_places: list[str] = []
    for reading in materials.readings:
        sheets += sheets_of(reading, order)
        sentences = list(stated_in(reading))
        stated += [s for s in sentences if not s.is_open]
        open_places += [reading["source"]] * sum(s.is_open for s in sentences)
    open_places += [sheet.reading["source"] for sheet in sheets for _ in range(sheet.left_open)]
    sheets = [sheet for sheet in sheets if sheet.rows]
    if not sheets and not stated:
        return section([note(claim(words("figures.none"), "open")), *_placeholders(open_places, words)])
    sheets.sort(key=lambda sheet: sheet.rank)
    stated.sort(key=lambda s: order[_place(s.passage)])
    shown = sheets[:MOST_SHEETS]
    blocks = [
        *(block for sheet in shown for block in [*tallies(sheet, words, wanted, texts), *rows_of(sheet, words)]),
        *_further_sheets(sheets, words),
        *_sentences(stated, words),
        *_placeholders(open_places, words),
    ]
    values = {name: value for sheet in shown for name, value in values_of(sheet, words, wanted)}
    return sound(section(blocks, values), materials)


def _place(passage: Passage) -> tuple[str, str]:
    return passage["source"], passage["address"]


def _further_sheets(sheets: Sequence[Sheet], words: Words) -> Iterator[Block]:
    rest = sheets[MOST_SHEETS:]
    if rest:
        named = [f"{sheet.caption} ({words.count('scope.rows', len(sheet.rows))})" for sheet in rest]
        where = _few(named, words)
        yield note(claim(words("figures.shown-tables", n=MOST_SHEETS, total=len(sheets), where=where), "fixed"))


def _sentences(stated: Sequence[Stated], words: Words) -> Iterator[Block]:
    if not stated:
        return
    kept, rest = stated[:MOST_STATED], stated[MOST_STATED:]
    with_period = any(s.period for s in kept)
    titles = [words(f"figures.{c}") for c in ("figure", "as-stated", "of-what", *(["period"] if with_period else []))]
    yield table(words("figures.stated"), titles, (_row(s, with_period=with_period) for s in kept))
    if rest:
        counted = Counter(s.reading["source"] for s in rest)
        where = _few([f"{source} ({n})" for source, n in counted.items()], words)
        yield note(claim(words("figures.shown-sentences", n=len(kept), total=len(stated), where=where), "fixed"))


def _row(stated: Stated, *, with_period: bool) -> list[Claim]:
    said = [claim(text, "source", stated.evidence) for text in ("; ".join(stated.figures), stated.sentence)]
    where = [stated.whose, stated.period] if with_period else [stated.whose]
    return [*said, *(claim(text, "fixed") for text in where)]


def _placeholders(places: Sequence[str], words: Words) -> Iterator[Block]:
    if places:
        where = _few([f"{source} ({n})" for source, n in Counter(places).items()], words)
        yield note(claim(words.count("figures.placeholders", len(places), where=where), "fixed"))


def _few(named: Sequence[str], words: Words) -> str:
    """Name some, and count the others."""
    rest = len(named) - _MOST_PLACES
    more = [words.count("figures.and-more-sources", rest)] if rest > 0 else []
    return "; ".join([*named[:_MOST_PLACES], *more])
