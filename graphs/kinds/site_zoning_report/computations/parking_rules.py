"""Rules of a parking chapter: rounding, adding up, reductions, exemptions, what counts as floor area."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from quire.graphs.kinds.site_zoning_report.computations.matching import TOUCHED, fit
from quire.graphs.kinds.site_zoning_report.computations.names import Names
from quire.graphs.kinds.site_zoning_report.computations.numerals import NUMBER, number
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.site_uses import SiteUse
from quire.graphs.kinds.site_zoning_report.computations.units import quantities
from quire.nodes.sources.sentences import sentences

Way: TypeAlias = Literal["up", "nearest", "down"]

_PARKING = re.compile(r"\b(?:parking|spaces?|stalls?|loading)\b", re.IGNORECASE)
_FRACTION = re.compile(r"\bfraction\w*|\brounded?\b", re.IGNORECASE)
_HALF = re.compile(
    r"\bone-?\s?half\s+or\s+(?:more|greater|over)|\bnearest\b|\b(?:0?\.5|½)\s+or\s+(?:more|greater)", re.IGNORECASE
)
_DOWN = re.compile(r"\b(?:disregarded|rounded\s+down|dropped|ignored)\b", re.IGNORECASE)
_UP = re.compile(
    r"\b(?:one\s+additional|rounded\s+up|next\s+(?:highest|higher|whole|full)|considered\s+(?:as\s+)?(?:one|a\s+full)|require\s+one|counted?\s+as\s+one|one\s+(?:\(1\)\s+)?(?:parking\s+)?space)\b",
    re.IGNORECASE,
)
_SUM = re.compile(r"\bsum\s+of\b|\btotal\b.*\bof\s+the\s+(?:various|several)\b", re.IGNORECASE)
_USES = re.compile(r"\b(?:two|several|more|mixed|different)\b.*\buses\b|\buses\b", re.IGNORECASE)
_REDUCED = re.compile(
    rf"\b(?:is|are|shall\s+be)\s+reduced\s+by\s+(?P<number>{NUMBER})\s*(?:percent|per\s+cent|%)", re.IGNORECASE
)
_USE_COUNT = re.compile(rf"\b(?P<number>{NUMBER})\s+or\s+more\s+(?:different\s+)?uses\b", re.IGNORECASE)
_SHARED = re.compile(
    r"\b(?:Commission|Board|Council|Administrator|Director|authority)\s+may\b.*\b(?:accept|modify|permit|allow|shared?|reduce|waive)\w*",
    re.IGNORECASE,
)
_SPARES = re.compile(
    r"\bshall\s+not\s+(?:be\s+)?requir\w+|\bno\s+(?:additional\s+)?(?:off-street\s+)?parking\s+(?:is|shall\s+be)\s+required\b|\bexempt\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\bchange[ds]?\b.*\buse\b|\buse\b.*\bchanged?\b|\bnew\s+(?:building|use)\b", re.IGNORECASE)
_WHEN = re.compile(r"\bwhen\s+required\b|\brequired\b.*\bwhen\b|\bapplicab", re.IGNORECASE)
_AREA_MEANS = re.compile(r"^\W*(?:gross\s+)?floor\s+area\b.{0,40}\bmeans\b|^\W*floor\s+area\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """A rule and the words that state it."""

    provision: Provision
    quote: str


@dataclass(frozen=True)
class Rounding(Rule):
    """How a fraction of a space counts."""

    way: Way


@dataclass(frozen=True)
class Reduction(Rule):
    """By what share the number of spaces is reduced, and from how many uses on."""

    percent: Decimal
    uses: int


def of_parking(code: Sequence[Provision]) -> list[Provision]:
    """Keep the paragraphs that stand under a title on parking or loading."""
    return [p for p in code if p.passage["kind"] == "text" and any(_PARKING.search(title) for title in p.titles)]


def _stating(parking: Sequence[Provision], *patterns: re.Pattern[str]) -> Iterator[Rule]:
    for provision in parking:
        for sentence in sentences(provision.text):
            if all(pattern.search(sentence) for pattern in patterns):
                yield Rule(provision, sentence)


def rounding(parking: Sequence[Provision]) -> Rounding | None:
    """Find the rule on fractions."""
    for rule in _stating(parking, _FRACTION):
        way: Way | None = "nearest" if _HALF.search(rule.quote) else "down" if _DOWN.search(rule.quote) else None
        way = way or ("up" if _UP.search(rule.quote) else None)
        if way:
            return Rounding(rule.provision, rule.quote, way)
    return None


def rounded(spaces: Decimal, rule: Rounding | None) -> Decimal | None:
    """Round as the code says; nothing if there is a fraction and no rule for it."""
    if spaces == spaces.to_integral_value():
        return spaces.to_integral_value()
    if rule is None:
        return None
    ways = {"up": ROUND_CEILING, "nearest": ROUND_HALF_UP, "down": ROUND_FLOOR}
    return spaces.to_integral_value(rounding=ways[rule.way])


def adding(parking: Sequence[Provision]) -> Rule | None:
    """Find the rule on several uses."""
    return next(_stating(parking, _SUM, _USES), None)


def reductions(parking: Sequence[Provision], names: Names) -> list[Reduction]:
    """Find reductions that apply without anybody's leave, in this district or in all."""
    found: list[Reduction] = []
    for rule in _stating(parking, _REDUCED):
        match, least = _REDUCED.search(rule.quote), _USE_COUNT.search(rule.quote)
        percent = number(match["number"]) if match else None
        uses = number(least["number"]) if least else None
        if percent is not None and not names.others_in_sentence(rule.quote):
            found.append(Reduction(rule.provision, rule.quote, percent, int(uses or 0)))
    return found


