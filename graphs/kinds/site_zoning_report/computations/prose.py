"""Requirements in the sentences of a code: which measure, which bound, how much, and for what.

Read is only what a sentence settles by itself, its lead-in and its headings. A sentence that binds a
measure and still cannot be read is handed back as a doubt, never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from quire.graphs.kinds.site_zoning_report.computations.figures import (
    Part,
    Place,
    bound_of,
    figures_in,
    measure_of,
    parts,
)
from quire.graphs.kinds.site_zoning_report.computations.measures import Bound, Measure, measures_in
from quire.graphs.kinds.site_zoning_report.computations.subjects import (
    is_relief,
    is_relief_title,
    qualifier_after,
    qualifier_before,
    subject_in,
    use_named,
)
from quire.graphs.kinds.site_zoning_report.computations.units import Found, Quantity, quantities
from quire.nodes.sources.sentences import sentences

Alternative: TypeAlias = Literal["", "stricter", "looser"]
"""Whether another requirement may apply instead, and whether the stricter or the looser of the two counts."""

_WHICHEVER = re.compile(
    r"\bwhichever\b[^.;]{0,30}?\b(?P<kind>less|small|low|strict|restrict|great|larg|high|more)\w*", re.IGNORECASE
)
_EXCEPTION = re.compile(r"\b(?:except|unless|provided,?\s+(?:that|however)|however)\b.*$", re.IGNORECASE | re.DOTALL)
_BINDING = re.compile(r"\b(?:shall|must|required|minimum|maximum|not\s+exceed|may\s+not)\b", re.IGNORECASE)
_UNSETTLED = re.compile(
    r"\b(?:determined|established|set|fixed|approved|specified)\s+(?:by|in|on|during|through|at\s+the\s+time)\b"
    r"|\bvar(?:y|ies)\s+by\b|\bas\s+approved\b",
    re.IGNORECASE,
)
_FORMULA = re.compile(
    r"\bplus\b|\bfor\s+each\s+(?:additional\s+)?foot\b|\bmultiplied\b|\d\s*(?:[-\u2013]|to)\s*\d[\d,.]*\s*-?\s*(?:feet|foot|ft|sq|percent|%|stories)",
    re.IGNORECASE,
)
"""``15-25 ft`` (two bounds or two cases?), ``five feet plus the setback``: what no single figure states."""
_OF_LOTS = frozenset(
    {"lot_area", "lot_width", "lot_depth", "frontage", "lot_coverage", "impervious", "far", "density", "open_space"}
)
"""Measures of a whole lot: that accessory buildings are mentioned with them does not make them about these."""
_ROUGHLY = re.compile(
    r"\b(?:approximately|approx\.?|typically|generally|roughly|usually|often|implies)\b", re.IGNORECASE
)
"""Words of a description: a requirement is exact."""
_KIND = re.compile(r"\b(?P<kind>private|common|usable)\s+(?:\w+\s+)?open\s+space", re.IGNORECASE)
_LEAD = re.compile(r"^(?P<lead>[^.:;]{2,90})[.:](?=\s|$)")
_VERB = re.compile(r"\b(?:shall|may|must|is|are|means|has|have|will|can)\b")


@dataclass(frozen=True)
class Stated:
    """A requirement as one sentence states it."""

    measure: Measure
    bound: Bound
    quantity: Quantity
    qualifier: str
    subject: str
    """What it is about where that is not the lot or the main building (``accessory structures``)."""
    quote: str
    note: str = ""
    """An exception or condition of the same sentence, in its words."""
    alternative: Alternative = ""


@dataclass
class Read:
    """What was found in a text; each entry but ``stated`` is a sentence."""

    stated: list[Stated] = field(default_factory=list)
    relief: list[str] = field(default_factory=list)
    """Lets someone depart from a requirement."""
    doubts: list[str] = field(default_factory=list)
    """Regulates a measure and could not be read."""
    other: list[str] = field(default_factory=list)
    """Binds a figure of which the vocabulary knows no measure."""


def lead_of(text: str) -> str:
    """Give the lead-in of a paragraph (``Main buildings``), or nothing."""
    found = _LEAD.match(text)
    lead = found["lead"].strip() if found else ""
    return "" if _VERB.search(lead) or quantities(lead) else lead


def read_prose(text: str, titles: tuple[str, ...] = ()) -> Read:
    """Read the requirements of a paragraph that stands under the titles, outermost first."""
    found = Read()
    place = Place(titles, lead_of(text))
    away = any(is_relief_title(title) for title in (*titles[1:], place.lead))
    for clause in clauses(text):
        if away:
            found.relief += [clause] if quantities(clause) or is_relief(clause) else []
        else:
            _read_clause(clause, place, found)
    return found


def clauses(text: str) -> list[str]:
    """Split a paragraph into sentences, and these at semicolons where figures stand on both sides."""
    found: list[str] = []
    for sentence in sentences(text):
        pieces = re.split(r"(?<=;)\s+", sentence)
        for position, piece in enumerate(pieces):
            if position and not quantities(piece):
                found[-1] = f"{found[-1]} {piece}"
            else:
                found.append(piece)
    return found


def _read_clause(sentence: str, place: Place, found: Read) -> None:
    figures = figures_in(sentence)
    named = measures_in(f"{place.lead}. {sentence}")
    binding = _BINDING.search(f"{place.lead}. {sentence}")
    about = subject_in(f"{place.lead}. {sentence}", place.titles) or use_named(place.lead, place.titles)
    if not figures:
        if named and is_relief(sentence):
            found.relief.append(sentence)
        elif named and binding and not about and _UNSETTLED.search(sentence):
            found.doubts.append(sentence)
        return
    if named and not about and _FORMULA.search(sentence):
        found.doubts.append(sentence)
        return
    if _ROUGHLY.search(sentence):
        return
    if is_relief(sentence[: figures[0].end]):
        found.relief.append(sentence)
        return
    stated = list(_stated(sentence, figures, place))
    found.stated += _with_alternatives(sentence, stated)
    if not stated and binding and not about:
        (found.doubts if named else found.other).append(sentence)


def _stated(sentence: str, figures: list[Found], place: Place) -> Iterator[Stated]:
    previous: Stated | None = None
    for figure, part in parts(sentence, figures):
        away = figure is not figures[0] and is_relief(part.before)
        measure = None if away else measure_of(figure.quantity, part, place, previous.measure if previous else None)
        if measure is None:
            continue
        last = figure is figures[-1]
        qualifier = qualifier_after(part.after, more_follows=not last) or qualifier_before(part.before)
        previous = Stated(
            measure=measure,
            bound=bound_of(part, place, previous.bound if previous else None) or measure.bound,
            quantity=figure.quantity,
            qualifier=_kind_of(measure, part, place.lead) + ("" if measure.spelling.search(qualifier) else qualifier),
            subject=previous.subject if previous else _subject_of(part.before, measure, place),
            quote=sentence,
            note=_note(sentence, figure.end),
        )
        yield previous


def _kind_of(measure: Measure, part: Part, lead: str) -> str:
    """Tell private from common open space."""
    spelled = _KIND.search(f"{lead} {part.before} {part.after}") if measure.key == "open_space" else None
    return f"{spelled['kind'].lower()} " if spelled else ""


def _subject_of(before: str, measure: Measure, place: Place) -> str:
    words = "" if measure.key in _OF_LOTS else f"{place.lead}. {before}"
    return subject_in(words, place.titles) or use_named(place.lead, place.titles)


def _note(sentence: str, end: int) -> str:
    found = _EXCEPTION.search(sentence, end)
    return found[0].strip() if found else ""


def _with_alternatives(sentence: str, stated: list[Stated]) -> list[Stated]:
    """Join ``50 feet or 30% of depth, whichever is less`` into the first requirement, marked as having another."""
    whichever = _WHICHEVER.search(sentence)
    if whichever is None:
        return stated
    kept: list[Stated] = []
    for one in stated:
        same = [n for n, other in enumerate(kept) if other.measure.key == one.measure.key]
        if same:
            kept[same[0]] = replace(kept[same[0]], alternative=weigh(whichever["kind"], one.bound), note=sentence)
        else:
            kept.append(one)
    return kept


def weigh(kind: str, bound: Bound) -> Alternative:
    """Say whether ``whichever is less`` (or greater, or more restrictive) makes the stricter of two bounds count."""
    kind = kind.lower()
    if kind.startswith(("strict", "restrict", "more")):
        return "stricter"
    lesser = kind.startswith(("less", "small", "low"))
    return "stricter" if lesser == (bound == "maximum") else "looser"
