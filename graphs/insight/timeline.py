"""Who worked when in a run, and what waited for what: read from its journal. Pure.

::

    told = timeline(Journal(events), now="2026-11-25T18:40:00Z")
    told["critical_path"], told["shorter"]
"""

from collections.abc import Iterable, Iterator, Sequence

from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import SectionApproved, SectionSubmitted
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.events import RunEnded, is_a
from quire.graphs.insight.causes import STANDING, CausalGraph, SectionKey, key_of
from quire.graphs.insight.critical_path import SENDING, Saving, Step, critical_path, kind_of, savings
from quire.graphs.run.approvals import ASKING
from quire.graphs.run.changes import OUTSIDERS
from quire.graphs.run.dependencies import needs_of
from quire.graphs.run.journal import OPENING, Journal
from quire.nodes.event_store.port import Envelope


class Span(TypedDict):
    """A stretch of a section run, in seconds since the run started."""

    kind: str
    """``wait`` (for what it depends on, or for a text that was read as a draft), ``work``, or ``person``."""
    agent: str
    start: float
    end: float
    open: bool
    """It has not ended."""
    critical: bool


class Awaited(TypedDict):
    """What the section waited for."""

    section: str
    event: str | None
    """The type of the event that met it; ``None`` while it has not happened."""
    seconds: float
    """From the time the section was planned."""
    last: bool
    """The section started when this happened."""


class TimelineRow(TypedDict):
    """One epoch of a section, or what the document's own agents did (``section`` is ``None``)."""

    section: str | None
    epoch: int
    title: str
    spans: list[Span]
    gate: list[Awaited]


class Idle(TypedDict):
    """A time in which nobody worked."""

    start: float
    end: float
    why: str
    """``person`` or ``interrupted``."""


class Readable(TypedDict):
    """A section that stands."""

    section: str
    seconds: float


class Timeline(TypedDict):
    """Who worked when. Everything but ``started`` is in seconds since then."""

    started: str
    seconds: float
    """How long it has taken so far, pauses included."""
    over: bool
    worked: float
    """How much of that somebody worked."""
    pauses: list[Idle]
    first: Readable | None
    """The first section that could be read, of those that a model wrote if it wrote any."""
    lanes: list[TimelineRow]
    critical_path: list[Step]
    shorter: list[Saving]


def timeline(journal: Journal, now: str) -> Timeline:
    """Work out who worked when.

    Args:
        journal: the run's.
        now: the time of day to which what is under way is drawn, RFC 3339; of a run that nobody works on, the time
            of its last event.

    """
    causes, over = CausalGraph(journal), bool(journal.of_type(RunEnded))
    if not causes.events:
        return Timeline(
            started=now,
            seconds=0.0,
            over=False,
            worked=0.0,
            pauses=[],
            first=None,
            lanes=[],
            critical_path=[],
            shorter=[],
        )
    last = causes.at(causes.events[-1])
    end = last if over else max(last, causes.since_start(now))
    path = critical_path(causes, _decisive(causes))
    rows = [_row(causes, key, {s["n"] for s in path}, None if over else end) for key in _keys(causes)]
    idle = sum(p.end - p.start for p in causes.pauses)
    return Timeline(
        started=causes.events[0]["at"],
        seconds=round(end, 3),
        over=over,
        worked=round(end - idle, 3),
        pauses=[
            Idle(start=round(p.start, 3), end=round(p.end, 3), why="person" if p.person else "interrupted")
            for p in causes.pauses
        ],
        first=_first(causes),
        lanes=rows,
        critical_path=path,
        shorter=savings(causes, path),
    )


def _first(causes: CausalGraph) -> Readable | None:
    """Give the first section that stood. What is filled in or computed stands at once and tells no reader much."""
    stood = causes.journal.of_type(SectionApproved)
    first = next((e for e in stood if e["data"].get("models")), stood[0] if stood else None)
    return Readable(section=str(first["section"]), seconds=round(causes.at(first), 3)) if first else None


def _decisive(causes: CausalGraph) -> Envelope | None:
    """Give the event to which the critical path leads: the end, or what the longest open section run has come to."""
    done = [e for e in causes.events if e["agent"] not in OUTSIDERS and e["type"] not in STANDING]
    opened = [e for e in done if is_a(e, SectionOpened) and not causes.closed(e["section"], e["epoch"])]
    if not opened or is_a(done[-1], RunEnded):
        return done[-1] if done else None
    rank = {(e["section"], e["epoch"]): e["data"]["priority"] for e in done if e["type"] in OPENING}
    longest = max(opened, key=lambda e: (rank.get((e["section"], e["epoch"]), 0), -e["n"]))
    return [e for e in causes.events_of(longest["section"], longest["epoch"]) if e["agent"] not in OUTSIDERS][-1]


