"""The journal of a run, folded: how things stand after its events, taken in one after another. Pure.

All that is told of a run is read from this one fold: what its sections wait for (``blackboard``), how it stands
(``summary``), what persons are asked (``approvals``), and why it says what it says (``quire.graphs.insight``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from quire.graphs.agents.arbiter.events import RevisionRequested
from quire.graphs.agents.editor.events import SectionReopened
from quire.graphs.agents.planner.events import SectionPlanned, SectionSkipped
from quire.graphs.agents.section.events import ChangesTaken, SectionOpened
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.events import (
    AnswerGiven,
    DocumentRequested,
    Event,
    FactChanged,
    RunCancelled,
    SectionCancelled,
    SectionChanged,
    SectionEdited,
    is_a,
    type_names,
)
from quire.graphs.run.approvals import ASKING
from quire.graphs.run.changes import OUTSIDE, OUTSIDERS, TAKING
from quire.graphs.run.dependencies import CLOSED, CLOSING, Need, answer_to, needs_of, waited_for
from quire.graphs.run.growing import Growing, decision_on
from quire.graphs.run.growth import GROWING, in_order
from quire.nodes.event_store.port import Envelope

OPENING = type_names(SectionPlanned, SectionReopened)
"""What opens an epoch of a section."""


class Journal:
    """How a run stands after the events that were taken in.

    Args:
        events: the first of them, in order.

    """

    def __init__(self, events: Iterable[Envelope] = ()) -> None:
        self.events: dict[str, Envelope] = {}
        """By id, in the order in which they were taken in."""
        self.caused: dict[str, list[Envelope]] = defaultdict(list)
        """By the id of an event: those that name it as their cause."""
        self.asked: dict[str, Any] = {}
        """What was asked: the data of ``DocumentRequested``; empty until it is."""
        self.cancelled: Envelope | None = None
        """The event with which the whole run was."""
        self.posted: dict[Need, Envelope] = {}
        """What may be waited for and has happened."""
        self.answers: dict[str, Envelope] = {}
        """By the id of the event that asked."""
        self.outside: list[Envelope] = []
        """What was changed from outside, in order."""
        self.heard = 0
        """Number of the last event from outside."""
        self.taken: dict[str, list[str]] = defaultdict(list)
        """By section: the ids of the changes that it has taken up."""
        self.listed: dict[str, Envelope] = {}
        """By section: the event that planned it, or said that it is not to be written."""
        self.specs: dict[str, dict[str, Any]] = {}
        """By section: the specification that now holds for it, but for sections that came later."""
        self.epochs: dict[str, int] = {}
        """By section: the newest epoch that was opened."""
        self.priorities: dict[str, int] = {}
        """By section: how long the longest path is that starts with it."""
        self.opened: dict[str, Envelope] = {}
        """By section: the event with which it last started."""
        self.latest: dict[str, Envelope] = {}
        """By section: what closed its newest epoch, or else the last that happened in it."""
        self.last: dict[str, Envelope] = {}
        """By section: the event that closed its newest closed epoch."""
        self.growing = Growing(lambda: self.of_type(SectionPlanned))
        """Sections that came while others were written."""
        self._by_epoch: dict[tuple[str | None, int], list[Envelope]] = defaultdict(list)
        self._by_type: dict[str, list[Envelope]] = defaultdict(list)
        self._asked: dict[str, Envelope] = {}
        for event in events:
            self.take(event)

    def take(self, event: Envelope) -> list[Need] | None:
        """Take an event in; give what it meets of what may be waited for, and ``None`` if it is known already."""
        if event["id"] in self.events:
            return None
        self.events[event["id"]] = event
        self._by_type[event["type"]].append(event)
        self._take_in_run(event)
        met = [*self._take_in_section(event), *self._take_growth(event)]
        for need in met:
            self.posted.setdefault(need, event)
        self._take_question(event)
        return met

    def of_type(self, *event_types: type[Event]) -> list[Envelope]:
        """Give the run's events of these types, in order."""
        if len(event_types) == 1:  # asked all the time, of journals that grow: looked up, not looked for
            return [*self._by_type.get(event_types[0].__name__, ())]
        return [e for e in self.events.values() if is_a(e, *event_types)]

    def events_of(self, section: str | None, epoch: int, event_type: type[Event] = Event) -> list[Envelope]:
        """Events of a section's epoch in order: all, or those of one type. Those of no section are of epoch 1."""
        events = self._by_epoch.get((section, epoch), ())
        return [e for e in events if event_type is Event or is_a(e, event_type)]

    def said(self, agent: str, cause: str) -> list[Envelope]:
        """Give what an agent made of an event. A resumed run follows this instead of asking again."""
        return [e for e in self.caused.get(cause, ()) if e["agent"] == agent]

    def open_questions(self) -> dict[str, Envelope]:
        """Give the events that asked and were not answered, by the question's id. A cancelled section asks nothing."""
        return dict(self._asked)

    def pending(self, section: str) -> list[Envelope]:
        """Give the changes from outside that concern a section and that it has not taken up."""
        return [
            e
            for e in self.outside
            if e["id"] not in self.taken.get(section, ())
            and (is_a(e, FactChanged) or (e["section"] == section and is_a(e, SectionChanged, SectionEdited)))
        ]

    def priority(self, section: str) -> int:
        """Length of the longest path that starts with a section; higher goes first. 0 of what is no planned section."""
        return self.priorities.get(section, 0)

    def plan(self) -> list[Envelope]:
        """Give the planned sections, each behind those it waits for, with the specification that now holds for it."""
        planned = [_with(e, self.specs[str(e["section"])]) for e in self.of_type(SectionPlanned)]
        return in_order(planned) if self.growing.became else planned

    def plan_now(self) -> list[Envelope]:
        """Give the plan with every section that gathers what others say waiting for those that came later, too."""
        return in_order([_with(e, self.spec_now(e)) for e in self.plan()])

    def spec_now(self, planned: Envelope) -> dict[str, Any]:
        """Give a specification that waits for the sections that came since, too, if it gathers what others say."""
        spec: dict[str, Any] = planned["data"]["spec"]
        return self.growing.spec_now(planned) if self.growing.came else spec

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

    def closed(self, key: tuple[str, int]) -> Envelope | None:
        """Give what closed a section's epoch, if anything has."""
        return self.posted.get(Need(*key, CLOSED))

    def unfinished(self) -> bool:
        """Whether a section's newest epoch is not closed."""
        return any(not self.closed(key) for key in self.epochs.items())

    def drafted(self, key: tuple[str, int]) -> dict[str, Any] | None:
        """Give what the newest draft of a section's epoch says."""
        drafts = self.events_of(*key, SectionDrafted)
        return drafts[-1]["data"]["content"] if drafts else None

    def _take_in_run(self, event: Envelope) -> None:
        if event["cause"] is not None:
            self.caused[event["cause"]].append(event)
            if is_a(event, AnswerGiven):
                self.answers[event["cause"]] = event
        if event["agent"] in OUTSIDERS:
            self.heard = event["n"]
        if event["type"] in OUTSIDE:
            self.outside.append(event)
        elif is_a(event, DocumentRequested):
            self.asked = self.asked or event["data"]
        elif is_a(event, RunCancelled):
            self.cancelled = event

    def _take_in_section(self, event: Envelope) -> list[Need]:
        section, epoch = event["section"], event["epoch"]
        self._by_epoch[section, epoch if section is not None else 1].append(event)
        if section is None:
            return []
        closes = event["type"] in CLOSING and not self.closed((section, epoch))
        if event["type"] in OPENING:
            self._open(section, event)
        elif is_a(event, SectionOpened):
            self.opened[section] = event
        elif closes:
            self.last[section] = event
        if is_a(event, SectionPlanned, SectionSkipped):
            self.listed[section] = event
        if event["type"] in TAKING:
            self.taken[section] += event["data"]["changes"]
            if spec := event["data"].get("spec"):
                self.specs[section] = spec
        if not _is_settled(self.latest.get(section), event):
            self.latest[section] = event
        name = answer_to(str(event["cause"])) if is_a(event, AnswerGiven) else event["type"]
        return [*([Need(section, epoch)] if closes else []), Need(section, epoch, name)]

    def _open(self, section: str, event: Envelope) -> None:
        self.epochs[section] = event["epoch"]
        self.specs[section] = event["data"]["spec"]
        self.priorities[section] = event["data"]["priority"]
        if is_a(event, SectionPlanned):
            self.growing.plan(event, self.events)

    def _take_growth(self, event: Envelope) -> list[Need]:
        """Note that a section was proposed or added, and what was decided on it or answered about it."""
        if event["type"] in GROWING:
            self.growing.begin(event)
            return []
        decided = self.growing.decide(event, self.events) if self.growing.undecided else None
        return [decided] if decided else []

    def _take_question(self, event: Envelope) -> None:
        section = event["section"]
        if event["type"] in ASKING and event["data"]["question"]:
            if Need(str(section), event["epoch"], SectionCancelled.__name__) not in self.posted:
                self._asked[event["data"]["question"]] = event
        elif is_a(event, AnswerGiven):
            self._ask_no_more(lambda asking: asking["id"] == event["cause"])
        elif is_a(event, SectionCancelled, RevisionRequested, ChangesTaken):
            self._ask_no_more(lambda asking: section is not None and asking["section"] == section)

    def _ask_no_more(self, about: Callable[[Envelope], bool]) -> None:
        self._asked = {question: e for question, e in self._asked.items() if not about(e)}


def _is_settled(before: Envelope | None, event: Envelope) -> bool:
    """Whether what happened before has closed the section, and the event is an afterthought."""
    return before is not None and before["type"] in CLOSING and before["epoch"] >= event["epoch"]


def _with(planned: Envelope, spec: dict[str, Any]) -> Envelope:
    return Envelope({**planned, "data": {**planned["data"], "spec": spec}})
