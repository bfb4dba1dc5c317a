"""The figures and codes that a claim brings in: they stand in nothing that it names, and follow from nothing there."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from quire.nodes.evidence.content import Claim
from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.disguises import numerals_unread
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.support.amounts import minutes_of
from quire.nodes.support.carried import counted_in_words, counts_what_is_named
from quire.nodes.support.clock import hours_in
from quire.nodes.support.derived import in_points
from quire.nodes.support.fractions import founded_parts, halves_by_median
from quire.nodes.support.grounding import GivenWords, as_given, unsupported_figures
from quire.nodes.support.naming import dated_by_source, is_in_a_name
from quire.nodes.support.numbers import counts_of, is_few, is_worked_out, may_count_what_is_listed
from quire.nodes.support.reckoning import reached
from quire.nodes.support.segments import Segment
from quire.nodes.support.tallies import Table
from quire.nodes.support.tokens import tokens_of

_CODE = re.compile(r"\w+(?:-\w+)+")
"""``VLX-500``; where a part of it stands nowhere, the whole is named."""
_NAMED = re.compile(r"\b(\d\w*) ([^\W\d_])\w* ([^\W\d_])\w*")
"""A number and two words, which begin with capitals where they are a name."""


_BY_HALVES = re.compile(
    r"\b(?:first|second|latter|other|last|erste[nr]?|zweite[nr]?|letzte[nr]?)\s+(?:half|hälfte)\b", re.IGNORECASE
)
"""A half of the calendar or of a list is told by where it lies; it is no share."""
_FILE = re.compile(r"[\w./-]*\w\.[a-z]{2,5}\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""The year that a file is named by."""


class WrittenFrom(NamedTuple):
    """What a claim may rest its figures on."""

    known: Sequence[GivenWords]
    segments: Sequence[Segment]
    """The same, sentence by sentence and row by row."""
    convention: Convention
    """How the claim writes numbers and dates."""
    names: str
    """What names its evidence."""
    premises: int
    """How many claims it is drawn from."""
    about: str = ""
    """What its document and section are about."""
    tables: Callable[[], Sequence[Table]] = tuple
    """Gives the rows that it names, and their tables."""
    named_things: str = ""
    """Words in which a number may be part of a name: those of all sources that the claim's author may use."""


class BroughtIn(NamedTuple):
    """What a claim says that stands nowhere in what it names."""

    refused: list[str]
    """Figures that nothing there comes to, and codes that do not name it either."""
    to_look_at: list[str]
    """How others are come to: whoever reads the claim looks whether that is what it means."""


def invented(made: Claim, given: WrittenFrom) -> BroughtIn:
    """Find the figures that stand in nothing that is known, those that it comes to, and codes that do not name it."""
    text, convention = made["text"], given.convention
    said = " ".join(as_given(one, convention).text for one in given.known).casefold()
    named = set(re.findall(r"\w+", given.names.casefold()))
    parts = [
        *founded_parts(text, given.segments, convention.language),
        *halves_by_median(text, said, convention.language),
    ]
    codes = _CODE.findall(text)
    in_codes = {word for code in codes for word in code.split("-")}
    unread = [
        word
        for word in numerals_unread(_without_hours(_BY_HALVES.sub("", text), given), convention)
        if word.casefold() not in said
        and not (word in in_codes and word.casefold() in named)
        and not _numbers_a_name(word, text, given.about)
        and not any(word.casefold() in part.text.casefold() for part in parts)
    ]
    whole = [next((code for code in codes if word in code.split("-")), word) for word in unread]
    counts = counted_in_words(text, max((len(made["evidence"]) + given.premises, *counts_of(text, ()))))
    worked_out = set(_worked_out(text, given))
    years = {year for name in _FILE.findall(said) for year in _YEAR.findall(name)}
    figures = [
        figure
        for figure in unsupported_figures(text, given.known, [], convention)
        if figure.span[0] not in worked_out
        and not any(part.start <= figure.span[0] < part.end for part in parts)
        and not counts_what_is_named(figure, counts, said)
        and not dated_by_source(figure, made["evidence"], convention)
        and figure.text not in years
        and not is_in_a_name(figure, text, given.named_things)
    ]
    come_to = _come_to(figures, made, given)
    left = [figure.text.rstrip(".") for figure in figures if figure.span[0] not in come_to]
    return BroughtIn(list(dict.fromkeys([*whole, *left])), list(dict.fromkeys(come_to.values())))


def _come_to(figures: Sequence[Figure], made: Claim, given: WrittenFrom) -> dict[int, str]:
    """Say how figures are come to, by where they begin; a small one may count what is listed."""
    if not figures:
        return {}
    text, tokens = made["text"], tokens_of(made["text"], given.convention)
    asked = [token for token in tokens if token.start in {figure.span[0] for figure in figures}]
    found = {
        one.token.start: one.how
        for one in reached(tokens, asked, text, given.segments, given.tables(), given.convention)
    }
    counted = [
        token
        for token in asked
        if token.start not in found and may_count_what_is_listed(token, tokens, given.segments, text, made["evidence"])
    ]
    return found | {token.start: f"“{token.text}” may count what is listed there: count it" for token in counted}


def _numbers_a_name(word: str, text: str, about: str) -> bool:
    """Whether a number stands before a name as in the title of what is written: ``41 Mill Lane``."""
    named = (found[0] for found in _NAMED.finditer(text) if found[1] == word and (found[2] + found[3]).isupper())
    return any(name in about for name in named)


def _without_hours(text: str, given: WrittenFrom) -> str:
    """Give a text without the times of day in words that stand in what is known."""
    minutes = set(minutes_of(given.segments))
    for hour in sorted(hours_in(text), reverse=True):
        if hour.minutes & minutes:
            text = f"{text[: hour.start]} {text[hour.end :]}"
    return text


def _worked_out(text: str, given: WrittenFrom) -> Iterator[int]:
    """Give where figures begin that follow from those of the evidence: a reader decides whether they do.

    A small bare number follows from nearly any two others, so that it would tell nothing.
    """
    tokens = tokens_of(text, given.convention)
    minutes = set(minutes_of(given.segments))
    told = [hour for hour in hours_in(text) if hour.minutes & minutes]
    for token in tokens:
        if any(hour.start <= token.start < hour.end for hour in told):
            yield token.start
        telling = token.figure is not None and (in_points(token, text) or not is_few(token))
        if telling and is_worked_out(token, tokens, given.segments, text):
            yield token.start
