"""Parking ratios as formulas, and the spaces they give for a use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from quire.graphs.kinds.site_zoning_report.computations.units import plain

_NAMES = {"use_floor_area": "sq ft", "units": "units", "rooms": "guest rooms"}


@dataclass(frozen=True)
class Term:
    """``count`` spaces for each ``per`` of a basis beyond ``excess``; a basis of nothing is a fixed number."""

    count: Decimal
    per: Decimal = Decimal(1)
    basis: str = ""
    excess: Decimal = Decimal(0)


@dataclass(frozen=True)
class Tier:
    """A formula for floor areas from ``low`` to below ``high``; nothing is without end."""

    low: Decimal
    high: Decimal | None
    ratio: "Ratio"


@dataclass(frozen=True)
class Ratio:
    """Terms to be added up, alternatives of which one counts, or tiers by floor area."""

    terms: tuple[Term, ...] = ()
    alternatives: tuple["Ratio", ...] = ()
    counts: Literal["", "greatest", "least"] = ""
    tiers: tuple[Tier, ...] = ()
    least: Decimal = field(default=Decimal(0))


class Spaces(NamedTuple):
    """What a formula gives for a use."""

    number: Decimal | None
    """Unrounded; nothing if a figure is missing."""
    how: str
    missing: tuple[str, ...] = ()
    at_least: Decimal = Decimal(0)
    """What is required in any case, where only a part could be worked out."""


Amounts: TypeAlias = Mapping[str, Decimal]


def spaces_for(ratio: Ratio, amounts: Amounts) -> Spaces:
    """Work out the spaces for a use, unrounded, with the derivation."""
    result = _evaluate(ratio, amounts)
    if result.number is not None and result.number < ratio.least:
        return Spaces(ratio.least, f"{result.how}; never fewer than {plain(ratio.least)}")
    return result


def _evaluate(ratio: Ratio, amounts: Amounts) -> Spaces:
    if ratio.tiers:
        return _by_tier(ratio.tiers, amounts)
    if ratio.alternatives:
        return _chosen(ratio, [_evaluate(one, amounts) for one in ratio.alternatives])
    worked = [_of_term(term, amounts) for term in ratio.terms]
    missing = tuple(name for one in worked for name in one.missing)
    known = [one.number for one in worked if one.number is not None]
    how = "; ".join(one.how for one in worked)
    if missing:
        return Spaces(None, how, missing, sum(known, Decimal(0)))
    total = sum(known, Decimal(0))
    added = " + ".join(plain(value) for value in known)
    return Spaces(total, how if len(worked) == 1 else f"{how}; {added} = {plain(total)}")


def _by_tier(tiers: tuple[Tier, ...], amounts: Amounts) -> Spaces:
    area = amounts.get("use_floor_area")
    if area is None:
        return Spaces(None, "the tier depends on the floor area", ("use_floor_area",))
    tier = next((t for t in reversed(tiers) if area >= t.low and (t.high is None or area <= t.high)), None)
    return _evaluate(tier.ratio, amounts) if tier else Spaces(None, "no tier covers the floor area", ("tier",))


def _chosen(ratio: Ratio, results: list[Spaces]) -> Spaces:
    known = [one for one in results if one.number is not None]
    missing = tuple(name for one in results for name in one.missing)
    how = "; ".join(one.how for one in results)
    figures = [one.number for one in known if one.number is not None]
    if missing or not figures:
        return Spaces(
            None, how, missing, max(figures, default=Decimal(0)) if ratio.counts == "greatest" else Decimal(0)
        )
    chosen = max(figures) if ratio.counts == "greatest" else min(figures)
    return Spaces(chosen, f"{how}; the {'greater' if ratio.counts == 'greatest' else 'lesser'} counts: {plain(chosen)}")


def _of_term(term: Term, amounts: Amounts) -> Spaces:
    if not term.basis:
        return Spaces(term.count, plain(term.count))
    amount = amounts.get(term.basis)
    name = _NAMES.get(term.basis, term.basis)
    if amount is None:
        return Spaces(None, f"{name} not known", (term.basis,))
    counted = max(amount - term.excess, Decimal(0))
    result = term.count * counted / term.per
    of = f"({plain(amount)} - {plain(term.excess)})" if term.excess else plain(amount)
    times = "" if term.count == 1 else f"{plain(term.count)} x "
    per = "" if term.per == 1 else f" / {plain(term.per)}"
    worked = "" if not times and not per and not term.excess else f" = {plain(result)}"
    return Spaces(result, f"{times}{of} {name}{per}{worked}")
