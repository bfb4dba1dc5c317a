"""An endpoint under load, in outages and in storms, over documents in virtual time."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from model_server import LASTING, Asked, first_extract, is_verifying, marked_up, random_faults, upheld
from toys import SOURCE, section, toy_brief

from quire.nodes.event_store.memory import MemoryRecord
from simulation.documents import agreeable, between, documents
from simulation.endpoint import Endpoint

NAMES = ("height", "yards", "parking")


def brief(sections: int = 3) -> dict[str, Any]:
    """Give a brief of sections in chains of three."""
    ids = [f"{NAMES[n % 3]}-{n // 3}" for n in range(sections)]
    return toy_brief(*(section(i, *([ids[n - 1]] if n % 3 else [])) for n, i in enumerate(ids)))


def busiest(sent: Sequence[tuple[float, int]]) -> tuple[int, int]:
    """Give the most requests, and the most tokens, that any sixty seconds hold."""
    windows = [[tokens for at, tokens in sent if start <= at < start + 60] for start, _ in sent]
    return max(map(len, windows)), max(map(sum, windows))


async def attempts_of(record: MemoryRecord, runs: int) -> list[str]:
    return [a["kind"] for run in range(runs) for _, a in await record.ledger(f"d{run}")]


@pytest.mark.long
@pytest.mark.parametrize(
    ("tokens_per_minute", "at_once"),
    [
        (80_000, range(12, 13)),  # slots and requests are what is short
        (50_000, range(8, 13)),  # what is reserved for calls on their way leaves a slot or two empty
    ],
)
def test_two_hundred_sections_at_once_keep_within_rates_and_concurrency(tokens_per_minute: int, at_once: range) -> None:
    endpoint = Endpoint(agreeable, seconds=between(1, 1, 20))
    flat = toy_brief(*(section(f"height-{n}") for n in range(190)))
    (out, _), _, took = documents(
        endpoint, [flat, brief(10)], max_calls=12, requests_per_minute=40, tokens_per_minute=tokens_per_minute
    )

    requests, tokens = busiest([(a.at, used) for a, used in zip(endpoint.asked, endpoint.tokens, strict=True)])
    assert "done" == out["status"]
    assert endpoint.most_at_once in at_once
    assert 30 <= requests <= 40
    assert tokens <= tokens_per_minute
    assert took < 2 * 60 * len(endpoint.asked) / 40


@pytest.mark.parametrize("fault", ["", "refusal", "bad-json", "wrong-schema"])
def test_sources_that_no_prompt_holds_are_searched_whatever_happens_to_who_words_the_search(fault: str) -> None:
    fences = "\n\n".join(f"Fence number {n} is painted white." for n in range(100))
    long = {**SOURCE, "text": f"{SOURCE['text']}\n## 2 Fences\n\n{fences}\n"}
    endpoint = Endpoint(agreeable, lambda asked: fault if "prepare the search" in asked.prompt else None)

    (out,), record, _ = documents(endpoint, [{**brief(), "sources": [long]}], evidence_tokens=500)

    gathered = [e["data"] for e in asyncio.run(record.events("d0")) if e["type"] == "EvidenceGathered"]
    assert "done" == out["status"]
    assert [bool(fault)] * 3 == [bool(data.get("reason")) for data in gathered]
    assert all(data["queries"] and len(data["evidence"]) < 60 for data in gathered)
    asked = [a for a in endpoint.asked if "prepare the search" in a.prompt]
    assert 3 == len(asked) if not fault else 3 <= len(asked)


@pytest.mark.long
@pytest.mark.parametrize("outage", ["refused", "error-503", "error-500", "error-502-html"])
def test_nothing_is_lost_in_an_outage_of_ten_minutes_and_all_go_on_within_a_minute(outage: str) -> None:
    def script(asked: Asked) -> str | None:
        return outage if 10 <= asked.at < 610 else None

    usual, _, _ = documents(Endpoint(agreeable, seconds=between(2, 1, 5)), [brief()] * 8, every=2)
    endpoint = Endpoint(agreeable, script, between(2, 1, 5))
    made, record, took = documents(endpoint, [brief()] * 8, every=2)

    during = [asked for asked in endpoint.asked if 20 <= asked.at < 610]
    assert [out["markdown"] for out in usual] == [out["markdown"] for out in made]
    assert len(during) <= 30
    assert min(asked.at for asked in endpoint.asked if asked.at >= 610) <= 640
    assert took <= 610 + 60 + 60
    assert "outage" in asyncio.run(attempts_of(record, 8))


class Forgetful:
    """A judge that leaves every claim out of its first answer about it."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def is_asked_again(self, asked: Asked) -> bool:
        return is_verifying(asked) and self.known.setdefault(asked.prompt, asked.n) < asked.n

    def __call__(self, asked: Asked) -> str:
        return upheld(asked) if self.is_asked_again(asked) else json.dumps({"verdicts": []})


