"""One attempt at a server that misbehaves in every way we know of: plain and streamed, with a schema and without."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from model_server import FAULTS, HARMLESS, LEAKED_KEY, SLOW, Asked, ModelServer
from pydantic import SecretStr

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
DEADLINE = 0.8
SILENCE = 0.4
SAME = {
    "rate-limit": "rate-limited",
    "rate-limit-ms": "rate-limited",
    "rate-limit-date": "rate-limited",
    "rate-limit-reset": "rate-limited",
    "rate-limit-bare": "rate-limited",
    "rate-limit-hour": "rate-limited",
    "quota": "quota",
    "error-500": "server-error",
    "error-502-html": "server-error",
    "error-503": "server-error",
    "unauthorized": "auth",
    "forbidden": "forbidden",
    "model-missing": "unknown-model",
    "context-overflow": "context-overflow",
    "context-overflow-worded": "context-overflow",
    "prompt-filtered": "content-filter",
    "bad-request": "bad-request",
    "conflict": "conflict",
    "too-large": "context-overflow",
    "unprocessable": "bad-request",
    "redirect": "redirected",
    "reset": "connection",
    "close": "connection",
    "body-cut": "connection",
    "body-reset": "connection",
    "hang": "deadline",
    "flood": "too-long",
    "finish-length": "truncated",
    "finish-length-whole": "truncated",
    "finish-filter": "content-filter",
    "finish-odd": "cut-off",
    "finish-null": "cut-off",
    "empty-content": "empty",
    "null-content": "empty",
    "blank-content": "empty",
    "nul-character": "unreadable",
    "deep-json": "too-long",
    "overloaded": "server-error",
    "timed-out": "deadline",
    "rate-limit-html": "rate-limited",
    "payment-required": "quota",
    "no-http": "connection",
    "head-cut": "connection",
    "head-drip": "deadline",
    "zipped-badly": "connection",
    "finish-tool-calls": "empty",
}
"""Faults that end the same whatever was asked for."""

BY_MODE = {
    "body-drip": ("deadline", "stalled"),
    "html": ("not-an-api", "no-stream"),
    "not-json": ("unreadable", "no-stream"),
    "empty-body": ("unreadable", "no-stream"),
    "deep-body": ("unreadable", "no-stream"),
    "error-in-200": ("server-error", "no-stream"),
    "quota-in-200": ("quota", "no-stream"),
    "choices-missing": ("malformed", "no-stream"),
    "choices-null": ("malformed", "no-stream"),
    "choices-empty": ("malformed", "no-stream"),
    "choices-text": ("malformed", "no-stream"),
    "refusal": ("refused", "refused"),
    "stream-cut": ("ok", "connection"),
    "stream-reset": ("ok", "connection"),
    "stream-unfinished": ("ok", "cut-off"),
    "stream-done-only": ("ok", "cut-off"),
    "stream-cut-frame": ("ok", "cut-off"),
    "stream-silent": ("ok", "stalled"),
    "stream-keepalive": ("ok", "stalled"),
    "stream-drip": ("ok", "deadline"),
    "stream-bad-frame": ("ok", "unreadable"),
    "stream-error": ("ok", "server-error"),
    "stream-rate-limit": ("ok", "rate-limited"),
    "stream-empty": ("ok", "no-stream"),
    "stream-no-events": ("ok", "no-stream"),
    "stream-as-body": ("ok", "no-stream"),
    "stream-quota": ("ok", "quota"),
    "stream-error-after-all": ("ok", "server-error"),
    "stream-reset-after-all": ("ok", "connection"),
    "stream-late-length": ("ok", "truncated"),
    "stream-late-filter": ("ok", "content-filter"),
    "stream-binary": ("ok", "unreadable"),
    "stream-huge-frame": ("ok", "too-long"),
}
"""Faults that show otherwise, or only, in a stream: (plain, streamed)."""

BY_SCHEMA = {
    "bad-json": "not-json",
    "wrong-schema": "wrong-schema",
    "prose": "not-json",
    "extra-keys": "wrong-schema",
    "not-a-number": "not-json",
    "twice-the-key": "not-json",
}
"""Faults only where a schema was asked for."""


def expected(fault: str, *, stream: bool, schema: bool) -> str:
    if fault in BY_MODE:
        return BY_MODE[fault][stream]
    return SAME.get(fault) or (BY_SCHEMA.get(fault, "ok") if schema else "ok")


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    def script(asked: Asked) -> str | None:
        return asked.prompt if asked.prompt in FAULTS | HARMLESS else None

    with ModelServer(lambda _: REPLY, script) as running:
        yield running


@pytest.fixture
async def endpoint(server: ModelServer) -> AsyncIterator[Endpoint]:
    made = Endpoint(Made(route_to(server)))
    yield made
    await made.close()


@pytest.fixture
async def impatient(server: ModelServer) -> AsyncIterator[Endpoint]:
    made = Endpoint(Made(route_to(server), silence=SILENCE))
    yield made
    await made.close()


def route_to(server: ModelServer) -> Route:
    return Route("openai", "gpt-4o-mini", server.url, SecretStr("sk-ours"), "", "", "")


def question(prompt: str, *, schema: bool = True) -> Question:
    return Question("gpt-4o-mini", [("user", prompt)], 200, 0.0, SCHEMA if schema else None, "reply")


async def ask(
    endpoint: Endpoint, prompt: str, *, stream: bool = False, schema: bool = True, seconds: float = 20.0
) -> tuple[Outcome, Received, list[str]]:
    received, told = Received(), list[str]()
    asked = question(prompt, schema=schema)
    outcome = await endpoint.ask(asked, received, seconds=seconds, on_token=told.append if stream else None)
    return outcome, received, told


@pytest.mark.long
@pytest.mark.parametrize("fault", [*FAULTS, *HARMLESS])
async def test_every_fault_ends_by_its_name_within_the_deadline(
    endpoint: Endpoint, impatient: Endpoint, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    cells = [(stream, schema) for stream in (False, True) for schema in (False, True)]
    kinds = [expected(fault, stream=stream, schema=schema) for stream, schema in cells]
    slow = fault in SLOW - {"flood"}
    by = [
        (impatient if slow and k != "ok" else endpoint, DEADLINE if slow and k == "deadline" else 20.0) for k in kinds
    ]
    ends = await asyncio.gather(
        *(
            ask(asked, fault, stream=stream, schema=schema, seconds=limit)
            for (asked, limit), (stream, schema) in zip(by, cells, strict=True)
        )
    )

    for (stream, schema), kind, (outcome, received, _) in zip(cells, kinds, ends, strict=True):
        assert outcome.kind == kind, (stream, schema)
        assert LEAKED_KEY not in repr(outcome)
        if outcome.kind == "ok" and schema:
            assert REPLY in received.answer().text
    assert LEAKED_KEY not in caplog.text


def test_every_fault_of_the_server_has_its_expectation() -> None:
    assert set(FAULTS) == set(SAME) | set(BY_MODE) | set(BY_SCHEMA)


@pytest.mark.parametrize("stream", ["plain", "streamed"])
async def test_what_is_asked_stands_on_the_wire(server: ModelServer, endpoint: Endpoint, stream: str) -> None:
    outcome, received, _ = await ask(endpoint, "What is a quire?", stream=stream == "streamed")
    sent = server.asked[-1]

    assert outcome.kind == "ok"
    assert (received.prompt_tokens, received.completion_tokens) == (
        len("What is a quire?") // 4 + 1,
        len(REPLY) // 4 + 1,
    )
    assert sent.headers["authorization"] == "Bearer sk-ours"
    assert sent.body["model"] == "gpt-4o-mini"
    assert sent.body["max_completion_tokens"] == 200
    assert sent.body["temperature"] == 0
    assert sent.body["stream"] is (stream == "streamed")
    assert sent.body["response_format"] == {
        "type": "json_schema",
        "json_schema": {"name": "reply", "schema": SCHEMA, "strict": True},
    }


@pytest.mark.parametrize(
    ("model", "sent"), [("gpt-4o", True), ("o4-mini", False), ("gpt-5-mini", False), ("gpt-5-chat-latest", True)]
)
async def test_models_with_a_temperature_of_their_own_are_sent_none(
    server: ModelServer, endpoint: Endpoint, model: str, sent: object
) -> None:
    await endpoint.ask(Question(model, [("user", "?")], 200, 0.2, None, "reply"), Received(), seconds=20.0)

    assert ("temperature" in server.asked[-1].body) is sent


async def test_a_stream_is_told_as_it_comes(endpoint: Endpoint) -> None:
    _, received, told = await ask(endpoint, "What is a quire?", stream=True)

    assert len(told) > 3
    assert "".join(told) == received.answer().text == REPLY


async def test_a_bug_in_the_listener_is_not_taken_for_a_fault_of_the_endpoint(endpoint: Endpoint) -> None:
    def broken(_: str) -> None:
        raise TypeError("a bug")

    with pytest.raises(TypeError, match="a bug"):
        await endpoint.ask(question("What is a quire?"), Received(), seconds=20.0, on_token=broken)


BUSY = 0.1
"""Seconds for which others keep the loop at each piece: longer than the server takes for the next one."""


def keep_the_loop(told: list[str]) -> Callable[[str], None]:
    def keep(text: str) -> None:
        told.append(text)
        time.sleep(BUSY)

    return keep


async def test_a_deadline_that_passes_on_a_busy_loop_ends_the_stream(impatient: Endpoint) -> None:
    told: list[str] = []
    asked = question("stream-drip", schema=False)
    outcome = await impatient.ask(asked, Received(), seconds=DEADLINE, on_token=keep_the_loop(told))

    assert "deadline" == outcome.kind
    assert len(told) <= DEADLINE / BUSY + 2


@pytest.mark.parametrize("seconds", [0.5, 0.525, 0.55, 0.575, 0.6])
async def test_whoever_gives_up_a_stream_on_a_busy_loop_is_rid_of_it(impatient: Endpoint, seconds: float) -> None:
    told: list[str] = []
    asked = question("stream-drip", schema=False)
    asking = asyncio.ensure_future(impatient.ask(asked, Received(), seconds=20.0, on_token=keep_the_loop(told)))
    asyncio.get_running_loop().call_later(seconds, asking.cancel)

    with pytest.raises(asyncio.CancelledError):
        await asking
    assert len(told) <= seconds / BUSY + 2


@pytest.mark.parametrize("turns", range(12))
async def test_whoever_gives_up_as_the_stream_ends_does_not_go_on(endpoint: Endpoint, turns: int) -> None:
    loop, told, went_on = asyncio.get_running_loop(), list[str](), False

    async def ask_and_go_on() -> None:
        nonlocal went_on
        await endpoint.ask(question("What is a quire?"), Received(), seconds=20.0, on_token=tell)
        await asyncio.sleep(1)
        went_on = True

    def give_up(left: int) -> None:
        if left:
            loop.call_soon(give_up, left - 1)
        else:
            asking.cancel()

    def tell(text: str) -> None:
        told.append(text)
        time.sleep(0.02)  # what comes next is there when the loop is free again
        if REPLY == "".join(told):
            give_up(turns)

    asking = asyncio.ensure_future(ask_and_go_on())
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert not went_on


async def test_no_attempt_is_repeated_behind_our_back(server: ModelServer, endpoint: Endpoint) -> None:
    before = len(server.asked)
    for fault in ("error-500", "rate-limit", "conflict", "reset", "hang", "stream-cut"):
        await ask(endpoint, fault, stream=fault.startswith("stream"), seconds=DEADLINE)

    assert len(server.asked) - before == 6
