"""The site: its uses, as they are and as proposed, and its figures, as surveyed and as they follow. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from quire.graphs.kinds.site_zoning_report.assessing.amounts import written
from quire.nodes.computations.citing import cite_fact
from quire.nodes.computations.materials import Materials
from quire.nodes.evidence.content import Evidence
from quire.nodes.records.entries import Entry, Records, named
from quire.nodes.records.quantities import Quantity
from quire.nodes.records.record_types import FieldSpec
from quire.nodes.records.values import read_value

State: TypeAlias = Literal["existing", "proposed"]
STATES: Final[tuple[State, State]] = ("existing", "proposed")
SIZES: Final = {
    "seats": "seats", "floor area": "floor_area", "dwelling units": "dwelling_units", "guest rooms": "guest_rooms",
    "employees": "employees",
}  # fmt: skip
"""What the size of a use may be measured in, and the field that states it."""
_FACTS: Final = {"seats": "seats", "floor area": "use_floor_area", "employees": "employees"}
_BARE: Final = {"seats": "seat", "dwelling units": "unit", "guest rooms": "room", "employees": "employee"}
"""The unit that a bare number of each is in."""


class Figure(NamedTuple):
    """A figure of the site, or what is known in its place."""

    amount: Quantity | None
    text: str
    evidence: list[Evidence]
    how: str = ""


class Use(NamedTuple):
    """A use of the site, and how large it is."""

    name: str
    space: str
    sizes: Mapping[str, Figure]
    evidence: list[Evidence]

    def with_seats(self, seats: int) -> "Use":
        """Give the use with another number of seats."""
        amount = Quantity(Decimal(seats), "seat")
        return self._replace(sizes={**self.sizes, "seats": Figure(amount, written(amount), self.evidence)})


def uses_of(records: Records, materials: Materials) -> dict[State, list[Use]]:
    """Give the uses as they are, and as they will be: what is proposed takes the place of what is in its space."""
    stated = {state: [_use(e) for e in records.stating("site_use", "state", state)] for state in STATES}
    for state in STATES:
        stated[state] = stated[state] or _from_brief(f"{state}_use", materials)
    taken = {use.space for use in stated["proposed"]}
    kept = [use for use in stated["existing"] if use.space and use.space not in taken]
    return {"existing": stated["existing"], "proposed": [*stated["proposed"], *kept]}


def proposed_of(uses: Mapping[State, Sequence[Use]]) -> list[Use]:
    """Give the uses that are new."""
    known = {(use.name, use.space) for use in uses["existing"]}
    return [use for use in uses["proposed"] if (use.name, use.space) not in known]


def _use(entry: Entry) -> Use:
    sizes = {
        size: Figure(_in_units(amount, size), entry.text(field), entry.cited(field))
        for size, field in SIZES.items()
        if (amount := entry.amount(field))
    }
    return Use(entry.text("use"), entry.text("space"), sizes, entry.cited("use"))


def _in_units(amount: Quantity, size: str) -> Quantity:
    return amount if amount.unit else Quantity(amount.number, _BARE.get(size, ""))


def _from_brief(fact: str, materials: Materials) -> list[Use]:
    """Take a use from the brief where no source lists the uses; only of the proposed one is the size stated there."""
    at = cite_fact(materials, fact)
    if at is None:
        return []
    sizes = {}
    for size, name in _FACTS.items() if fact == "proposed_use" else ():
        evidence, text = cite_fact(materials, name), str(materials.facts.get(name, ""))
        read = read_value(text, FieldSpec(type="number"), "", materials.convention)
        if evidence and read.value:
            amount = _in_units(Quantity(Decimal(read.value), read.unit), size)
            sizes[size] = Figure(amount, text, [evidence])
    return [Use(str(materials.facts[fact]), "", sizes, [at])]


class Figures:
    """The figures of the site, by the names that standards call them by."""

    def __init__(self, records: Records, uses: Mapping[State, Sequence[Use]]) -> None:
        self._survey, self._flood, self._uses = records.of("survey"), records.first("flood"), uses

    def of(self, name: str, state: State, known: Mapping[str, Figure] | None = None) -> Figure | None:
        """Give a figure; None where nothing of that name is surveyed or follows.

        Args:
            name: as the survey calls it, or as it is derived here.
            state: as it is, or as proposed. What the survey states of no proposal stays as it is.
            known: figures that are worked out elsewhere.

        """
        if known and name in known:
            return known[name]
        if name == "base flood elevation":
            return self._elevation()
        if name == "dwelling units":
            return self._sum("dwelling units", [use for use in self._uses[state] if "dwelling units" in use.sizes])
        if name == "nonresidential floor area":
            return self._sum("floor area", [use for use in self._uses[state] if "dwelling units" not in use.sizes])
        entry = next(iter(named(self._survey, "item", name)), None)
        return _surveyed(entry, state) if entry else None

    def is_proposed(self, name: str) -> bool:
        """Whether the survey states what is proposed."""
        return any(entry.amount("proposed") for entry in named(self._survey, "item", name))

    def _elevation(self) -> Figure | None:
        amount = self._flood.amount("elevation") if self._flood else None
        return Figure(amount, written(amount), self._flood.cited("elevation")) if amount and self._flood else None

    def _sum(self, size: str, uses: Sequence[Use]) -> Figure | None:
        sizes = [use.sizes[size] for use in uses if size in use.sizes]
        amounts = [figure.amount for figure in sizes if figure.amount]
        if not amounts or len(amounts) < len(uses) or len({amount.unit for amount in amounts}) > 1:
            return None
        whole = Quantity(sum((amount.number for amount in amounts), Decimal(0)), amounts[0].unit)
        how = f"{' + '.join(map(written, amounts))} = {written(whole)}" if amounts[1:] else ""
        return Figure(whole, written(whole), [e for figure in sizes for e in figure.evidence], how)


def _surveyed(entry: Entry, state: State) -> Figure:
    field = "proposed" if state == "proposed" and entry.amount("proposed") else "value"
    amount = entry.amount(field)
    if amount is not None:
        return Figure(amount, written(amount), entry.cited(field))
    known = entry.text("note") or entry.text("value")
    return Figure(None, known or "Not stated", entry.cited("note" if entry.text("note") else "value", "item")[:1])


def fact(materials: Materials, name: str) -> Any:
    """Give a fact of the brief; empty text if it is not stated."""
    return materials.facts.get(name, "")
