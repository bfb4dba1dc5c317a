"""What the YAML reader reads, and what it refuses with the place it stands at."""

import json
import string

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.nodes.decode import strict_yaml
from quire.nodes.decode.strict_yaml import parse
from quire.nodes.faults import BadInput


def refusal_of(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        parse(text, "brief.yaml")
    return caught.value


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Either of PyYAML's parsers, since which one is there depends on how it was built."""
    monkeypatch.setattr(strict_yaml, "_READER", getattr(yaml, request.param))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-01", "2026-03-01"),
        ("12:30:45", "12:30:45"),
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("+5", "+5"),
        ("=", "="),
        ("14-022-07", "14-022-07"),
        ("4,500", "4,500"),
        ("1.2.3", "1.2.3"),
        ("'3'", "3"),
        ('"true"', "true"),
        ("3", 3),
        ("-3", -3),
        ("3.50", 3.5),
        ("1e3", 1000.0),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("9007199254740991", 2**53 - 1),
    ],
)
@pytest.mark.usefixtures("_reader")
def test_a_scalar_is_what_yaml_1_2_and_its_reader_take_it_for(written: str, read: object) -> None:
    value = parse(f"a: {written}").value["a"]

    assert value == read
    assert type(value) is type(read)


@pytest.mark.parametrize(
    ("text", "line", "field", "problem"),
    [
        ("a: 1\nb: &x 2\n", 2, "b", "uses the anchor &x"),
        ("a: 1\nb:\n  - *x\n", 3, "b[0]", "uses the alias *x"),
        ("a: 1\n*x : 2\n", 2, "", "uses the alias *x"),
        ("a: 1\nb: !!int '2'\n", 2, "b", "uses the tag tag:yaml.org,2002:int"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "a", "uses the tag tag:yaml.org,2002:python"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "a.b", 'the key "b" is already on line 2'),
        ("a:\n  lot area: 1\n  lot area: 3\n", 3, 'a["lot area"]', "already on line 2"),
        ("a:\n - 1\n - .inf\n", 3, "a[1]", "not a finite number"),
        ("a:\n - -.INF\n", 2, "a[0]", "not a finite number"),
        ("a: .nan\n", 1, "a", "not a finite number"),
        ("a: 1e999\n", 1, "a", "not a finite number"),
        ("b: 0\na: 9007199254740993\n", 2, "a", "too large a number"),
        ("a: " + "9" * 5000, 1, "a", "too large a number"),
        ("a: 1\n? [x]\n: 2\n", 2, "", "mapping or list for a key"),
        ("a: 1\n---\nb: 2\n", 2, "", "second document"),
        ("a:\n\tb: 1\n", 2, "", "is not YAML"),
        ("a: b: c\n", 1, "", "is not YAML"),
        ("a: [1, 2\n", 2, "", "is not YAML"),
        ("x: 1\na: 'open\n", 3, "", "is not YAML"),
        ("a: 1\nb: \x00\n", 2, "", "U+0000"),
        ("a: 1\nb: \ud800\n", 2, "", "U+D800"),
        ("é: 1\nb: \x07\n", 2, "", "U+0007"),
        ('a: 1\nb: "\\0"\n', 2, "b", "U+0000"),
        ("a: 1\n'': 2\n", 1, "", "a key of 0 characters"),
        ("[" * 900, 1, "[0][0][0]", "deeper than 16"),
        ("- " * 900, 1, "[0][0][0]", "deeper than 16"),
        ("a: [" + "1," * 10_001 + "]", 1, "", "more than 10000 values"),
    ],
)
@pytest.mark.usefixtures("_reader")
def test_a_refusal_names_file_line_and_field(text: str, line: int, field: str, problem: str) -> None:
    refused = refusal_of(text)

    assert problem in refused.problem
    assert (refused.file, refused.field) == ("brief.yaml", field)
    assert refused.line in {line, line - 1} if problem == "is not YAML" else refused.line == line


@pytest.mark.parametrize("escape", [r"\ud800", r"\UFFFFFFFF", r"\U00110000"])
@pytest.mark.usefixtures("_reader")
def test_an_escape_that_stands_for_no_character_is_refused(escape: str) -> None:
    assert refusal_of(f'a: "{escape}"').file == "brief.yaml"


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))

    assert "anchor &a0" in refusal_of(bomb).problem


def test_lines_are_known_by_place() -> None:
    located = parse(
        "# a comment\nsections:\n  - id: one\n    after:\n      - zero\n\n  - {id: two,\n     after: [one]}\n"
    )

    assert located.line(("sections",)) == 2
    assert located.line(("sections", 0)) == 3
    assert located.line(("sections", 0, "after")) == 4
    assert located.line(("sections", 0, "after", 0)) == 5
    assert located.line(("sections", 1, "id")) == 7
    assert located.line(("sections", 1, "after")) == 8
    assert located.line(("sections", 1, "words")) == 7, "what is not there stands where it would be"


def test_a_part_keeps_its_lines_and_its_name() -> None:
    part = parse("blueprint:\n  name: x\n  sections:\n    - id: a\n", "brief.yaml").part("blueprint")

    fault = part.fault(("sections", 0, "id"), "is odd")

    assert str(fault) == "brief.yaml:4, blueprint.sections[0].id: is odd"


def test_an_empty_file_is_null() -> None:
    assert parse("").value is None
    assert parse("# nothing\n").value is None


def test_block_text_and_comments_are_read() -> None:
    assert parse("a: |\n  one # kept\n  two\nb: >-\n  folded\n  text # also kept\n").value == {
        "a": "one # kept\ntwo\n",
        "b": "folded text # also kept",
    }


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["C"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(string.ascii_letters, min_size=1, max_size=8), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@pytest.mark.long
@settings(max_examples=200, deadline=None)
@given(json_values)
def test_json_that_yaml_can_read_is_read_the_same(value: object) -> None:
    assert parse(json.dumps(value, ensure_ascii=False)).value == value


_PIECES = st.sampled_from(
    ["a", "b: ", "- ", "\n", "  ", "? ", ": ", "&x ", "*x", "!t ", "!!str ", "[", "]", "{", "}", ",", '"', "'", "|\n",
     ">-\n", "#", "---\n", "...\n", "%YAML 1.2\n", "<<: ", "\\x", "\t", "1e9", ".nan", "\x00", "\ud800", "\u202e", "é",
     "@", "`", "~"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=60), st.sampled_from(["CSafeLoader", "SafeLoader"])
)
def test_nothing_but_bad_input_comes_out_of_any_text(text: str, reader: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "_READER", getattr(yaml, reader))
        try:
            located = parse(text, "f.yaml")
        except BadInput as refused:
            assert refused.file == "f.yaml"  # noqa: PT017 - either outcome is right
        else:
            json.dumps(located.value, allow_nan=False).encode()