def permissions(parking: Sequence[Provision]) -> list[Rule]:
    """Find what an authority may accept in place of spaces."""
    return [rule for rule in _stating(parking, _SHARED) if re.search(r"(?i)\bspaces?|parking", rule.quote)]


def exemptions(parking: Sequence[Provision], names: Names) -> list[Rule]:
    """Find rules that spare this district, by title or by sentence, more parking."""
    return [
        rule
        for rule in _stating(parking, _SPARES)
        if names.in_sentence(rule.quote) or any(names.in_title(title) for title in rule.provision.titles[1:])
    ]


def occasions(parking: Sequence[Provision], names: Names) -> list[Rule]:
    """Find when spaces must be provided: on which changes of building or use."""
    found = [
        p
        for p in parking
        if any(_WHEN.search(title) for title in p.titles) and _CHANGE.search(p.text) and not _for_another(p, names)
    ]
    named = [p for p in found if any(names.in_title(title) for title in p.titles[1:])]
    return [Rule(p, p.text) for p in named or found]


def of_district(own: Sequence[Provision], uses: Sequence[SiteUse]) -> list[Rule]:
    """Find what a district's own chapter says on parking spaces under the name of one of the uses."""
    return [
        Rule(p, p.text)
        for p in own
        if p.passage["kind"] == "text"
        and re.search(r"(?i)\bparking\s+spaces?\b", p.text)
        and any(fit(use.name, title) >= TOUCHED for use in uses for title in p.titles[1:])
    ]


def _for_another(provision: Provision, names: Names) -> bool:
    """Tell a paragraph that stands under the name of another district (``Central Shopping District``)."""
    titles = [t for t in provision.titles[1:] if re.search(r"(?i)\bdistricts?$", t)]
    return bool(titles) and not any(names.in_title(t) or re.search(r"(?i)\b(?:other|all)\b", t) for t in titles)


def area_left_out(parking: Sequence[Provision]) -> tuple[Rule, Decimal] | None:
    """Find the share of floor area that the chapter's own definition lets be left out, at most."""
    for provision in parking:
        if _AREA_MEANS.search(provision.text) and re.search(r"(?i)\bexclu", provision.text):
            shares = [f.quantity.value for f in quantities(provision.text) if f.quantity.unit == "%"]
            if shares:
                return Rule(provision, provision.text), max(shares)
    return None
