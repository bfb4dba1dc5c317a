"""Standards: what each requires here, what there is, what is proposed, and whether that meets it. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from quire.graphs.kinds.site_zoning_report.assessing.amounts import comparable, is_share, plain, written
from quire.graphs.kinds.site_zoning_report.assessing.records import section_of
from quire.graphs.kinds.site_zoning_report.assessing.site import STATES, Figure, Figures, State
from quire.graphs.kinds.site_zoning_report.assessing.statuses import (
    CONFORMING,
    INDETERMINATE,
    LEGAL_NONCONFORMING,
    NONCONFORMING,
    NOT_BINDING,
)
from quire.nodes.evidence.content import Evidence
from quire.nodes.records.comparisons import held_against
from quire.nodes.records.entries import Entry, each_once
from quire.nodes.records.quantities import Quantity, Unfit, added, divided

BOUNDS: Final = {"minimum": "at least", "maximum": "at most", "exactly": "exactly"}
_CALLED: Final = {"minimum": "minimum", "min": "minimum", "maximum": "maximum", "max": "maximum", "build to": "exactly"}
"""Which way a standard binds by what it is called: ``Front yard, maximum``, ``Build-to line``."""
NOT_SAID: Final = "whether as the least or the most is not stated"
_STATUS: Final = {"met": CONFORMING, "not-met": NONCONFORMING, "open": INDETERMINATE}
_UNKNOWN = Figure(None, "Not surveyed", [])


class Compared(NamedTuple):
    """A standard held against the site as it is, or as proposed."""

    status: str
    required: Figure
    actual: Figure
    how: str
    """The arithmetic, or why nothing is compared."""

    @property
    def evidence(self) -> list[Evidence]:
        """Give all that the comparison rests on."""
        return each_once([*self.required.evidence, *self.actual.evidence])


class Assessment(NamedTuple):
    """What came of a standard."""

    label: str
    entry: Entry
    states: Mapping[State, Compared]

    @property
    def status(self) -> str:
        """Give the status of what is proposed, which is what the report is asked about."""
        return self.states["proposed"].status


class Beside(NamedTuple):
    """What else decides about standards."""

    known: Mapping[State, Mapping[str, Figure]]
    """Figures that are worked out elsewhere: the parking spaces that are required."""
    violations: Sequence[Entry]
    """Those that are open."""
    lawful: Sequence[Entry]


def assess(standards: Sequence[Entry], figures: Figures, beside: Beside) -> list[Assessment]:
    """Hold every standard against the site."""
    names = [entry.text("standard") for entry in standards]
    made = []
    for entry in standards:
        alone = names.count(entry.text("standard")) == 1
        label = (not alone and entry.text("site")) or entry.text("standard")
        states = {state: _compared(entry, state, figures, beside) for state in STATES}
        made.append(Assessment(label[:1].upper() + label[1:], entry, states))
    return made


def _compared(entry: Entry, state: State, figures: Figures, beside: Beside) -> Compared:
    known = beside.known.get(state, {})
    required, actual = _required(entry, state, figures, known), _actual(entry, state, figures, known)
    applies, why, cited = _applies(entry, state, figures, known)
    if applies is not True:
        found = required._replace(evidence=each_once([*required.evidence, *cited]))
        return Compared(NOT_BINDING if applies is False else INDETERMINATE, found, actual, why)
    if entry.text("words"):
        return _in_words(entry, required, beside)
    if required.amount is None or actual.amount is None:
        return Compared(INDETERMINATE, required, actual, _missing(required, actual))
    bound = bound_of(entry)
    if not bound:
        return Compared(INDETERMINATE, required, actual, f"{required.text} is required; {NOT_SAID}")
    one, other = comparable(actual.amount), comparable(required.amount)
    held = held_against(one, bound, other)
    status = _STATUS[held.status]
    steps = [required.how, actual.how, held.why or _sign(actual.amount, required.amount)]
    if status == NONCONFORMING and (found_lawful := _lawful(entry, beside)):
        status = LEGAL_NONCONFORMING
        steps.append(f"“{found_lawful.text('words')}”")
        actual = actual._replace(evidence=[*actual.evidence, *found_lawful.cited("words")])
    return Compared(status, required, actual, "; ".join(step for step in steps if step))


def bound_of(entry: Entry) -> str:
    """Say which way a standard binds: as its record says, else as it is called; empty where neither tells.

    A ratio of spaces binds from below.
    """
    if entry.record["type"] != "standard":
        return "minimum"
    name = entry.text("standard").casefold().replace("-", " ")
    words = f" {' '.join(word.strip('.,;:()') for word in name.split())} "
    called = {bound for word, bound in _CALLED.items() if f" {word} " in words}
    return entry.choice("bound") or (called.pop() if len(called) == 1 else "")


def _missing(required: Figure, actual: Figure) -> str:
    missing = "what is required" if required.amount is None else "what there is"
    return f"{missing} is not known: {(required if required.amount is None else actual).text}"


def _sign(actual: Quantity, required: Quantity) -> str:
    order = (actual.number > required.number) - (actual.number < required.number)
    if actual.unit != required.unit:
        actual, required = comparable(actual), comparable(required)
    return f"{written(actual)} {('<', '=', '>')[order + 1]} {written(required)}"


def _lawful(entry: Entry, beside: Beside) -> Entry | None:
    return next((one for one in beside.lawful if one.text("site") == entry.text("site")), None)


def _in_words(entry: Entry, required: Figure, beside: Beside) -> Compared:
    """Of a requirement without a figure only an open violation of its section says that it is not met."""
    number = section_of(entry).removeprefix("§ ")
    case = next((one for one in beside.violations if one.text("section") == number), None)
    if case is None:
        return Compared(INDETERMINATE, required, _UNKNOWN, "no survey speaks of it")
    told = f"case {case.text('case')}, {case.choice('status')}"
    found = Figure(None, f"Open violation, case {case.text('case')}", case.cited("case", "status"))
    return Compared(NONCONFORMING, required, found, told)


def _required(entry: Entry, state: State, figures: Figures, known: Mapping[str, Figure]) -> Figure:
    """Work out what is required here: so much, so much for each, so much above something."""
    cited = entry.cited("value", "one", "each", "least", "words", "above")
    amount = entry.amount("value") or (Quantity(Decimal(1)) if entry.choice("one") else None)
    if amount is None:
        return Figure(None, "As the section says" if entry.text("words") else "Not stated", cited)
    how, each = "", entry.amount("each")
    if entry.text("of") and (each or not is_share(amount)):
        of = figures.of(entry.text("of"), state, known)
        if of is None or of.amount is None:
            return Figure(None, f"{written(amount)} for each, of what is not known", cited)
        whole = amount.number * of.amount.number / (each.number if each else 1)
        per = f" / {plain(each.number)}" if each else ""
        how = f"{plain(amount.number)} x {written(of.amount)}{per} = {plain(whole)}"
        amount, cited = Quantity(whole, amount.unit), [*cited, *of.evidence]
    if (least := entry.amount("least")) and least.number > amount.number:
        how, amount = f"{how}; never less than {plain(least.number)}", Quantity(least.number, amount.unit)
    if entry.choice("above"):
        return _above(amount, entry, figures, cited)
    return Figure(amount, written(amount), cited, how)


def _above(amount: Quantity, entry: Entry, figures: Figures, cited: Sequence[Evidence]) -> Figure:
    base = figures.of(entry.choice("above"), "existing")
    if base is None or base.amount is None:
        return Figure(None, f"{written(amount)} above the {entry.choice('above')}, which is not known", [*cited])
    whole = added(base.amount, amount)
    if not isinstance(whole, Quantity):
        return Figure(None, "Not stated", [*cited])
    how = f"{written(base.amount)} + {written(amount)} = {written(whole)}"
    return Figure(whole, written(whole), [*cited, *base.evidence], how)


def _actual(entry: Entry, state: State, figures: Figures, known: Mapping[str, Figure]) -> Figure:
    """Find what there is: as surveyed, or a share of something else."""
    site = figures.of(entry.text("site"), state, known) if entry.text("site") else None
    if site is None:
        return _UNKNOWN
    value = entry.amount("value")
    if not (value and entry.text("of") and is_share(value) and not entry.amount("each")) or site.amount is None:
        return site
    of = figures.of(entry.text("of"), state, known)
    if of is None or of.amount is None:
        return Figure(None, f"{entry.text('of')} is not known", site.evidence)
    try:
        share = divided(site.amount, of.amount)
    except Unfit as fault:
        return Figure(None, str(fault), [*site.evidence, *of.evidence])
    shown = Quantity(share.number * 100, "percent") if value.unit == "percent" else share
    how = f"{written(site.amount)} / {written(of.amount)} = {written(shown)}"
    return Figure(shown, written(shown), [*site.evidence, *of.evidence], how)


def _applies(
    entry: Entry, state: State, figures: Figures, known: Mapping[str, Figure]
) -> tuple[bool | None, str, list[Evidence]]:
    """Tell whether a standard binds here, why not, and what says so; None where that is not known."""
    if entry.choice("binds"):
        return False, f"it binds a {entry.choice('binds')} only", entry.cited("binds")
    if not entry.text("counted"):
        return True, "", []
    counted = figures.of(entry.text("counted"), state, known)
    if counted is None or counted.amount is None:
        return None, f"{entry.text('counted')} is not known", []
    amount = comparable(counted.amount)
    for name, sign in (("counted_least", ">="), ("counted_most", "<="), ("counted_below", "<")):
        limit = entry.amount(name)
        if limit is None:
            continue
        order = held_against(amount, "minimum" if sign == ">=" else "maximum", comparable(limit))
        if order.status == "open":
            return None, order.why, []
        keeps = order.status == "met" and not (sign == "<" and amount.number == limit.number)
        if not keeps:
            other = "<" if sign == ">=" else ">" if sign == "<=" else "≥"
            why = f"{written(amount)} {other} {written(comparable(limit))}"
            return (
                False,
                "; ".join(part for part in (counted.how, why) if part),
                [*counted.evidence, *entry.cited(name)],
            )
    return True, "", []
