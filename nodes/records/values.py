"""Reads the value of a field out of the words that stand under its title. Pure."""

from decimal import Decimal
from typing import NamedTuple

from quire.nodes.evidence.figures.conventions import Convention
from quire.nodes.evidence.figures.dates import dates
from quire.nodes.evidence.figures.figure import Figure
from quire.nodes.evidence.figures.finding import figures_in
from quire.nodes.evidence.figures.times import times
from quire.nodes.evidence.figures.units import unit_named, units_announced
from quire.nodes.records.record_types import FieldSpec

NO_NUMBERS = frozenset({"date", "time", "ratio", "identifier", "ordinal", "reference"})
"""Kinds of figures that are no numbers."""


class Read(NamedTuple):
    """What a text says as a value of a field, or why it says none."""

    value: str = ""
    unit: str = ""
    refused: str = ""
    """``no-number``, ``several-numbers``, ``other-unit``, ``no-date``, ``several-dates``, ``no-choice``."""


def read_value(text: str, field: FieldSpec, title: str, convention: Convention) -> Read:
    """Read a value. What may be read in two ways is read as the source's other figures are, which the source warns of.

    Args:
        text: what stands under the field's title.
        field: what it is to be.
        title: under which it stands; it may announce a unit in brackets.
        convention: how the source writes numbers and dates.

    """
    if field.type == "number":
        return _number(text, field, title, convention)
    if field.type == "date":
        return _moment(text, convention)
    if field.type == "choice":
        return _choice(text, field)
    return Read(" ".join(text.split()))


def _number(text: str, field: FieldSpec, title: str, convention: Convention) -> Read:
    found = [f for f in figures_in(text, convention) if f.kind not in NO_NUMBERS]
    if not found:
        return Read(refused="no-number")
    if len({(f.value, f.unit) for f in found}) > 1:
        return Read(refused="several-numbers")
    figure = found[0]
    unit, wanted = unit_of(figure, title, field), _declared(field)
    if wanted and unit != wanted:
        return Read(refused="other-unit")
    return Read(digits(figure), unit)


def digits(figure: Figure) -> str:
    """Write a number in one way: ``900`` and ``900.00`` are the same."""
    return format(Decimal(figure.value).normalize(), "f")


def unit_of(figure: Figure, title: str, field: FieldSpec) -> str:
    """Give the unit of a number: its own, else the one its title announces, else the one the field declares."""
    unit = figure.unit
    if not unit:
        announced = units_of_title(title)
        unit = next(iter(announced)) if len(announced) == 1 else ""
    return "/".join([unit, *figure.per]) if unit else _declared(field)


def units_of_title(title: str) -> set[str]:
    """Give the units that a title announces for bare numbers: ``Cost (EUR)``, ``Width measured in feet``."""
    _, joined, last = title.rpartition(" in ")
    return units_announced(title) or ({unit} if joined and (unit := unit_named(last)) else set())


def _declared(field: FieldSpec) -> str:
    return unit_named(field.unit) or field.unit


def _moment(text: str, convention: Convention) -> Read:
    """Read a date, with its time of day where one stands beside it."""
    found = dates(text, convention)
    days = {dated.value for dated in found}
    if not days:
        return Read(refused="no-date")
    if len(days) > 1:
        return Read(refused="several-dates")
    clock = {timed.value for timed in times(text.replace("T", " "))}
    (day,) = days
    return Read(f"{day}T{clock.pop()}" if len(clock) == 1 else day)


def _choice(text: str, field: FieldSpec) -> Read:
    said = " ".join(text.split()).casefold()
    chosen = next((c for c, words in field.wordings.items() if said in [word.casefold() for word in words]), "")
    return Read(chosen) if chosen else Read(refused="no-choice")
