"""Sections that come while others are written: proposed by an agent, or added from outside, and begun at once.

LangGraph takes no ``Send`` while a superstep runs, and a superstep lasts as long as its slowest section. So with every
superstep of sections goes a steward, sent last: where a host runs few tasks at a time, it has its turn once they are
done, and wherever it has begun, they have. It has the planner decide on each section that comes, one behind another in
the journal's order, and runs those that are accepted inside its own node. It ends when all else is closed or waits for
a person; what it leaves open then, the document takes up.

It never decides by itself: what it has done is in the journal, and a resumed run does it again in the same superstep.
The drawing shows it without the section runs inside: LangChain draws no two subgraphs of one name.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from langgraph.types import Send
from typing_extensions import TypedDict

from quire.graphs.agents.planner.events import SectionConsidered, SectionPlanned
from quire.graphs.dispatch.agent_node import run_in
from quire.graphs.dispatch.dispatcher import Attending
from quire.graphs.dispatch.participants import Participants
from quire.graphs.document.rejoining import MILESTONES, ahead, planned_at, will_change
from quire.graphs.events import SectionAdded, is_a, type_names
from quire.graphs.kernel.agent_state import Scope, Step, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.run.dependencies import Need, SectionKey, answer_to
from quire.graphs.run.growing import decision_on
from quire.graphs.run.growth import GROWING
from quire.graphs.run.run import Run, run_of
from quire.nodes.event_store.port import Envelope
from quire.unpublished import whole_at_once

NAME = "steward"
KNOWN = GROWING | type_names(SectionConsidered, *MILESTONES)
"""Events of which the steward must know whether the document has them: what it has, it takes up itself."""


class Sent(TypedDict):
    """What the steward is sent."""

    scope: Scope
    known: list[str]
    """Ids of events that the document has taken up itself."""


def sent(run: Run, state: Mapping[str, Any], sends: Sequence[Send]) -> list[Send]:
    """Send the steward behind the sections of a superstep, if there are any."""
    sections = [s.arg["event"] for s in sends if s.node == "section"]
    if not sections:
        return list(sends)
    begun = {e["section"] for e in [*state["log"], *state["suspended"], *sections]}
    known = [e["id"] for e in state["log"] if e["type"] in KNOWN]
    known += [event for event, section in run.blackboard.growing.became.items() if section in begun]
    return [*sends, Send(NAME, Sent(scope=Scope(run=run.id), known=known))]


Runs: TypeAlias = Callable[[Any], Awaitable[Update]]
"""Runs an agent with what it is sent."""


def steward(agents: Mapping[str, Agent], participants: Participants) -> Step:
    """Make the steward's node."""
    planner, section = (_apart(agents[name]) for name in ("planner", "section"))

    async def look_after(state: Sent) -> Update:
        run = await run_of(state["scope"]["run"])
        decide, write = (partial(_run_apart, run, agent, participants) for agent in (planner, section))
        return await Stewardship(run, state, decide, write).serve()

    return look_after


async def _run_apart(run: Run, agent: Agent, participants: Participants, given: Any) -> Update:
    return await run_in(run, agent, participants, given, agent.compiled)


def _apart(agent: Agent) -> Agent:
    """Give an agent without checkpoints of its own.

    LangGraph tells apart by their order alone what one node calls several times, and time decides that: one section
    would be given the checkpoint of another. What was done before, the journal tells.
    """
    return replace(agent, graph=whole_at_once(agent.compiled))


