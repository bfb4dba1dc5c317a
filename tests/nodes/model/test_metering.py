"""Tokens and dollars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.nodes.model.metering import most_prompt_tokens, usage_of
from quire.nodes.model.prices import LISTED, Prices
from quire.nodes.model.question import Question, Received

QUESTION = Question("gpt-4o", [("system", "x" * 100), ("user", "y" * 298)], 50, 0.0, None, "reply")


def received(text: str = "", prompt: int | None = None, completion: int | None = None) -> Received:
    return Received([text], len(text), prompt_tokens=prompt, completion_tokens=completion)


def test_what_is_reported_is_charged() -> None:
    usage = usage_of(Prices(), QUESTION, received("z", 1000, 100), "ok")

    assert usage == {"prompt_tokens": 1000, "completion_tokens": 100, "usd": pytest.approx(0.0035), "estimated": False}


@pytest.mark.parametrize(("prompt", "completion"), [(None, None), (0, 0), (1000, 0), (0, 5), (-1, 5), (1000, -5)])
def test_what_cannot_be_right_is_estimated_by_length(prompt: int | None, completion: int | None) -> None:
    usage = usage_of(Prices(), QUESTION, received("z" * 41, prompt, completion), "ok")

    assert (usage["prompt_tokens"], usage["completion_tokens"], usage["estimated"]) == (100, 11, True)


def test_a_call_that_was_turned_away_costs_nothing() -> None:
    assert usage_of(Prices(), QUESTION, received(), "rate-limited")["prompt_tokens"] == 0
    assert usage_of(Prices(), QUESTION, received(), "connection")["usd"] == 0


def test_what_the_endpoint_had_in_its_cache_is_cheaper() -> None:
    read = received("ok", 1000, 100)
    read.cached_tokens = 800
    usage = usage_of(Prices(), QUESTION, read, "ok")

    assert usage == {
        "prompt_tokens": 1000,
        "completion_tokens": 100,
        "cached_tokens": 800,
        "usd": pytest.approx((200 * 2.5 + 800 * 1.25 + 100 * 10) / 1e6),
        "estimated": False,
    }


@pytest.mark.parametrize(("kind", "text"), [("deadline", ""), ("connection", "half a re"), ("unknown", "")])
def test_a_call_that_may_have_worked_is_charged(kind: str, text: str) -> None:
    usage = usage_of(Prices(), QUESTION, received(text), kind)

    assert usage["prompt_tokens"] == 100
    assert usage["estimated"]


def test_a_reply_without_end_is_charged_its_whole_bound() -> None:
    assert usage_of(Prices(), QUESTION, received(), "too-long")["completion_tokens"] == 50


def test_a_model_without_a_price_costs_an_unknown_sum() -> None:
    question = Question("unheard-of", [("user", "y")], 50, 0.0, None, "reply")

    assert usage_of(Prices(), question, received("z", 10, 10), "ok")["usd"] is None
    assert usage_of(Prices(), question, received(), "rate-limited")["usd"] == 0


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_the_bound_of_a_prompt_is_above_its_estimate(text: str) -> None:
    question = Question("gpt-4o", [("user", text)], 50, 0.0, {"type": "object"}, "reply")

    assert most_prompt_tokens(question) >= usage_of(Prices(), question, received(), "ok")["prompt_tokens"]


def test_a_dated_snapshot_has_its_familys_price_unless_it_has_its_own() -> None:
    assert Prices().of("gpt-4o-mini-2024-07-18") == LISTED["gpt-4o-mini"]
    assert Prices().of("gpt-4o-2024-05-13") == (5.0, 15.0, None)
    assert Prices().of("gpt-4o-mine") is None


def test_the_dearest_price_is_no_lower_than_any() -> None:
    dearest = Prices().dearest
    assert all(dearest.prompt >= p.prompt and dearest.completion >= p.completion for p in LISTED.values())
