"""Judgements that need no server. What the client raises on real faults is in ``test_endpoint``."""

import httpx2
import openai
import pytest

from quire.nodes.model.classify import Answer, of_fault, of_reply
from quire.nodes.model.kinds import KINDS, REPAIRS, TURNED_AWAY
from quire.nodes.model.transport import BodyTooLongError

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")


def status(code: int, body: object = None, **headers: str) -> openai.APIStatusError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return openai.APIStatusError("said", response=httpx2.Response(code, headers=named, request=REQUEST), body=body)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (status(408), "deadline"),
        (status(418), "bad-request"),
        (status(402), "quota"),
        (status(529), "server-error"),
        (status(302), "redirected"),
        (status(400, {"code": None, "message": "prompt is too long: 9 tokens"}), "context-overflow"),
        (status(400, {"error": {"code": "content_filter"}}), "content-filter"),
        (status(400, {"error": "This model's maximum context length is 9"}), "context-overflow"),
        (status(429, {"code": None, "type": "insufficient_quota"}), "quota"),
        (status(500, "<html>"), "server-error"),
        (ValueError({"code": "model_not_found", "message": "?"}), "unknown-model"),
        (ValueError({"code": 500, "message": "?"}), "server-error"),
        (ValueError("a sentence that nobody knows"), "unknown"),
        (openai.OpenAIError("?"), "unknown"),
        (openai.APIConnectionError(request=REQUEST), "connection"),
        (openai.APITimeoutError(request=REQUEST), "deadline"),
        (TimeoutError(), "deadline"),
        (ConnectionResetError(), "connection"),
        (OSError(), "unknown"),
        (RecursionError(), "unreadable"),
        (BodyTooLongError(), "too-long"),
    ],
)
def test_a_fault_is_judged_by_its_code_then_its_status_then_its_class(fault: Exception, kind: str) -> None:
    assert of_fault(fault).kind == kind


def test_a_body_that_grew_too_long_is_found_below_what_the_client_raises() -> None:
    raised = openai.APIConnectionError(request=REQUEST)
    raised.__cause__ = BodyTooLongError()

    assert of_fault(raised).kind == "too-long"


def test_only_what_is_retried_has_a_wait() -> None:
    assert of_fault(status(429, retry_after="3")).wait_seconds == 3
    assert of_fault(status(503, retry_after="3")).wait_seconds == 3
    assert of_fault(status(429, {"code": "insufficient_quota"}, retry_after="3")).wait_seconds is None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer("words", "stop"), "ok"),
        (Answer("words", "tool_calls"), "ok"),
        (Answer("words", None), "cut-off"),
        (Answer("words", "eos"), "cut-off"),
        (Answer("words", "length"), "truncated"),
        (Answer("words", "content_filter"), "content-filter"),
        (Answer("words", "stop", refusal="no"), "refused"),
        (Answer(" \n", "stop"), "empty"),
        (Answer("a\ud800", "stop"), "unreadable"),
        (Answer("x" * 80, "stop"), "ok"),
        (Answer("x" * 81, "stop"), "too-long"),
    ],
)
def test_only_a_whole_reply_is_ok(answer: Answer, kind: str) -> None:
    assert of_reply(answer, schema=None, max_tokens=10).kind == kind


def test_a_reply_that_breaks_its_schema_is_named_by_its_place() -> None:
    outcome = of_reply(Answer('{"a": "canary"}', "stop"), schema={"properties": {"a": {"const": 1}}}, max_tokens=99)

    assert outcome == ("retry", "wrong-schema", None, "$.a: const")


def test_every_kind_ends_as_its_row_says() -> None:
    assert {kind.ended for kind in KINDS.values()} == {"retry", "shrink", "refuse", "fatal"}
    assert all(kind.again == 0 for kind in KINDS.values() if kind.ended in {"refuse", "fatal"})
    assert set(KINDS) >= REPAIRS | TURNED_AWAY
