"""The blackboard: a run's journal as its sections see it while they run.

Posting writes the event store first and only then wakes what waits. Everything the blackboard knows follows
from the events it has seen, so it can be filled again from the record at any time.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from quire.graphs.agents.editor.events import SectionReopened
from quire.graphs.agents.planner.events import SectionPlanned, SectionSkipped
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import AnswerGiven, Event, RunCancelled, SectionCancelled, is_a, type_names
from quire.graphs.run.admission import SectionAdmission
from quire.graphs.run.changes import OUTSIDE, OUTSIDERS, TAKING
from quire.graphs.run.dependencies import CLOSED, CLOSING, Need, answer_to, needs_of, settled, waited_for
from quire.graphs.run.earlier import Earlier, read_earlier
from quire.graphs.run.growing import Growing, decision_on
from quire.graphs.run.growth import GROWING, in_order
from quire.graphs.run.waiting import SectionKey, Waiting
from quire.nodes.event_store.finishing import finished
from quire.nodes.event_store.port import Envelope, Record

OPENING = type_names(SectionPlanned, SectionReopened)
ENDING = CLOSING - {SectionSkipped.__name__}
"""What may close an epoch that is being worked on."""


class Blackboard:
    """Who has posted what in one run."""

    def __init__(self, run: str, record: Record) -> None:
        self.run = run
        self.record = record
        self.posted: dict[Need, Envelope] = {}
        self.events: dict[str, Envelope] = {}
        self.said: dict[tuple[str, str], list[Envelope]] = defaultdict(list)
        """By agent and cause: what the agent made of it. A resumed run follows this instead of asking again."""
        self.answers: dict[str, Envelope] = {}
        """By the id of the event that asked."""
        self.outside: list[Envelope] = []
        """What was changed from outside, in order."""
        self.taken: dict[str, list[str]] = defaultdict(list)
        """By section: the ids of the changes that it has taken up."""
        self.cancelled: Envelope | None = None
        self.priorities: dict[str, int] = {}
        """By section: how long the longest path is that starts with it."""
        self.last: dict[str, Envelope] = {}
        """By section: the event that closed its newest closed epoch."""
        self.opened: dict[str, Envelope] = {}
        """By section: the event with which it was last opened."""
        self.at_work: dict[SectionKey, set[asyncio.Task[object]]] = defaultdict(set)
        """By section run: the tasks that work in it, so that a cancelled section stops at once."""
        self.admission = SectionAdmission()
        """Admits section runs one behind another, by priority."""
        self.inbox_lock = asyncio.Lock()
        """Held by whoever posts from outside, and while changes are taken up or the run's end is journalled."""
        self.heard = 0
        """Number of the last event from outside."""
        self.considered = 0
        """Up to which of them it was decided what they change. The run may end when no later one has been heard."""
        self.epochs: dict[str, int] = {}
        """By section: the newest epoch that was opened."""
        self.growing = Growing(lambda: self.of_type(SectionPlanned))
        """Sections that came while others were written."""
        self.earlier: Earlier | None = None
        """The version that the document follows, once what was asked is read from the record."""
        self._specs: dict[str, dict[str, Any]] = {}
        self._closing: dict[SectionKey, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._read = 0
        """Number of the last event that was read from the record: of those up to it none is missing."""
        self._by_section: dict[SectionKey, list[Envelope]] = defaultdict(list)
        self.waiting = Waiting(self.posted, self._admit)
        """Which section runs are under way, and what each waits for."""

    async def fill(self) -> list[Envelope]:
        """Read what the record holds of this run that was not read yet: at first all, then what others wrote.

        What this blackboard has posted itself is read again, and known already.
        """
        found = await self.record.events(self.run, self._read)
        self._read = found[-1]["n"] if found else self._read
        self.earlier = self.earlier or await read_earlier(self.record, found)
        self._note(found)
        return found

    def priority(self, section: str) -> int:
        """Length of the longest path that starts with a section; higher goes first. 0 of what is no planned section."""
        return self.priorities.get(section, 0)

    def events_of(self, section: str, epoch: int, event_type: type[Event] = Event) -> list[Envelope]:
        """Events of a section run in order: all, or those of one type."""
        events = self._by_section[section, epoch]
        return list(events) if event_type is Event else [e for e in events if is_a(e, event_type)]

    def plan(self) -> list[Envelope]:
        """Give the planned sections, each behind those it waits for, with the specification that now holds for it."""
        planned = [_with(e, self._specs[str(e["section"])]) for e in self.of_type(SectionPlanned)]
        return in_order(planned) if self.growing.became else planned

    def needs(self, planned: Envelope) -> list[Need]:
        """Give what a section waits for before it opens, as things stand.

        Who gathers what others say also waits until it is decided whether there will be one section more.
        """
        if not self.growing.came:
            return needs_of(planned["data"]["spec"], planned["data"].get("need", {}))
        epochs = {section: self.epochs.get(section, 1) for section in self.growing.later}
        own = needs_of(self.growing.spec_now(planned), epochs | planned["data"].get("need", {}))
        undecided = list(self.growing.undecided.values())
        gathers = bool(undecided) and self.growing.gathers(str(planned["section"]))
        return [*own, *(Need(*decision_on(e)) for e in undecided if gathers)]

    def waited_for(self, planned: Envelope) -> list[Need]:
        """Give what a section that is not closed waits for: before it starts, or with a draft that it has submitted."""
        return waited_for(self.needs(planned), self.events_of(str(planned["section"]), planned["epoch"]))

    def plan_now(self) -> list[Envelope]:
        """Give the plan with every section that gathers what others say waiting for those that came later, too."""
        return in_order([_with(e, self.spec_now(e)) for e in self.plan()])

    def spec_now(self, planned: Envelope) -> dict[str, Any]:
        """Give a specification that waits for the sections that came since, too, if it gathers what others say."""
        spec: dict[str, Any] = planned["data"]["spec"]
        return self.growing.spec_now(planned) if self.growing.came else spec

    def closed(self, key: SectionKey) -> Envelope | None:
        """Give what closed a section's epoch, if anything has."""
        return self.posted.get(Need(*key, CLOSED))

    def unfinished(self) -> bool:
        """Whether a section's newest epoch is not closed."""
        return any(not self.closed(key) for key in self.epochs.items())

    def drafted(self, key: SectionKey) -> dict[str, Any] | None:
        """Give what the newest draft of a section's epoch says."""
        drafts = self.events_of(*key, SectionDrafted)
        return drafts[-1]["data"]["content"] if drafts else None

    def of_type(self, *event_types: type[Event]) -> list[Envelope]:
        """Give the run's events of these types, in order."""
        return [e for e in self.events.values() if is_a(e, *event_types)]

    async def post(
        self,
        events: Sequence[Envelope],
        blobs: Mapping[str, bytes] | None = None,
        status: str | None = None,
        heard: int | None = None,
        tell: Callable[[Envelope], None] = lambda _event: None,
    ) -> list[Envelope]:
        """Write events to the event store, then wake what waited for them and tell of them.

        An event that was posted before comes back as it was first written. Of two that would close the same epoch,
        the first holds: whoever posts the other is given the first. What is being written is known here even if
        whoever posts is cancelled meanwhile: a process that takes the run up will know it too.
        """
        posted = await finished(self._post(events, tell, blobs or {}, status, heard))
        if any(e["type"] in ENDING for e in posted):
            await self.admission.step_aside()  # for those that it released: their sections have yet to be written
        return posted

    async def _post(self, events: Sequence[Envelope], tell: Callable[[Envelope], None], *more: Any) -> list[Envelope]:
        posted = self._known(events)
        if posted is None:
            posted = await self._write(events, *more)
        for event in posted:
            tell(event)
        return posted

    def _known(self, events: Sequence[Envelope]) -> list[Envelope] | None:
        """Give events as they were posted before, if all of them were."""
        known = [self.events.get(e["id"]) for e in events]
        if all(old is not None and old["data"] == e["data"] for old, e in zip(known, events, strict=True)):
            return [old for old in known if old is not None]
        return None

    async def _write(self, events: Sequence[Envelope], *more: Any) -> list[Envelope]:
        closing = next((e for e in events if e["type"] in ENDING), None)
        if closing is None:
            return await self._append(events, *more)
        key = (str(closing["section"]), closing["epoch"])
        async with self._closing[key]:
            closed = self.closed(key)
            if closed and closed["id"] != closing["id"]:
                return [closed]
            return await self._append(events, *more)

    async def _append(
        self, events: Sequence[Envelope], blobs: Mapping[str, bytes], status: str | None, heard: int | None
    ) -> list[Envelope]:
        with self.admission.writing(max((self.priority(str(e["section"])) for e in events), default=0)):
            written = await self.record.append(self.run, list(events), dict(blobs), status, heard)
        self._note(written)
        return written

    async def wait(self, key: SectionKey, needs: Iterable[Need]) -> bool:
        """Wait until everything needed is posted; see :meth:`Waiting.until`. It is ``False`` in a cancelled run too.

        Raises:
            RuntimeError: every section waits and nobody could be asked: a fault of the plan's check.

        """
        self.waiting.start(key)
        missing = {n for n in needs if settled(n, self.posted) is None}
        if not missing:
            return True
        return self.cancelled is None and await self.waiting.until(key, missing)

    def _admit(self, opened: asyncio.Future[bool], key: SectionKey) -> None:
        self.admission.admit(opened, self.priority(key[0]))

    def _note(self, events: Iterable[Envelope]) -> None:
        for event in events:
            if event["id"] in self.events:
                continue
            self.events[event["id"]] = event
            if event["cause"] is not None:
                self.said[event["agent"], event["cause"]].append(event)
                if is_a(event, AnswerGiven):
                    self.answers[event["cause"]] = event
            if event["agent"] in OUTSIDERS:
                self.heard = event["n"]
            if event["type"] in OUTSIDE:
                self._changed(event)
            elif is_a(event, RunCancelled):
                self._stop_all(event)
            if event["section"] is not None:
                self._note_in_section(event, (event["section"], event["epoch"]))
            self._note_growth(event)
        self.waiting.check_progress()

    def _note_growth(self, event: Envelope) -> None:
        """Note that a section was proposed or added, and what was decided on it or answered about it."""
        if event["type"] in GROWING:
            self.growing.begin(event)
            self.waiting.expect(decision_on(event), started=self.growing.takes(event))
            self.waiting.stir()
        elif self.growing.undecided and (decided := self.growing.decide(event, self.events)):
            if decided.event == CLOSED:
                self.waiting.close(decided[:2])
            self._posted(decided, event)

    def _note_in_section(self, event: Envelope, key: SectionKey) -> None:
        section, epoch = key
        self._by_section[key].append(event)
        if is_a(event, SectionOpened):
            self.opened[section] = event
        elif event["type"] in OPENING:
            self.epochs[section] = epoch
            self._specs[section] = event["data"]["spec"]
            self.priorities[section] = event["data"]["priority"]
            self.waiting.expect(key, started=is_a(event, SectionPlanned) and self.growing.plan(event, self.events))
        elif event["type"] in CLOSING and Need(section, epoch, CLOSED) not in self.posted:
            self.waiting.close(key)
            self.last[section] = event
            self._posted(Need(section, epoch, CLOSED), event)
        if event["type"] in TAKING:
            self._specs[section] = event["data"].get("spec") or self._specs[section]
            self.taken[section] += event["data"]["changes"]
        elif is_a(event, SectionCancelled):
            self._stop(key)
        name = answer_to(str(event["cause"])) if is_a(event, AnswerGiven) else event["type"]
        self._posted(Need(section, epoch, name), event)

    def _changed(self, change: Envelope) -> None:
        """Keep a change, and wake who may have to take it up."""
        self.outside.append(change)
        for key in [w for w in self.waiting.waiting() if change["section"] in {None, w[0]}]:
            self.waiting.wake(key, opened=True)

    def _stop(self, key: SectionKey) -> None:
        """Stop what works in a section run, and wake it: it finds the section closed, or the run over."""
        for task in self.at_work[key]:
            task.cancel()
        self.waiting.wake(key, opened=self.cancelled is None)

    def _stop_all(self, cancelled: Envelope) -> None:
        self.cancelled = cancelled
        for key in [*self.at_work, *self.waiting.waiting()]:
            self._stop(key)

    def _posted(self, need: Need, event: Envelope) -> None:
        self.posted.setdefault(need, event)
        self.waiting.heard(need)


def _with(planned: Envelope, spec: dict[str, Any]) -> Envelope:
    return Envelope({**planned, "data": {**planned["data"], "spec": spec}})
