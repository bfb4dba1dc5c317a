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
    hint: NotRequired[str]


async def word_query(state: State) -> Update:
    """Ask for what the section is about, or for the fact that was asked for.

    A blueprint's instructions tell a writer what to do with any sources; as a query they find what is worded like
    them. So where the brief asks a question, they and the other facts only hint.
    """
    event, spec = state["event"], state["lane"]["section"]
    if asked := event["data"].get("question"):
        return {"query": asked, "hint": ""}
    run = await run_of(state["lane"]["run"])
    stated = {name: str(value) for name, value in run.request["facts"].items() if isinstance(value, str)}
    question = " ".join(stated.pop(name) for name in ("question", "subject") if name in stated)
    others = " ".join(stated.values())
    if question:
        return {"query": f"{question} {question} {spec['title']}", "hint": f"{spec['instructions']} {others}"}
    return {"query": f"{spec['title']} {spec['title']} {spec['instructions']}", "hint": others}


async def quote(state: State) -> Update:
    """Quote the passages that say most about it, each with its address; without a model they are what is read."""
    run = await run_of(state["lane"]["run"])
    keep = readable if await models_for(run, "writer") is None else list
    evidence = await search(run, state["lane"], state["query"], MOST_PASSAGES, keep, hint=state["hint"])
    question = state["event"]["data"].get("question")
    return {"said": [say(EvidenceGathered(evidence=[dict(e) for e in evidence], answers=question))]}


graph = subgraph("researcher", (EvidenceGathered,), word_query, quote, state=State)
