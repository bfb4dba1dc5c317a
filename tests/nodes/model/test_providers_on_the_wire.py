"""One attempt through the clients of Anthropic, Gemini and Ollama, at servers of their protocols that misbehave."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from model_server import LEAKED_KEY, SLOW, Asked, ModelServer
from pydantic import SecretStr
from wires import PROVIDER_FAULTS, WIRES

from quire.nodes.model.classify import Outcome
from quire.nodes.model.clients import Made
from quire.nodes.model.endpoint import Endpoint
from quire.nodes.model.question import Question, Received
from quire.nodes.model.routes import Route

SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}
REPLY = json.dumps({"text": "A quire is a gathering of sheets, sewn with others into a book."})
DEADLINE = 1.5
KINDS = {
    "rate-limit": "rate-limited",
    "error-500": "server-error",
    "error-502-html": "server-error",
    "error-503": "server-error",
    "unauthorized": "auth",
    "forbidden": "forbidden",
    "model-missing": "unknown-model",
    "context-overflow-worded": "context-overflow",
    "bad-request": "bad-request",
    "redirect": "redirected",
    "reset": "connection",
    "close": "connection",
    "hang": "deadline",
    "no-http": "connection",
    "head-cut": "connection",
    "head-drip": "deadline",
    "finish-length": "truncated",
    "finish-length-whole": "truncated",
    "finish-odd": "cut-off",
    "finish-null": "cut-off",
    "empty-content": "empty",
    "bad-json": "not-json",
    "wrong-schema": "wrong-schema",
    "prose": "not-json",
    "extra-keys": "wrong-schema",
    "flood": "too-long",
    "stream-cut": "connection",
    "stream-reset": "connection",
    "stream-unfinished": "cut-off",
    "stream-silent": "deadline",
    "stream-drip": "deadline",
    "stream-error": "server-error",
}
"""How an attempt ends, whichever provider it is."""
BY_PROVIDER = {
    ("anthropic", "refusal"): {"refused"},
    ("google_genai", "refusal"): {"content-filter"},
    ("ollama", "refusal"): {"refused"},
}
UNUSABLE = {
    "unreadable",
    "not-an-api",
    "no-stream",
    "malformed",
    "unknown",
    "connection",
    "empty",
    "cut-off",
    "too-long",
}
"""An answer that is no reply: clients see it in different ways, all of which are asked again at most twice."""
VAGUE = {"html", "empty-body", "stream-huge-frame"}


def expected(provider: str, fault: str) -> set[str]:
    return BY_PROVIDER.get((provider, fault)) or ({KINDS[fault]} if fault in KINDS else UNUSABLE)


@pytest.fixture(scope="module", params=sorted(WIRES))
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def server(provider: str) -> Iterator[ModelServer]:
    def script(asked: Asked) -> str | None:
        last = asked.prompt.rpartition("\n")[2]
        return last if last in PROVIDER_FAULTS else None

    with ModelServer(lambda _: REPLY, script, wire=WIRES[provider]) as running:
        yield running


@asynccontextmanager
async def endpoint_of(provider: str, server: ModelServer) -> AsyncIterator[Endpoint]:
    made = Endpoint(Made(Route(provider, "some-model", server.root, SecretStr("sk-ours"), "", "", "")))
    yield made
    await made.close()


async def ask(
    endpoint: Endpoint, prompt: str, *, stream: bool, seconds: float = 20.0
) -> tuple[Outcome, Received, list[str]]:
    received, told = Received(), list[str]()
    asked = Question("some-model", [("system", "Answer."), ("user", prompt)], 200, 0.0, SCHEMA, "reply")
    outcome = await endpoint.ask(asked, received, seconds=seconds, on_token=told.append if stream else None)
    return outcome, received, told


@pytest.mark.long
@pytest.mark.parametrize("fault", PROVIDER_FAULTS)
async def test_every_fault_ends_by_its_name_within_the_deadline(
    provider: str, server: ModelServer, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    before, caught = server.arrived(), caplog
    caught.set_level(logging.INFO)
    async with endpoint_of(provider, server) as endpoint:
        for stream in (False, True):
            plain = not stream and fault.startswith("stream-") and not WIRES[provider].always_streams
            limit = DEADLINE if fault in SLOW - {"flood"} and not plain else 20.0

            outcome, received, _ = await ask(endpoint, fault, stream=stream, seconds=limit)

            assert outcome.kind in ({"ok"} if plain else expected(provider, fault)), stream
            assert LEAKED_KEY not in repr(outcome)
            assert outcome.kind != "ok" or received.answer().text == REPLY
    assert server.arrived() - before == 2
    assert LEAKED_KEY not in caught.text


@pytest.mark.parametrize("stream", ["plain", "streamed"])
async def test_what_is_asked_stands_on_the_wire(provider: str, server: ModelServer, stream: str) -> None:
    async with endpoint_of(provider, server) as endpoint:
        outcome, received, told = await ask(endpoint, "What is a quire?", stream=stream == "streamed")
    sent = server.asked[-1]

    assert "ok" == outcome.kind
    assert SCHEMA["required"] == (sent.schema or {})["required"]
    assert "some-model" == sent.model
    assert (received.prompt_tokens, received.completion_tokens) == (len(sent.prompt) // 4 + 1, len(REPLY) // 4 + 1)
    assert "".join(told) == (REPLY if stream == "streamed" else "")
    bounds = {
        "anthropic": sent.body.get("max_tokens"),
        "google_genai": sent.body.get("generationConfig", {}).get("maxOutputTokens"),
        "ollama": sent.body.get("options", {}).get("num_predict"),
    }
    assert 200 == bounds[provider]


async def test_whoever_gives_up_is_rid_of_the_call(provider: str, server: ModelServer) -> None:
    async with endpoint_of(provider, server) as endpoint:
        asking = asyncio.ensure_future(ask(endpoint, "stream-drip", stream=True))
        await asyncio.sleep(0.5)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking


def test_every_fault_has_its_expectation() -> None:
    assert set(PROVIDER_FAULTS) == set(KINDS) | VAGUE | {"refusal"}
