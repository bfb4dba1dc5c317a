"""Whether what answers a requirement complies with it: as stated before, or by figures, or open. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final, Literal, NamedTuple, TypeAlias

from quire.graphs.kinds.rfp_response.computations.offers import Match, told
from quire.nodes.differences.measured import Measured, measured_in
from quire.nodes.evidence.figures.conventions import ENGLISH

Status: TypeAlias = Literal["Complies", "Partly", "Does not comply", "Open"]
WHOLE: Final = 0.85
"""Share of a requirement that a statement has to say, from which on it stands for it where no figure decides."""
_STATED: Final[tuple[tuple[Status, str], ...]] = (
    ("Does not comply", r"\b(?:no|not|non-?compliant|does not|unmet)\b"),
    ("Partly", r"\b(?:part(?:ly|ial(?:ly)?)?|limited|with (?:limits|restrictions))\b"),
    ("Complies", r"\b(?:yes|full(?:y)?|complies|compliant|met|fulfilled)\b"),
)
_DENIES: Final = re.compile(r"\b(?:not|no|never|without|neither|nor|planned|cannot)\b", re.IGNORECASE)
_AT_LEAST: Final = re.compile(r"(?:at least|no less than|minimum(?: of)?|not less than|reach)\W*$", re.IGNORECASE)
_AT_MOST: Final = re.compile(r"(?:at most|within|no more than|maximum(?: of)?|not more than|up to)\W*$", re.IGNORECASE)
_NAMED: Final = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]+\b|\b\d{4,}\b")
"""Words that name something by digits: a format, a standard."""


_WORD: Final = re.compile(r"\w+(?:[/-]\w+)*")
_YEAR: Final = re.compile(r"1[5-9]\d\d|20\d\d")


class Judgement(NamedTuple):
    """Whether it complies, and why."""

    status: Status
    why: str


def judged(match: Match) -> Judgement:
    """Judge what was found for a requirement; what cannot be told is open."""
    offer = match.offer
    if offer is None:
        return Judgement("Open", "no source speaks of it")
    if offer.status != "current":
        return Judgement("Open", f"only a source that is {offer.status} speaks of it ({offer.date or 'undated'})")
    by_figures = _by_figures(match.requirement.text, offer.text)
    if offer.compliance:
        return _as_answered(match, _stated(offer.compliance), by_figures)
    return by_figures or _as_said(match)


def _as_answered(match: Match, stated: Status, by_figures: Judgement | None) -> Judgement:
    """Take what was answered before; figures may take a yes away, and give none where it was another question."""
    offer, figures = match.offer, _figures(match.requirement.text)
    same_question = not figures or (offer is not None and figures == _figures(offer.asked))
    if by_figures is not None and (by_figures.status != "Complies" or stated == "Complies"):
        return by_figures
    if stated == "Complies" and not same_question:
        return Judgement("Open", "it was answered for another figure")
    return Judgement(stated, "an earlier answer says so")


def _as_said(match: Match) -> Judgement:
    """Judge a statement that no figure decides: it must say all that is required, and deny nothing."""
    said, stems = (match.offer.text, match.offer.stems) if match.offer else ("", frozenset())
    text = match.requirement.text
    if _DENIES.search(said) and not _DENIES.search(text):
        return Judgement("Does not comply", "the statement denies it")
    lacking = _names(text) - _names(said)
    if match.shared >= WHOLE and not lacking:
        return Judgement("Complies", "a statement says all of it")
    words = [found[0] for found in _WORD.finditer(text)]
    unsaid = [word if (word.casefold() in lacking if lacking else not told(word) <= stems) else "" for word in words]
    return Judgement("Open", f"nothing is said of {', '.join(_phrases(unsaid))}")


def _phrases(words: Sequence[str]) -> list[str]:
    """Put together what stands side by side, each phrase once; an empty word parts two."""
    phrases = [" ".join(run) for said, run in groupby(words, bool) if said]
    return list(dict.fromkeys(phrases))


def _stated(words: str) -> Status:
    return next((name for name, pattern in _STATED if re.search(pattern, words, re.IGNORECASE)), "Open")


def _by_figures(required: str, offered: str) -> Judgement | None:
    """Hold the one figure that a requirement bounds against the one that is offered in its unit."""
    for asked, sign in _bounds(required):
        same = [one for one in _measured(offered) if _unit(one) == _unit(asked)]
        if len(same) == 1:
            (has,) = same
            meets = has.value >= asked.value if sign == "\N{GREATER-THAN OR EQUAL TO}" else has.value <= asked.value
            how = f"{has.figure.text} {sign if meets else _NOT[sign]} {asked.figure.text}"
            return Judgement("Complies" if meets else "Does not comply", how)
    return None


_NOT: Final = {"\N{GREATER-THAN OR EQUAL TO}": "<", "\N{LESS-THAN OR EQUAL TO}": ">"}


def _bounds(required: str) -> list[tuple[Measured, str]]:
    found = []
    for one in _measured(required):
        before = required[: one.figure.span[0]]
        if _AT_LEAST.search(before):
            found.append((one, "\N{GREATER-THAN OR EQUAL TO}"))
        elif _AT_MOST.search(before):
            found.append((one, "\N{LESS-THAN OR EQUAL TO}"))
    return found


def _measured(text: str) -> list[Measured]:
    """Give the figures of a text; a bare number that could be a year is none."""
    return [one for one in measured_in(text, ENGLISH, "en") if one.unit[0] or not _YEAR.fullmatch(one.figure.text)]


def _unit(one: Measured) -> tuple[str, ...]:
    """Give the unit, or the first word that is counted."""
    return one.unit[:1] if one.unit[0] else one.unit[:2]


def _figures(text: str) -> set[Decimal]:
    return {one.value for one in _measured(text)}


def _names(text: str) -> set[str]:
    return {found.casefold() for found in _NAMED.findall(text)}
