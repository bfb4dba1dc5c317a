"""What events mean, said here apart from the code that is held against it, which must not vouch for itself."""

from collections.abc import Mapping
from typing import Any, NamedTuple

OPENING = frozenset({"SectionPlanned", "SectionReopened"})
FAILING = frozenset({"SectionFailed", "SectionCancelled"})
CLOSING = FAILING | {"SectionApproved", "SectionSkipped"}


class Need(NamedTuple):
    """What a section waits for: another's end, or its draft, of an epoch or a later one."""

    section: str
    epoch: int
    met_by: frozenset[str]
    """Types of events that will do."""
    policy: str
    """``stop`` or ``stub``, if the other fails."""


def needs(planned: Mapping[str, Any]) -> list[Need]:
    """Read what a section waits for from the data of the event that opened its epoch."""
    spec, epochs = planned["spec"], planned.get("need", {})
    said = spec.get("wait_failed") or "stop"
    found = []
    for item in spec["after"]:
        section, drafted = item.removesuffix(".drafted"), item.endswith(".drafted")
        policy = said if isinstance(said, str) else said.get(section, "stop")
        met_by = CLOSING | {"SectionDrafted"} if drafted else CLOSING
        found.append(Need(section, epochs.get(section, 1), met_by, policy))
    return found
