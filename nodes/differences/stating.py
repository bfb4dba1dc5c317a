"""Which quantities a source states: in sentences, behind labels, in rows of tables. Pure.

Only what can be told with some certainty: a sentence with one value, a value behind its label, a cell with its titles.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from quire.nodes.differences.measured import Measured, measured_in
from quire.nodes.differences.periods import timed
from quire.nodes.differences.statement import Statement
from quire.nodes.differences.tabled import Cells, cells_of
from quire.nodes.evidence.figures.comparators import LANGUAGES, Comparator, comparator_of, titled
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.language.catalogue import ENGLISH
from quire.nodes.search.stemming import terms
from quire.nodes.sources.addressed import addresses_model
from quire.nodes.sources.passage import Passage, Reading, address_of, convention_of
from quire.nodes.sources.sentences import sentences
from quire.nodes.survey.heads import heading_in, plain

MOST_ROWS = 300
"""Rows of one source from which on they are data and no statements."""
_LONGEST = 60
"""Words of a sentence from which on nobody can tell by code what its figure is of."""
_BRACKETS = re.compile(r"\([^()]*\)")
_LABELLED = re.compile(r"^.{2,80}(?:[:=])\s*(?=[^\w\s]{0,3}\d|[^\w\s]?[A-Z]{3}\s\d)|^[^:.;?!]{2,80}:\s+")
"""A label, up to the sign behind which its value stands."""
_BREAK = re.compile(r"[,;:.](?=\s|$)|\s[-\u2013\u2014]\s")
_NUMBERS = re.compile(r"\d[\d.,]*")
_SAYS_NOTHING: Final = (
    "a an the of in at on by for to from with and or is are was were be been has have had it its this that these those "
    "which as per than there came come comes amounts amounted amount stands stood totals totalled reached reaches "
    "equals about around approximately approx roughly nearly almost some circa ca over currently now value figure "
    "overall der die das den dem des ein eine einer eines im am an auf bei für von vom zu zum zur mit und oder ist "
    "sind war waren wurde wird werden hat haben es sich als beträgt betrug betragen liegt lag rund etwa ungefähr knapp "
    "wert derzeit"
)
_NOISE: Final = frozenset(_SAYS_NOTHING.split())
"""Words that do not say what is measured."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LED = re.compile(
    r"(?:[:=]|\b(?:is|are|was|were|be|been|reached|totals?|totalled|stands? at|stood at|to|ist|sind|war|waren|beträgt"
    r"|betrug|liegt bei|lag bei))\s*(?:about|around|roughly|some|rund|etwa)?\s*$",
    re.IGNORECASE,
)
"""What leads to a value: without it, a number that counts nothing is none."""
_NAME_BEFORE = re.compile(r"[A-ZÄÖÜ][\w-]*\s$")
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}[.)]|[-*\u2022])\s+")


class _Place(NamedTuple):
    reading: Reading
    passage: Passage
    convention: Convention
    titles: frozenset[str]


def statements_in(reading: Reading) -> list[Statement]:
    """Give the quantities that a source states, each once; one that it states in two ways is left out."""
    rows = sum(passage["kind"] == "row" for passage in reading["passages"])
    told = [
        statement
        for passage in reading["passages"]
        if passage["kind"] in {"text", "field", "row"} and (passage["kind"] != "row" or rows <= MOST_ROWS)
        for statement in _of(passage, reading)
    ]
    return _unequivocal(told)


def _of(passage: Passage, reading: Reading) -> Iterator[Statement]:
    convention = convention_of(reading)
    titles = [*passage["headings"], *(_own_title(reading) if not passage["headings"] else ())]
    place = _Place(reading, passage, convention, _stems(" ".join(timed(t).rest for t in titles), convention))
    fields = passage.get("fields", {})
    if passage["kind"] == "row" and len(fields) > 1:
        for cells in cells_of(fields, convention):
            yield from _in_row(cells, place)
        return
    if heading_in(passage):
        return
    label = next(iter(fields), "")
    for sentence in sentences(passage["text"]):
        if len(sentence.split()) <= _LONGEST and not addresses_model(sentence):
            yield from _in_sentence(sentence, place, label)


def _own_title(reading: Reading) -> Sequence[str]:
    """Give the title of a source, unless that is only its file's name."""
    stem = reading["source"].rpartition("/")[2].rpartition(".")[0]
    return () if reading["title"] in {stem, reading["source"]} else (reading["title"],)


