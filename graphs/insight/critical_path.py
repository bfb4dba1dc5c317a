"""What a run's length hung on, and what would have made it shorter. Pure.

The critical path is the chain of what released the run's end: every step on it waited for the one before, and for
nothing else. What a change would have saved is computed by letting the whole run happen again with it: each event
as soon as all that had to happen before it has happened, after as long as it took.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from typing_extensions import TypedDict

from quire.graphs.agents.editor.events import SectionReopened
from quire.graphs.agents.planner.events import SectionPlanned, SectionSkipped
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import AnswerGiven, is_a, type_names
from quire.graphs.insight.causes import CausalGraph, key_of
from quire.graphs.run.changes import OUTSIDERS
from quire.graphs.run.dependencies import CLOSING
from quire.nodes.event_store.port import Envelope

SENDING = type_names(SectionPlanned, SectionReopened, SectionSkipped)
"""About a section, but the work of the document's own agents."""
KEPT = 5
WORTH = 0.01
"""Share of the run's length from which a saving is worth telling."""


class Step(TypedDict):
    """A step of the critical path. Times in seconds since the run started; ``seconds`` without interruptions."""

    section: str | None
    epoch: int
    agent: str
    kind: str
    """``work``, ``gate``, ``person`` or ``outside`` (until somebody changed something)."""
    type: str
    n: int
    start: float
    end: float
    seconds: float


class Saving(TypedDict):
    """What would have made the run shorter, and by how many seconds."""

    kind: str
    """``faster`` (a step takes no time), ``draft`` (a section starts on a draft), ``person`` (answers at once)."""
    section: str | None
    agent: str
    on: str | None
    """For ``draft``: the section whose draft it would be."""
    took: float
    seconds: float


def critical_path(causes: CausalGraph, end: Envelope | None) -> list[Step]:
    """Give the steps that led to an event, each released by the one before."""
    chain = causes.back(end) if end else []
    steps = [_step(causes, event, causes.at(before)) for before, event in pairwise(chain)]
    first = chain[0] if chain else None
    return [_step(causes, first, 0.0), *steps] if first is not None and first["n"] > 1 else steps


def savings(causes: CausalGraph, path: Sequence[Step]) -> list[Saving]:
    """Give what would have made the run shorter, the most first."""
    if not path:
        return []
    known = {e["n"]: e for e in causes.events}
    end, length = known[path[-1]["n"]], _length(causes, known[path[-1]["n"]], {}, {})
    found = [*_faster(causes, path, end, length), *_on_drafts(causes, path, end, length)]
    worth = [s for s in found if s["seconds"] >= WORTH * length]
    return sorted(worth, key=lambda s: -s["seconds"])[:KEPT]


def _step(causes: CausalGraph, event: Envelope, start: float) -> Step:
    end = causes.at(event)
    return Step(
        section=None if event["type"] in SENDING else event["section"],
        epoch=event["epoch"],
        agent=event["agent"],
        kind=kind_of(event),
        type=event["type"],
        n=event["n"],
        start=round(start, 3),
        end=round(end, 3),
        seconds=round(causes.worked(start, end), 3),
    )


def kind_of(event: Envelope) -> str:
    """Say what was going on until an event happened."""
    if is_a(event, AnswerGiven):
        return "person"
    if event["agent"] in OUTSIDERS:
        return "outside"
    return "gate" if is_a(event, SectionOpened) else "work"


def _faster(causes: CausalGraph, path: Sequence[Step], end: Envelope, length: float) -> Iterator[Saving]:
    """Let each agent's work in each section on the path take no time, or each person answer at once."""
    steps: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    took: dict[tuple[str | None, str], float] = defaultdict(float)
    for step in path:
        if step["kind"] in {"work", "person"}:
            steps[step["section"], step["agent"]].append(step["n"])
            took[step["section"], step["agent"]] += step["seconds"]
    for (section, agent), numbers in steps.items():
        saved = length - _length(causes, end, dict.fromkeys(numbers, 0.0), {})
        kind = "person" if agent == "person" else "faster"
        yield _saving(kind, section, agent, None, took[section, agent], saved)


def _on_drafts(causes: CausalGraph, path: Sequence[Step], end: Envelope, length: float) -> Iterator[Saving]:
    """Let each section on the path start on the draft that it waited to see approved."""
    for step in path:
        opened = next(e for e in causes.events if e["n"] == step["n"])
        closed = causes.release(opened) if step["kind"] == "gate" else None
        if closed is None or closed["type"] not in CLOSING or closed["section"] is None:
            continue
        drafts = [e for e in causes.events_of(*key_of(closed)) if is_a(e, SectionDrafted) and e["n"] < closed["n"]]
        if drafts:
            instead = {opened["n"]: [*(p for p in causes.parents(opened) if p is not closed), drafts[-1]]}
            saved = length - _length(causes, end, {}, instead)
            yield _saving("draft", opened["section"], "section", closed["section"], saved, saved)


def _length(
    causes: CausalGraph, end: Envelope, takes: Mapping[int, float], instead: Mapping[int, list[Envelope]]
) -> float:
    """Let the run happen again and give when its end would come."""
    when: dict[int, float] = {}
    for event in causes.events:
        if event["n"] > end["n"]:
            break
        before = causes.release(event)
        own = causes.worked(causes.at(before) if before else 0.0, causes.at(event))
        waits = [when[p["n"]] for p in instead.get(event["n"]) or causes.parents(event)]
        when[event["n"]] = max(waits, default=0.0) + takes.get(event["n"], own)
    return when[end["n"]]


def _saving(kind: str, section: str | None, agent: str, on: str | None, took: float, seconds: float) -> Saving:
    return Saving(
        kind=kind, section=section, agent=agent, on=on, took=round(took, 3), seconds=round(max(0.0, seconds), 3)
    )
