"""Dependencies: when a section may start, and with what. Pure functions over what has been posted."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from quire.graphs.agents.arbiter.events import RevisionRequested, SectionApproved, SectionFailed, SectionSubmitted
from quire.graphs.agents.planner.events import SectionSkipped
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.events import SectionCancelled, is_a, type_names
from quire.graphs.run.changes import OUTSIDERS
from quire.nodes.event_store.port import Envelope
from quire.nodes.language.catalogue import Words
from quire.nodes.language.reasons import reason_in

CLOSED = "closed"
"""Stands for whatever ended a section's epoch: approved, failed, skipped, cancelled."""

CLOSING = type_names(SectionApproved, SectionFailed, SectionSkipped, SectionCancelled)
FAILING = type_names(SectionFailed, SectionCancelled)

Policy: TypeAlias = Literal["stop", "stub"]
SectionKey: TypeAlias = tuple[str, int]
"""A section run: a section and its epoch, the revision."""


class Need(NamedTuple):
    """An event that a section waits for, of the epoch it needs."""

    section: str
    epoch: int
    event: str = CLOSED
    """``closed``, an event type (``SectionDrafted``), or the answer to a question (``answer_to``)."""


class Opening(NamedTuple):
    """What a dependency wait ends with: the section starts with these inputs, or stops for this reason."""

    inputs: dict[str, dict[str, Any]]
    stopped: str | None


def answer_to(question: str) -> str:
    """Name the answer to the question that an event asked."""
    return f"answer:{question}"


def needs_of(spec: Mapping[str, Any], need: Mapping[str, int]) -> list[Need]:
    """Read a section's ``after``: ``header`` waits for its end, ``header.drafted`` for that event."""
    return [_need(item, need) for item in spec["after"]]


def waited_for(at_start: Sequence[Need], events: Sequence[Envelope]) -> list[Need]:
    """Give what a section that is not closed waits for: before it starts, or with a draft that it has submitted.

    Args:
        at_start: what it waits for before it opens.
        events: the epoch's events.

    """
    said = [e for e in events if e["agent"] not in OUTSIDERS]
    if said and is_a(said[-1], SectionSubmitted):
        return approvals_of(said[-1], events)
    return list(at_start)


def approvals_of(submitted: Envelope, events: Sequence[Envelope]) -> list[Need]:
    """Give what a submitted draft waits for: a person's answer, or the approval of the drafts it was written from."""
    if submitted["data"]["question"] is not None:
        return [Need(str(submitted["section"]), submitted["epoch"], answer_to(submitted["id"]))]
    return [Need(section, seen["epoch"]) for section, seen in drafts_read(inputs_read(events)).items()]


def _need(item: str, epochs: Mapping[str, int]) -> Need:
    section, _, event = item.partition(".")
    return Need(section, epochs.get(section, 1), f"Section{event.title()}" if event else CLOSED)


def opening(
    needs: Sequence[Need], posted: Mapping[Need, Envelope], policy: Mapping[str, Policy], words: Words
) -> Opening | None:
    """Decide once every needed event is there: ``None`` while one is missing."""
    met = {n.section: event for n in needs if (event := settled(n, posted))}
    if len(met) < len(needs):
        return None
    inputs = {section: read_from(event) for section, event in met.items()}
    stopped = [
        words("reason.builds-on", section=section, why=reason_in(inputs[section]["missing"], words))
        for section, event in met.items()
        if event["type"] in FAILING and policy.get(section, "stop") == "stop"
    ]
    return Opening(inputs, stopped[0] if stopped else None)


def settled(need: Need, posted: Mapping[Need, Envelope]) -> Envelope | None:
    """Give the event that meets a need: the one it names, or else the end of that section's epoch.

    Who waits for a draft of a section that closed without one must not wait for ever.
    """
    return posted.get(need) or posted.get(need._replace(event=CLOSED))


def read_from(event: Envelope) -> dict[str, Any]:
    """Say what a section may read of an event it waited for: a digest to compare later, or why there is nothing.

    A section that does not apply is ``skipped``; one that should be there is ``missing``.
    """
    seen = {"event": event["id"], "epoch": event["epoch"]}
    if "digest" in event["data"]:
        draft = {"draft": True} if event["type"] not in CLOSING else {}
        return {**seen, **draft, "digest": event["data"]["digest"]}
    known = "missing" if event["type"] in FAILING else "skipped"
    return {**seen, known: event["data"].get("reason", "it was not written")}


def policies(spec: Mapping[str, Any], needs: Sequence[Need]) -> dict[str, Policy]:
    """Read what to do without a section that failed: one word for all, or one for each."""
    said: Policy | Mapping[str, Policy] = spec.get("wait_failed") or "stop"
    return {n.section: said if isinstance(said, str) else said.get(n.section, "stop") for n in needs}


def inputs_read(events: Sequence[Envelope]) -> dict[str, dict[str, Any]]:
    """Give what a section reads of others, from its own events: what it opened or was kept with, what was replaced."""
    inputs: dict[str, dict[str, Any]] = {}
    for event in events:
        if is_a(event, SectionOpened, RevisionRequested):
            inputs = {**inputs, **event["data"]["inputs"]}
        elif is_a(event, SectionApproved) and event["data"].get("kept") is not None:
            inputs = event["data"]["kept"]
    return inputs


def drafts_read(inputs: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Choose, of what a section has read, what was only a draft."""
    return {section: seen for section, seen in inputs.items() if seen.get("draft")}


def unchanged(inputs: Mapping[str, Mapping[str, Any]], before: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a section would read again exactly what it read before."""
    return {s: i.get("digest") for s, i in inputs.items()} == {s: i.get("digest") for s, i in before.items()}
