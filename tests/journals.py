"""Journals written by hand, for what is worked out from them: an event a line, with its time in seconds."""

from datetime import UTC, datetime, timedelta
from typing import Any

from quire.nodes.event_store.port import Envelope

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def clock(seconds: float) -> str:
    """Give the time of day, that many seconds after the run started."""
    return (START + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class JournalByHand:
    """Collects events; each is named ``type`` or ``section.type``, and causes are given by these names."""

    def __init__(self) -> None:
        self.events: list[Envelope] = []
        self._named: dict[str, Envelope] = {}

    def add(self, seconds: float, name: str, agent: str, cause: str | None = None, **data: Any) -> "JournalByHand":
        """Add an event; ``name`` may end in ``#2`` for epoch 2."""
        said, _, epoch = name.partition("#")
        section, _, type_ = said.rpartition(".")
        number = len(self.events) + 1
        event = Envelope(
            n=number, id=f"e{number}", type=type_, at=clock(seconds), section=section or None, epoch=int(epoch or 1),
            round=0, agent=agent, cause=self._named[cause]["id"] if cause else None, data=data,
        )  # fmt: skip
        self.events.append(event)
        self._named[name] = event
        return self

    def begin(self, *sections: tuple[str, list[str]]) -> "JournalByHand":
        """Ask for a document at 0 s and plan its sections at 1 s: each with what it waits for."""
        self.add(0, "DocumentRequested", "document")
        for position, (section, after) in enumerate(sections):
            spec = {"id": section, "title": section.capitalize(), "after": after}
            self.add(
                1, f"{section}.SectionPlanned", "planner", "DocumentRequested",
                spec=spec, position=position, priority=len(sections) - position,
            )  # fmt: skip
        return self

    def open(self, seconds: float, section: str, **reads: str) -> "JournalByHand":
        """Open a section's dependency wait with what it reads: section and the name of the event that it waited for."""
        inputs = {s: {"event": self._named[e]["id"], "epoch": 1, "digest": "d"} for s, e in reads.items()}
        return self.add(
            seconds, f"{section}.SectionOpened", "section", f"{section}.SectionPlanned", inputs=inputs, changes=[]
        )

    def write(
        self, section: str, researched: float, drafted: float, reviewed: float, checked: float
    ) -> "JournalByHand":
        """Write a section to its approval, which comes as soon as the later judge has spoken."""
        self.add(researched, f"{section}.EvidenceGathered", "researcher", f"{section}.SectionOpened")
        self.add(drafted, f"{section}.SectionDrafted", "writer", f"{section}.EvidenceGathered")
        judged = [(reviewed, "SectionReviewed", "reviewer"), (checked, "SectionChecked", "compliance")]
        for at, type_, agent in sorted(judged):
            self.add(at, f"{section}.{type_}", agent, f"{section}.SectionDrafted")
        return self.add(
            max(reviewed, checked), f"{section}.SectionApproved", "arbiter", f"{section}.SectionReviewed", digest="d"
        )

    def end(self, seconds: float, last: str) -> "JournalByHand":
        """Approve, publish and end a second later."""
        self.add(seconds, "DocumentApproved", "editor", last)
        self.add(seconds + 1, "DocumentPublished", "publisher", "DocumentApproved")
        return self.add(seconds + 1, "RunEnded", "document", "DocumentPublished", status="done", reason="")
