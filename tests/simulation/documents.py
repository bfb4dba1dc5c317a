"""Documents made in virtual time, over an endpoint that is simulated."""

import asyncio
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from model_server import Asked, first_extract, marked_up

from quire.graphs.document.document_graph import build
from quire.graphs.run.connections import connections
from quire.graphs.run.run import open_run
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from simulation.clock import VirtualLoop, in_virtual_time
from simulation.endpoint import Endpoint, Network


def agreeable(asked: Asked) -> str:
    """Ask for the section's subject, say what the evidence says, and object to nothing."""
    if "queries" in (asked.schema or {}).get("properties", {}):
        return json.dumps({"queries": ["height of a building", "front yard", "parking space"]})
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    said = [{"text": first_extract(asked.prompt) or "Nothing is known.", "evidence": ["E1"]}]
    return marked_up(said, asked)


def between(seed: int, least: float, most: float) -> Any:
    """Draw how long a reply takes."""
    rng = random.Random(seed)
    return lambda _asked: rng.uniform(least, most)


def documents(
    endpoint: Endpoint | Network, briefs: Sequence[Mapping[str, Any]], every: float = 0.0, **settings: Any
) -> tuple[list[dict[str, Any]], MemoryRecord, float]:
    """Make documents side by side.

    Args:
        endpoint: whom they ask.
        briefs: what they are to be.
        every: virtual seconds between two beginnings.
        settings: how they ask.

    Returns:
        what came of each, what is recorded of them, and how many virtual seconds it took.

    """
    given = {"openai_base_url": "http://model.test/v1", "openai_api_key": "sk-ours", **settings}
    asks, record = Settings.model_validate(given), MemoryRecord(now=lambda: "2030-01-01T00:00:00Z")

    async def one(place: int, brief: Mapping[str, Any]) -> dict[str, Any]:
        await asyncio.sleep(place * every)
        run = open_run(f"d{place}", record)
        run.settings = asks
        out = await build().ainvoke({**brief, "id": run.id}, {"recursion_limit": 1000}, context=run)
        return dict(out)

    async def play(loop: VirtualLoop) -> tuple[list[dict[str, Any]], float]:
        made = await asyncio.gather(*(one(place, brief) for place, brief in enumerate(briefs)))
        took = loop.time()
        for place, _ in enumerate(briefs):
            await connections().release(f"d{place}")
        return made, took

    with endpoint.instead_of_the_network():
        made, took = in_virtual_time(play)
    return made, record, took