def reworded(asked: Asked) -> str:
    """Say in words of its own what the evidence says, so that it takes a judge."""
    said = [{"text": f"It is said plainly: {first_extract(asked.prompt)}", "evidence": ["E1"]}]
    return marked_up(said, asked) if asked.drafts else agreeable(asked)


def test_what_a_judge_leaves_out_is_judged_after_an_outage_as_without_one() -> None:
    judges = Forgetful(), Forgetful()
    usual, _, _ = documents(Endpoint(reworded, judge=judges[0]), [brief()] * 2)
    endpoint = Endpoint(
        reworded,
        lambda asked: "error-503" if judges[1].is_asked_again(asked) and asked.at < 300 else None,
        judge=judges[1],
    )
    made, _, took = documents(endpoint, [brief()] * 2)

    assert took > 300
    assert [out["markdown"] for out in usual] == [out["markdown"] for out in made]
    assert all("It is said plainly" in out["markdown"] for out in made)


def test_where_a_judge_cannot_be_asked_again_the_document_says_so_and_says_nothing_of_its_own() -> None:
    judge = Forgetful()
    endpoint = Endpoint(reworded, lambda asked: "refusal" if judge.is_asked_again(asked) else None, judge=judge)

    (out,), _, _ = documents(endpoint, [brief()])

    assert "done" == out["status"]
    assert "It is said plainly" not in out["markdown"]
    assert any(
        "statements that the judge's first answer left out were judged by nobody: the model refused" in warning
        for warning in out["document"]["warnings"]
    )


def test_an_outage_longer_than_anybody_waits_ends_the_run_by_its_name() -> None:
    endpoint = Endpoint(agreeable, lambda asked: "error-503" if asked.at >= 10 else None, between(3, 1, 5))
    (out,), _, took = documents(endpoint, [brief(9)], outage_patience=60, outage_limit=300)

    assert out["status"] in {"partial", "failed"}
    assert any("out of order for longer than calls wait" in s.get("reason", "") for s in out["sections"])
    assert took < 400


@pytest.mark.long
def test_without_an_interface_that_carries_it_on_later_a_run_waits_in_its_process() -> None:
    endpoint = Endpoint(agreeable, lambda asked: "error-503" if 10 <= asked.at < 21_610 else None, between(3, 1, 5))
    (out,), _, took = documents(endpoint, [brief(9)])

    assert "done" == out["status"]
    assert 21_610 < took < 21_610 + 120


def test_an_address_where_nobody_ever_answered_is_not_waited_for() -> None:
    endpoint = Endpoint(agreeable, lambda _: "refused")
    (out,), _, took = documents(endpoint, [brief(1)])

    assert "failed" == out["status"]
    assert "the connection to the endpoint failed" in out["sections"][0]["reason"]
    assert 5 == len(endpoint.asked)
    assert took < 40


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(2))
def test_in_a_storm_of_faults_nearly_every_document_is_finished_and_calls_take_few_attempts(seed: int) -> None:
    figures = storm(seed, documents_made=100)

    assert figures["finished"] >= 0.99
    assert figures["attempts a call"] <= 2.0


def storm(seed: int, documents_made: int, share: float = 0.3) -> Mapping[str, float]:
    """Make documents of three sections while a share of all requests dies of any fault that passes."""
    endpoint = Endpoint(agreeable, random_faults(seed, share, LASTING | {"flood"}), between(seed, 1, 10))
    made, record, took = documents(
        endpoint, [brief()] * documents_made, every=1800 / documents_made, fallback_model="gpt-4o"
    )
    kinds = asyncio.run(attempts_of(record, documents_made))
    return {
        "documents": documents_made,
        "finished": sum(out["status"] == "done" for out in made) / documents_made,
        "requests": len(endpoint.asked),
        "attempts a call": len(kinds) / kinds.count("ok"),
        "virtual minutes": took / 60,
    }
