"""The clauses on nonconformities in the code's words, topic by topic, for the kinds of departure there are."""

from collections.abc import Iterator, Sequence

from quire.graphs.kinds.site_zoning_report.computations.clauses import Clause, Kind, Topic, of
from quire.graphs.kinds.site_zoning_report.computations.provisions import Provision
from quire.graphs.kinds.site_zoning_report.computations.quoting import quotation
from quire.graphs.kinds.site_zoning_report.computations.shortages import PARKING, bearing, on_landscaping
from quire.nodes.computations.blocks import heading
from quire.nodes.evidence.content import Block

_ORDER: tuple[tuple[Topic, str], ...] = (
    ("continuation", "Continuation"),
    ("repair", "Maintenance and repair"),
    ("enlargement", "Enlargement"),
    ("damage", "Damage and rebuilding"),
    ("abandonment", "Discontinuance and abandonment"),
    ("change of use", "Change of use"),
    ("parking", "Parking and loading"),
    ("landscaping", "Landscaping"),
    ("lots", "Lots"),
    ("proof", "Proof"),
)


def quoted(found: Sequence[Clause], kinds: Sequence[Kind]) -> Iterator[Block]:
    """Quote the clauses, topic by topic, for the kinds there are; for all kinds if there is none."""
    told: list[Provision] = []
    for topic, title in _ORDER:
        fresh = [provision for provision in _on(topic, found, kinds) if provision not in told]
        told += fresh
        if fresh:
            yield heading(title)
            yield from map(quotation, fresh)


def _on(topic: Topic, found: Sequence[Clause], kinds: Sequence[Kind]) -> list[Provision]:
    if topic == "parking":
        return bearing(found, PARKING) if "parking" in kinds else []
    if topic == "landscaping":
        return on_landscaping(found) if "landscaping" in kinds else []
    if topic == "lots" and "lot" not in kinds:
        return []
    concerned = () if topic in {"damage", "proof"} else kinds
    return [clause.provision for clause in of(found, topic, *concerned)]
