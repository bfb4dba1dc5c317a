"""Questions as a shell asks them: beside each, what it is about and how it is answered."""

from collections.abc import Iterator
from pathlib import Path

from quire.graphs.run.approvals import CONFLICT, OpenQuestion, is_proposal
from quire.graphs.run.journal import Journal
from quire.graphs.run.summary import plan_of


def lines_of(question: OpenQuestion, journal: Journal, draft: Path) -> Iterator[str]:
    """Give a question and what it is about: a plan's sections, or where the draft can be read.

    Args:
        question: the question.
        journal: the run's.
        draft: the file that the draft was left in.

    """
    yield f"question {question['id']}: {question['text']}"
    if question["id"] == "plan":
        yield from (f"  {line}" for line in _plan(journal))
    elif not (question["id"].startswith(CONFLICT) or is_proposal(question["id"])):
        yield f"  the draft is in {draft}"


def how_to_answer(run: str, question: str, no_revision: str = "") -> Iterator[str]:
    """Give the commands that answer a question.

    Args:
        run: the run.
        question: the question's id.
        no_revision: why nothing can be written again, if nothing can.

    """
    answer = f"quire answer {run} {question}"
    if question.startswith(CONFLICT):
        yield f"{answer} approve --holds SOURCE"
        yield f"{answer} approve|reject"
        yield "(approve leaves both values, named as a conflict; reject: neither counts)"
        return
    if question == "plan":
        yield f"{answer} approve|reject"
        yield f"{answer} approve --drop ID ..."
        if not no_revision:
            yield f'{answer} revise --note "what is to change"'
        return
    if is_proposal(question):
        yield f"{answer} approve|reject"
        return
    yield f"{answer} approve|revise|reject"
    if no_revision:
        yield f"(revise is refused: {no_revision})"
    elif question == "release":
        yield f'{answer} revise --note "ids of the sections to write again, and what is to change"'


def _plan(journal: Journal) -> Iterator[str]:
    for section in plan_of(journal):
        waits = f", after {', '.join(section['after'])}" if section["after"] else ""
        yield f"{section['id']}: {section['title']}{waits}"
        yield from (f"  {question}" for question in section.get("questions", ()))
