"""Prompts of a run begin alike, so that an endpoint that keeps beginnings has little to read again."""

from typing import Any

import pytest
from model_server import ModelServer
from prompt_prefix import Author, asked_of, notes, shared

from quire.graphs.document.document_graph import build


def asked_for(content: str, model: str = "m", **more: Any) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": content}], **more}


def test_what_counts_is_the_longest_beginning_of_an_earlier_request_of_the_same_model() -> None:
    sent = [asked_for("abcd"), asked_for("abxx"), asked_for("abcx"), asked_for("abcd", "other")]
    found = shared(sent, schema_first=False)

    around = len("user\n") + len("{}")
    assert 4 * (4 + around) == found.sent
    assert (5 + 2) + (5 + 3) == found.begun_alike


def test_where_the_schema_comes_first_another_one_leaves_nothing_alike() -> None:
    sent = [asked_for("abcd", response_format={"a": 1}), asked_for("abcd", response_format={"b": 1})]

    assert len('{"') == shared(sent, schema_first=True).begun_alike
    assert len("user\nabcd") < shared(sent, schema_first=False).begun_alike


@pytest.mark.long
@pytest.mark.parametrize(("count", "budget"), [(11, "16000"), (11, "4000")], ids=["whole", "searched"])
async def test_three_fifths_of_what_a_run_sends_begins_as_something_that_it_sent_before(
    count: int, budget: str, online: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIRE_EVIDENCE_TOKENS", budget)
    online.reply = Author()

    out = await build().ainvoke(asked_of(notes(count)))

    assert "done" == out["status"]
    assert 0.6 <= shared([asked.body for asked in online.asked], schema_first=False).share
