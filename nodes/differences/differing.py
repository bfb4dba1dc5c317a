"""Which sources give one quantity another value, and which of the values counts. Pure.

The newest of the sources that hold counts. Where the newest that hold differ, or nobody can tell which is newer, they
conflict, and none counts. What is superseded, withdrawn, archived or a draft never counts.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from typing_extensions import TypedDict

from quire.nodes.differences.measured import agree
from quire.nodes.differences.statement import Statement
from quire.nodes.differences.stating import statements_in
from quire.nodes.sources.passage import Reading
from quire.nodes.survey.survey import Surveyed, by_source, survey

ENOUGH = 3
"""Words that two statements have in common, from which on one of them may stand under titles that the other lacks."""


class Told(TypedDict):
    """What one source says. Plain JSON, as all of this: it is journalled."""

    source: str
    address: str
    quote: str
    text: str
    """The value, with its unit."""
    date: str
    period: str
    """What its source covers."""
    status: str


class Difference(TypedDict):
    """One quantity to which sources give different values."""

    quantity: str
    period: str
    holds: list[Told]
    """What counts: one value, be it in several sources; in a conflict none."""
    differs: list[Told]
    """What does not count beside it; in a conflict all that could."""
    outdated: list[Told]
    """Values that held before, or never did: older, superseded, withdrawn, archived, drafts."""


def differences(
    readings: Sequence[Reading], roles: Mapping[tuple[str, str], Collection[str]] | None = None, today: str = ""
) -> list[Difference]:
    """Find the quantities that sources give different values to, in the order of the sources.

    Args:
        readings: the sources.
        roles: of places, by source and address, what is stated there: a requirement and a measurement of one thing
            are no two values of it.
        today: the date that the document bears, if it bears one.

    """
    surveyed, known = by_source(survey(readings, today)), roles or {}
    groups = _groups([one for reading in readings for one in statements_in(reading)], known)
    return [found for group in groups if (found := _difference(group, surveyed))]


def is_conflict(difference: Difference) -> bool:
    """Whether sources that hold differ, so that none of them counts."""
    return bool(difference["differs"])


def same_quantity(one: Statement, other: Statement) -> bool:
    """Whether two statements are of one quantity: all words of each are said or stand above the other."""
    if one.source == other.source or one.unit != other.unit or set(one.period) != set(other.period):
        return False
    if not (one.core <= other.words and other.core <= one.words):
        return False
    left, right = one.words - other.words, other.words - one.words
    shared = one.words & other.words
    return not (left and right) and (not (left or right) or len(shared) >= ENOUGH)


def _groups(statements: Sequence[Statement], roles: Mapping[tuple[str, str], Collection[str]]) -> list[list[Statement]]:
    """Put together what is of one quantity, each with the first that it is alike."""
    buckets: dict[tuple[object, ...], list[list[Statement]]] = defaultdict(list)
    order: list[list[Statement]] = []
    for one in statements:
        bucket = buckets[one.unit, tuple(sorted(one.period))]
        group = next((g for g in bucket if all(_alike(one, other, roles) for other in g)), None)
        if group is None:
            bucket.append(group := [])
            order.append(group)
        group.append(one)
    return order


def _alike(one: Statement, other: Statement, roles: Mapping[tuple[str, str], Collection[str]]) -> bool:
    """Whether two statements are of one quantity, and not known to be of different roles."""
    role, second = (frozenset(roles.get((said.source, said.address), ())) for said in (one, other))
    return same_quantity(one, other) and not (role and second and role.isdisjoint(second))


def _values_apart(group: Sequence[Statement]) -> list[Statement]:
    """Leave out the bounds that all values of the quantity keep: 70 ft does not contradict at least 60 ft."""
    plain = [one.value for one in group if not one.bound]
    return [one for one in group if not (one.bound and plain and all(_keeps(value, one) for value in plain))]


def _keeps(value: Decimal, bound: Statement) -> bool:
    signs = {">=": value >= bound.value, "<=": value <= bound.value, ">": value > bound.value, "<": value < bound.value}
    return signs[bound.bound]


def _difference(alike: Sequence[Statement], surveyed: Mapping[str, Surveyed]) -> Difference | None:
    group = _values_apart(alike)
    told = [_told(one, surveyed[one.source]) for one in group]
    found = weighed(told, lambda one, other: _agree(group[one], group[other]))
    if found is None:
        return None
    named = next((one for one, said in zip(group, told, strict=True) if said in found["holds"]), group[0])
    return {**found, "quantity": named.name, "period": ", ".join(named.period)}


def weighed(told: Sequence[Told], agree: Callable[[int, int], bool]) -> Difference | None:
    """Say which of the values of one quantity counts, if they differ; the quantity is for the caller to name.

    Args:
        told: what each source says.
        agree: whether two of them, by their numbers, give the same value.

    """
    numbers = range(len(told))
    if all(agree(0, other) for other in numbers[1:]):  # also where there is none
        return None
    holding = [n for n in numbers if told[n]["status"] == "current"]
    newest = [n for n in holding if not any(_is_newer(told[other], told[n]) for other in holding)]
    conflict = any(not agree(newest[0], n) for n in newest[1:])
    counted, among = ([], newest) if conflict else (newest, [])
    rest = [
        told[n] for n in numbers if n not in counted and n not in among and not any(agree(n, other) for other in newest)
    ]
    if not (among or rest):
        return None
    rest.sort(key=lambda one: one["date"], reverse=True)
    holds, differs = [told[n] for n in counted], [told[n] for n in among]
    return Difference(quantity="", period="", holds=holds, differs=differs, outdated=rest)


def _told(one: Statement, about: Surveyed) -> Told:
    return Told(
        source=one.source,
        address=one.address,
        quote=one.quote,
        text=one.text,
        date=one.date or about["date"],
        period=about["period"],
        status=one.status or about["status"],
    )


def _agree(one: Statement, other: Statement) -> bool:
    return agree((one.value, one.exponent, one.rounded), (other.value, other.exponent, other.rounded))


def _is_newer(one: Told, than: Told) -> bool:
    """Whether a source is of later than another: by what they cover, else by their dates as far as both are told.

    ``2024`` is not older than ``2024-05``.
    """
    if one["period"] and than["period"] and one["period"] != than["period"]:
        return one["period"] > than["period"]
    known = min(len(one["date"]), len(than["date"]))
    return bool(known) and one["date"][:known] > than["date"][:known]


def places(told: Iterable[Told]) -> set[tuple[str, str]]:
    """Give where values stand."""
    return {(one["source"], one["address"]) for one in told}