class Stewardship:
    """What a steward does in one superstep.

    Args:
        run: which.
        state: what it was sent.
        decide: runs the planner on an event.
        write: runs a section.

    """

    def __init__(self, run: Run, state: Sent, decide: Runs, write: Runs) -> None:
        self._run = run
        self._scope = state["scope"]
        self._known = frozenset(state["known"])
        self._decide = decide
        self._write = write
        self._turn = asyncio.Lock()
        self._first = min((e["n"] for e in ahead(run.blackboard, self._known)), default=math.inf)
        self._tasks: dict[str, asyncio.Task[Update]] = {}
        self._taken: set[str] = set()

    async def serve(self) -> Update:
        """Take up what comes until all else is at rest, and give what came of it."""
        blackboard = self._run.blackboard
        blackboard.takes_up = self._takes
        try:
            while not self._is_over():
                await self._something()
        except (Exception, asyncio.CancelledError):
            await self._stop()  # LangGraph cancels this node only, and not what it has begun
            raise
        finally:
            blackboard.takes_up = lambda _event: False
        done = [task.result() for task in self._tasks.values()]
        return {
            "log": [e for update in done for e in update.get("log", ())],
            "suspended": [e for update in done for e in update.get("suspended", ())],
        }

    async def _stop(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _is_over(self) -> bool:
        """Take up what has come, and say whether nothing more is to be looked after."""
        blackboard = self._run.blackboard
        for event in blackboard.growing.came:
            if event["id"] not in self._tasks and self._takes(event):
                self._tasks[event["id"]] = asyncio.ensure_future(self._grow(event))
        working = [task for task in self._tasks.values() if not task.done()]
        for task in self._tasks.values():
            if task.done():
                task.result()  # what it raised ends the run
        return not working and (not blackboard.waiting.under_way or blackboard.cancelled is not None)

    async def _something(self) -> None:
        stirred = asyncio.ensure_future(self._run.blackboard.waiting.stirred())
        working = [task for task in self._tasks.values() if not task.done()]
        try:
            await asyncio.wait([stirred, *working], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stirred.cancel()

    def _takes(self, event: Envelope) -> bool:
        """Whether this steward takes up a section that came. Once it does, it does so for good."""
        if event["id"] not in self._taken and self._may_take(event):
            self._taken.add(event["id"])
        return event["id"] in self._taken

    def _may_take(self, event: Envelope) -> bool:
        """Whether a section is not one that the document has taken up, or has to.

        It has to take up one that is to build on a text which is about to be replaced. In a resumed run, nothing is
        taken up here that came after what the editor had decided without it.
        """
        blackboard = self._run.blackboard
        heard = [
            event,
            *(a for e in blackboard.said("planner", event["id"]) if (a := blackboard.answers.get(e["id"]))),
        ]
        if blackboard.cancelled is not None or any(e["id"] in self._known for e in heard):
            return False
        decided = planned_at(blackboard, event)
        if not math.isinf(self._first):
            return decided < self._first
        waits = is_a(event, SectionAdded) and math.isinf(decided)
        return not (waits and will_change(blackboard, event["data"]["spec"]["after"]))

    async def _grow(self, event: Envelope) -> Update:
        """Have it decided on a section that came, ask a person if that is wanted, and write it if it is accepted."""
        said = await self._heard(event)
        asked = next((e for e in said if is_a(e, SectionConsidered)), None)
        if asked is not None:
            answer = await self._answer(asked, decision_on(event))
            if answer is None:
                return {"log": [asked] if asked["id"] not in self._known else []}
            said = await self._heard(answer)
        planned = next((e for e in said if is_a(e, SectionPlanned)), None)
        return await self._write(self._input(planned)) if planned else {}

    async def _heard(self, event: Envelope) -> list[Envelope]:
        """Have the planner hear an event, when it has decided on all that came before."""
        async with self._turn:
            self._run.blackboard.waiting.start(decision_on(event))
            update = await self._decide(self._input(event))
        said: list[Envelope] = update["log"]
        return said

    async def _answer(self, asked: Envelope, key: SectionKey) -> Envelope | None:
        """Wait for a person's answer; None: everything waits, and people are asked."""
        blackboard = self._run.blackboard
        while (answer := blackboard.answers.get(asked["id"])) is None:
            if not await blackboard.wait(key, [Need(*key, answer_to(asked["id"]))]):
                blackboard.waiting.leave(key)
                return None
        return answer

    def _input(self, event: Envelope) -> dict[str, Any]:
        return {"event": event, "scope": self._scope, "outgoing": []}


ATTENDING = Attending(NAME, steward, sent)
