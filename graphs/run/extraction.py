"""What is known in a run of its records: which types there are, which a model is to read, and what was read."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from quire.graphs.agents.extractor.events import RecordsExtracted
from quire.graphs.run.blackboard import Blackboard
from quire.nodes.records.record import Extracted
from quire.nodes.records.record_types import RecordType
from quire.nodes.sources.passage import Reading


def record_types_of(blueprint: Mapping[str, Any]) -> dict[str, RecordType]:
    """Give the types of records that a blueprint declares."""
    return {name: RecordType.model_validate(kind) for name, kind in blueprint.get("records", {}).items()}


def to_be_read(request: Mapping[str, Any], readings: Sequence[Reading]) -> list[str]:
    """Name the types that a model is asked for: nobody gives them, and there is a source that may hold some."""
    given, held = request.get("records", {}), [r["source"] for r in readings if r["passages"]]
    types = record_types_of(request["blueprint"])
    return [
        name
        for name, kind in types.items()
        if kind.reads_prose and name not in given and any(kind.is_in(source) for source in held)
    ]


def extracted_of(blackboard: Blackboard) -> tuple[list[str], Extracted]:
    """Give the types whose records were extracted, and what came of it."""
    events = blackboard.of_type(RecordsExtracted)
    if not events:
        return [], Extracted(records=[], refused=[])
    data = events[-1]["data"]
    return data["types"], cast("Extracted", {"records": data["records"], "refused": data["refused"]})
