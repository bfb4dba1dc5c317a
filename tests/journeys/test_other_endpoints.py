"""Documents whose agents ask models of several endpoints and providers, as the environment names them."""

import json
from collections.abc import Iterator

import pytest
from model_server import Asked, ModelServer, marked_up
from toys import section, toy_brief
from wires import WIRES

from quire.graphs.document.document_graph import build

SAID = "The height of a building shall not exceed 40 feet."
BRIEF = toy_brief(section("height"))


def reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": SAID, "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence], asked)


@pytest.fixture(params=sorted(WIRES))
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ModelServer]]:
    provider = str(request.param)
    with ModelServer(reply, wire=WIRES[provider]) as server:
        for place in ("ANTHROPIC", "GOOGLE"):
            monkeypatch.setenv(f"{place}_API_KEY", "sk-elsewhere")
        for variable in ("ANTHROPIC_BASE_URL", "GOOGLE_GEMINI_BASE_URL", "OLLAMA_HOST"):
            monkeypatch.setenv(variable, server.root)
        yield provider, server


async def test_the_writer_asks_another_provider_and_the_others_ask_as_ever(
    online: ModelServer, elsewhere: tuple[str, ModelServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, server = elsewhere
    online.reply = reply
    monkeypatch.setenv("QUIRE_MODEL_WRITER", f"{provider}:some-model")
    out = await build().ainvoke(BRIEF)

    assert ("done", True) == (out["status"], SAID in out["markdown"])
    assert f"{provider}:some-model" in out["markdown"]
    assert (1, 2) == (len(server.asked), len(online.asked))
    assert "sk-elsewhere" not in str([asked.headers for asked in online.asked])


async def test_one_provider_is_enough(elsewhere: tuple[str, ModelServer], monkeypatch: pytest.MonkeyPatch) -> None:
    provider, server = elsewhere
    monkeypatch.setenv("QUIRE_MODEL", f"{provider}:some-model")
    said = [
        chunk.content
        async for _, (chunk, place) in build().astream(BRIEF, stream_mode="messages", subgraphs=True)
        if place["langgraph_node"] == "draft"
    ]

    assert SAID == "".join(said).strip()
    assert 3 == len(server.asked)


async def test_a_fallback_elsewhere_writes_what_the_first_endpoint_cannot(
    online: ModelServer, elsewhere: tuple[str, ModelServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, server = elsewhere
    online.script = lambda _: "unauthorized"
    monkeypatch.setenv("QUIRE_FALLBACK_MODEL", f"{provider}:some-model")
    out = await build().ainvoke(BRIEF)

    assert ("done", True) == (out["status"], SAID in out["markdown"])
    assert (1, 3) == (len(online.asked), len(server.asked))


async def test_a_failure_elsewhere_names_the_variables_that_lead_there(
    elsewhere: tuple[str, ModelServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    provider, server = elsewhere
    server.script = lambda _: "model-missing"
    monkeypatch.setenv("QUIRE_MODEL_WRITER", f"{provider}:some-model")
    out = await build().ainvoke(BRIEF)

    assert "check QUIRE_MODEL_WRITER" in out["sections"][0]["reason"]
