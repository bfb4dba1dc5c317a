"""What the JSON reader reads, and what it refuses with the place it stands at."""

import json
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.nodes.decode.strict_json import parse
from quire.nodes.faults import BadInput


@pytest.mark.parametrize(
    ("text", "line", "field", "problem"),
    [
        ('{"a": 1,\n "b": NaN}', 2, "b", "not a finite number"),
        ('{"a": [1,\n -Infinity]}', 2, "a[1]", "not a finite number"),
        ('{"a": 1e999}', 1, "a", "not a finite number"),
        ('{"a": 1,\n "a": 2}', 2, "a", 'the key "a" is already on line 1'),
        ('{"a":\n' + "9" * 5000 + "}", 1, "a", "too large a number"),
        ('{"a": 1,}', 1, "", "comma"),
        ("[1, 2,\n]", 2, "", "comma"),
        ("[1 2]", 1, "", 'expected ","'),
        ('{"a" 1}', 1, "", 'expected ":"'),
        ("{a: 1}", 1, "", "double quotes"),
        ('{"a": 01}', 1, "", 'expected ","'),
        ('{"a": "x\ny"}', 1, "", "is not JSON"),
        ('{"a": "\\ud800"}', 1, "a", "U+D800"),
        ('{"a": "\\u0000"}', 1, "a", "U+0000"),
        ('{"a": 1} {}', 1, "", "follows the end"),
        ("", 1, "", "is not JSON"),
        ('{"a"', 1, "", 'expected ":"'),
        ('{"a": ', 1, "", "is not JSON"),
        ("[", 1, "", "is not JSON"),
        ("[" * 5000, 1, "[0][0][0]", "deeper than 16"),
        ("{'a': 1}", 1, "", "double quotes"),
        ("// x\n{}", 1, "", "is not JSON"),
        ('{"": 1}', 1, "", "a key of 0 characters"),
    ],
)
def test_a_refusal_names_file_line_and_field(text: str, line: int, field: str, problem: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text, "brief.json")

    assert problem in caught.value.problem
    assert (caught.value.file, caught.value.line, caught.value.field) == ("brief.json", line, field)


def test_a_pair_of_surrogate_escapes_is_one_character() -> None:
    assert parse('{"a": "\\ud83d\\ude00"}').value == {"a": "😀"}


def test_tabs_indent_json() -> None:
    located = parse('{\n\t"a": {\n\t\t"b": [1,\n\t\t\t2]\n\t}\n}\n')

    assert located.value == {"a": {"b": [1, 2]}}
    assert [located.line(place) for place in [("a",), ("a", "b"), ("a", "b", 0), ("a", "b", 1)]] == [2, 3, 3, 4]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(string.ascii_letters, min_size=1, max_size=8), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(json_values, st.sampled_from([{}, {"indent": 2}, {"indent": "\t", "ensure_ascii": False}]))
def test_what_the_standard_library_writes_is_read_the_same(value: object, style: dict[str, Any]) -> None:
    assert parse(json.dumps(value, **style)).value == value


_PIECES = st.sampled_from(
    ['{"a": ', '"b"', "1", "-", ".5", "e9", "[", "]", "{", "}", ",", ":", " ", "\n", "true", "nul", "NaN", '"\\u', "\\",
     "\x00", "\ud800"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60))
def test_nothing_but_bad_input_comes_out_of_any_text(text: str) -> None:
    try:
        located = parse(text, "f.json")
    except BadInput as refused:
        assert refused.file == "f.json"  # noqa: PT017 - either outcome is right
    else:
        assert json.loads(text) == located.value
