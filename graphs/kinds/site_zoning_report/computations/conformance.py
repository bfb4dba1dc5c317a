"""Compares a requirement with what is there. Pure: the status follows from the figures and what is known of them."""

import re
from decimal import Decimal
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.computations.derive import Actual
from quire.graphs.kinds.site_zoning_report.computations.measures import Bound
from quire.graphs.kinds.site_zoning_report.computations.prose import Alternative
from quire.graphs.kinds.site_zoning_report.computations.standard import Standard
from quire.graphs.kinds.site_zoning_report.computations.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.graphs.kinds.site_zoning_report.computations.survey import Site
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, shown

_PERCENT = Decimal(100)
_LINES = re.compile(
    r"\b(?:to|abutting|adjacent|adjoining|from)\b.*\b(?:line|street|lot|district|R\.O\.W)\b", re.IGNORECASE
)


class Comparison(NamedTuple):
    """How a comparison ended, and why."""

    status: str
    how: str
    gap: str = ""
    """By how much the requirement is missed: ``3.8 ft``."""
    question: str = ""
    """What would settle it, where it is not settled."""


class Required(NamedTuple):
    """A requirement as a figure that can be compared."""

    quantity: Quantity | None
    how: str


def required_of(standard: Standard, site: Site) -> Required:
    """Turn a share of the lot's width or depth into feet; everything else stands as it is."""
    quantity = standard.quantity
    if quantity is None or not quantity.unit.startswith("% of lot "):
        return Required(quantity, "")
    side = site.first(quantity.unit.removeprefix("% of ").replace(" ", "_"))
    if side is None or side.quantity is None:
        return Required(None, f"{quantity.unit.removeprefix('% of ')} is not reported")
    share = Quantity(quantity.value / _PERCENT * side.quantity.value, side.quantity.unit)
    return Required(share, f"{shown(Quantity(quantity.value, '%'))} of {shown(side.quantity)} = {shown(share)}")


def meets(bound: Bound, required: Decimal, actual: Decimal) -> bool:
    """Say whether a figure keeps a bound; the bound itself is kept."""
    return actual >= required if bound == "minimum" else actual <= required


def compare(standard: Standard, required: Required, actual: Actual, *, applies: bool | None = True) -> Comparison:
    """Compare a requirement with what is there.

    Args:
        standard: the requirement.
        required: its figure.
        actual: what is there, in the same unit.
        applies: whether the requirement applies to the site; nothing if that is not known.

    """
    if required.quantity is None or actual.quantity is None:
        return _missing(standard, required, actual)
    keeps = meets(_direction(standard), required.quantity.value, actual.quantity.value)
    how = _how(standard, required, actual, keeps=keeps)
    if keeps:
        return _kept(standard, how)
    gap = shown(Quantity(abs(actual.quantity.value - required.quantity.value), required.quantity.unit))
    if applies is None:
        question = _whether(standard)
        return Comparison(INDETERMINATE, f"{how}; whether the requirement applies is not determined", gap, question)
    if standard.alternative == "looser":
        question = f"What does the alternative require: {standard.note} ({standard.section})?"
        return Comparison(INDETERMINATE, f"{how}; a looser alternative may apply", gap, question)
    if standard.note and not standard.alternative:
        question = f"Does this apply to the site: “{standard.note}” ({standard.section})?"
        return Comparison(INDETERMINATE, f"{how}; an exception may apply", gap, question)
    return Comparison(NONCONFORMING, how, gap)


def _whether(standard: Standard) -> str:
    """Ask what decides whether a requirement applies; the same question for all requirements that turn on it."""
    if _LINES.search(standard.qualifier):
        yard = standard.measure.label.lower().removesuffix(" setback")
        return f"What does the {yard} adjoin: a street, a residential district or another lot ({standard.section})?"
    return f"Does the requirement “{standard.label}” ({standard.section}) apply to the site?"


def _direction(standard: Standard) -> Bound:
    """Turn ``at most one unit per 3,000 sq ft`` around: the lot area for each unit must be that or more."""
    per_unit = standard.quantity is not None and standard.quantity.unit == "sq ft/unit"
    return "minimum" if per_unit and standard.measure.key == "density" else standard.bound


def _kept(standard: Standard, how: str) -> Comparison:
    weighed: Alternative = standard.alternative
    if weighed == "stricter":
        question = f"What does the stricter alternative require: {standard.note} ({standard.section})?"
        return Comparison(INDETERMINATE, f"{how}; a stricter alternative may apply", question=question)
    return Comparison(CONFORMING, how)


def _missing(standard: Standard, required: Required, actual: Actual) -> Comparison:
    if actual.quantity is None:
        stated = "" if actual.text == "Not reported" else f" (the record says “{actual.text}”)"
        question = f"What is the actual value of {standard.measure.label.lower()}{stated}?"
        return Comparison(INDETERMINATE, "the actual value is not reported", question=question)
    how = required.how or "the requirement is not a figure"
    return Comparison(INDETERMINATE, how, question=f"{standard.label}: {how}. What is it?")


def _how(standard: Standard, required: Required, actual: Actual, *, keeps: bool) -> str:
    """Write the comparison out: ``4.2 ft < 8 ft``, after the derivations it rests on."""
    if required.quantity is None or actual.quantity is None:
        return ""
    least = _direction(standard) == "minimum"
    sign = ("≥" if least else "≤") if keeps else ("<" if least else ">")
    derived = [words for words in (required.how, actual.how) if words]
    return "; ".join([*derived, f"{shown(actual.quantity)} {sign} {shown(required.quantity)}"])
