"""The agents of a play: the real ones behind a pause, and stand-ins where a model would speak.

The document's dispatcher, the section runs with their dependency waits and approvals, planner, editor, arbiter,
compliance and publisher are the real ones. A stand-in keeps the real contract: it declares what it handles and
emits, is a compiled subgraph, records each reply before it is used, and never asks for one that is recorded.
"""

import asyncio
import functools
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any, NotRequired, Protocol

from quire.graphs.agents.arbiter import graph as arbiter
from quire.graphs.agents.compliance import graph as compliance
from quire.graphs.agents.editor import graph as editor
from quire.graphs.agents.extractor.events import RecordsExtracted
from quire.graphs.agents.planner import graph as planner
from quire.graphs.agents.publisher import graph as publisher
from quire.graphs.agents.researcher import graph as researcher
from quire.graphs.agents.reviewer.events import SectionReviewed
from quire.graphs.agents.verifier import graph as verifier
from quire.graphs.agents.writer import graph as writer
from quire.graphs.agents.writer.assignment import has_asked
from quire.graphs.agents.writer.editing import is_only_edited, with_persons
from quire.graphs.agents.writer.events import FactRequested, SectionDrafted
from quire.graphs.dispatch.subgraph import subgraph
from quire.graphs.document.document_graph import assemble
from quire.graphs.events import AgentRecruited, SectionProposed, Verdict
from quire.graphs.kernel.agent_state import AgentGraph, AgentState, Step, Update
from quire.graphs.kernel.contract import Agent
from quire.graphs.kernel.emitting import emit
from quire.graphs.kernel.registry import discover
from quire.graphs.run.judged_draft import judged_draft
from quire.graphs.run.run import Run, run_of
from quire.graphs.run.section_inputs import facts_of, inputs_of
from quire.nodes.event_store.port import Attempt, CallKey, Usage
from quire.nodes.evidence.content import Block, Evidence, SectionContent, Value, claim, digest_of, words_in
from quire.nodes.faults import ModelFault
from quire.nodes.sources.passage import Reading
from simulation.scenario import NOTE, SPOILT, Scenario

DEADLINE = 60.0
"""Virtual seconds that an agent has; writes and turns take far less."""
RESTATED = "A tower has been standing there for long."
NOTHING = Usage(prompt_tokens=1, completion_tokens=1, usd=0.0, estimated=False)


class Stage(Protocol):
    """What the agents of a play see of it."""

    scenario: Scenario

    def latency(self, *about: object) -> float:
        """Seconds that something takes."""
        ...

    def calling(self, key: CallKey) -> AbstractAsyncContextManager[None]:
        """Make a call, which somebody pays for; it is under way until its reply is recorded.

        Raises:
            EndpointOut: the endpoint is out of order, and no call of the run is under way.

        """
        ...


STAGES: dict[str, Stage] = {}
"""By run: the play that its agents act in."""


class SpecialistConsulted(Verdict):
    """Somebody who was called in looked at a draft."""


class Answered(AgentState):
    """A stand-in's state: what the model said."""

    reply: NotRequired[str]


def _about(state: AgentState) -> tuple[object, ...]:
    event = state["event"]
    return event["section"], event["epoch"], event["round"]


def _woken_by(state: AgentState) -> tuple[object, ...]:
    """Say what an agent works on; whoever reads the whole does so whichever section closed last."""
    closing = state["event"]["section"] is not None and "section" not in state["scope"]
    return ("the whole",) if closing else (state["event"]["type"], *_about(state))


def pausing(agent: str, step: Step) -> Step:
    """Have a step take time first, or fail, or never return, as the seed has it."""

    async def pause(state: AgentState) -> Update:
        stage, event = STAGES[state["scope"]["run"]], state["event"]
        trouble = stage.scenario.fails(agent, *_woken_by(state))
        await asyncio.sleep(10 * DEADLINE if trouble == "hangs" else stage.latency(agent, event["id"]))
        if trouble == "fault":
            raise ModelFault("refused", f"{agent} was refused")
        return await step(state)

    pause.__name__ = step.__name__
    return pause


