"""Quire as a peer of the orchestration benchmark: its dispatcher, dependency waits, board, record and agent contract.

The benchmark's four steps are declared as agents, each a compiled subgraph of two inner steps (work, emit). A peer
module exposes ``generate(work) -> {section: text}``; ``work.call(section, step, …)`` is the only thing that takes time.
"""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from typing_extensions import TypedDict

from quire.graphs.agents.arbiter.events import SectionApproved
from quire.graphs.agents.planner.events import SectionPlanned
from quire.graphs.agents.planner.priorities import priorities
from quire.graphs.agents.section.events import SectionOpened
from quire.graphs.agents.section.graph import compose
from quire.graphs.dispatch.dispatcher import DispatcherState, Frame, Schemas, dispatcher
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.events import DocumentRequested, Event, Verdict
from quire.graphs.intake.blueprint_models import SectionSpec
from quire.graphs.kernel.agent_state import AgentState, Outgoing, Scope, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.run import open_run, run_of
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.port import Attempt, CallKey, Record, Usage
from quire.nodes.evidence.content import digest_of
from quire.server.cli.collecting import collect_rarely

USAGE = Usage(prompt_tokens=0, completion_tokens=0, usd=None, estimated=False)
REQUEST = DocumentRequested(title="Benchmark", blueprint={"agents": []}, facts={}, sources=[], options={})


class Drafted(Event):
    """A section was drafted."""

    text: str


class Reviewed(Verdict):
    """A draft was reviewed."""


class Checked(Verdict):
    """A draft was checked."""


class Input(TypedDict):
    """Nothing but the run's name: the sections are the work's."""

    run: str


class Output(TypedDict):
    """The approved texts."""

    approved: dict[int, str]


class State(DispatcherState, Input, Output):
    """A document being made."""


class Desk:
    """The four steps over one work, and a ledger of replies, as the gateway keeps it."""

    def __init__(self, work: Any) -> None:
        self.work = work

    async def draft(self, state: AgentState) -> Update:
        """Draft the section."""
        return {"outgoing": [emit(Drafted(text=await self.ask(state, "draft")))]}

    async def review(self, state: AgentState) -> Update:
        """Review the draft."""
        found = await self.ask(state, "review", state["event"]["data"]["text"])
        return {"outgoing": [emit(Reviewed(blocks=bool(found), findings=[{"message": f} for f in found]))]}

    async def comply(self, state: AgentState) -> Update:
        """Check the draft."""
        found = await self.ask(state, "compliance", state["event"]["data"]["text"])
        return {"outgoing": [emit(Checked(blocks=bool(found), findings=[{"message": f} for f in found]))]}

    async def settle(self, state: AgentState) -> Update:
        """Revise what was objected to; approve."""
        run = await run_of(state["scope"]["run"])
        spec, epoch = state["scope"]["section"], state["scope"]["epoch"]
        text = run.blackboard.events_of(spec["id"], epoch, Drafted)[-1]["data"]["text"]
        findings = [f["message"] for verdict in state["joined"] for f in verdict["data"]["findings"]]
        if findings:
            text = await self.ask(state, "revise", text, findings)
        content = {"text": text}
        approved = SectionApproved(
            content=content, digest=digest_of(content), words=1, rounds=1, findings=[], missing={}, models=[]
        )
        return {"outgoing": [emit(approved)]}

    async def ask(self, state: AgentState, step: str, *inputs: Any) -> Any:
        """Ask, unless the record holds the reply; it is recorded before it is used."""
        run, scope = await run_of(state["scope"]["run"]), state["scope"]
        section = scope["section"]["id"]
        key = CallKey(
            section, scope["epoch"], step, "ask", state["event"]["round"], digest_of([section, step, *inputs])
        )
        for attempt in await run.record.attempts(run.id, key):
            return json.loads(attempt["text"])
        reply = await self.work.call(int(section), step, *inputs)
        await run.record.add_attempt(
            run.id, key, Attempt(ended="ok", kind="ok", model="benchmark", text=json.dumps(reply), usage=USAGE)
        )
        return reply


def build(work: Any) -> Any:
    """Compile the graph that writes one work."""
    return compiled(Desk(work))


def compiled(desk: Desk) -> Any:
    """Compile the document's graph over the four agents at a desk."""
    agents = [
        Agent("draft", (SectionOpened,), (Drafted,), subgraph("draft", (Drafted,), desk.draft)),
        Agent("review", (Drafted,), (Reviewed,), subgraph("review", (Reviewed,), desk.review)),
        Agent("compliance", (Drafted,), (Checked,), subgraph("compliance", (Checked,), desk.comply)),
        Agent(
            "revise", (Verdict,), (SectionApproved,), subgraph("revise", (SectionApproved,), desk.settle), joins=True
        ),
    ]
    lanes = Agent("section", (SectionPlanned,), (SectionApproved,), compose, scope="document").composed(agents)

    async def plan(state: State) -> Update:
        run = await run_of(state["run"])
        scope = Scope(run=run.id)
        (asked,) = await run.post([envelope(emit(REQUEST), "document", None, 0, scope=scope)])
        planned = [
            envelope(draft, "planner", asked, n, scope=scope) for n, draft in enumerate(_plan(desk.work.sections))
        ]
        return {"log": await run.post(planned)}

    async def gather(state: State) -> Update:
        run = await run_of(state["run"])
        return {"approved": {int(s): e["data"]["content"]["text"] for s, e in run.blackboard.last.items()}}

    def place(state: State) -> Scope:
        return Scope(run=state["run"])

    async def no_changes(_state: State, _batch: list[Any]) -> list[Any]:
        return []

    return dispatcher("document", [lanes], Schemas(State, Input, Output), Frame(plan, gather, place, no_changes))


async def write(graph: Any, record: Record, run: str) -> dict[int, str]:
    """Run the document over a record."""
    collect_rarely()  # as every process of Quire's own does once it has imported what it needs
    given = open_run(run, record)
    out = await graph.ainvoke({"run": run}, {"recursion_limit": 10_000}, context=given)
    approved: dict[int, str] = out["approved"]
    return approved


async def generate(work: Any) -> dict[int, str]:
    """Write every section, with the record in memory."""
    return await write(work.built, MemoryRecord(), uuid.uuid4().hex)


def _plan(sections: Sequence[Any]) -> list[Outgoing]:
    specs = [
        SectionSpec(
            id=str(s.id),
            title=f"Section {s.id}",
            after=[str(a) for a in s.after],
            words=getattr(s, "words", None),  # a workload may say how long its sections are
        )
        for s in sections
    ]
    ahead = priorities(specs)
    return [
        emit(
            SectionPlanned(spec=spec.model_dump(mode="json"), position=n, priority=ahead[spec.id]),
            section=spec.id,
            epoch=1,
        )
        for n, spec in enumerate(specs)
    ]
