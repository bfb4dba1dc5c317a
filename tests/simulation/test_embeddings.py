"""An embedding model that fails, is late, or is gone for hours, and a run that is killed meanwhile, in virtual time."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from model_server import FAULTS_OF_VECTORS, Asked, random_faults
from toys import SOURCE, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.connections import connections
from quire.graphs.run.run import open_run
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from simulation.clock import VirtualLoop, in_virtual_time
from simulation.documents import agreeable, between, documents
from simulation.draws import Draws
from simulation.endpoint import Endpoint, Network, Script

FENCES = "\n\n".join(f"Fence number {n} stands in the village." for n in range(150))
BRIEF = toy_brief(
    section("height"), section("yards", "height"), section("parking"),
    sources=[SOURCE, {"name": "fences.md", "text": f"# Fences\n\n{FENCES}\n"}], options={"max_rounds": 1},
)  # fmt: skip
ASKS = {
    "openai_base_url": "http://model.test/v1",
    "embedding_model": "embed-1",
    "embedding_url": "http://embed.test/v1",
    "evidence_tokens": 500,
}
TIMEOUT = 120.0


class Played(NamedTuple):
    """What came of documents that could be searched by meaning."""

    made: list[dict[str, Any]]
    embedder: Endpoint
    gathered: list[dict[str, Any]]
    took: float


def played(script: Script = lambda _: None, runs: int = 2, seconds: Any = None, **more: Any) -> Played:
    chat = Endpoint(agreeable, seconds=between(2, 1, 5))
    embedder = Endpoint(agreeable, script, seconds or between(3, 1, 5))
    network = Network({"model.test": chat, "embed.test": embedder})
    made, record, took = documents(network, [BRIEF] * runs, every=30, **ASKS, **more)
    return Played(made, embedder, asyncio.run(_gathered(record, runs)), took)


async def _gathered(record: MemoryRecord, runs: int) -> list[dict[str, Any]]:
    events = [event for n in range(runs) for event in await record.events(f"d{n}")]
    return [event["data"] for event in events if event["type"] == "EvidenceGathered"]


def texts_of(asked: list[Asked]) -> list[str]:
    return [text for each in asked for text in each.texts]


def test_runs_of_one_tenant_ask_for_what_passages_mean_once() -> None:
    came = played()

    assert ["done"] * 2 == [made["status"] for made in came.made]
    assert {"embed-1"} == {data["meant_by"] for data in came.gathered}
    assert 1 == max(Counter(texts_of(came.embedder.asked)).values())


@pytest.mark.parametrize("kind", ["error-503", "refused", "unauthorized", "rate-limit-hour"])
def test_what_is_gone_for_hours_is_not_waited_for(kind: str) -> None:
    usual, came = played(), played(lambda asked: kind if asked.at >= 2 else None)

    assert ["done"] * 2 == [made["status"] for made in came.made]
    assert all(data["by_words_alone"] for data in came.gathered)
    assert came.took < usual.took + 3 * TIMEOUT


def test_what_is_late_is_waited_for_as_long_as_any_call() -> None:
    came = played(seconds=lambda _asked: 100.0)
    assert {"embed-1"} == {data["meant_by"] for data in came.gathered}

    late = played(seconds=lambda _asked: 1000.0)
    assert ["done"] * 2 == [made["status"] for made in late.made]
    assert all(data["by_words_alone"] for data in late.gathered)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_in_storms_every_document_is_finished_and_says_how_it_was_searched(seed: int) -> None:
    of_any, of_vectors = random_faults(seed, 0.3), Draws(seed)

    def storm(asked: Asked) -> str | None:
        drawn = of_vectors.happens(0.2, asked.n)
        return of_vectors.one_of(sorted(FAULTS_OF_VECTORS), asked.n, "which") if drawn else of_any(asked)

    came = played(storm, runs=6)

    assert ["done"] * 6 == [made["status"] for made in came.made]
    assert all(bool(data.get("meant_by")) != bool(data.get("by_words_alone")) for data in came.gathered)


@pytest.mark.parametrize("seed", range(6))
def test_a_run_that_is_killed_while_it_embeds_asks_for_nothing_again_that_is_recorded(seed: int) -> None:
    draws, record = Draws(seed), MemoryRecord(now=lambda: "2030-01-01T00:00:00Z")
    chat, embedder = Endpoint(agreeable, seconds=between(2, 1, 5)), Endpoint(agreeable, seconds=between(seed, 1, 20))

    async def leg(seconds: float | None) -> dict[str, Any] | None:
        run = open_run("r", record)
        run.settings = Settings.model_validate({"openai_api_key": "sk-ours", **ASKS})
        going = asyncio.ensure_future(build().ainvoke({**BRIEF, "id": "r"}, context=run))
        done, _ = await asyncio.wait([going], timeout=seconds)
        going.cancel()
        await asyncio.gather(going, return_exceptions=True)
        return going.result() if done else None

    async def work(_: VirtualLoop) -> tuple[dict[str, Any] | None, list[int]]:
        flights = []
        for death in _deaths(draws):
            await leg(death)
            flights.append(len(embedder.asked) - await _recorded(record))
        out = await leg(None)
        await connections().release("r")
        return out, [*flights, len(embedder.asked) - await _recorded(record)]

    with Network({"model.test": chat, "embed.test": embedder}).instead_of_the_network():
        out, flights = in_virtual_time(work)

    assert out is not None
    assert "done" == out["status"]
    assert flights == sorted(flights), "only what was under way at a death is asked for again"
    assert flights[-2] == flights[-1]


def _deaths(draws: Draws) -> Iterator[float]:
    for n in range(draws.whole(1, 3, "how many")):
        yield draws.between(0.5, 25, "death", n)


async def _recorded(record: MemoryRecord) -> int:
    return sum(attempt["model"] == "embed-1" for _, attempt in await record.ledger("r"))
