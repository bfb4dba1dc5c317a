"""Calls through the gateway, against a real server. Only waiting is virtual."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from blockbuster import blockbuster_ctx
from langgraph.graph import START, StateGraph
from model_server import LASTING, LEAKED_KEY, SLOW, Asked, ModelServer, random_faults
from typing_extensions import TypedDict

from quire.nodes.config.settings import Settings
from quire.nodes.event_store.accounts import Balance, Claim, Limits
from quire.nodes.event_store.memory import MemoryRecord
from quire.nodes.event_store.memory_accounts import MemoryAccounts
from quire.nodes.event_store.port import Attempt, CallKey
from quire.nodes.faults import BudgetSpent, ModelFault, RecordFault
from quire.nodes.model.budget import Budget
from quire.nodes.model.gateway import Gateway
from quire.nodes.model.kinds import KINDS
from quire.nodes.model.recorded import Reply
from quire.nodes.model.request import Fenced, Request

SCHEMA = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}
GOOD = json.dumps({"text": "A quire is a gathering of sheets."})
REQUEST = Request(
    model="gpt-4o-mini",
    system="Answer.",
    user=("What is a quire?",),
    evidence=(Fenced("E1", "first extract"), Fenced("E2", "second extract")),
    schema=SCHEMA,
    max_tokens=400,
)
FALLBACK = replace(REQUEST, fallback_model="gpt-4o")


class Asking(TypedDict):
    """The state of a graph that asks."""

    text: str


@dataclass
class Waiting:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[None]] | None = None

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        meanwhile, self.meanwhile = self.meanwhile, None
        await (meanwhile() if meanwhile else asyncio.sleep(0))
        self.now += seconds


@dataclass
class Bench:
    """A gateway, its server and what it records."""

    server: ModelServer
    settings: Settings
    gateway: Gateway
    waiting: Waiting
    record: MemoryRecord = field(default_factory=MemoryRecord)

    async def call(self, request: Request = REQUEST, section: str = "a", **options: Any) -> Reply:
        return await self.gateway.call(request, run="r", key=key(request, section), ledger=self.record, **options)

    async def kinds(self, request: Request = REQUEST, section: str = "a") -> list[str]:
        return [attempt["kind"] for attempt in await self.record.attempts("r", key(request, section))]


def key(request: Request, section: str = "a") -> CallKey:
    return request.key(section=section, epoch=1, agent="writer", step="draft", round_number=1)


def budget_of(limits: Limits) -> Budget:
    return Budget("r", MemoryAccounts(), lambda: [Claim("run", limits)])


async def balance_of(budget: Budget) -> Balance:
    return await budget._accounts.balance("run")  # noqa: SLF001 - looked at, not touched


def in_turn(*faults: str | None) -> Callable[[Asked], str | None]:
    """Misbehave so for the first requests, then no more."""
    return lambda asked: faults[asked.n - 1] if asked.n <= len(faults) else None


def always(fault: str, model: str = "") -> Callable[[Asked], str | None]:
    return lambda asked: fault if model in {"", asked.model} else None


@asynccontextmanager
async def bench(
    script: Callable[[Asked], str | None] = lambda _: None,
    *,
    max_calls: int = 16,
    call_timeout: float = 20,
    delay: float = 0.0,
    waiting: Waiting | None = None,
) -> AsyncIterator[Bench]:
    waiting = waiting or Waiting()
    with ModelServer(lambda _: GOOD, script, delay=delay) as running:
        settings = Settings.model_validate(
            {
                "openai_base_url": running.url,
                "openai_api_key": "sk-ours",
                "max_calls": max_calls,
                "call_timeout": call_timeout,
            }
        )
        gateway = Gateway(settings, secret=b"secret", clock=waiting.clock, sleep=waiting.sleep, luck=lambda _: 0.5)
        yield Bench(running, settings, gateway, waiting)
        await gateway.close()


@contextmanager
def model_fault(kind: str) -> Iterator[None]:
    with pytest.raises(ModelFault) as fault:
        yield
    assert fault.value.kind == kind
    assert str(fault.value).startswith(KINDS[kind].said)
    assert fault.value.__cause__ is fault.value.__context__ is None


# --- the record ------------------------------------------------------------------------------------------------------


async def test_a_recorded_reply_is_not_asked_for_again() -> None:
    async with bench() as b:
        first = await b.call()
        second = await b.call()

    assert first == second
    assert first.parsed == json.loads(GOOD)
    assert first.model == "gpt-4o-mini"
    assert first.usage["completion_tokens"] == len(GOOD) // 4 + 1
    assert len(b.server.asked) == 1


async def test_a_call_of_another_section_round_or_question_is_another_call() -> None:
    async with bench() as b:
        for request, section in [(REQUEST, "a"), (REQUEST, "b"), (replace(REQUEST, user=("And why?",)), "a")]:
            await b.call(request, section)

    assert len(b.server.asked) == 3


async def test_a_rerun_goes_on_where_the_limits_were_left() -> None:
    async with bench(always("empty-content")) as b:
        failed = Attempt(
            ended="retry",
            kind="empty",
            model="gpt-4o-mini",
            usage={"prompt_tokens": 1, "completion_tokens": 0, "usd": 0.0, "estimated": False},
        )
        for _ in range(2):
            await b.record.add_attempt("r", key(REQUEST), failed)
        with model_fault("empty"):
            await b.call()
        with model_fault("empty"):
            await b.call()

    assert len(b.server.asked) == 1
    assert await b.kinds() == ["empty"] * 3


async def test_a_reply_that_cannot_be_recorded_is_not_used() -> None:
    class Full(MemoryRecord):
        async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
            raise RecordFault(f"no room for {run} {key.section} {attempt['kind']}")

    async with bench() as b:
        b.record = Full()
        with pytest.raises(RecordFault):
            await b.call()


async def test_every_attempt_is_recorded_with_its_class_and_only_a_good_one_with_its_text() -> None:
    async with bench(in_turn("wrong-schema", "error-500")) as b:
        await b.call()
        attempts = await b.record.attempts("r", key(REQUEST))

    assert [(a["ended"], a["kind"], a.get("text"), a.get("detail")) for a in attempts] == [
        ("retry", "wrong-schema", None, "$: required"),
        ("retry", "server-error", None, None),
        ("ok", "ok", GOOD, None),
    ]
    assert LEAKED_KEY not in repr(attempts)


# --- what each kind is answered with ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "kind", "requests"),
    [
        ("error-500", "server-error", 5),
        ("reset", "connection", 5),
        ("conflict", "conflict", 3),
        ("empty-content", "empty", 3),
        ("choices-empty", "malformed", 3),
        ("finish-null", "cut-off", 3),
        ("bad-json", "not-json", 3),
        ("html", "not-an-api", 2),
        ("finish-length", "truncated", 2),
        ("finish-length-whole", "truncated", 2),
        ("context-overflow", "context-overflow", 2),
        ("rate-limit", "rate-limited", 7),
        ("refusal", "refused", 1),
        ("finish-filter", "content-filter", 1),
        ("quota", "quota", 1),
        ("unauthorized", "auth", 1),
        ("forbidden", "forbidden", 1),
        ("model-missing", "unknown-model", 1),
        ("redirect", "redirected", 1),
    ],
)
async def test_what_does_not_pass_ends_by_its_name_after_its_attempts(fault: str, kind: str, requests: int) -> None:
    async with bench(always(fault)) as b:
        with model_fault(kind):
            await b.call()

    assert len(b.server.asked) == requests
    assert await b.kinds() == [kind] * requests


@pytest.mark.parametrize("fault", ["stream-cut", "stream-unfinished", "stream-done-only", "stream-bad-frame"])
async def test_what_a_broken_stream_told_is_void_and_the_reply_is_whole(fault: str) -> None:
    told: list[str] = []
    async with bench(in_turn(fault)) as b:
        reply = await b.call(on_token=told.append)

    assert reply.text == GOOD
    assert "".join(told[: told.index("")]) != GOOD
    assert "".join(told[told.index("") :]) == GOOD


async def test_an_endpoint_that_does_not_stream_is_asked_plainly() -> None:
    async with bench(lambda asked: "stream-as-body" if asked.stream else None) as b:
        reply = await b.call(on_token=lambda _: None)

    assert reply.text == GOOD
    assert [asked.stream for asked in b.server.asked] == [True, False]


async def test_a_refusal_in_a_stream_is_paid_for_once() -> None:
    async with bench(always("refusal")) as b:
        with model_fault("refused"):
            await b.call(on_token=lambda _: None)

    assert await b.kinds() == ["refused"]


async def test_a_repair_is_told_the_place_and_nothing_of_what_the_model_said() -> None:
    async with bench(in_turn("wrong-schema")) as b:
        await b.call()
    first, second = b.server.asked

    assert "$: required" not in first.prompt
    assert "$: required" in second.prompt
    assert LEAKED_KEY not in second.prompt
    assert second.body["messages"][:2] == first.body["messages"]


async def test_a_truncated_reply_is_asked_for_with_twice_the_room() -> None:
    async with bench(in_turn("finish-length")) as b:
        await b.call()

    assert [asked.body["max_completion_tokens"] for asked in b.server.asked] == [400, 800]


async def test_a_prompt_that_is_too_long_loses_its_least_relevant_evidence() -> None:
    async with bench(in_turn("context-overflow")) as b:
        await b.call()
    first, second = b.server.asked

    assert "second extract" in first.prompt
    assert "second extract" not in second.prompt
    assert "first extract" in second.prompt


async def test_sources_stand_behind_a_fence_that_depends_on_the_secret() -> None:
    async with bench() as b:
        await b.call()
        await b.call(section="b")
        stranger = Gateway(b.settings, secret=b"other")
        await stranger.call(REQUEST, run="r", key=key(REQUEST, "c"), ledger=b.record)
        await stranger.close()
    same, again, other = (asked.prompt for asked in b.server.asked)

    assert same == again != other
    assert same.count("first extract") == 1


# --- the fallback ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["error-500", "model-missing", "forbidden", "bad-json", "rate-limit-hour", "hang"])
async def test_the_fallback_answers_where_the_model_does_not(fault: str) -> None:
    async with bench(always(fault, "gpt-4o-mini"), call_timeout=0.5 if fault == "hang" else 20) as b:
        reply = await b.call(FALLBACK)
        again = await b.call(FALLBACK)

    assert reply.model == "gpt-4o"
    assert again == reply
    assert [asked.model for asked in b.server.asked][-2:] == ["gpt-4o-mini", "gpt-4o"]


async def test_a_refusal_is_not_taken_elsewhere() -> None:
    async with bench(always("refusal", "gpt-4o-mini")) as b:
        with model_fault("refused"):
            await b.call(FALLBACK)

    assert len(b.server.asked) == 1


# --- waiting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [("rate-limit", 2), ("rate-limit-ms", 1.5), ("rate-limit-date", 5), ("rate-limit-reset", 1.2), ("error-503", 1)],
)
async def test_the_wait_that_the_endpoint_asks_is_honoured_and_a_little_spread(fault: str, seconds: float) -> None:
    async with bench(in_turn(fault)) as b:
        await b.call()

    assert b.waiting.slept == [pytest.approx(seconds * 1.05)]


async def test_the_other_calls_of_a_limited_model_wait_too_and_those_of_another_do_not() -> None:
    async with bench(in_turn("rate-limit")) as b:

        async def others() -> None:
            await b.call(replace(REQUEST, model="gpt-4o"), "b")
            assert b.waiting.slept == [pytest.approx(2.1)]
            await b.call(section="c")

        b.waiting.meanwhile = others
        await b.call()

    assert b.waiting.slept == [pytest.approx(2.1), pytest.approx(2)]


async def test_a_wait_longer_than_the_call_may_take_is_not_begun() -> None:
    async with bench(always("rate-limit-hour")) as b:
        with model_fault("rate-limited"):
            await b.call()

    assert len(b.server.asked) == 1
    assert b.waiting.slept == []


async def test_a_model_closed_for_long_is_tried_again_once_a_call_could_have_waited() -> None:
    async with bench(in_turn("rate-limit-hour")) as b:
        for _ in range(2):
            with model_fault("rate-limited"):
                await b.call(section="a")
        with model_fault("rate-limited"):
            await b.call(section="b")
        assert len(b.server.asked) == 1
        b.waiting.now = 3 * 20
        await b.call(section="b")


async def test_without_a_word_from_the_endpoint_the_wait_doubles() -> None:
    async with bench(always("error-500")) as b:
        with model_fault("server-error"):
            await b.call()

    assert b.waiting.slept == [0.5, 1, 2, 4]


@pytest.mark.parametrize(("fault", "kind"), [("quota", "quota"), ("quota-in-200", "quota"), ("unauthorized", "auth")])
async def test_an_account_that_is_closed_is_not_asked_again_for_a_minute(fault: str, kind: str) -> None:
    async with bench(in_turn(fault)) as b:
        for section in "abc":
            with model_fault(kind):
                await b.call(FALLBACK, section)
        assert len(b.server.asked) == 1
        b.waiting.now += 60
        await b.call(section="d")


async def test_no_slot_is_held_while_waiting() -> None:
    async with bench(in_turn("rate-limit"), max_calls=1) as b:
        replies: list[Reply] = []

        async def another_call() -> None:
            replies.append(await b.call(replace(REQUEST, model="gpt-4o"), "b"))

        b.waiting.meanwhile = another_call
        async with asyncio.timeout(10):
            await b.call()

    assert [reply.model for reply in replies] == ["gpt-4o"]


async def test_a_call_that_queued_while_its_model_was_closed_waits_as_well() -> None:
    async with bench(in_turn("rate-limit"), max_calls=1, delay=0.05) as b:
        await asyncio.gather(b.call(), b.call(section="b"))

    assert len(b.waiting.slept) == 2
    assert len(b.server.asked) == 3


async def test_waits_use_up_the_time_that_a_call_may_take() -> None:
    async with bench(always("rate-limit-date"), call_timeout=4) as b:
        with model_fault("rate-limited"):
            await b.call()

    assert b.waiting.slept == [pytest.approx(5.25)] * 2


async def test_slow_attempts_use_up_the_time_that_a_call_may_take() -> None:
    waiting = Waiting()

    def script(_: Asked) -> str:
        waiting.now += 25
        return "error-500"

    async with bench(script, call_timeout=20, waiting=waiting) as b:
        with model_fault("server-error"):
            await b.call()

    assert len(b.server.asked) == 3


async def test_a_call_that_hangs_ends_with_its_deadline() -> None:
    async with bench(always("hang"), call_timeout=0.2) as b:
        with model_fault("deadline"):
            await asyncio.wait_for(b.call(), 5)

    assert len(b.server.asked) == 2


# --- concurrency -----------------------------------------------------------------------------------------------------


async def test_no_more_calls_are_under_way_than_allowed() -> None:
    async with bench(max_calls=3, delay=0.05) as b:
        await asyncio.gather(*(b.call(section=str(n)) for n in range(12)))

    assert b.server.most_at_once == 3


async def test_the_longest_path_goes_first_when_calls_queue() -> None:
    async with bench(max_calls=1, delay=0.05) as b:
        requests = {p: replace(REQUEST, user=(f"priority {p}",)) for p in (0, 1, 3, 2)}
        async with asyncio.TaskGroup() as group:
            for priority, request in requests.items():
                group.create_task(b.call(request, priority=priority))
                await asyncio.sleep(0.01)

    assert [asked.prompt[-10:] for asked in b.server.asked] == [f"priority {p}" for p in (0, 3, 2, 1)]


async def test_a_cancelled_call_gives_its_slot_back_and_is_charged_by_estimate() -> None:
    budget = budget_of(Limits(calls=2))
    loop, under_way = asyncio.get_running_loop(), asyncio.Event()

    def script(asked: Asked) -> str | None:
        loop.call_soon_threadsafe(under_way.set)
        return "hang" if asked.n == 1 else None

    async with bench(script, max_calls=1) as b:
        task = asyncio.create_task(b.call(budget=budget))
        await under_way.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await balance_of(budget)).spent.calls == 1
        assert (await balance_of(budget)).spent.tokens > 0
        assert await b.kinds() == []
        reply = await asyncio.wait_for(b.call(budget=budget), 5)

    assert reply.text == GOOD


async def test_a_reply_is_recorded_even_if_the_call_is_cancelled_meanwhile() -> None:
    class Slow(MemoryRecord):
        writing = asyncio.Event()

        async def add_attempt(self, run: str, key: CallKey, attempt: Attempt) -> None:
            self.writing.set()
            await asyncio.sleep(0.05)
            await super().add_attempt(run, key, attempt)

    async with bench() as b:
        b.record = slow = Slow()
        task = asyncio.create_task(b.call())
        await slow.writing.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert await b.kinds() == ["ok"]


async def test_nothing_blocks_the_event_loop() -> None:
    async with bench() as b:
        with blockbuster_ctx():
            await b.call()
            await b.call(section="b", on_token=lambda _: None)

    assert len(b.server.asked) == 2


async def test_a_host_that_streams_messages_does_not_change_how_we_ask() -> None:
    async with bench() as b:

        async def node(state: Asking) -> Asking:
            return Asking(text=state["text"] + (await b.call()).text)

        builder = StateGraph(Asking)
        builder.add_node("node", node)
        builder.add_edge(START, "node")
        async for _ in builder.compile().astream({"text": ""}, stream_mode="messages"):
            pass

    assert [asked.stream for asked in b.server.asked] == [False]


# --- budgets ---------------------------------------------------------------------------------------------------------


async def test_no_call_is_made_that_does_not_fit_the_budget() -> None:
    async with bench(always("error-500")) as b:
        with pytest.raises(BudgetSpent):
            await b.call(budget=budget_of(Limits(calls=3)))
        with pytest.raises(BudgetSpent):
            await b.call(section="b", budget=budget_of(Limits(tokens=300)))
        with pytest.raises(BudgetSpent):
            await b.call(section="c", budget=budget_of(Limits(usd=0.0001)))
        with pytest.raises(BudgetSpent):
            await b.call(section="d", budget=budget_of(Limits(seconds=0)))

    assert len(b.server.asked) == 3


async def test_what_was_used_is_booked_and_what_was_not_is_given_back() -> None:
    budget = budget_of(Limits(tokens=2000))
    async with bench(in_turn("error-500")) as b:
        usage = (await b.call(budget=budget)).usage

    assert (await balance_of(budget)).spent == (2, usage["prompt_tokens"] + usage["completion_tokens"], usage["usd"])


@pytest.mark.parametrize("oddity", ["usage-missing", "usage-zero"])
async def test_usage_that_is_not_told_is_estimated_and_never_nothing(oddity: str) -> None:
    async with bench(always(oddity)) as b:
        usage = (await b.call()).usage

    assert usage["estimated"]
    assert usage["prompt_tokens"] > 100
    assert usage["completion_tokens"] == -(-len(GOOD) // 4)


async def test_side_by_side_calls_never_exceed_the_budget() -> None:
    budget = budget_of(Limits(calls=10))
    async with bench() as b:
        ends = await asyncio.gather(*(b.call(section=str(n), budget=budget) for n in range(25)), return_exceptions=True)

    assert sum(isinstance(end, Reply) for end in ends) == 10
    assert sum(isinstance(end, BudgetSpent) for end in ends) == 15
    assert len(b.server.asked) == 10


async def test_an_attempt_ends_with_the_time_of_the_budget() -> None:
    async with bench(always("hang")) as b:
        with pytest.raises(BudgetSpent):
            await asyncio.wait_for(b.call(budget=budget_of(Limits(seconds=0.3))), 5)

    assert await b.kinds() == ["deadline"]


async def test_a_recorded_reply_needs_no_budget() -> None:
    async with bench() as b:
        await b.call()
        await b.call(budget=budget_of(Limits(calls=0)))


# --- storms ----------------------------------------------------------------------------------------------------------


CLOSING = {"quota", "quota-in-200", "unauthorized"}
"""Faults after which nobody asks for a while."""


async def storm(without: AbstractSet[str], *, stream: bool) -> tuple[Bench, list[Reply | BaseException]]:
    async with bench(random_faults(7, 0.3, without)) as b:
        on_token = (lambda _: None) if stream else None
        calls = (b.call(FALLBACK, str(n), on_token=on_token) for n in range(150))
        return b, await asyncio.gather(*calls, return_exceptions=True)


@pytest.mark.long
@pytest.mark.parametrize("mode", ["plain", "streamed"])
async def test_in_a_storm_of_faults_every_call_ends_whole_or_by_name(mode: str) -> None:
    b, ends = await storm(SLOW | CLOSING | {"rate-limit-hour"}, stream=mode == "streamed")
    replies = [end for end in ends if isinstance(end, Reply)]
    faults = [end for end in ends if isinstance(end, ModelFault)]

    assert len(replies) + len(faults) == 150
    assert all(reply.text.strip("`json\n") == GOOD for reply in replies)
    assert all(KINDS[fault.kind].ended in {"refuse", "fatal", "shrink"} for fault in faults)
    assert len(b.server.asked) / 150 <= 2


@pytest.mark.long
@pytest.mark.parametrize("mode", ["plain", "streamed"])
async def test_in_a_storm_that_passes_every_call_gets_its_reply(mode: str) -> None:
    b, ends = await storm(SLOW | LASTING, stream=mode == "streamed")

    assert all(isinstance(end, Reply) for end in ends)
    assert len(b.server.asked) / 150 <= 2
