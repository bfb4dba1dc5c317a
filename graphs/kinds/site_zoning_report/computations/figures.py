"""A figure in a sentence: which measure it belongs to, and whether it is a minimum or a maximum."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from quire.graphs.kinds.site_zoning_report.computations.bounds import bound_named, bounds_in
from quire.graphs.kinds.site_zoning_report.computations.measures import BY_KEY, SETBACK, Bound, Measure, measures_in
from quire.graphs.kinds.site_zoning_report.computations.units import Found, Quantity, quantities

_BARE_RATIO = re.compile(
    r"(?:floor[\s-]+area[\s-]+ratio|\bF\.?A\.?R\.?)(?!\w)[^.;\d]{0,60}?(?P<number>\d*\.?\d+)"
    r"(?![\d%]|\s*(?:percent|feet|foot|ft|sq|FAR))",
    re.IGNORECASE,
)
_DESCRIPTOR = re.compile(
    r"^\s*-?\s*(?:(?:single|two|one|multi)[\s-]family\s+)?(?:building|structure|house|dwelling|home)s?\b", re.IGNORECASE
)
_TOTAL = re.compile(r"\b(?:total|combined|sum|aggregate|both)\b", re.IGNORECASE)
_ANY_LINE = re.compile(
    r"^\s*(?:away\s+)?from\s+(?:(?:each|any|all|every|an?|the|other)\s+)*(?:adjoining\s+)?(?:lot|property)\s+lines?\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:exclusive\s+of|excluding|in\s+addition\s+to|other\s+than)\s[^,;]*", re.IGNORECASE)
_COVER = re.compile(r"\b(?:cover|occup)\w*\b", re.IGNORECASE)
_OF_LOT = re.compile(r"^\s*of\s+(?:(?:the|an?|any|each|its)\s+)?(?:total\s+)?(?:lot|site|parcel)\b", re.IGNORECASE)
_FROM_LINE = re.compile(r"^\s*(?:away\s+)?from\s", re.IGNORECASE)
_OTHER_TOPIC = re.compile(r"\b(?:area|yards?|setbacks?|heights?|coverage|density|width|bulk)\b", re.IGNORECASE)
_PER_UNIT = (("lot_area_per_unit", r"\b(?:lot|land|site)\b"), ("unit_area", r"\bfloor|living|dwelling|apartment"))
_REACH_AFTER = 45
"""Characters behind a figure in which its measure is still named (``35 feet in height``)."""


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: the titles above it, outermost first, and its paragraph's lead-in."""

    titles: tuple[str, ...]
    lead: str


@dataclass(frozen=True)
class Part:
    """A figure in its sentence, with the words between it and the figures around it."""

    before: str
    figure: str
    after: str


def figures_in(sentence: str) -> list[Found]:
    """Find the figures of a sentence that may be requirements, bare floor area ratios among them."""
    found = [f for f in quantities(sentence) if not _is_descriptor(f, sentence)]
    for match in _BARE_RATIO.finditer(sentence):
        start, end = match.span("number")
        if all(end <= f.start or start >= f.end for f in found):
            found.append(Found(Quantity(Decimal(match["number"]), "ratio"), start, end))
    return sorted(found, key=lambda f: f.start)


def _is_descriptor(figure: Found, sentence: str) -> bool:
    """Tell ``a 2-story building`` and ``one dwelling unit`` from requirements of stories and units."""
    if figure.quantity.unit == "stories":
        return bool(_DESCRIPTOR.match(sentence[figure.end :]))
    return figure.quantity.unit in {"units", "spaces"}


def parts(sentence: str, figures: list[Found]) -> Iterator[tuple[Found, Part]]:
    """Give each figure with the words around it, up to the figures beside it."""
    ends = [0, *(f.end for f in figures)]
    starts = [*(f.start for f in figures[1:]), len(sentence)]
    for figure, left, right in zip(figures, ends, starts, strict=False):
        words = Part(sentence[left : figure.start], sentence[figure.start : figure.end], sentence[figure.end : right])
        yield figure, words


def _fits(quantity: Quantity, measure: Measure) -> bool:
    return quantity.unit in measure.units


def measure_of(quantity: Quantity, part: Part, place: Place, previous: Measure | None) -> Measure | None:
    """Find the measure of a figure: in its own words, else as the figure before it, else from the titles above."""
    if quantity.unit in {"stories", "units/acre", "ratio", "sq ft/unit"}:
        return _by_unit(quantity, f"{place.lead} {part.before} {part.figure} {part.after}")
    if _ANY_LINE.match(part.after) and quantity.unit in SETBACK.units:
        return SETBACK
    if quantity.unit == "%" and _COVER.search(part.before) and _OF_LOT.match(part.after):
        return BY_KEY["lot_coverage"]
    in_front = [m for m, _, _ in measures_in(_ASIDE.sub(" ", part.before)) if _fits(quantity, m)][-1:]
    behind = [m for m, start, _ in measures_in(part.after) if _fits(quantity, m) and start <= _REACH_AFTER][:1]
    near = behind + in_front if _FROM_LINE.match(part.after) else in_front + behind
    before = [previous] if previous and _fits(quantity, previous) else []
    measure = next(iter(near + before), None) or _titled(quantity, place)
    if measure and measure.key == "side_setback" and _TOTAL.search(part.before + re.split("[,;]", part.after)[0]):
        return BY_KEY["side_setback_total"]
    return measure


def _by_unit(quantity: Quantity, words: str) -> Measure | None:
    match quantity.unit:
        case "stories":
            return BY_KEY["stories"]
        case "units/acre":
            return BY_KEY["density"]
        case "sq ft/unit" if BY_KEY["density"].spelling.search(words):
            return BY_KEY["density"]
        case "sq ft/unit":
            return next((BY_KEY[key] for key, pattern in _PER_UNIT if re.search(pattern, words, re.IGNORECASE)), None)
    named = [m for m, _, _ in measures_in(words) if _fits(quantity, m)]
    return named[0] if named else None


def _titled(quantity: Quantity, place: Place) -> Measure | None:
    """Take the measure from the lead-in, else from the innermost title that names one measure and no other topic."""
    for title in (place.lead, *reversed(place.titles)):
        named = measures_in(title)
        fitting = {m.key: m for m, _, _ in named if _fits(quantity, m)}
        rest = title
        for _, start, end in reversed(named):
            rest = rest[:start] + rest[end:]
        if len(fitting) == 1 and len({m.key for m, _, _ in named}) == 1 and not _OTHER_TOPIC.search(rest):
            return next(iter(fitting.values()))
        if named:
            return None
    return None


def bound_of(part: Part, place: Place, previous: Bound | None) -> Bound | None:
    """Find the bound the same way; nothing if neither words nor titles state one."""
    in_front, behind = bounds_in(part.before), bounds_in(part.after)
    if in_front:
        return in_front[-1][0]
    if behind:
        return behind[0][0]
    titled = (bound_named(title) for title in (place.lead, *reversed(place.titles)))
    return previous or next((bound for bound in titled if bound), None)