def asking(agent: str) -> Step:
    """Make the step that asks a model, unless the record holds its reply."""

    async def ask(state: AgentState) -> Update:
        run, stage = await run_of(state["scope"]["run"]), STAGES[state["scope"]["run"]]
        event, section = state["event"], state["scope"]["section"]["id"]
        if agent == "writer" and is_only_edited(run.blackboard, event):
            return {}
        asked = digest_of([event["id"], _materials(run, state)])
        key = CallKey(section, event["epoch"], agent, event["id"], event["round"], asked)
        if not await run.record.attempts(run.id, key):
            async with stage.calling(key):
                await asyncio.sleep(stage.latency("reply", *key))
                attempt = Attempt(ended="ok", kind="ok", model="m", text=asked, usage=NOTHING)
                await run.record.add_attempt(run.id, key, attempt)
        (attempt,) = await run.record.attempts(run.id, key)
        return {"reply": attempt["text"]}

    return ask


async def read_records(state: AgentState) -> Update:
    """Read records, unless the record holds what the model said."""
    run, stage, event = await run_of(state["scope"]["run"]), STAGES[state["scope"]["run"]], state["event"]
    key = CallKey("document", 1, "extractor", event["id"], 0, digest_of([event["id"]]))
    if not await run.record.attempts(run.id, key):
        async with stage.calling(key):
            await asyncio.sleep(stage.latency("reply", *key))
            await run.record.add_attempt(run.id, key, Attempt(ended="ok", kind="ok", model="m", text="", usage=NOTHING))
    return {"outgoing": [emit(RecordsExtracted(types=event["data"]["types"], records=[], refused=[]))]}


def _materials(run: Run, state: AgentState) -> dict[str, Any]:
    """Gather what a section is made from: its facts, and the digests of what those say that it builds on."""
    spec, epoch = state["scope"]["section"], state["scope"]["epoch"]
    facts = facts_of(run.blackboard, spec["id"], run.request["facts"])
    read = inputs_of(run.blackboard, spec["id"], epoch)
    return {
        "instructions": spec["instructions"],
        "facts": {name: value for name, value in facts.items() if name in spec["instructions"].split()},
        "read": {name: words_digest(content) for name, content in sorted(read.items())},
    }


def words_digest(content: SectionContent) -> str:
    """Give the digest of a text's words, whatever was found of them since they were drafted."""
    return digest_of([c["text"] for block in content["blocks"] for c in block["claims"]])


def lines(section: str, materials: dict[str, Any]) -> list[str]:
    """Word a section: whose text it is, what it was told, what it knows, and the texts that it read."""
    facts = ", ".join(f"{name} is {value}" for name, value in sorted(materials["facts"].items()))
    read = [f"reads {name} {digest}" for name, digest in sorted(materials["read"].items())]
    return [f"text of {section}", f"told {materials['instructions']}", f"knows {facts}", *read]


async def draft(state: Answered) -> Update:
    """Draft the section, or ask for a fact first. A person's edits are made as the real writer makes them."""
    run, stage = await run_of(state["scope"]["run"]), STAGES[state["scope"]["run"]]
    about = _about(state)
    if is_only_edited(run.blackboard, state["event"]):
        return await writer.bind(writer.State(**state, written=[]))
    if stage.scenario.objects("lacks a fact", *about) and not has_asked(state["event"]):
        return {"outgoing": [emit(FactRequested(question="what?"))]}
    section = state["scope"]["section"]["id"]
    readings = await run.readings()
    said = _content(stage.scenario, lines(section, _materials(run, state)), about, readings)
    content = with_persons(run.blackboard, state["scope"], said, readings)
    told = SectionDrafted(
        content=dict(content),
        digest=digest_of(dict(content)),
        words=words_in(content["blocks"]),
        model="m" if stage.scenario.restates else None,
    )
    proposed = stage.scenario.proposals.get(section, []) if about[1:] == (1, 0) else []
    return {"outgoing": [emit(told), *(emit(SectionProposed(**p)) for p in proposed)]}


def _noted(readings: Sequence[Reading]) -> Evidence:
    """Give what is restated; code leaves open whether that says so."""
    note = next(reading for reading in readings if reading["source"] == NOTE)
    said = note["passages"][-1]
    return Evidence(source=NOTE, address=said["address"], quote=said["text"], hash=note["hash"])


