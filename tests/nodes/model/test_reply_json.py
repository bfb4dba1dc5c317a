"""Replies are read strictly, and what fails is named by its place alone."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.nodes.model.reply_json import UnfitReplyError, parse

SCHEMA = {
    "type": "object",
    "properties": {
        "claims": {
            "type": "array",
            "maxItems": 3,
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string", "minLength": 1, "maxLength": 20},
                    "basis": {"enum": ["source", "computed"]},
                },
                "required": ["text", "basis"],
                "additionalProperties": False,
            },
        },
        "score": {"type": ["number", "null"]},
    },
    "required": ["claims"],
    "additionalProperties": False,
}
GOOD = {"claims": [{"text": "words", "basis": "source"}]}


def place_of(text: str, schema: dict[str, Any] = SCHEMA) -> str:
    with pytest.raises(UnfitReplyError) as unfit:
        parse(text, schema)
    return unfit.value.place


def test_a_fitting_reply_is_read() -> None:
    assert parse(json.dumps(GOOD), SCHEMA) == GOOD


@pytest.mark.parametrize("fenced", ["```json\n{}\n```", "```\n{}\n```\n", "\n ```JSON\n{}\n  ```"])
def test_one_markdown_fence_is_taken_off(fenced: str) -> None:
    assert parse(fenced.replace("{}", json.dumps(GOOD)), SCHEMA) == GOOD


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"claims": [{"text": "canary"}]}, "$.claims[0]: required"),
        ({"claims": [{"text": "", "basis": "source"}]}, "$.claims[0].text: minLength"),
        ({"claims": [{"text": "canary " * 9, "basis": "source"}]}, "$.claims[0].text: maxLength"),
        ({"claims": [{"text": "x", "basis": "canary"}]}, "$.claims[0].basis: enum"),
        ({"claims": [{"text": 3, "basis": "source"}]}, "$.claims[0].text: type"),
        ({"claims": [{"text": "x", "basis": "source", "canary": 1}]}, "$.claims[0]: additionalProperties"),
        ({"claims": [GOOD["claims"][0]] * 4}, "$.claims: maxItems"),
        ({"claims": [], "score": True}, "$.score: type"),
        (["canary"], "$: type"),
    ],
)
def test_a_breach_of_the_schema_is_named_by_place_and_rule(change: object, place: str) -> None:
    assert place_of(json.dumps(change)) == place


def test_a_key_that_the_schema_does_not_name_is_not_repeated() -> None:
    open_schema = {"type": "object", "additionalProperties": {"type": "integer"}}

    assert place_of('{"canary": "x"}', open_schema) == "$.*: type"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "canary",
        '{"claims": []} canary',
        '{"claims": []',
        '{"claims": [], "claims": []}',
        '{"score": NaN, "claims": []}',
        '{"score": -Infinity, "claims": []}',
        '{"score": 1e999, "claims": []}',
        '{"score": %s, "claims": []}' % ("9" * 5000),
        '{"claims": "\\u0000"}',
        '{"claims": "\\ud800"}',
        '{"\\udfff": 1}',
        "[" * 100_000,
        '{"a":' * 40 + "1" + "}" * 40,
        "```json\n```json\n{}\n```\n```",
        "'claims'",
    ],
)
def test_what_is_not_strict_json_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(UnfitReplyError) as unfit:
        parse(text, SCHEMA)

    assert unfit.value.kind == "not-json"
    assert "canary" not in str(unfit.value)


def test_brackets_in_strings_are_not_levels() -> None:
    text = json.dumps("[" * 1000 + '"')

    assert parse(text, {"type": "string"}) == "[" * 1000 + '"'


@pytest.mark.long
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_every_storable_value_is_read_as_it_was_written(value: Any) -> None:
    text = json.dumps(value)
    if "\\u0000" in text:
        with pytest.raises(UnfitReplyError):
            parse(text, {})
    else:
        assert parse(text, {}) == value


@pytest.mark.long
@given(st.text())
def test_whatever_comes_is_read_or_refused(text: str) -> None:
    with suppress(UnfitReplyError):
        parse(text, SCHEMA)
