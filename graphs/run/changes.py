"""What changes from outside mean for a section: which can reach what it says, and what holds for it then. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quire.graphs.agents.section.events import ChangesTaken, SectionOpened
from quire.graphs.events import FactChanged, SectionAdded, SectionChanged, SectionEdited, is_a, type_names
from quire.nodes.event_store.port import Envelope

OUTSIDE = type_names(SectionChanged, SectionEdited, FactChanged, SectionAdded)
PERSON = "person"
OUTSIDERS = frozenset({PERSON, "outside"})
"""Who says what nobody in the run has worked on."""
EDITED = "edited"
"""The rule of a finding that says that a person has edited a section. No writer is told: code makes edits."""
TAKING = type_names(SectionOpened, ChangesTaken)


def taken_by(taking: Iterable[Envelope]) -> list[str]:
    """Give the ids of the changes that a section took up, from its events, in order."""
    return [change for e in taking if e["type"] in TAKING for change in e["data"]["changes"]]


def only_edits(changes: Sequence[Envelope]) -> bool:
    """Whether changes are a person's edits and nothing else, so that no word but these is another one."""
    return bool(changes) and all(is_a(change, SectionEdited) for change in changes)


def spec_with(spec: Mapping[str, Any], changes: Iterable[Envelope]) -> dict[str, Any]:
    """Give the specification with changes made to it."""
    changed = dict(spec)
    for change in changes:
        if is_a(change, SectionChanged):
            changed |= change["data"]["changes"]
    return changed


def facts_with(facts: Mapping[str, Any], changes: Iterable[Envelope]) -> dict[str, Any]:
    """Give the brief's facts with changes made to them."""
    return {**facts, **{c["data"]["name"]: c["data"]["value"] for c in changes if is_a(c, FactChanged)}}


def reads(spec: Mapping[str, Any], content: Mapping[str, Any] | None, change: Envelope) -> bool:
    """Whether a change can reach what a section says.

    A changed fact reaches the sections that cite it, those whose template names it, and computed ones, which may
    use any fact without citing it.
    """
    return not is_a(change, FactChanged) or reads_fact(spec, content, change["data"]["name"])


def reads_fact(spec: Mapping[str, Any], content: Mapping[str, Any] | None, name: str) -> bool:
    """Whether a fact of the brief can reach what a section says."""
    if content is None or spec.get("compute"):
        return True
    return name in str(spec.get("instructions", "")) or any(
        e["source"] == "brief" and e["address"] == f"facts.{name}" for e in _evidence(content)
    )


def reaching(changes: Iterable[Envelope], spec: Mapping[str, Any], content: Mapping[str, Any] | None) -> list[Envelope]:
    """Choose the changes that can reach what a section says."""
    return [change for change in changes if reads(spec, content, change)]


def _evidence(content: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for block in content.get("blocks", ()):
        for claim in [*block.get("claims", ()), *(cell for row in block.get("rows", ()) for cell in row)]:
            yield from claim["evidence"]
