"""What is shown on a terminal or in a pipe: events as lines, and a live table of sections."""

import sys
from datetime import datetime
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from quire.graphs.agents.arbiter.events import RevisionRequested
from quire.graphs.agents.compliance.events import SectionChecked
from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.agents.reviewer.events import SectionReviewed
from quire.graphs.agents.section.events import ChangesTaken, SectionOpened
from quire.graphs.agents.verifier.events import ClaimsVerified
from quire.graphs.agents.writer.events import SectionDrafted
from quire.graphs.run.journal import Journal
from quire.graphs.run.outage import suspension
from quire.graphs.run.summary import sections_of
from quire.nodes.event_store.port import Envelope
from quire.server.presentation.event_line import line_of
from quire.server.presentation.terminal import safe
from quire.server.presentation.timeline_words import seconds

_STYLES = {"approved": "green", "failed": "red", "cancelled": "red", "stub": "yellow", "working": "cyan"}
_AT_WORK = {
    SectionOpened.__name__: "researcher",
    ChangesTaken.__name__: "researcher",
    EvidenceGathered.__name__: "writer",
    RevisionRequested.__name__: "writer",
    SectionDrafted.__name__: "verifier",
    ClaimsVerified.__name__: "reviewer, compliance",
    SectionReviewed.__name__: "arbiter",
    SectionChecked.__name__: "arbiter",
}
"""Who works after an event, for the eye."""


class Progress:
    """Shows a run as it goes on: a live table on a terminal, a line per event elsewhere."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._console = Console(stderr=False)
        self._journal = Journal()
        self._quiet = quiet
        self._live = None if quiet or not self._console.is_terminal else Live(console=self._console, auto_refresh=False)

    @property
    def is_live(self) -> bool:
        """Whether there is a terminal to draw on."""
        return self._live is not None

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        """Leave the last state standing."""
        if self._live:
            self._live.stop()

    def show(self, event: Envelope, usage: str = "") -> None:
        """Show what an event changes."""
        self._journal.take(event)
        if self._live:
            self._live.update(table_of(self._journal, usage), refresh=True)
        elif not self._quiet:
            sys.stdout.write(line_of(event) + "\n")
            sys.stdout.flush()


def table_of(journal: Journal, usage: str) -> Table:
    """Draw how the sections stand, how many are closed, how long it has taken, and what it has used."""
    put_aside = suspension(journal)
    table = Table(box=None, pad_edge=False, caption_justify="left", expand=False)
    table.caption = line_of(put_aside).strip() if put_aside else _summed(journal, usage)
    table.add_column("section")  # the one that gives way where there is little room
    table.add_column("status", no_wrap=True, min_width=len("cancelled"))
    table.add_column("at work", overflow="ellipsis", no_wrap=True, min_width=len("researcher"))
    for title in ("draft", "words"):
        table.add_column(title, justify="right", no_wrap=True, min_width=len("12345"))
    for section in sections_of(journal):
        latest = journal.latest[section["id"]]
        work = _AT_WORK.get(latest["type"], "") if section["status"] == "working" else ""
        status = Text(section["status"], style=_STYLES.get(section["status"], "dim"))
        table.add_row(
            Text(safe(section["title"]), no_wrap=True, overflow="ellipsis"),
            status,
            work,
            str(section["rounds"] or ""),
            str(section["words"] or ""),
        )
    return table


def _summed(journal: Journal, usage: str) -> str:
    """Say how far the run is: sections, time since it began, what it has used."""
    sections = [section["status"] for section in sections_of(journal)]
    closed = sum(status not in ("waiting", "working") for status in sections)
    at = [datetime.fromisoformat(event["at"]) for event in journal.events.values()]
    parts = [f"{closed} of {len(sections)} sections", seconds((at[-1] - at[0]).total_seconds()), usage]
    return ", ".join(part for part in parts if part)