def _content(
    scenario: Scenario, said: Sequence[str], about: tuple[object, ...], readings: Sequence[Reading]
) -> SectionContent:
    spoilt = [SPOILT] if scenario.objects("spoilt", *about) else []
    claims = [claim(text, "fixed") for text in [*said, f"draft {about}", *spoilt]]
    blocks: list[Block] = [{"kind": "paragraph", "claims": claims}]
    if scenario.restates:
        blocks.append({"kind": "paragraph", "claims": [{**claim(RESTATED, "source", _noted(readings)), "id": "c1"}]})
    word = "odd" if scenario.objects("contradicts", *about[:2]) else "even"
    shared = Value(value=word, unit="", text=word, evidence=[])
    return SectionContent(blocks=blocks, values={"shared": shared}, open_questions=[])


async def review(state: Answered) -> Update:
    """Grade a draft; now and then object, or call somebody in. Dislikes keep no last draft out."""
    judged = await judged_draft(await run_of(state["scope"]["run"]), state["scope"])
    scenario, about = STAGES[state["scope"]["run"]].scenario, _about(state)
    section = state["scope"]["section"]["id"]
    objects = scenario.objects("reviewer", *about)
    finding = {"rule": "taste", "severity": "warning", "message": f"dull {about}", "where": section}
    verdict = SectionReviewed(
        blocks=objects and judged is not None and not judged.last,
        findings=[finding] if objects else [],
        grade=2 if objects else 5,
    )
    calls = [emit(AgentRecruited(agent="specialist", reason="a hard one"))] if scenario.objects("calls", *about) else []
    return {"outgoing": [*calls, emit(verdict)]}


async def consult(state: AgentState) -> Update:
    """Look at a draft as somebody who was called in does."""
    scenario, about = STAGES[state["scope"]["run"]].scenario, _about(state)
    finding = {"rule": "special", "severity": "error", "message": "wrong", "where": state["scope"]["section"]["id"]}
    objects = scenario.objects("specialist", *about)
    return {"outgoing": [emit(SpecialistConsulted(blocks=objects, findings=[finding] if objects else []))]}


WRITER = (SectionDrafted, FactRequested, SectionProposed)
REVIEWER = (SectionReviewed, AgentRecruited)
SPECIALIST = Agent(
    "specialist",
    handles=(SectionDrafted,),
    emits=(SpecialistConsulted,),
    graph=subgraph("specialist", (SpecialistConsulted,), pausing("specialist", consult)),
    on_call=True,
    deadline=DEADLINE,
)


def _played() -> dict[str, tuple[tuple[Any, ...] | None, AgentGraph]]:
    """Give what each agent says, where that differs from the real one's, and the subgraph it has in a play."""

    def behind_a_pause(name: str, real: Any, first: str, *steps: str) -> AgentGraph:
        emits = next(a for a in discover() if a.name == name).emits
        paused = pausing(name, getattr(real, first))
        return subgraph(name, emits, paused, *(getattr(real, s) for s in steps), state=real.State)

    return {
        "planner": (None, behind_a_pause("planner", planner, "read_sources", "lay_out", "check_plan")),
        "extractor": (None, subgraph("extractor", (RecordsExtracted,), pausing("extractor", read_records))),
        "editor": (None, behind_a_pause("editor", editor, "compare", "check_rules", "read_through", "decide")),
        "publisher": (None, behind_a_pause("publisher", publisher, "gather", "put_together", "publish")),
        "arbiter": (None, behind_a_pause("arbiter", arbiter, "merge", "decide")),
        "compliance": (
            None,
            behind_a_pause("compliance", compliance, "check_rules", "read_rules", "report"),
        ),
        "verifier": (None, behind_a_pause("verifier", verifier, "measure_claims", "read", "report")),
        "researcher": (None, behind_a_pause("researcher", researcher, "word_queries", "quote")),
        "writer": (WRITER, subgraph("writer", WRITER, pausing("writer", asking("writer")), draft, state=Answered)),
        "reviewer": (
            REVIEWER,
            subgraph("reviewer", REVIEWER, pausing("reviewer", asking("reviewer")), review, state=Answered),
        ),
    }


def ensemble() -> list[Agent]:
    """Give the agents of a play."""
    played = _played()
    return [
        a
        if a.name not in played
        else replace(a, emits=played[a.name][0] or a.emits, graph=played[a.name][1], deadline=DEADLINE)
        for a in [*discover(), SPECIALIST]
    ]


@functools.cache
def document() -> AgentGraph:
    """Compile the document's graph over the agents of a play, once a process."""
    return assemble(ensemble())