def _in_sentence(sentence: str, place: _Place, label: str) -> Iterator[Statement]:
    """Read the part of a sentence that states one value: behind a label, or alone up to the next comma or dash."""
    said = plain(_NUMBERING.sub("", sentence))
    blank = _BRACKETS.sub(lambda found: " " * len(found[0]), said)
    found = _counting(measured_in(blank, place.convention, place.convention.language), blank)
    labelled = _LABELLED.match(blank)
    begin = labelled.end() if labelled else 0
    behind = [one for one in found if one.figure.span[0] >= begin]
    if not behind:
        return
    first = behind[0]
    if first.unit == ("",) and not (label or _LED.search(blank[: first.figure.span[0]])):
        return
    end = _BREAK.search(blank, first.end)
    stop = end.start() if end else len(blank)
    if any(one.figure.span[0] < stop for one in behind[1:]) and not (labelled or label):
        return
    rest = "".join(_NUMBERS.sub(" ", blank[first.end : stop]))
    before = f"{label} {blank[: first.figure.span[0]]}"
    if made := _statement(f"{before} {rest}", first, place, sentence, said, before):
        yield made


def _in_row(cells: Cells, place: _Place) -> Iterator[Statement]:
    found = measured_in(cells.value, place.convention, place.convention.language)
    if len(found) == 1 and (
        made := _statement(cells.words, found[0], place, place.passage["text"], cells.value, cells.name)
    ):
        yield made._replace(date=cells.date, status=cells.status)


def _statement(words: str, told: Measured, place: _Place, quote: str, text: str, name: str) -> Statement | None:
    rest, periods = timed(words)
    core = _stems(rest, place.convention)
    if not core and place.passage["headings"] and told.figure.unit:
        core = _stems(place.passage["headings"][-1], place.convention)
    if not core:
        return None
    start, _ = told.figure.span
    return Statement(
        source=place.reading["source"],
        address=address_of(place.passage, quote),
        quote=quote,
        name=_name(name) or next(reversed(place.passage["headings"]), "") or _name(words),
        core=core,
        above=place.titles,
        period=periods or _period_above(place),
        unit=told.unit,
        value=told.value,
        exponent=told.exponent,
        bound=_bound(text, told, f"{name} {next(reversed(place.passage['headings']), '')}", place.convention),
        text=" ".join(text[start : told.end].split()).rstrip(".,;"),
        rounded=told.rounded,
    )


def _bound(text: str, told: Measured, titles: str, convention: Convention) -> Comparator:
    """Tell whether a value is one that something has to keep to, by the words around it and the titles above it."""
    language = convention.language if convention.language in LANGUAGES else ENGLISH
    return comparator_of(text, told.figure.span, language)[0] or titled(titles, language)


def _name(said: str) -> str:
    """Give what is said to be measured, without times, and without what leads over to its value."""
    words = timed(said).rest.split()
    while words and words[-1].strip(",:;=-").casefold() in {*_NOISE, ""}:
        words.pop()
    return " ".join(words).strip(" ,;:=-")


def _period_above(place: _Place) -> tuple[str, ...]:
    """Give the time that the nearest title names, short of the title of the whole: it says when that was written."""
    for title in reversed(place.passage["headings"][1:]):
        if periods := timed(title).periods:
            return periods
    return ()


def _counting(found: Sequence[Measured], text: str) -> list[Measured]:
    """Leave out bare numbers that are times or parts of a name: ``in 2024``, ``Ward 7``."""
    left = timed(text).rest
    return [
        one
        for one in found
        if one.figure.unit
        or (
            not _YEAR.fullmatch(one.figure.text)
            and left[slice(*one.figure.span)].strip()
            and not _NAME_BEFORE.search(text[: one.figure.span[0]])
        )
    ]


def _stems(text: str, convention: Convention) -> frozenset[str]:
    return frozenset(terms(text, convention.language, _NOISE))


def _unequivocal(told: Sequence[Statement]) -> list[Statement]:
    """Keep what is stated with one value only: what has two is of something that the words do not tell apart."""
    first: dict[tuple[object, ...], Statement] = {}
    twofold = set()
    for one in told:
        key = (one.words, one.period, one.unit)
        if first.setdefault(key, one).value != one.value:
            twofold.add(key)
    return [one for key, one in first.items() if key not in twofold]
