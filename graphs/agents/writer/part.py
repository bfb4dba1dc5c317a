"""A part of a section that is too large for one draft: a run inside the writer's, in parallel with the others."""

import operator
from typing import Annotated, NotRequired, cast

from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from quire.graphs.agents.writer import wording
from quire.graphs.agents.writer.events import PartDrafted
from quire.graphs.agents.writer.proposals import proposals
from quire.graphs.agents.writer.wording import assignment
from quire.graphs.kernel.agent_state import AgentState, Outgoing, Scope, Update
from quire.graphs.kernel.emitting import emit, envelope
from quire.graphs.run.model_calls import models_for
from quire.graphs.run.run import run_of
from quire.graphs.run.section_inputs import evidence_of, gather, pack_found, search, whole_sources
from quire.nodes.author.outlining import Part, materials_for
from quire.nodes.event_store.port import Envelope
from quire.nodes.evidence.content import Evidence, SectionContent, words_in


class Written(TypedDict):
    """What a part came to."""

    place: int
    content: SectionContent
    model: str
    proposed: list[Outgoing]
    """Sections that its writer proposes."""


class PartInput(TypedDict):
    """What the writer sends to a part."""

    event: Envelope
    scope: Scope
    part: Part
    place: int
    """From 1."""


class PartOutput(TypedDict):
    """What a part gives back."""

    written: Annotated[list[Written], operator.add]


class PartState(PartInput, PartOutput):
    """A part being written."""

    found: NotRequired[list[Evidence]]


async def find(state: PartState) -> Update:
    """Look for what this part can build on."""
    run, part = await run_of(state["scope"]["run"]), state["part"]
    scope = state["scope"]
    if await whole_sources(run, scope) is not None:
        return {"found": evidence_of(run.blackboard, scope)}  # all there is, under the same numbers for all parts
    found = await search(run, scope, [f"{part['title']} {part['instructions']}"])
    return {"found": await pack_found(run, scope, found)}


async def word(state: PartState) -> Update:
    """Have a model word the part, and bind its sentences to what they name."""
    run, scope, part = await run_of(state["scope"]["run"]), state["scope"], state["part"]
    models = await models_for(run, "writer", scope["section"]["model"])
    if models is None:
        raise RuntimeError("parts are laid out by a model")
    materials = materials_for(part, await gather(run, scope))
    asker = cast("AgentState", state)
    given = assignment(run, asker, models, materials, state["found"])
    worded = await wording.word(run, asker, f"part-{state['place']}", given)
    bound = given.bound(worded.text)
    blocks = [block for block in bound.blocks if not isinstance(block, str)]
    content = SectionContent(blocks=blocks, values={}, open_questions=[])
    proposed = proposals(run.blackboard, scope, given.desk, bound.proposed)
    written = Written(place=state["place"], content=content, model=worded.model, proposed=proposed)
    return {"written": [written]}


async def tell(state: PartState) -> Update:
    """Say that the part is drafted, for those who follow the run."""
    run, (written,) = await run_of(state["scope"]["run"]), state["written"]
    done = PartDrafted(part=state["place"], words=words_in(written["content"]["blocks"]), model=written["model"])
    await run.post([envelope(emit(done), f"part-{state['place']}", state["event"], 1, scope=state["scope"])])
    return {}


graph = StateGraph(PartState, input_schema=PartInput, output_schema=PartOutput)
for step in (find, word, tell):
    graph.add_node(step.__name__, step)
for before, after in ((START, "find"), ("find", "word"), ("word", "tell"), ("tell", END)):
    graph.add_edge(before, after)
PART = graph.compile(name="part")
