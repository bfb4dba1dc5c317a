"""Plain JSON, its limits, and how places and values are spelt."""

import datetime as dt
import math
from typing import Any

import pytest

from quire.nodes.decode.located import Located, field_name, require_plain, shown
from quire.nodes.faults import BadInput


def nested(depth: int) -> list[Any]:
    return [nested(depth - 1)] if depth > 1 else []


@pytest.mark.parametrize(
    "value",
    [{"a": [1, -2.5, True, None, "é\n\t"]}, nested(16), [0] * 9_999, 2**53 - 1, "مرحبا", "\U0001f600", {"lot area": 1}],
)
def test_plain_json_is_taken(value: object) -> None:
    require_plain(Located(value))


@pytest.mark.parametrize(
    ("value", "refusal"),
    [
        ({"a": dt.date(2026, 3, 1)}, "a: is a date, which is no JSON value"),
        ({"a": (1, 2)}, "a: is a tuple, which is no JSON value"),
        ({"a": [b"x"]}, "a[0]: is a bytes, which is no JSON value"),
        ({"a": {1: 2}}, "a: has the key 1, which is not text"),
        ({"a": {"b\n\x00": 2}}, "a: has a key that holds the character U+0000"),
        ({"a": {"k" * 257: 2}}, "a: has a key of 257 characters"),
        ({"a": math.nan}, "a: is not a finite number"),
        ({"a": 2**53}, "a: is too large a number"),
        ({"a": "x\x1b[31m"}, "a: holds the character U+001B"),
        ({"a": "x\u202ey"}, "a: holds the character U+202E"),
        ({"a": "\ud800"}, "a: holds the character U+D800"),
        (nested(17), "[0][0][0]: is nested deeper than 16 levels"),
        ([0] * 10_000, "holds more than 10000 values"),
    ],
)
def test_what_is_not_plain_is_refused_where_it_stands(value: object, refusal: str) -> None:
    with pytest.raises(BadInput) as caught:
        require_plain(Located(value))

    assert str(caught.value).startswith(refusal)


def test_a_list_that_holds_itself_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)

    with pytest.raises(BadInput, match="deeper than 16"):
        require_plain(Located(endless))


def test_a_sources_own_text_may_hold_control_characters_but_must_have_an_encoding() -> None:
    require_plain(Located({"text": "page\x0cpage"}), raw=lambda place: place == ("text",))

    with pytest.raises(BadInput, match=r"U\+D800"):
        require_plain(Located({"text": "\ud800"}), raw=lambda place: place == ("text",))


def test_a_place_is_spelt_as_people_read_it() -> None:
    assert field_name(("sections", 3, "wait-failed", "lot area", 0)) == 'sections[3].wait-failed["lot area"][0]'
    assert field_name(()) == ""


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        ("a\n\u202eb", '"a\\u000a\\u202eb"'),
        ("x" * 61, "a text of 61 characters"),
        (None, "null"),
        (True, "true"),
        (3, "3"),
        (10**70, "a huge number"),
        ({"secret": 1}, "a mapping"),
        ([1], "a list"),
    ],
)
def test_a_value_is_shown_short_and_on_one_line(value: object, spelt: str) -> None:
    assert shown(value) == spelt
