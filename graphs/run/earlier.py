"""What a run knows of the version that it follows: how its sections stood, and what they were written from.

It is a blob of the run's own record, so a version stands by itself: the run that made the earlier one may be gone.
"""

import json
from collections.abc import Iterable
from typing import Any, NotRequired, cast

from typing_extensions import TypedDict

from quire.graphs.events import DocumentRequested, is_a
from quire.nodes.event_store.port import Envelope, Record


class Gathered(TypedDict):
    """What was gathered for a section at once."""

    queries: list[str]
    """Searched for; none where the sources were given whole."""
    answers: bool
    """The writer asked for it."""
    digest: str
    """Of what the passages say, wherever they stand."""


class EarlierSection(TypedDict):
    """A section as it stood."""

    spec: dict[str, Any]
    told: dict[str, Any]
    """By what it is called: all that it was told to do, and by which rules it was judged."""
    closed: str
    """The type of the event with which it closed."""
    approval: NotRequired[dict[str, Any]]
    """The data of its ``SectionApproved``, if it was approved."""
    by_person: bool
    """A person approved it."""
    inputs: dict[str, dict[str, Any]]
    """What it read of others (``SectionOpened.inputs``)."""
    builds_on: dict[str, str]
    """By section: the digest of what that one said when it was read; empty where it said nothing."""
    made_with: dict[str, str]
    """The models that were to be asked, by agent, and the digest of what they are told."""
    gathered: list[Gathered]


class EarlierPlan(TypedDict):
    """How the sections were planned."""

    outlined: NotRequired[dict[str, Any]]
    """The data of the last ``PlanOutlined``, if a model planned them."""
    dropped: list[str]
    """Ids of the sections that a person left out or cancelled."""
    later: list[dict[str, Any]]
    """``{spec, position}`` of each section that came while others were written."""
    facts: dict[str, dict[str, Any]]
    """By name, ``{was, is}`` of each fact that was changed from outside: as the brief says it, and as it is."""


class Earlier(TypedDict):
    """The version that a run follows."""

    asked: dict[str, Any]
    """The data of its ``DocumentRequested``."""
    facts: dict[str, Any]
    """The brief's facts as they last were."""
    differences: list[dict[str, Any]]
    """Where its sources differed, with what persons decided."""
    plan: EarlierPlan
    sections: dict[str, EarlierSection]
    findings: list[dict[str, Any]]
    """What the editor left to the reader."""


async def read_earlier(record: Record, events: Iterable[Envelope]) -> Earlier | None:
    """Read the version that a run follows, if these are its first events and it follows one."""
    for event in events:
        if is_a(event, DocumentRequested) and (digest := event["data"].get("earlier")):
            return cast("Earlier", json.loads(await record.get(digest)))
    return None
