"""Chat models that a host hands in: to ``build``, or with a run's config."""

import json
from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import (
    FakeListChatModel,
    FakeMessagesListChatModel,
    GenericFakeChatModel,
)
from langchain_core.messages import AIMessage
from langchain_openai import ChatOpenAI
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.store.memory import InMemoryStore
from langgraph.types import Command
from model_server import ModelServer, marked_up
from toys import section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.run import open_run
from quire.nodes.config.settings import Settings
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.faults import BadInput

SAID = "The height of a building shall not exceed 40 feet."
REPLY = marked_up([{"text": SAID, "evidence": ["E1"]}])
BRIEF = toy_brief(section("height", words=60))


def whole(text: str = REPLY, **more: Any) -> AIMessage:
    usage = {"input_tokens": 100, "output_tokens": 20, "total_tokens": 120}
    return AIMessage(text, response_metadata={"finish_reason": "stop"}, usage_metadata=usage, **more)


def attempts_of(record: MemoryRecord, run: str) -> list[Any]:
    return [attempt for attempts in record._ledger.get(run, {}).values() for attempt in attempts]  # noqa: SLF001


@pytest.mark.parametrize(
    "fake",
    [
        FakeListChatModel(responses=[REPLY]),
        FakeMessagesListChatModel(responses=[whole()]),
        GenericFakeChatModel(messages=iter([whole()])),
    ],
    ids=lambda fake: type(fake).__name__,
)
async def test_a_fake_model_writes(fake: Any) -> None:
    out = await build(models={"writer": fake}).ainvoke(BRIEF)

    assert (SAID in out["markdown"], out["usage"]["calls"], out["usage"]["usd"]) == (True, 1, None)
    unsaid = {"FakeListChatModel": ["finish_reason", "usage"]} if isinstance(fake, FakeListChatModel) else {}
    assert unsaid == out["usage"].get("unreported", {})


async def test_every_agent_asks_the_one_model_that_is_handed_in() -> None:
    read = json.dumps({"grade": 5, "objections": []})
    fake = FakeListChatModel(responses=[REPLY, read, read, read])
    out = await build(model=fake).ainvoke(BRIEF)

    assert "done" == out["status"]
    assert out["usage"]["calls"] > 1


async def test_a_reply_of_a_model_handed_in_is_read_as_strictly_as_any() -> None:
    fake = FakeListChatModel(responses=["Certainly!", REPLY])
    out = await build(models={"writer": fake}).ainvoke(BRIEF)

    assert (SAID in out["markdown"], out["usage"]["calls"]) == (True, 2)


async def test_a_reply_that_says_it_was_cut_is_not_used() -> None:
    cut = AIMessage(REPLY, response_metadata={"finish_reason": "length"})
    out = await build(models={"writer": FakeMessagesListChatModel(responses=[cut])}).ainvoke(BRIEF)

    assert ["failed"] == [s["status"] for s in out["sections"]]
    assert "longer than it may be" in out["sections"][0]["reason"]


async def test_a_model_handed_in_goes_before_the_blueprints_and_before_any_endpoint() -> None:
    record = MemoryRecord()
    run = open_run("handed-in", record)
    run.settings = Settings.model_validate({"openai_base_url": "http://127.0.0.1:9/v1", "fallback_model": "gpt-4o"})
    brief = toy_brief(section("height", words=60, model="gpt-4o"))
    fakes = {"writer": FakeListChatModel(responses=[REPLY])}
    reviewer = FakeListChatModel(responses=[json.dumps({"grade": 5, "objections": []})] * 9)
    out = await build(model=reviewer, models=fakes).ainvoke({**brief, "id": "handed-in"}, context=run)

    assert SAID in out["markdown"]
    assert {"FakeListChatModel"} == {attempt["model"] for attempt in attempts_of(record, "handed-in")}


async def test_a_run_that_waited_goes_on_with_the_model_that_was_handed_in() -> None:
    graph = build(models={"writer": FakeListChatModel(responses=[REPLY])})
    graph.checkpointer, graph.store = InMemorySaver(), InMemoryStore()
    config: Any = {"configurable": {"thread_id": "1"}}
    await graph.ainvoke({**BRIEF, "options": {"approve": ["plan"]}}, config)
    (question,) = (await graph.aget_state(config)).interrupts
    out = await graph.ainvoke(Command(resume={question.value["questions"][0]["id"]: "approve"}), config)

    assert SAID in out["markdown"]


async def test_a_host_may_hand_a_model_in_with_the_config() -> None:
    fake = FakeListChatModel(responses=[REPLY])
    out = await build().ainvoke(BRIEF, {"configurable": {"models": {"writer": fake}}})

    assert SAID in out["markdown"]


async def test_a_config_chooses_among_the_models_that_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(lambda _: REPLY) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("QUIRE_MODEL_EDITOR", "gpt-4o")
        await build().ainvoke(BRIEF, {"configurable": {"models": {"writer": "gpt-4o"}}})
        asked = {asked.model for asked in server.asked if asked.drafts}
        with pytest.raises(BadInput) as refused:
            await build().ainvoke(BRIEF, {"configurable": {"model": "o1-pro"}})

    assert {"gpt-4o"} == asked
    assert "configurable.model" == refused.value.field
    assert "gpt-4o-mini" in str(refused.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"model": 3}, "model: int is neither a LangChain chat model nor the name of a model"),
        ({"models": {"writer": None}}, "models.writer: NoneType is neither"),
        ({"model": ChatOpenAI(api_key="k").with_retry()}, "model: RunnableRetry is neither"),
    ],
)
def test_what_is_no_model_is_refused_by_its_place(given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        build(**given)

    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"models": {"writter": FakeListChatModel(responses=[])}}, "models.writter: no agent is called so"),
        ({"models": {"writer": "anthropic:claude-sonnet-4-5"}}, "no endpoint and no key are set for 'anthropic:"),
        ({"model": "deepseek:deepseek-chat"}, "the provider deepseek is not known by name"),
    ],
)
async def test_what_cannot_be_asked_is_refused_before_anything_is(given: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput) as refused:
        await build(**given).ainvoke(BRIEF)

    assert said in str(refused.value)