def _keys(causes: CausalGraph) -> Iterator[SectionKey]:
    yield None, 1
    opening = [e for e in causes.events if e["type"] in OPENING]
    for event in sorted(opening, key=lambda e: (e["data"]["position"], e["epoch"])):
        yield event["section"], event["epoch"]


def _row(causes: CausalGraph, key: SectionKey, critical: set[int], now: float | None) -> TimelineRow:
    events = _of_document(causes) if key[0] is None else causes.events_of(*key)
    planned = None if key[0] is None else next(e for e in events if e["type"] in OPENING)
    spans = [
        s
        for events in _together(e for e in events if e is not planned)
        if (s := _span(causes, events, planned, critical))
    ]
    if now is not None and (going := _under_way(causes, key, events, now)):
        spans.append(going)
    title = planned["data"]["spec"]["title"] if planned else "Document"
    waited = _waited_for(causes, planned) if planned else []
    return TimelineRow(section=key[0], epoch=key[1], title=title, spans=spans, gate=waited)


def _of_document(causes: CausalGraph) -> list[Envelope]:
    """Give the document's own events: those of no section, and those that send sections off."""
    return [e for e in causes.events if e["section"] is None or e["type"] in SENDING]


def _together(events: Iterable[Envelope]) -> list[list[Envelope]]:
    """Put together what one agent said of one cause."""
    groups: dict[tuple[str, str | None], list[Envelope]] = {}
    for event in events:
        if event["cause"] is not None:
            groups.setdefault((event["agent"], event["cause"]), []).append(event)
    return list(groups.values())


def _span(causes: CausalGraph, events: Sequence[Envelope], planned: Envelope | None, critical: set[int]) -> Span | None:
    first, last = events[0], events[-1]
    cause, released = causes.journal.events.get(first["cause"] or ""), causes.release(first)
    if kind_of(first) == "outside" or cause is None or released is None:
        return None
    kind = "wait" if cause is planned or _held(cause, released) else kind_of(first)
    start = causes.at(cause if kind == "wait" else released)
    return Span(
        kind=kind,
        agent=first["agent"],
        start=round(start, 3),
        end=round(causes.at(last), 3),
        open=False,
        critical=bool(critical & {e["n"] for e in events}),
    )


def _held(cause: Envelope, released: Envelope) -> bool:
    """Whether a finished draft waited for the approval of what it was written from."""
    return is_a(cause, SectionSubmitted) and cause["data"]["question"] is None and released is not cause


def _under_way(causes: CausalGraph, key: SectionKey, events: Sequence[Envelope], now: float) -> Span | None:
    """Give what a section run that is not closed is doing."""
    said = [e for e in events if e["agent"] not in OUTSIDERS and e["type"] not in STANDING]
    if not said or (key[0] is None and not _document_works(causes, said[-1])):
        return None
    if key[0] is not None and causes.closed(*key):
        return None
    asked = any(key_of(e) == key for e in causes.journal.open_questions().values())
    waits = said[-1]["type"] in {*OPENING, SectionSubmitted.__name__}
    kind = "person" if asked else "wait" if waits else "work"
    return Span(kind=kind, agent="", start=round(causes.at(said[-1]), 3), end=round(now, 3), open=True, critical=False)


def _document_works(causes: CausalGraph, last: Envelope) -> bool:
    """Whether the document's own agents are at work, or ask."""
    open_ones = [e for e in causes.events if e["type"] in OPENING and not causes.closed(e["section"], e["epoch"])]
    return last["type"] in ASKING or not open_ones


def _waited_for(causes: CausalGraph, planned: Envelope) -> list[Awaited]:
    """Say what a section waited for and for how long."""
    data = planned["data"]
    opened = next((e for e in causes.events_of(planned["section"], planned["epoch"]) if is_a(e, SectionOpened)), None)
    read = {section: seen["epoch"] for section, seen in opened["data"]["inputs"].items()} if opened else {}
    spec = (opened["data"].get("spec") if opened else None) or data["spec"]  # also those that came while it waited
    met = [(need, causes.met(need)) for need in needs_of(spec, read | data.get("need", {}))]
    whole = all(event for _, event in met)
    latest = max((e["n"] for _, e in met if e), default=0)
    return [
        Awaited(
            section=need.section,
            event=event["type"] if event else None,
            seconds=round(max(0.0, causes.at(event or causes.events[-1]) - causes.at(planned)), 3),
            last=bool(whole and event and event["n"] == latest),
        )
        for need, event in met
    ]
