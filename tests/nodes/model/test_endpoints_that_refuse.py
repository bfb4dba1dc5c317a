"""Endpoints that do not take all that they are asked with: they are asked for less, once, and it is remembered."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from model_server import LEAKED_KEY, ModelServer, Wire, refusing

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.faults import ModelFault
from quire.nodes.model.gateway import Gateway
from quire.nodes.model.request import Request

SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}
GOOD = json.dumps({"text": "A quire is a gathering of sheets."})
REQUEST = Request(model="gpt-4o-mini", system="Answer.", user=("What is a quire?",), schema=SCHEMA, max_tokens=400)


@asynccontextmanager
async def asked_of(wire: Wire, *, path: str = "/v1", **settings: object) -> AsyncIterator[tuple]:
    with ModelServer(lambda _: GOOD, wire=wire) as server:
        url = f"{server.root}{path}"
        read = Settings.model_validate({"openai_base_url": url, "openai_api_key": "sk-ours", **settings})
        gateway, record = Gateway(read, secret=b"s"), MemoryRecord()

        async def call(section: str = "a", request: Request = REQUEST) -> str:
            key = request.key(section=section, epoch=1, agent="writer", step="draft", round_number=1)
            return (await gateway.call(request, run="r", key=key, ledger=record)).text

        yield server, call, record
        await gateway.close()


@pytest.mark.parametrize(
    ("refused", "requests", "form", "bound"),
    [
        ({"form": True}, 2, "json_object", "max_completion_tokens"),
        ({"form": True, "json": True}, 3, None, "max_completion_tokens"),
        ({"length": True}, 2, "json_schema", "max_tokens"),
        ({"temperature": True}, 2, "json_schema", "max_completion_tokens"),
        ({"form": True, "json": True, "length": True, "temperature": True}, 5, None, "max_tokens"),
    ],
)
async def test_it_is_asked_for_less_once_and_that_is_remembered(refused, requests, form, bound, caplog) -> None:  # noqa: ANN001 - parameters and a fixture
    with caplog.at_level(logging.WARNING, "quire"):
        async with asked_of(refusing(**refused)) as (server, call, _):
            assert GOOD == await call()
            first = len(server.asked)
            await asyncio.gather(*(call(section) for section in "bcd"))
    sent = server.asked[-1].body

    assert (requests, requests + 3) == (first, len(server.asked))
    assert form == sent.get("response_format", {}).get("type")
    assert 400 == sent[bound]
    assert ("temperature" in sent) is ("temperature" not in refused)
    assert (form == "json_schema") is ("fits this JSON schema" not in json.dumps(sent["messages"]))
    assert requests - 1 == len(caplog.records)
    assert "it says:" in caplog.text
    assert LEAKED_KEY not in caplog.text


async def test_calls_that_meet_it_together_step_down_once() -> None:
    async with asked_of(refusing(form=True)) as (server, call, _):
        assert [GOOD] * 8 == await asyncio.gather(*(call(section) for section in "abcdefgh"))

    assert len(server.asked) <= 16
    assert {"json_object"} == {asked.body["response_format"]["type"] for asked in server.asked[8:]}


async def test_what_was_tried_is_recorded_and_costs_nothing() -> None:
    async with asked_of(refusing(form=True)) as (_, call, record):
        await call()
        tried, made = (attempt for _, attempt in await record.ledger("r"))

    assert ("unsupported", "form", 0) == (tried["kind"], tried["detail"], tried["usage"]["prompt_tokens"])
    assert ("ok", GOOD) == (made["kind"], made["text"])


async def test_an_endpoint_that_refuses_all_of_it_is_named() -> None:
    async with asked_of(refusing(length=True)) as (server, call, _):
        server._wire.answer = lambda *_: server_says(server)  # noqa: SLF001 - whatever is asked
        with pytest.raises(ModelFault) as fault:
            await call()

    assert "bad-request" == fault.value.kind
    assert 2 == len(server.asked)


def server_says(server: ModelServer):  # noqa: ANN201 - a play
    return refusing(length=True).answer(None, replace(server.asked[-1], body={"max_completion_tokens": 1}), None)


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (
            "/openai/deployments/gpt4?api-version=2024-10-21",
            "/openai/deployments/gpt4/chat/completions?api-version=2024-10-21",
        ),
        ("/openai/v1/?api-version=preview", "/openai/v1/chat/completions?api-version=preview"),
    ],
)
async def test_azure_is_asked_with_its_version_and_its_header(path: str, sent: str) -> None:
    async with asked_of(refusing(), path=path) as (server, call, _):
        await call()
    (asked,) = server.asked

    assert sent == asked.path
    assert "sk-ours" == asked.headers["api-key"]
    assert "authorization" not in asked.headers
