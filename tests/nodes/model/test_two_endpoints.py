"""Agents and fallbacks with endpoints of their own: who is asked, with which key, when one is down."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from model_server import Asked, ModelServer

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.faults import EndpointOut, ModelFault
from quire.nodes.model.gateway import Gateway
from quire.nodes.model.recorded import Reply
from quire.nodes.model.request import Request
from quire.nodes.model.run_calls import RunCalls

GOOD = json.dumps({"text": "A quire."})
REQUEST = Request(model="gpt-4o", system="Answer.", user=("What is a quire?",), fallback_model="local")
Call = Callable[..., object]


@asynccontextmanager
async def two(
    script: Callable[[Asked], str | None],
) -> AsyncIterator[tuple[ModelServer, ModelServer, Call, MemoryRecord]]:
    now = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    with ModelServer(lambda _: GOOD, script) as first, ModelServer(lambda _: GOOD) as second:
        settings = Settings.model_validate(
            {
                "openai_base_url": first.url,
                "openai_api_key": "sk-first",
                "model_urls": {"REVIEWER": second.url},
                "model_keys": {"REVIEWER": "sk-reviewer"},
                "fallback_model": "local",
                "fallback_url": second.url,
                "fallback_key": "sk-second",
                "outage_patience": 900,
            }
        )
        gateway, record = Gateway(settings, secret=b"s", clock=lambda: now, sleep=sleep), MemoryRecord()

        async def call(
            section: str = "a", agent: str = "writer", request: Request = REQUEST, calls: RunCalls | None = None
        ) -> Reply:
            key = request.key(section=section, epoch=1, agent=agent, step="draft", round_number=1)
            return await gateway.call(request, run="r", key=key, ledger=record, calls=calls)

        yield first, second, call, record
        await gateway.close()


async def test_an_agent_is_asked_at_its_own_endpoint_with_its_own_key() -> None:
    async with two(lambda _: None) as (first, second, call, _):
        await call(agent="writer")
        await call(agent="reviewer")

    assert ["Bearer sk-first"] == [asked.headers["authorization"] for asked in first.asked]
    assert ["Bearer sk-reviewer"] == [asked.headers["authorization"] for asked in second.asked]


async def test_while_the_first_endpoint_is_down_the_fallback_answers_and_nobody_waits() -> None:
    async with two(lambda asked: "error-503" if asked.n > 1 else None) as (first, second, call, record):
        await call("a")
        replies = [await call(section) for section in "bcdef"]
        kinds = [attempt["kind"] for _, attempt in await record.ledger("r")]

    assert {"local"} == {reply.model for reply in replies}
    assert "Bearer sk-second" == second.asked[0].headers["authorization"]
    assert len(first.asked) < 12
    assert 5 == len(second.asked)
    assert 6 == kinds.count("ok")


@pytest.mark.parametrize("fault", ["unauthorized", "quota", "redirect"])
async def test_what_is_wrong_with_the_first_endpoint_alone_is_answered_by_the_other(fault: str) -> None:
    async with two(lambda _: fault) as (first, second, call, _):
        assert ["local", "local"] == [(await call(section)).model for section in "ab"]

    assert 2 == len(second.asked)
    assert len(first.asked) == (1 if fault != "redirect" else 2)  # a closed endpoint is left alone for a while


async def test_a_refusal_is_not_taken_elsewhere() -> None:
    async with two(lambda _: "refusal") as (_, second, call, _):
        with pytest.raises(ModelFault):
            await call()

    assert not second.asked


async def test_the_fallback_may_have_the_same_name_elsewhere() -> None:
    async with two(lambda _: "forbidden") as (first, second, call, record):
        request = replace(REQUEST, model="local", fallback_model=f"local@127.0.0.1:{second.port}")
        reply = await call(request=request)
        models = [attempt["model"] for _, attempt in await record.ledger("r")]

    assert ["local", f"local@127.0.0.1:{second.port}"] == models
    assert ("local", "local") == (first.asked[0].model, second.asked[0].model)
    assert f"local@127.0.0.1:{second.port}" == reply.model


async def test_once_a_run_is_put_aside_nothing_of_it_begins_at_another_endpoint() -> None:
    calls, alone = RunCalls(), replace(REQUEST, fallback_model=None)
    calls.can_suspend = True
    async with two(lambda asked: "error-503" if asked.n > 1 else None) as (_, second, call, _record):
        await call("a", request=alone, calls=calls)
        with pytest.raises(EndpointOut):
            await call("b", request=alone, calls=calls)
        with pytest.raises(EndpointOut):
            await call("b", "reviewer", request=alone, calls=calls)
        await call("b", "reviewer", request=alone, calls=RunCalls())  # the next attempt at the run begins anew

    assert 1 == len(second.asked)
