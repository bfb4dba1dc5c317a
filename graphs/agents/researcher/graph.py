"""The researcher: word the query, retrieve and rank passages, quote them."""

import asyncio
from typing import NotRequired

from graphs.agents.researcher.events import EvidenceGathered
from graphs.contract import AgentState, Update, say, subgraph
from graphs.materials import gather
from graphs.run import run_of
from nodes.evidence import quoted
from nodes.sources.passage import Passage

MOST_PASSAGES = 12


class State(AgentState):
    """The researcher's state."""

    query: NotRequired[str]
    found: NotRequired[list[Passage]]


async def word_query(state: State) -> Update:
    """Ask for what the section is about, or for the fact that was asked for."""
    event, spec = state["event"], state["lane"]["section"]
    asked = event["data"].get("question")
    run = await run_of(state["lane"]["run"])
    about = " ".join(str(v) for v in run.request["facts"].values() if isinstance(v, str))
    return {"query": asked or f"{spec['title']} {spec['title']} {spec['instructions']} {about}"}


async def retrieve(state: State) -> Update:
    """Rank the passages of the section's sources."""
    run = await run_of(state["lane"]["run"])
    materials = await gather(run, state["lane"])
    index = await run.index(materials.readings)
    return {"found": await asyncio.to_thread(index.search, state["query"], MOST_PASSAGES)}


async def quote(state: State) -> Update:
    """Quote what was found, each with its address."""
    run = await run_of(state["lane"]["run"])
    hashes = {r["source"]: r["hash"] for r in await run.readings()}
    evidence = [quoted(p, hashes[p["source"]]) for p in state["found"]]
    question = state["event"]["data"].get("question")
    to = state["event"]["agent"] if question else None
    return {"said": [say(EvidenceGathered(evidence=[dict(e) for e in evidence], answers=question), to=to)]}


graph = subgraph("researcher", (EvidenceGathered,), word_query, retrieve, quote, state=State)
