"""What led to what in a run: its journal as a graph of causes. Pure.

An event names one cause. What released it may be several: a section waits for all its inputs, an agent that joins for
everybody who was asked, and a draft that waits for a person for the answer.
"""

from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from quire.graphs.agents.arbiter.events import SectionSubmitted
from quire.graphs.events import AnswerGiven, RunEnded, RunResumed, RunSuspended, is_a, type_names
from quire.graphs.run.changes import OUTSIDERS, TAKING
from quire.graphs.run.dependencies import CLOSED, CLOSING, Need, drafts_read, inputs_read
from quire.graphs.run.journal import Journal
from quire.nodes.event_store.port import Envelope

STANDING = type_names(RunSuspended, RunResumed)
"""Events around a time in which nobody works on a run: they are nobody's work."""
SectionKey = tuple[str | None, int]


class Pause(NamedTuple):
    """A time in which nobody worked on a run, in seconds since it started."""

    start: float
    end: float
    person: bool
    """It waited for a person; otherwise it was interrupted, and what was in flight was lost."""


class CausalGraph:
    """What released each event of a run, and the times in which nobody worked."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.events = list(journal.events.values())
        self._parents: dict[int, list[Envelope]] = {}
        self._begin = _time(self.events[0]["at"]) if self.events else 0.0

    @cached_property
    def pauses(self) -> list[Pause]:
        """The times in which nobody worked."""
        return [self._pause(e) for e in self.journal.of_type(RunResumed) if e["n"] > 1]

    def at(self, event: Envelope) -> float:
        """Give when an event happened, in seconds since the run started."""
        return _time(event["at"]) - self._begin

    def since_start(self, at: str) -> float:
        """Give a time of day (RFC 3339) in seconds since the run started."""
        return _time(at) - self._begin

    def events_of(self, section: str | None, epoch: int) -> list[Envelope]:
        """Give the events of a section run in order; the document's own are those of no section."""
        return self.journal.events_of(section, epoch)

    def closed(self, section: str | None, epoch: int) -> Envelope | None:
        """Give how a section's epoch closed, if it has."""
        return self.met(Need(str(section), epoch, CLOSED))

    def met(self, need: Need) -> Envelope | None:
        """Give the event that met what a section waits for: the one it names, or else the end of the epoch."""
        events = self.events_of(need.section, need.epoch)
        return next((e for e in events if e["type"] == need.event or e["type"] in CLOSING), None)

    def parents(self, event: Envelope) -> list[Envelope]:
        """Give all that had to happen before an event could, in order."""
        if event["n"] not in self._parents:
            self._parents[event["n"]] = self._found_parents(event)
        return self._parents[event["n"]]

    def _found_parents(self, event: Envelope) -> list[Envelope]:
        data, known = event["data"], self.journal.events
        cause = known.get(event["cause"] or "")
        named = [event["cause"], *(seen["event"] for seen in _mapping(data, "inputs").values())]
        named += data["changes"] if event["type"] in TAKING else []
        found = [known[i] for i in named if i in known]
        found += [*self._joined(event, cause), *self._awaited(event, cause)] if cause else []
        if is_a(event, RunEnded) and not cause:
            found = [e for e in self.events if e["n"] < event["n"] and e["agent"] not in OUTSIDERS]
        return sorted({e["n"]: e for e in found if e["n"] < event["n"]}.values(), key=lambda e: e["n"])

    def release(self, event: Envelope) -> Envelope | None:
        """Give what an event waited for last."""
        return max(self.parents(event), key=lambda e: (e["at"], e["n"]), default=None)

    def worked(self, start: float, end: float) -> float:
        """Give the seconds between two moments, less those in which the run was interrupted."""
        lost = sum(max(0.0, min(end, p.end) - max(start, p.start)) for p in self.pauses if not p.person)
        return max(0.0, end - start - lost)

    def back(self, event: Envelope) -> list[Envelope]:
        """Give the chain of what released an event, from the first to the event itself."""
        chain = [event]
        while (before := self.release(chain[-1])) is not None:
            chain.append(before)
        return chain[::-1]

    def _joined(self, event: Envelope, cause: Envelope) -> list[Envelope]:
        """Give what an agent that joins has waited for beside its cause."""
        if cause["type"] in CLOSING and key_of(event) != key_of(cause):
            return [e for e in self.events if e["type"] in CLOSING]
        if cause["cause"] is None:
            return []
        asked = [e for e in self.journal.caused.get(cause["cause"], ()) if key_of(e) == key_of(cause)]
        return [e for e in asked if e["agent"] not in {cause["agent"], event["agent"]}]

    def _awaited(self, event: Envelope, cause: Envelope) -> list[Envelope]:
        """Give the answer that a draft waited for, and the approved texts of the drafts it was written from."""
        answers = [e for e in self.journal.caused.get(cause["id"], ()) if is_a(e, AnswerGiven)]
        if not is_a(cause, SectionSubmitted) or is_a(event, AnswerGiven):
            return [] if is_a(event, AnswerGiven) else answers
        read = drafts_read(inputs_read([e for e in self.events_of(*key_of(event)) if e["n"] < event["n"]]))
        texts = [self.closed(section, seen["epoch"]) for section, seen in read.items()]
        return [*answers, *(e for e in texts if e is not None)]

    def _pause(self, resumed: Envelope) -> Pause:
        """Give the time before a run went on: since the last thing that was recorded of anybody's work."""
        before = [e for e in self.events if e["n"] < resumed["n"]]
        worked = [e for e in before if e["agent"] not in OUTSIDERS and not is_a(e, RunResumed)]
        last = worked[-1] if worked else before[0]
        asked = bool(Journal(e for e in before if e["n"] <= last["n"]).open_questions())
        return Pause(self.at(last), self.at(resumed), asked)


def key_of(event: Envelope) -> SectionKey:
    """Name the section run that an event belongs to."""
    return event["section"], event["epoch"] if event["section"] is not None else 1


def _mapping(data: dict[str, object], key: str) -> dict[str, dict[str, str]]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _time(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()
