"""Questions as a shell asks them: beside each, what it is about and how it is answered."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from quire.graphs.agents.planner.events import PlanProposed
from quire.graphs.events import is_a
from quire.graphs.run.approvals import OpenQuestion
from quire.nodes.event_store.port import Envelope

NOTES = {
    "plan": 'revise --note "ids of the sections to leave out"',
    "release": 'revise --note "ids of the sections to write again"',
}
"""What a note is for, where it is no plain remark."""


def lines_of(question: OpenQuestion, events: Sequence[Envelope], draft: Path) -> Iterator[str]:
    """Give a question and what it is about: a plan's sections, or where the draft can be read.

    Args:
        question: the question.
        events: the run's.
        draft: the file that the draft was left in.

    """
    yield f"question {question['id']}: {question['text']}"
    if question["id"] == "plan":
        yield from (f"  {line}" for line in _plan(events))
    else:
        yield f"  the draft is in {draft}"


def how_to_answer(run: str, question: str) -> Iterator[str]:
    """Give the commands that answer a question."""
    yield f"quire answer {run} {question} approve|revise|reject"
    if question in NOTES:
        yield f"quire answer {run} {question} {NOTES[question]}"


def _plan(events: Sequence[Envelope]) -> Iterator[str]:
    proposed = [e["data"]["sections"] for e in events if is_a(e, PlanProposed)]
    for section in proposed[-1] if proposed else ():
        waits = f", after {', '.join(section['after'])}" if section["after"] else ""
        yield f"{section['id']}: {section['title']}{waits}"
