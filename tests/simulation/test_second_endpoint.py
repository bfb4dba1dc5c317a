"""A fallback model at an endpoint of its own, in outages and storms of the first one, of its own, and of both."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from model_server import LASTING, Asked, random_faults
from toys import section, toy_brief

from quire.nodes.event_store.memory import MemoryRecord
from simulation.clock import VirtualLoop, in_virtual_time
from simulation.documents import agreeable, between, documents
from simulation.endpoint import Endpoint, Network, Script
from simulation.served import runs_in

BRIEF = toy_brief(section("height"), section("yards", "height"), section("parking", "yards"))
SECOND = {
    "QUIRE_FALLBACK_MODEL": "spare-model",
    "QUIRE_FALLBACK_MODEL_BASE_URL": "http://spare.test/v1",
    "QUIRE_FALLBACK_MODEL_API_KEY": "sk-spare",
}
READER = {
    "OPENAI_BASE_URL": "http://model.test/v1",
    "QUIRE_MODEL_REVIEWER_BASE_URL": "http://reader.test/v1",
    "QUIRE_OUTAGE_PATIENCE": "5",
}
REFUSALS = {"refusal", "finish-filter", "prompt-filtered", "stream-late-filter", "flood"}
"""Faults after which nobody else is asked."""
HOUR = 3600.0
LONG = pytest.mark.long
OUT = (10.0, 610.0)
"""When an outage begins, and when it ends."""


class Played(NamedTuple):
    """What came of documents that could ask two endpoints."""

    made: list[dict[str, Any]]
    first: Endpoint
    spare: Endpoint
    record: MemoryRecord
    took: float


def played(first: Script, spare: Script = lambda _: None, runs: int = 4, every: float = 2, **more: Any) -> Played:
    """Make documents whose model is at one endpoint and whose fallback is at another."""
    one, other = Endpoint(agreeable, first, between(2, 1, 5)), Endpoint(agreeable, spare, between(3, 1, 5))
    network = Network({"model.test": one, "spare.test": other})
    made, record, took = documents(network, [BRIEF] * runs, every=every, **SECOND, **more)
    return Played(made, one, other, record, took)


def out(kind: str) -> Script:
    """Be out of order for ten minutes."""
    return lambda asked: kind if OUT[0] <= asked.at < OUT[1] else None


def asked_for(asked: Sequence[Asked]) -> list[str]:
    """Give what was asked for, without the marks that differ each time."""
    return [re.sub(r"[0-9a-f]{32}", "", each.prompt) for each in asked]


def texts(came: Played) -> list[Any]:
    """Give what the sections say, whichever model has written them."""
    return [[section["content"]["blocks"] for section in made["document"]["sections"]] for made in came.made]


@pytest.mark.long
@pytest.mark.parametrize(
    "kind",
    ["error-503", "unauthorized", *(pytest.param(k, marks=LONG) for k in ("refused", "error-502-html", "quota"))],
)
def test_while_the_first_is_out_the_second_is_asked_and_nobody_waits(kind: str) -> None:
    usual, came = played(lambda _: None), played(out(kind))

    assert ["done"] * 4 == [made["status"] for made in came.made]
    assert came.took < OUT[1] / 2
    assert [] == usual.spare.asked
    assert len(came.spare.asked) > 10
    assert texts(usual) == texts(came)


@pytest.mark.long
def test_the_first_is_asked_again_once_it_answers() -> None:
    came = played(out("error-503"), runs=8, every=120)

    after = [asked for asked in came.first.asked if asked.at >= OUT[1]]
    during = [asked for asked in came.first.asked if OUT[0] + 20 <= asked.at < OUT[1]]
    assert ["done"] * 8 == [made["status"] for made in came.made]
    assert len(after) > 10
    assert len(during) <= 5 * 8, "five documents begin meanwhile, and each finds it out by itself"
    assert [] == [asked for asked in came.spare.asked if asked.at > OUT[1] + 60]


def test_a_key_goes_to_its_own_endpoint_only() -> None:
    came = played(out("error-503"))

    assert {"Bearer sk-ours"} == {asked.headers["authorization"] for asked in came.first.asked}
    assert {"Bearer sk-spare"} == {asked.headers["authorization"] for asked in came.spare.asked}
    assert {"spare-model"} == {asked.body["model"] for asked in came.spare.asked}


@pytest.mark.long
def test_while_both_are_out_runs_wait_and_no_answer_is_paid_for_twice() -> None:
    usual, came = played(lambda _: None), played(out("error-503"), out("refused"))

    assert ["done"] * 4 == [made["status"] for made in came.made]
    assert OUT[1] < came.took < OUT[1] + 120
    answered = [asked for asked in came.first.asked + came.spare.asked if not OUT[0] <= asked.at < OUT[1]]
    assert sorted(asked_for(usual.first.asked)) == sorted(asked_for(answered))
    assert len(came.first.asked) + len(came.spare.asked) - len(answered) <= 60


def test_a_second_that_is_out_costs_nothing_while_the_first_answers() -> None:
    came = played(lambda _: None, lambda _: "refused")

    assert ["done"] * 4 == [made["status"] for made in came.made]
    assert [] == came.spare.asked


@pytest.mark.long
@pytest.mark.parametrize(
    "second_out", ["refused", *(pytest.param(k, marks=LONG) for k in ("error-503", "unauthorized"))]
)
def test_a_run_is_put_aside_while_both_are_out_for_hours_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second_out: str
) -> None:
    for name, value in {"OPENAI_BASE_URL": "http://model.test/v1", "OPENAI_API_KEY": "sk-ours", **SECOND}.items():
        monkeypatch.setenv(name, value)

    def during(kind: str) -> Script:
        return lambda asked: kind if 8 <= asked.at < 8 + 6 * HOUR else None

    first, spare = (Endpoint(agreeable, during(kind), between(3, 1, 5)) for kind in ("error-503", second_out))

    async def work(loop: VirtualLoop) -> tuple[Any, list[float], float]:
        async with runs_in(tmp_path, loop) as runs:
            run = await runs.begin(BRIEF, run_id="r", remembered={})
            async for _ in runs.carry_on_or_follow(run):
                pass
            pauses = [e["data"]["pause"] for e in await runs.record.events(run) if e["type"] == "RunSuspended"]
            return await runs.report(run), pauses, loop.time()

    with Network({"model.test": first, "spare.test": spare}).instead_of_the_network():
        report, pauses, took = in_virtual_time(work)

    answered = asked_for([each for each in first.asked + spare.asked if not 8 <= each.at < 8 + 6 * HOUR])
    refused = len(first.asked) + len(spare.asked) - len(answered)
    assert "done" == report["status"]
    assert len(pauses) > 10
    assert 6 * HOUR < took < 6 * HOUR + 900 + 120
    assert len(answered) == len(set(answered)), "no answer is paid for twice"
    assert refused < 200


@pytest.mark.long
def test_a_run_is_not_put_aside_while_a_call_of_its_is_under_way_at_another_endpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reviewer's endpoint answers slowly; the other one is out of order meanwhile, for longer than calls wait."""
    for name, value in READER.items():
        monkeypatch.setenv(name, value)
    first = Endpoint(agreeable, lambda asked: "error-503" if 1.9 <= asked.at < 6 * HOUR else None, between(3, 1, 5))
    reader = Endpoint(agreeable, seconds=lambda _asked: 100.0)
    brief = toy_brief(section("height"), section("yards"), section("yards-2", "height.drafted"))

    async def work(loop: VirtualLoop) -> tuple[Any, int]:
        async with runs_in(tmp_path, loop) as runs:
            run = await runs.begin(brief, run_id="r", remembered={})
            async for _ in runs.carry_on_or_follow(run):
                pass
            aside = sum(e["type"] == "RunSuspended" for e in await runs.record.events(run))
            return await runs.report(run), aside

    with Network({"model.test": first, "reader.test": reader}).instead_of_the_network():
        report, aside = in_virtual_time(work)

    assert "done" == report["status"]
    assert aside > 10
    assert 3 == len(reader.asked), "each review is paid for once"


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=LONG)])
def test_in_storms_over_both_nearly_every_document_is_finished(seed: int) -> None:
    """The first has also what asking again does not cure: quota, key, model, address."""
    came = played(random_faults(seed, 0.3, REFUSALS), random_faults(seed + 10, 0.3, LASTING | {"flood"}), 20, 20)

    kinds = asyncio.run(_attempts(came.record, 20))
    assert sum(made["status"] == "done" for made in came.made) >= 19
    assert len(kinds) / kinds.count("ok") <= 2.0
    assert len(came.spare.asked) > 10


async def _attempts(record: MemoryRecord, runs: int) -> list[str]:
    return [attempt["kind"] for run in range(runs) for _, attempt in await record.ledger(f"d{run}")]
