"""Vectors asked for through the gateway, of a real server: recorded, bounded, and never waited for in an outage."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from model_server import FAULTS_OF_VECTORS, LEAKED_KEY, Asked, ModelServer, hashed
from pydantic import SecretStr

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.accounts import Claim, Limits
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.memory_accounts import MemoryAccounts
from quire.nodes.event_store.port import Attempt, CallKey
from quire.nodes.faults import BadInput, BudgetSpent, ModelFault
from quire.nodes.model.budget import Budget
from quire.nodes.model.embedding import request_vectors, vectors_in
from quire.nodes.model.gateway import Gateway
from quire.nodes.model.prices import Price
from quire.nodes.model.recorded import Reply
from quire.nodes.model.request import Request
from quire.nodes.model.routes import embedding_route
from quire.nodes.model.run_calls import RunCalls
from quire.nodes.search.meaning import packed

TEXTS = ("The yard is 30 feet deep.", "Wer zahlt?", "")
REQUEST = request_vectors("embed-1", TEXTS)


class Bench:
    """A gateway and its server; only waiting is virtual."""

    def __init__(self, server: ModelServer, settings: Settings) -> None:
        self.server, self.record, self.now = server, MemoryRecord(), 0.0
        self.gateway = Gateway(settings, secret=b"secret", clock=lambda: self.now, sleep=self.sleep, luck=lambda _: 0.5)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.now += seconds

    async def call(self, request: Request = REQUEST, **options: Any) -> Reply:
        return await self.gateway.call(request, run="r", key=key(request), ledger=self.record, **options)

    async def attempts(self, request: Request = REQUEST) -> list[Attempt]:
        return await self.record.attempts("r", key(request))


def key(request: Request) -> CallKey:
    return request.key(section="document", epoch=1, agent="researcher", step="embed", round_number=0)


@asynccontextmanager
async def bench(script: Callable[[Asked], str | None] = lambda _: None, **more: Any) -> AsyncIterator[Bench]:
    with ModelServer(script=script) as server:
        settings = Settings.model_validate(
            {"embedding_model": "embed-1", "embedding_url": server.url, "embedding_key": "sk-ours", **more}
        )
        made = Bench(server, settings)
        yield made
        await made.gateway.close()


async def test_vectors_come_in_the_order_of_the_texts_and_are_asked_for_once() -> None:
    async with bench(prices={"embed-1": Price(0.5, 0)}) as b:
        reply = await b.call()
        assert [packed(hashed(text)) for text in TEXTS] == vectors_in(reply.text)
        assert reply == await b.call()

        (asked,) = b.server.asked
        assert ("/v1/embeddings", "embed-1", list(TEXTS)) == (asked.path, asked.model, asked.texts)
        assert "Bearer sk-ours" == asked.headers["authorization"]
        (attempt,) = await b.attempts()
        tokens = len("\n".join(TEXTS)) // 4 + 1
        usage = {"prompt_tokens": tokens, "completion_tokens": 0, "usd": 0.5 * tokens / 1e6, "estimated": False}
        assert ("ok", usage, "embed-1") == (attempt["kind"], attempt["usage"], attempt["answered_by"])


@pytest.mark.parametrize("fault", [*FAULTS_OF_VECTORS, "html", "not-json", "empty-body", "deep-body", "error-in-200"])
async def test_what_is_no_vector_for_each_text_is_not_used(fault: str) -> None:
    async with bench(lambda asked: fault if asked.n == 1 else None) as b:
        assert [packed(hashed(text)) for text in TEXTS] == vectors_in((await b.call()).text)

        first, second = await b.attempts()
        assert "text" not in first
        assert first["kind"] in {"malformed", "unreadable", "server-error", "not-an-api", "too-long"}
        assert "ok" == second["kind"]
        assert LEAKED_KEY not in str(await b.attempts())


@pytest.mark.parametrize(
    ("fault", "kind", "times"),
    [
        ("unauthorized", "auth", 1),
        ("bad-request", "bad-request", 1),
        ("context-overflow", "context-overflow", 1),
        ("model-missing", "unknown-model", 1),
        ("rate-limit", "rate-limited", 7),
        ("error-500", "server-error", 4),
    ],
)
async def test_a_fault_ends_the_call_as_it_ends_any(fault: str, kind: str, times: int) -> None:
    async with bench(lambda _: fault) as b:
        with pytest.raises(ModelFault) as failed:
            await b.call()
        assert times == len(b.server.asked)
        assert {kind} == {attempt["kind"] for attempt in await b.attempts()}
        assert kind == failed.value.kind
        assert "QUIRE_MODEL" not in str(failed.value)


async def test_an_outage_is_not_waited_for() -> None:
    async with bench(lambda asked: "error-500" if asked.n > 1 else None) as b:
        await b.call()
        slept, calls = b.now, RunCalls()
        calls.can_suspend = True
        with pytest.raises(ModelFault) as failed:
            await b.call(request_vectors("embed-1", ["other"]), calls=calls)
        assert "outage" == failed.value.kind
        assert b.now - slept < 60
        with pytest.raises(ModelFault):
            await b.call(request_vectors("embed-1", ["another"]), calls=calls)


async def test_an_outage_of_embeddings_is_none_of_chat_models_at_the_same_address() -> None:
    chat = Request(model="gpt-4o-mini", system="Answer.", user=("What is a quire?",))
    with ModelServer(script=lambda asked: "error-500" if asked.texts else None) as server:
        place = {"openai_base_url": server.url, "embedding_model": "embed-1"}
        b = Bench(server, Settings.model_validate(place))
        await b.call(chat)
        with pytest.raises(ModelFault):
            await b.call()
        assert (await b.call(Request(model="gpt-4o-mini", system="Answer.", user=("Why?",)))).text
        await b.gateway.close()


async def test_what_does_not_fit_the_budget_is_not_asked() -> None:
    async with bench() as b:
        budget = Budget("r", MemoryAccounts(), lambda: [Claim("run", Limits(tokens=20))])
        with pytest.raises(BudgetSpent):
            await b.call(budget=budget)
        assert [] == b.server.asked


async def test_an_endpoint_that_reports_no_usage_is_charged_by_length() -> None:
    async with bench(lambda _: "usage-missing") as b:
        await b.call()
        (attempt,) = await b.attempts()
        assert attempt["usage"]["estimated"]
        assert attempt["usage"]["prompt_tokens"] > 0
        assert 0 == attempt["usage"]["completion_tokens"]


async def test_what_hangs_ends_with_its_deadline() -> None:
    async with bench(lambda _: "hang", call_timeout=0.2) as b:
        with pytest.raises(ModelFault) as failed:
            await b.call()
        assert "deadline" == failed.value.kind


def test_the_hash_of_a_request_is_as_it_was_and_tells_texts_apart() -> None:
    plain = Request(model="m", system="s", user=("u",))
    assert "3a78f578" == plain.hash()[:8]
    assert request_vectors("m", ["a"]).hash() != request_vectors("m", ["b"]).hash()


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"QUIRE_EMBEDDING_MODEL": "anthropic:voyage"}, "OpenAI's protocol"),
        ({"QUIRE_EMBEDDING_MODEL": "ollama:nomic-embed-text"}, "QUIRE_EMBEDDING_MODEL_BASE_URL"),
        ({"QUIRE_EMBEDDING_MODEL": "mistralai:mistral-embed"}, "MISTRAL_API_KEY"),
        ({"QUIRE_EMBEDDING_MODEL": "openai:"}, "names a provider and no model"),
    ],
)
def test_a_model_that_cannot_be_asked_is_refused_by_its_variable(
    variables: dict[str, str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadInput) as refused:
        Settings.read()
    assert "QUIRE_EMBEDDING_MODEL" == refused.value.field
    assert says in refused.value.problem


def test_a_key_goes_to_its_own_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-ours")
    monkeypatch.setenv("QUIRE_EMBEDDING_MODEL", "e5")
    monkeypatch.setenv("QUIRE_EMBEDDING_MODEL_BASE_URL", "http://127.0.0.1:9/v1")
    settings = Settings.read()
    assert settings.embeds
    assert SecretStr("sk-ours") == settings.openai_api_key
    route = embedding_route(settings)
    assert route is not None
    assert ("http://127.0.0.1:9/v1", "no-key") == (route.url, route.key.get_secret_value())
