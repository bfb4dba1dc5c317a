"""A document's versions: a new one is begun with how the one before stands, and what would stand of it is foretold."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from typing_extensions import TypedDict

from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.events import is_a
from quire.graphs.intake.blueprint_models import SectionSpec
from quire.graphs.kernel.agent_state import Scope
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.earlier import Earlier
from quire.graphs.run.edits import edit_to_make
from quire.graphs.run.run import Run, open_run
from quire.graphs.versions.earlier_version import earlier_version
from quire.graphs.versions.keeping import compared_with
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.port import Envelope
from quire.nodes.event_store.rows import FINAL, RunRow
from quire.nodes.evidence.refreshing import said_digest
from quire.nodes.faults import BadInput
from quire.server.execution.runs import Runs

EARLIER, EDITS, FOLLOWS = "earlier", "edits", "follows"
"""Under which a brief carries the version before and what persons change of it, and the run's row who wrote it."""


class Foretold(TypedDict):
    """What would become of a section in a new version."""

    id: str
    stands: bool
    because: list[str]
    """Why it would be written again."""


class Edits(NamedTuple):
    """Edits of one section, as a person gives them."""

    section: str
    edits: Sequence[Mapping[str, Any]]
    """``claim``, ``text``, and where wanted ``based_on``, ``behind``, ``by``; each is of the text as it stood."""


class Told(NamedTuple):
    """What a person wants different about a section."""

    section: str
    instruction: str


async def following(
    runs: Runs,
    brief: Mapping[str, Any] | None,
    earlier_run: str,
    edits: Sequence[Edits] = (),
    told: Sequence[Told] = (),
) -> dict[str, Any]:
    """Give a decoded brief whose run follows a version.

    Args:
        runs: the runs.
        brief: what is asked; ``None``: the same as before.
        earlier_run: the run that wrote the version.
        edits: persons' edits of it.
        told: what persons want different about its sections.

    Raises:
        BadInput: there is no such run, or it is not over, or it came to nothing that could stand, or an edit is none.
        EditedMeanwhile: an edit is based on other words.

    """
    row = await runs.row(earlier_run)
    if row["status"] not in FINAL:
        raise BadInput(f"run {earlier_run!r} is not over", hint="a version follows one that is finished")
    version = await version_of(runs, row)
    asked = brief if brief is not None else await brief_of(runs, row)
    made = [event for section in edits for event in _made(version, section)] + _instructed(version, told)
    return {**asked, EARLIER: version, **({EDITS: made} if made else {})}


async def brief_of(runs: Runs, row: RunRow) -> dict[str, Any]:
    """Give the decoded brief of a run, without what it followed itself."""
    brief: dict[str, Any] = json.loads(await runs.record.get(row["brief"]))
    return {key: value for key, value in brief.items() if key not in (EARLIER, EDITS)}


def _made(version: Earlier, given: Edits) -> list[dict[str, Any]]:
    section = version["sections"].get(given.section)
    if section is None or "approval" not in section:
        known = ", ".join(name for name, one in version["sections"].items() if "approval" in one)
        raise BadInput(f"there is no section {given.section!r} with a text", field="section", hint=f"one of {known}")
    content = section["approval"]["content"]
    made = [edit_to_make(given.section, content, edit) for edit in given.edits]
    return [{**one.model_dump(mode="json"), "section": given.section} for one in made]


def _instructed(version: Earlier, told: Sequence[Told]) -> list[dict[str, Any]]:
    """Give the changes of sections' instructions: all that is wanted of one section at once."""
    by_section: dict[str, list[str]] = {}
    for one in told:
        by_section.setdefault(one.section, []).append(one.instruction)
    specs = {name: version["sections"][name]["spec"] for name in by_section}
    return [
        {
            "section": name,
            "changes": {"instructions": "\n\n".join(filter(None, [specs[name]["instructions"], *wanted]))},
        }
        for name, wanted in by_section.items()
    ]


async def version_of(runs: Runs, row: RunRow) -> Earlier:
    """Give how the document of a run stands.

    Raises:
        BadInput: it came to nothing.

    """
    run = Run(row["id"], runs.record)
    await run.filled()
    version = earlier_version(run.blackboard)
    if version is None or not version["sections"]:
        raise BadInput(f"run {row['id']!r} wrote no section that could stand", hint="write the document anew")
    return version


async def foretold(runs: Runs, run_id: str, sections: Sequence[SectionSpec]) -> list[Foretold]:
    """Foretell of each section of a plan whether it would stand as in the version before, and why not.

    Args:
        runs: the runs.
        run_id: the run that made the plan; it follows the version.
        sections: what would be written, each behind those it waits for.

    """
    run = await _as_if_planned(runs, run_id, sections)
    earlier = run.blackboard.earlier
    says: dict[str, str | None] = {}
    told = []
    for spec in (s.model_dump(mode="json") for s in sections):
        found = await compared_with(run, spec, _builds_on(spec, says))
        stands = found.approval is not None
        before = earlier["sections"].get(spec["id"]) if earlier else None
        content = before.get("approval", {}).get("content") if before else None
        says[spec["id"]] = said_digest(content) if stands and content else None
        told.append(Foretold(id=spec["id"], stands=stands, because=found.because))
    return told


def _builds_on(spec: Mapping[str, Any], says: Mapping[str, str | None]) -> dict[str, str | None]:
    needs = dict.fromkeys(str(item).partition(".")[0] for item in spec["after"])
    return {name: says.get(name, "") for name in needs}


async def _as_if_planned(runs: Runs, run_id: str, sections: Sequence[SectionSpec]) -> Run:
    """Give the run as it would be once its plan was approved; nothing of it is kept."""
    record = MemoryRecord()
    record.kept = runs.record.kept
    events = [e for e in await runs.record.events(run_id) if not is_a(e, SectionPlanned)]
    source = Run(run_id, runs.record)
    await source.filled()
    digests = [s["hash"] for s in source.request["sources"]] + [source.request.get(EARLIER, "")]
    blobs = {d: await runs.record.get(d) for d in digests if d}
    scope = Scope(run=run_id)
    planned = [
        envelope(
            emit(SectionPlanned(spec=s.model_dump(mode="json"), position=n, priority=1), section=s.id),
            "planner", None, n, scope=scope,
        )
        for n, s in enumerate(sections)
    ]  # fmt: skip
    await record.append(run_id, [cast("Envelope", {**e}) for e in [*events, *planned]], blobs)
    run = open_run(run_id, record, (await runs.row(run_id))["tenant"])
    await run.filled()
    return run
