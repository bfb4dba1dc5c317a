"""A requirement of a code on a site: what every reader of codes gives and every comparison takes."""

from dataclasses import dataclass, field

from quire.graphs.kinds.site_zoning_report.computations.measures import Bound, Measure
from quire.graphs.kinds.site_zoning_report.computations.prose import Alternative
from quire.graphs.kinds.site_zoning_report.computations.units import Quantity, shown
from quire.nodes.evidence.content import Evidence


@dataclass(frozen=True)
class Standard:
    """One requirement with the place that states it."""

    measure: Measure
    bound: Bound
    quantity: Quantity | None
    """How much; nothing where the code says that it requires or limits nothing."""
    evidence: tuple[Evidence, ...]
    section: str
    """How a reader finds it in the code: ``Chapter 1137, Section 1137.04(a)``."""
    qualifier: str = ""
    """What it is limited to: ``to residential district line``, ``on corner lots``."""
    subject: str = ""
    """What it is about, where that is not the lot or the main building: ``accessory structures``."""
    note: str = ""
    """An exception, condition or footnote, in the code's words."""
    alternative: Alternative = ""
    assumed: str = ""
    """What the source leaves out and is taken as usual: ``The unit is not stated; feet are taken.``"""

    @property
    def label(self) -> str:
        """Name it for the reader: ``Rear yard setback, to residential district line``."""
        words = self.measure.label if not self.subject else f"{self.measure.label} of {self.subject}"
        return f"{words}, {self.qualifier}" if self.qualifier else words

    @property
    def required(self) -> str:
        """Write the requirement: ``Minimum 40 ft``, ``No minimum``."""
        if self.quantity is None:
            return f"No {self.bound}"
        if self.quantity.unit == "sq ft/unit" and self.bound == "maximum":
            return f"Maximum 1 unit per {shown(Quantity(self.quantity.value, 'sq ft'))}"
        return f"{self.bound.capitalize()} {shown(self.quantity)}"


@dataclass
class Requirements:
    """What a code requires in a district, and what of it could not be read."""

    standards: list[Standard] = field(default_factory=list)
    relief: list[tuple[str, Evidence]] = field(default_factory=list)
    """Sentences that let someone depart from a requirement."""
    doubts: list[tuple[str, Evidence]] = field(default_factory=list)
    """Words that regulate a measure and could not be read."""
    other: list[tuple[str, Evidence]] = field(default_factory=list)
    """Sentences that bind a figure of which the vocabulary knows no measure."""
