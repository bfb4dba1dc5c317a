"""Which models a request may choose, over HTTP and LangServe, and the tokens that LangServe's events show."""

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from langserve import RemoteRunnable
from model_server import Asked, ModelServer, marked_up
from serving import quire_server
from toys import section, toy_brief

SAID = "The height of a building shall not exceed 40 feet."


def reply(asked: Asked) -> str:
    if "objections" in json.dumps(asked.schema):
        return json.dumps({"grade": 5, "objections": []})
    sentence = {"text": SAID, "evidence": ["E1", "E2", "E3"]}
    return marked_up([sentence], asked)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ModelServer]]:
    with pytest.MonkeyPatch.context() as patched, ModelServer(reply) as models:
        patched.setenv("QUIRE_HOME", str(tmp_path_factory.mktemp("home")))
        patched.setenv("OPENAI_BASE_URL", models.url)
        patched.setenv("QUIRE_MODEL_REVIEWER", "gpt-4o")
        with quire_server() as address:
            yield address, models


def written(address: str, brief: dict[str, Any]) -> str:
    accepted = httpx.post(f"{address}/documents", json=brief)
    assert 202 == accepted.status_code, accepted.text
    place = f"{address}{accepted.headers['location']}"
    for _ in range(300):
        if (status := httpx.get(place).json()["status"]) in {"done", "partial", "failed"}:
            return str(status)
        time.sleep(0.1)
    raise TimeoutError(place)


def models_by_prompt(models: ModelServer, before: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {"draft": set(), "reading": set()}
    for asked in models.asked[before:]:
        found["draft" if asked.drafts else asked.body["response_format"]["json_schema"]["name"]].add(asked.model)
    return found


def test_a_brief_chooses_among_the_models_that_are_set(served: tuple[str, ModelServer]) -> None:
    address, models = served
    before = models.arrived()
    status = written(address, toy_brief(section("height"), options={"models": {"writer": "gpt-4o"}}))

    assert "done" == status
    assert {"gpt-4o"} == models_by_prompt(models, before)["draft"]


@pytest.mark.parametrize(
    ("brief", "field"),
    [
        (toy_brief(section("height"), options={"model": "o1-pro"}), "options.model"),
        (toy_brief(section("height"), options={"models": {"writer": "http://elsewhere/v1"}}), "options.models.writer"),
        (toy_brief(section("height"), options={"models": {"writter": "gpt-4o"}}), "options.models.writter"),
        (toy_brief(section("height", model="ollama:llama3")), "blueprint.sections[0].model"),
    ],
)
def test_a_model_that_is_not_set_is_a_422_that_names_the_place(
    served: tuple[str, ModelServer], brief: dict[str, Any], field: str
) -> None:
    address, models = served
    before = models.arrived()
    refused = httpx.post(f"{address}/documents", json=brief)
    by_langserve = httpx.post(f"{address}/langserve/document/invoke", json={"input": brief})

    assert (422, 422) == (refused.status_code, by_langserve.status_code)
    assert field in refused.text
    assert field in by_langserve.text
    assert before == models.arrived()


def test_no_model_or_key_of_a_clients_config_is_used(served: tuple[str, ModelServer]) -> None:
    address, models = served
    before = models.arrived()
    config = {"configurable": {"model": "o1-pro", "models": {"writer": "o1-pro"}, "api_key": "sk-theirs"}}
    response = httpx.post(
        f"{address}/langserve/document/invoke",
        json={"input": toy_brief(section("height")), "config": config},
        timeout=60,
    )

    assert 200 == response.status_code, response.text
    assert {"gpt-4o-mini", "gpt-4o"} == {asked.model for asked in models.asked[before:]}
    assert not any("sk-theirs" in str(asked.headers) for asked in models.asked[before:])


async def test_stream_events_shows_the_tokens_of_drafts(served: tuple[str, ModelServer]) -> None:
    address, _ = served
    remote = RemoteRunnable(f"{address}/langserve/document")
    events = remote.astream_events(toy_brief(section("height")), version="v2", include_types=["chat_model"])
    said = [e["data"]["chunk"].content async for e in events if e["event"] == "on_chat_model_stream"]

    assert SAID == "".join(said).strip()
    assert sum(map(bool, said)) > 3
