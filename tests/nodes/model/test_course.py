"""What follows on the attempts so far."""

from collections.abc import Sequence

import pytest

from quire.nodes.event_store.port import Attempt, Usage
from quire.nodes.model.course import Ask, Done, GaveUp, next_step
from quire.nodes.model.kinds import KINDS, OUTAGE, REPAIRS
from quire.nodes.model.request import Fenced, Request

REQUEST = Request(
    model="first",
    system="s",
    user=("u",),
    evidence=(Fenced("E1", "xx"), Fenced("E2", "xx")),
    schema={"type": "object"},
    max_tokens=100,
)
WITH_FALLBACK = Request(model="first", system="s", user=("u",), fallback_model="second")
USAGE = Usage(prompt_tokens=1, completion_tokens=1, usd=None, estimated=False)


def attempts(*kinds: str, model: str = "first") -> list[Attempt]:
    return [
        Attempt(ended="ok" if kind == "ok" else KINDS[kind].ended, kind=kind, model=model, usage=USAGE)
        for kind in kinds
    ]


def asked(request: Request, made: Sequence[Attempt]) -> Ask:
    step = next_step(request, made)
    assert isinstance(step, Ask)
    return step


def test_a_call_begins_with_its_own_model_and_all_it_has() -> None:
    assert asked(WITH_FALLBACK, []) == Ask("first", 0, 4096, None, "", may_stream=True)


def test_an_ok_attempt_ends_the_call_wherever_it_stands() -> None:
    made = attempts("empty", "ok", "empty")

    assert next_step(REQUEST, made) == Done(made[1])


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {OUTAGE}))
def test_a_kind_is_tried_again_as_often_as_its_row_says(kind: str) -> None:
    again = KINDS[kind].again

    assert isinstance(next_step(REQUEST, attempts(*[kind] * again)), Ask)
    assert next_step(REQUEST, attempts(*[kind] * (again + 1))) == GaveUp(kind)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {OUTAGE}))
def test_the_fallback_is_asked_where_it_may_do_better(kind: str) -> None:
    step = next_step(WITH_FALLBACK, attempts(*[kind] * (KINDS[kind].again + 1)))

    if KINDS[kind].elsewhere:
        assert step == Ask("second", 0, 4096, None, "", may_stream=True)
    else:
        assert step == GaveUp(kind)


def test_the_fallback_has_its_own_limits_and_its_end_is_the_calls_end() -> None:
    made = attempts("empty", "empty", "empty") + attempts("deadline", "deadline", model="second")

    assert next_step(WITH_FALLBACK, made[:4]) == Ask("second", 1, 4096, None, "", may_stream=True)
    assert next_step(WITH_FALLBACK, made) == GaveUp("deadline")


def test_a_mix_of_faults_ends_too() -> None:
    made = attempts("empty", "connection", "unreadable", "server-error", "empty", "connection", "conflict", "cut-off")

    assert isinstance(next_step(REQUEST, made[:7]), Ask)
    assert next_step(REQUEST, made) == GaveUp("cut-off")


def test_repairs_share_their_attempts() -> None:
    assert {"not-json", "wrong-schema"} == REPAIRS
    assert next_step(REQUEST, attempts("not-json", "wrong-schema", "not-json")) == GaveUp("not-json")


def test_a_repair_names_the_last_place_only() -> None:
    first, second = attempts("wrong-schema", "empty")
    first["detail"] = "$.a: type"

    assert asked(REQUEST, [first]).fault == "$.a: type"
    assert asked(REQUEST, [first, second]).fault == ""
    assert asked(REQUEST, attempts("not-json")).fault == "$"


def test_a_truncated_reply_gets_twice_the_room_once() -> None:
    assert asked(REQUEST, attempts("truncated")).max_tokens == 200
    assert asked(REQUEST, attempts("truncated", "empty")).max_tokens == 200
    assert next_step(REQUEST, attempts("truncated", "truncated")) == GaveUp("truncated")


def test_a_prompt_that_is_too_long_is_shrunk_once_and_not_at_all_if_it_cannot_be() -> None:
    assert asked(REQUEST, attempts("context-overflow")).pieces == 1
    assert next_step(REQUEST, attempts("context-overflow", "context-overflow")) == GaveUp("context-overflow")
    assert next_step(Request(model="first", system="", user=()), attempts("context-overflow")) == GaveUp(
        "context-overflow"
    )


@pytest.mark.parametrize("kind", ["empty", "no-stream"])
def test_what_a_stream_may_hide_is_asked_without_one(kind: str) -> None:
    assert not asked(REQUEST, attempts(kind)).may_stream
    assert not asked(REQUEST, attempts(kind, "connection")).may_stream


def test_a_model_that_cannot_be_waited_for_is_left() -> None:
    assert next_step(REQUEST, attempts("rate-limited"), {"first"}) == GaveUp("rate-limited")
    assert next_step(REQUEST, [], {"first"}) == GaveUp("rate-limited")
    assert next_step(WITH_FALLBACK, attempts("rate-limited"), {"first"}) == Ask(
        "second", 0, 4096, None, "", may_stream=True
    )
    assert next_step(WITH_FALLBACK, [], {"first", "second"}) == GaveUp("rate-limited")


def test_a_kind_of_an_older_record_counts_as_unknown() -> None:
    old = [Attempt(ended="retry", kind="of-old", model="first", usage=USAGE)]

    assert isinstance(next_step(REQUEST, old), Ask)
    assert next_step(REQUEST, old * 2) == GaveUp("of-old")


def test_a_fallback_that_is_the_model_itself_is_not_asked_twice() -> None:
    same = Request(model="first", system="s", user=("u",), fallback_model="first")

    assert next_step(same, attempts("forbidden")) == GaveUp("forbidden")


def test_attempts_during_an_outage_do_not_count_against_their_call() -> None:
    step = next_step(WITH_FALLBACK, attempts(*["server-error", *[OUTAGE] * 50]))

    assert step == Ask("first", 1, 4096, None, "", may_stream=True)
