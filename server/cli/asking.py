"""Asking a person at a terminal. What is typed by mistake is asked for again; nothing is approved by saying nothing."""

from collections.abc import Awaitable, Callable
from typing import Any

import typer

from quire.graphs.run import commands as outside
from quire.graphs.run.approvals import CONFLICT, DECISIONS, OpenQuestion, follows_from, is_proposal
from quire.graphs.run.journal import Journal
from quire.graphs.run.run import Run
from quire.graphs.run.summary import plan_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import AlreadyAnswered, BadInput
from quire.server.cli.command import say
from quire.server.execution.runs import Runs

DROP = "drop"
HOLDS = "holds"


async def ask_person(runs: Runs, run: str, question: OpenQuestion) -> None:
    """Ask until there is an answer that can be used, and give it to the run."""
    reason = await runs.no_revision(run)
    while True:
        given = _typed(question["id"], reason)
        try:
            answered = await runs.tell(run, answering(question["id"], given))
        except AlreadyAnswered as fault:
            say(str(fault))  # by somebody else, meanwhile
            return
        except BadInput as fault:
            say(str(fault))
            continue
        for line in consequences(answered, await runs.journal(run)):
            say(line)
        return


def answering(question: str, given: Any) -> Callable[[Run], Awaitable[Envelope]]:
    """Make what gives an answer to a run."""
    return lambda run: outside.answer(run, question, given)


def consequences(answered: Envelope, journal: Journal) -> list[str]:
    """Say what follows for other sections from an answer that leaves some out."""
    return follows_from(answered["data"].get(DROP, ()), plan_of(journal))


def _typed(question: str, no_revision: str) -> Any:
    """Have an answer typed, until it is one."""
    choices = _choices(question, revises=not no_revision)
    hint = f" ({DROP} ID ... leaves sections out)" if question == "plan" else ""
    if question.startswith(CONFLICT):
        hint = f" ({HOLDS} SOURCE says whose value counts; approve leaves both)"
    while True:
        first, *rest = str(typer.prompt(f"{' or '.join(choices)}{hint}")).split()
        if first == DROP in choices and rest:
            return {DROP: rest}
        if first == HOLDS in choices and rest:
            return {HOLDS: " ".join(rest)}
        if first in choices and first not in {DROP, HOLDS} and not rest:
            return {"decision": first, "note": "" if first == "approve" else typer.prompt("note", default="")}
        reason = f": {no_revision}" if first == "revise" and no_revision else ""
        say(f"that is no answer here{reason}; type {' or '.join(choices)}")


def _choices(question: str, *, revises: bool) -> list[str]:
    revisable = revises and not is_proposal(question)
    decisions = [decision for decision in DECISIONS if revisable or decision != "revise"]
    if question.startswith(CONFLICT):
        return [HOLDS, "approve", "reject"]
    return ["approve", DROP, *decisions[1:]] if question == "plan" else decisions
