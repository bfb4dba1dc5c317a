"""Which sections are written again after the editor has read the whole. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.events import SectionCancelled, is_a
from quire.nodes.computations.materials import Finding
from quire.nodes.event_store.port import Envelope


def reopened(
    plan: Sequence[Envelope],
    last: Mapping[str, Envelope],
    findings: Sequence[Finding],
    most_epochs: int | None,
    also: Collection[str] = (),
) -> list[tuple[str, int, dict[str, Any]]]:
    """Give ``(section, epoch, data of SectionReopened)`` of each section to open again, in the plan's order.

    With a section that must be written again go all that build on it, directly or not: each waits before it starts
    for the new epoch and keeps its text if what it reads turns out the same. So does what is opened ``also``.
    """
    wanted = _to_mend(last, findings, most_epochs)
    opening: dict[str, int] = {}
    made = []
    for planned in plan:
        section, spec = str(planned["section"]), planned["data"]["spec"]
        needs = [item.partition(".")[0] for item in spec["after"]]
        if section not in wanted and section not in also and not opening.keys() & set(needs):
            continue
        if is_a(last[section], SectionCancelled):
            continue  # nobody wants it any more
        opening[section] = last[section]["epoch"] + 1
        need = {n: opening.get(n, last[n]["epoch"]) for n in needs}
        data = {**planned["data"], "need": need, "findings": wanted.get(section, [])}
        made.append((section, opening[section], data))
    return made


def named_in(note: str, sections: Sequence[str]) -> list[Finding]:
    """Make a person's note an objection to each section that it names by id, or to all if it names none."""
    named = set(sections) & set(re.findall(r"[a-z0-9-]+", note)) or set(sections)
    return [Finding(rule="person", severity="error", message=note, where=s) for s in sections if s in named]


def _to_mend(
    last: Mapping[str, Envelope], findings: Sequence[Finding], most_epochs: int | None
) -> dict[str, list[dict[str, Any]]]:
    """Choose the errors that name a section which stands and may be opened once more.

    One that stands as in the version before is only written again if a person wants it: nothing of it changed.
    """
    wanted: dict[str, list[dict[str, Any]]] = {}
    for finding in findings:
        closed = last.get(finding["where"].partition(",")[0])
        if finding["severity"] != "error" or closed is None or not is_a(closed, SectionApproved):
            continue
        if most_epochs is None or (closed["epoch"] < most_epochs and not stands_as_before(closed)):
            wanted.setdefault(str(closed["section"]), []).append(dict(finding))
    return wanted


def stands_as_before(closed: Envelope) -> bool:
    """Whether a section was closed as it stood in the version before."""
    return closed.get("data", {}).get("kept") is not None
