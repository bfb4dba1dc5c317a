"""What events mean, said here apart from the code that is held against it, which must not vouch for itself."""

from collections.abc import Mapping, Sequence
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


def gatherers(journal: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Give the sections that gather what the document says, each with all that came later and does not build on it."""
    known = {e["id"]: e for e in journal}
    later, after = set[str](), dict[str, set[str]]()
    for event in (e for e in journal if e["type"] == "SectionPlanned"):
        chain = [event]
        while (cause := known.get(chain[-1]["cause"])) is not None:
            chain.append(cause)
        if any(e["type"] in {"SectionProposed", "SectionAdded"} for e in chain):
            later.add(event["section"])
        after[event["section"]] = {item.partition(".")[0] for item in event["data"]["spec"]["after"]}
    first = after.keys() - later
    found = {}
    for section in first:
        others = {s for s in first if s != section and section not in behind(s, after)}
        if len(after[section]) > 1 and others and others <= behind(section, after):
            found[section] = {s for s in later if section not in behind(s, after)}
    return found


def behind(section: str, after: Mapping[str, set[str]]) -> set[str]:
    """Give all that a section builds on."""
    found: set[str] = set()
    while more := {n for s in (found | {section}) for n in after.get(s, ())} - found:
        found |= more
    return found
