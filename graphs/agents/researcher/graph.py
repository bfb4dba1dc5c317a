"""The researcher: word the query, then retrieve and rank passages and quote them."""

from typing import NotRequired

from quire.graphs.agents.researcher.events import EvidenceGathered
from quire.graphs.kernel.agent_state import AgentState, Update
from quire.graphs.kernel.contract import subgraph
from quire.graphs.kernel.emitting import say
from quire.graphs.run.model_calls import models_for
from quire.graphs.run.run import run_of
from quire.graphs.run.section_inputs import search
from quire.nodes.author.extracts import readable

MOST_PASSAGES = 12


class State(AgentState):
    """The researcher's state."""

    query: NotRequired[str]


async def word_query(state: State) -> Update:
    """Ask for what the section is about, or for the fact that was asked for."""
    event, spec = state["event"], state["lane"]["section"]
    asked = event["data"].get("question")
    run = await run_of(state["lane"]["run"])
    about = " ".join(str(v) for v in run.request["facts"].values() if isinstance(v, str))
    wanted = " ".join(spec.get("questions", [])) or spec["instructions"]
    return {"query": asked or f"{spec['title']} {spec['title']} {wanted} {about}"}


async def quote(state: State) -> Update:
    """Quote the passages that say most about it, each with its address; without a model they are what is read."""
    run = await run_of(state["lane"]["run"])
    keep = readable if await models_for(run, "writer") is None else list
    evidence = await search(run, state["lane"], state["query"], MOST_PASSAGES, keep)
    question = state["event"]["data"].get("question")
    return {"said": [say(EvidenceGathered(evidence=[dict(e) for e in evidence], answers=question))]}


graph = subgraph("researcher", (EvidenceGathered,), word_query, quote, state=State)
