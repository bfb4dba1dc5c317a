"""Where a run pauses for persons: one node that asks everything at once, and in which nothing is paid for.

No agent and no section run calls ``interrupt``: in one of several parallel ``Send``s it would stop nothing, start
nothing until all are answered, and block what waits behind it. Section runs that wait for a person are suspended
instead, and end up here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from langgraph.errors import GraphInterrupt
from langgraph.types import Overwrite, Send, interrupt

from quire.graphs.document.asked import AskedQuestion, asked_of_host
from quire.graphs.document.steward import sent
from quire.graphs.events import AnswerGiven, is_a
from quire.graphs.kernel.agent_state import Scope, Update
from quire.graphs.run.approvals import ASKED_BY, is_answer
from quire.graphs.run.blackboard import Blackboard
from quire.graphs.run.commands import answer
from quire.graphs.run.dependencies import settled
from quire.graphs.run.run import Run, run_of
from quire.nodes.event_store.port import Envelope
from quire.nodes.faults import BadInput, RecordFault


async def ask(state: Mapping[str, Any]) -> Update:
    """Ask persons, unless somebody can go on without or the run is cancelled; then let suspended sections go on.

    The answers are a map from question to decision, for any of the questions; the rest is asked again. Where one
    question is open, its answer alone will do. A record that is only in memory is packed into the checkpoint before
    anybody is asked; as nothing has happened, the graph then comes here once more.
    """
    run = await run_of(state["run"], state.get("packed"))
    if run.blackboard.cancelled is None:
        wait = not _can_go_on(run.blackboard, state)
        if wait and state.get("packed") is None and (packed := await run.packed()) is not None:
            return {"packed": packed, "again": []}
        if wait:
            run.library.rest()
        await _asked(run, wait=wait)
    answers = [a for e in state["log"] if (a := run.blackboard.answers.get(e["id"])) and a not in state["log"]]
    again = {e["id"]: e for e in state["suspended"]}
    return {"log": answers, "suspended": Overwrite([]), "again": list(again.values()), "packed": None}


def waits(state: Mapping[str, Any]) -> bool:
    """Whether a person is waited for: by suspended sections, or by who asked of a conflict, the plan or the release."""
    answered = {e["cause"] for e in state["log"] if is_a(e, AnswerGiven)}
    asked = [e for e in state["log"] if e["type"] in ASKED_BY and e["data"]["question"]]
    return bool(state["suspended"]) or any(e["id"] not in answered for e in asked)


async def go_on(state: Mapping[str, Any]) -> list[Send] | str:
    """Send the suspended section runs again; without any, go on with the answers."""
    run = await run_of(state["run"])
    again = [Send("section", {"event": e, "scope": Scope(run=run.id), "outgoing": []}) for e in state["again"]]
    return sent(run, state, again) or "take_batch"


async def _asked(run: Run, *, wait: bool) -> None:
    """Take what people answer. An answer is journalled before anything acts on it.

    Args:
        run: who asks.
        wait: nobody can go on without an answer: interrupt until at least one that can be used is there.

    Raises:
        RecordFault: nobody can go on, and no question is open: the record is not the one that the checkpoint is of.

    """
    if not (asked := run.blackboard.open_questions()):
        if wait:
            raise RecordFault(
                f"run {run.id!r} waits for an answer, and its record holds no open question: it is older than the "
                "checkpoint. Pass the graph the store that this run was begun with, or begin a new run"
            )
        return
    given = _given(await asked_of_host(run, asked))
    if not given and not wait:
        return
    problems: list[str] = []
    for place, said in enumerate(given):
        asked = run.blackboard.open_questions()
        meant = _meant(said, list(asked), is_last=place == len(given) - 1)
        problems = await _taken(run, meant, list(asked))
        if len(problems) < max(1, len(meant) if isinstance(meant, Mapping) else 1):
            return
    if asked:
        interrupt({"questions": await asked_of_host(run, asked), **({"problems": problems} if problems else {})})


def _given(questions: Sequence[AskedQuestion]) -> list[Any]:
    """Give all that the graph was resumed with in this pause, in order."""
    given = []
    try:
        while True:
            given.append(interrupt({"questions": questions}))
    except GraphInterrupt:
        return given


def _meant(said: Any, asked: Sequence[str], *, is_last: bool) -> Any:
    """Make of an answer that names no question the answer to the one that is open.

    What was said before the last answer could not be used then, perhaps because several questions were open. It is
    heard again where a process died after the last one was taken, and must not be taken for an answer to what is left.
    """
    return {asked[0]: said} if is_answer(said) and is_last and len(asked) == 1 else said


async def _taken(run: Run, given: Any, asked: Sequence[str]) -> list[str]:
    """Journal the answers that can be used, and say what is wrong with the others."""
    if not isinstance(given, Mapping) or is_answer(given):
        several = "several questions are open; " if len(asked) > 1 else ""
        return [f"{several}answer with a map from question to decision; open: {', '.join(asked)}"]
    answered = {a["data"]["question"] for a in run.blackboard.answers.values()}
    problems = []
    for question, decision in given.items():
        if question not in asked and question in answered:
            continue  # given before, in an attempt that was interrupted
        try:
            await answer(run, question, decision)
        except BadInput as problem:
            problems.append(str(problem))
    return problems


def _can_go_on(blackboard: Blackboard, state: Mapping[str, Any]) -> bool:
    """Whether there is something to do without an answer: for who proposed, or in a suspended section.

    What a suspended section waits for may have happened since: it was answered, or a section in between was cancelled.
    """
    proposed = [e for e in state["log"] if e["type"] in ASKED_BY]
    if any(blackboard.answers.get(e["id"], e) not in state["log"] for e in proposed):
        return True
    return any(_is_free(blackboard, planned) for planned in state["suspended"])


def _is_free(blackboard: Blackboard, planned: Envelope) -> bool:
    """Whether a suspended section is closed, or nothing that it waits for is missing any more."""
    key = (str(planned["section"]), planned["epoch"])
    return bool(blackboard.closed(key)) or all(settled(n, blackboard.posted) for n in blackboard.waited_for(planned))
