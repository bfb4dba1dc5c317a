"""Extraction alone: a run that is asked for its records, and ends when they are there.

What it asks of a model is recorded and budgeted as in any run.
"""

from collections.abc import Mapping
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.run.extraction import record_types_of
from quire.graphs.run.section_inputs import known_records_of
from quire.nodes.event_store.port import Usage
from quire.nodes.faults import BadInput
from quire.nodes.language.catalogue import ENGLISH, words_in
from quire.nodes.records.gathering import gathered
from quire.nodes.records.record import Refused
from quire.nodes.records.records_file import said, written_file
from quire.server.execution.runs import Runs

ONLY_RECORDS = "only its records were asked for"
_STANDS = {"id": "records", "title": "Records", "kind": "template", "instructions": "Records."}
"""Nothing is planned by a model for the sake of records."""


class RecordsReport(TypedDict):
    """The records of a brief's sources, as a brief takes them back, and what it has taken to read them."""

    id: str
    records: dict[str, list[dict[str, Any]]]
    """By type."""
    refused: list[Refused]
    """What was not accepted, or not read, with a key of the reason."""
    file: str
    """The same as a file for a person to correct, in YAML, with the reasons in words."""
    calls: int
    usage: Usage


def asked_for_its_records(brief: Mapping[str, Any]) -> dict[str, Any]:
    """Give a decoded brief whose run stops at the plan, and plans nothing but that.

    Raises:
        BadInput: its blueprint declares no records.

    """
    blueprint = brief["blueprint"]
    if not isinstance(blueprint, str) and not blueprint.get("records"):
        raise BadInput("declares no types of records", field="blueprint", hint="declare them under `records`")
    options = dict(brief["options"])
    return {**brief, "plan": {"sections": [_STANDS]}, "options": options | {"approve": ["plan"]}}


async def report_records(runs: Runs, run: str) -> RecordsReport:
    """Report the records that a run has read.

    Raises:
        BadInput: it failed before.

    """
    seen = await runs.seen(run)
    asked = seen.blackboard.asked
    if not asked:
        raise BadInput("no records could be read for this brief")
    types = record_types_of(asked["blueprint"])
    found = gathered(types, await seen.readings(), known_records_of(seen))
    words = words_in(asked.get("language", ENGLISH))
    by_type: dict[str, list[dict[str, Any]]] = {name: [] for name in types}
    for record in found["records"]:
        by_type[record["type"]].append(said(record, types[record["type"]]))
    return RecordsReport(
        id=run,
        records=by_type,
        refused=found["refused"],
        file=written_file(found["records"], found["refused"], types, words),
        calls=await runs.record.calls(run),
        usage=await runs.record.usage(run),
    )
