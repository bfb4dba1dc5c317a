"""Whether the code allows a use, by its list of uses and the limits of size that its entries name. Pure."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from quire.graphs.kinds.site_zoning_report.assessing.amounts import written
from quire.graphs.kinds.site_zoning_report.assessing.site import Use
from quire.nodes.evidence.content import Evidence
from quire.nodes.records.entries import Entry, Records, named
from quire.nodes.records.quantities import Quantity

PERMITTED, CONDITIONAL, PROHIBITED = "permitted", "conditional", "prohibited"
WORDS: Final = {
    PERMITTED: "permitted by right", CONDITIONAL: "a conditional use", PROHIBITED: "prohibited",
    "": "not determined",
}  # fmt: skip


class Permission(NamedTuple):
    """How the code treats a use."""

    use: Use
    kind: str
    """``permitted``, ``conditional`` or ``prohibited``; empty where it is not determined."""
    entry: Entry | None
    """Of the code's list."""
    how: str
    evidence: list[Evidence]


def entries_for(use: Use, entries: Sequence[Entry]) -> list[Entry]:
    """Give the entries of the code that are meant for a use of the site: those that say so, or bear its name."""
    return named(entries, "site", use.name) or named(entries, "use", use.name)


def permission(use: Use, records: Records) -> Permission:
    """Find the entry within whose limits a use is; where several allow otherwise, or none is, nothing is decided."""
    listed = entries_for(use, records.of("use"))
    fitting = [(entry, told) for entry in listed if (told := _within(use, entry)) is not None]
    kinds = {entry.choice("permission") for entry, _ in fitting}
    sizes = [e for figure in use.sizes.values() for e in figure.evidence]
    if len(kinds) != 1:
        why = "the code's list names no such use" if not listed else "its size decides, and is not stated"
        return Permission(use, "", None, why, [*use.evidence, *sizes])
    entry, told = fitting[0]
    how = "; ".join([f"listed as “{entry.text('listed') or entry.text('use')}”", *([told] if told else [])])
    evidence = [*entry.cited("permission", "listed"), *use.evidence, *(sizes if told else ())]
    return Permission(use, entry.choice("permission"), entry, how, evidence)


def _within(use: Use, entry: Entry) -> str | None:
    """Say how a use keeps within an entry's limits; empty if there are none, None if it does not or nobody knows."""
    told = []
    for limit, sign in ((entry.amount("most"), "≤"), (entry.amount("more_than"), ">")):
        if limit is None:
            continue
        size = _size(use, limit)
        if size is None or (size.number <= limit.number) != (sign == "≤"):
            return None
        told.append(f"{written(size)} {sign} {written(limit)}")
    return ", ".join(told)


def _size(use: Use, limit: Quantity) -> Quantity | None:
    """Give the size of a use that is in the unit of a limit."""
    sizes = (figure.amount for figure in use.sizes.values())
    return next((size for size in sizes if size and size.unit == limit.unit), None)
