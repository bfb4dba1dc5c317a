"""All that a zoning report decides, worked out from its records, each part when it is first asked for. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from quire.graphs.kinds.site_zoning_report.assessing.amounts import written
from quire.graphs.kinds.site_zoning_report.assessing.permissions import PERMITTED, Permission, permission
from quire.graphs.kinds.site_zoning_report.assessing.records import records_of
from quire.graphs.kinds.site_zoning_report.assessing.site import (
    STATES,
    Figure,
    Figures,
    State,
    Use,
    proposed_of,
    uses_of,
)
from quire.graphs.kinds.site_zoning_report.assessing.spaces import Demand, demand
from quire.graphs.kinds.site_zoning_report.assessing.standards import Assessment, Beside, Compared, assess
from quire.graphs.kinds.site_zoning_report.assessing.statuses import CONFORMING, INDETERMINATE, NONCONFORMING
from quire.nodes.computations.materials import Materials
from quire.nodes.records.quantities import Quantity

_PARKING = "Parking spaces"
"""What a survey calls the spaces that are there."""


class Variant(NamedTuple):
    """The proposal with as many seats as are permitted by right and have their parking spaces."""

    seats: int
    permission: Permission
    demand: Demand


class Parking(NamedTuple):
    """The spaces that are required, beside those that are there."""

    demand: Demand
    there: Figure | None

    @property
    def short(self) -> int | None:
        """Give how many are wanting; 0 where none is, None where it is not known."""
        if self.demand.spaces is None or self.there is None or self.there.amount is None:
            return None
        return max(0, self.demand.spaces - int(self.there.amount.number))


class Review:
    """The site held against the code."""

    def __init__(self, materials: Materials) -> None:
        self.materials, self.records = materials, records_of(materials)

    @cached_property
    def uses(self) -> Mapping[State, list[Use]]:
        """Give the uses, as they are and as proposed."""
        return uses_of(self.records, self.materials)

    @cached_property
    def proposal(self) -> Use | None:
        """Give the use that is proposed."""
        return next(iter(proposed_of(self.uses)), None)

    @cached_property
    def permissions(self) -> Mapping[State, list[Permission]]:
        """Say of each use how the code treats it."""
        return {state: [permission(use, self.records) for use in self.uses[state]] for state in STATES}

    @cached_property
    def permission(self) -> Permission | None:
        """Say how the code treats the use that is proposed."""
        return permission(self.proposal, self.records) if self.proposal else None

    @cached_property
    def figures(self) -> Figures:
        """Give the figures of the site."""
        return Figures(self.records, self.uses)

    @cached_property
    def parking(self) -> Mapping[State, Parking]:
        """Count the spaces that the uses require."""
        return {
            state: Parking(demand(self.uses[state], self.records), self.figures.of(_PARKING, state)) for state in STATES
        }

    @cached_property
    def variant(self) -> Variant | None:
        """Find the most seats, fewer than proposed, that are permitted by right and whose spaces are there."""
        use, there = self.proposal, self.parking["proposed"].there
        seats = use.sizes["seats"].amount if use and "seats" in use.sizes else None
        if use is None or seats is None or self.is_by_right_as_proposed:
            return None
        for number in range(int(seats.number) - 1, 0, -1):
            smaller = use.with_seats(number)
            allowed = permission(smaller, self.records)
            needed = demand([smaller if one is use else one for one in self.uses["proposed"]], self.records)
            enough = needed.spaces is not None and there and there.amount and needed.spaces <= there.amount.number
            if allowed.kind == PERMITTED and enough:
                return Variant(number, allowed, needed)
        return None

    @cached_property
    def is_by_right_as_proposed(self) -> bool:
        """Whether what is proposed needs neither an approval nor further spaces."""
        allowed = self.permission is not None and self.permission.kind == PERMITTED
        return allowed and self.parking["proposed"].short == 0

    @cached_property
    def assessments(self) -> list[Assessment]:
        """Hold every standard against the site."""
        known: dict[State, dict[str, Figure]] = {}
        for state, parking in self.parking.items():
            spaces, needed = parking.demand.spaces, parking.demand
            if spaces is not None:
                amount = Quantity(Decimal(spaces), "space")
                known[state] = {"required parking spaces": Figure(amount, str(spaces), needed.evidence, needed.how)}
        beside = Beside(known, self.records.stating("violation", "status", "open"), self.records.of("lawful"))
        return [*self._parking_spaces(), *assess(self.records.of("standard"), self.figures, beside)]

    def _parking_spaces(self) -> Iterator[Assessment]:
        """Give the spaces that are required as a standard among the others."""
        ratio = self.records.first("ratio")
        if ratio is not None:
            yield Assessment(_PARKING, ratio, {state: _spaces(parking) for state, parking in self.parking.items()})


def _spaces(parking: Parking) -> Compared:
    needed, there = parking.demand, parking.there or Figure(None, "Not surveyed", [])
    if needed.spaces is None or parking.short is None or there.amount is None:
        required = Figure(None, "Not determined", needed.evidence)
        return Compared(INDETERMINATE, required, there, needed.how)
    spaces = Quantity(Decimal(needed.spaces), "space")
    sign = f"{written(there.amount)} {'<' if parking.short else '≥'} {needed.spaces}"
    status = NONCONFORMING if parking.short else CONFORMING
    required = Figure(spaces, written(spaces), needed.evidence, needed.how)
    return Compared(status, required, there, f"{needed.how}; {sign}")
