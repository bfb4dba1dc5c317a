"""Conditions and templates: what they can say, and what they cannot do."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.nodes.decode.expressions import (
    MAX_OUTPUT,
    holds,
    named_in_condition,
    named_in_template,
    problems_of_condition,
    problems_of_template,
    render,
)
from quire.nodes.faults import BadInput


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ('facts.purpose == "rezoning"', {"purpose": "rezoning"}, True),
        ('facts.purpose == "rezoning"', {"purpose": "loan"}, False),
        ('facts.purpose == "rezoning"', {}, False),
        ('facts.purpose != "rezoning"', {}, True),
        ("facts.purpose", {}, False),
        ("not facts.purpose", {}, True),
        ("facts.site.flood", {}, False),
        ("facts['lot area'] > 3", {"lot area": 4}, True),
        ("facts.use in ['bakery', 'shop']", {"use": "shop"}, True),
        ("facts.purpose | default('', true) | lower not in ['', 'information only']", {"purpose": "Loan"}, True),
        ("facts.purpose | default('', true) | lower not in ['', 'information only']", {}, False),
        ("facts.units is defined and facts.units > 2 or facts.seats is not none", {"seats": None}, False),
    ],
)
def test_a_condition_is_decided_over_the_facts(condition: str, facts: dict[str, object], expected: bool) -> None:  # noqa: FBT001 - parametrized
    assert problems_of_condition(condition) == []
    assert holds(condition, facts) is expected


@pytest.mark.parametrize("facts", [{"units": "3"}, {}])
def test_a_condition_that_cannot_be_decided_says_what_to_give(facts: dict[str, object]) -> None:
    with pytest.raises(BadInput, match=r"cannot be decided.*give the facts it compares"):
        holds("facts.units > 2", facts)


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("facts.purpose ==", "is no condition"),
        ("facts.a facts.b", "follows its end"),
        ("", "is no condition"),
        ("purpose == 'x'", "names `purpose`"),
        ("facts.a * 1000000000 == 'x'", "uses `mul`"),
        ("9 ** 9 ** 9 ** 9", "uses `pow`"),
        ("facts.items()", "uses `call`"),
        ("range(9)", "uses `call`"),
        ("facts.a < 1e999", "endless"),
        ("facts.a | format(3)", "No filter named 'format'"),
        ("'%1000000000d' % 1", "uses `mod`"),
        ("(" * 200, "nested deeper"),
        ("not " * 200, "longer than"),
        ("{{ facts.a }}", "is no condition"),
    ],
)
def test_what_is_no_condition_is_refused(condition: str, problem: str) -> None:
    assert problem in " ".join(problems_of_condition(condition))


@pytest.mark.parametrize(
    "template",
    [
        "{{ title }}: {{ facts.client }}",
        "{% if facts.date is defined %}Dated {{ facts.date }}.{% endif %}",
        "{% for use in facts.uses %}{% for part in use.parts %}{{ part | upper }}{% endfor %}, {% endfor %}",
        "{{ inputs.parking.values.required.text }} and {{ facts.names | join(', ') }}",
        "{% for row in facts.rows %}{{ loop.index }}: {{ row }}{% endfor %}",
    ],
)
def test_a_template_is_sound(template: str) -> None:
    assert problems_of_template(template) == []


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ title ", "is no template"),
        ("{% if title %}", "is no template"),
        ("{{ client }}", "names `client`"),
        ("{{ range(9) }}", "uses `call`"),
        ("{{ lipsum }}", "names `lipsum`"),
        ("{% set a = title ~ title %}{{ a }}", "uses `assign`"),
        ("{% macro m() %}{{ m() }}{% endmacro %}", "uses `macro`"),
        ("{% include 'x' %}", "uses `include`"),
        ("{% import 'x' as x %}", "uses `import`"),
        ("{{ 'a' * 1000000000 }}", "uses `mul`"),
        ("{{ title | center(1000000000) }}", "No filter named 'center'"),
        ("{{ title | replace('', title) }}", "No filter named 'replace'"),
        ("{% for a in facts.l %}{% for b in facts.l %}x{% endfor %}{% endfor %}", "a loop within a loop"),
        ("{{ facts.l | join(facts.s) }}", "`join` takes"),
        ("{{ '" + "(" * 100 + "' }}", "nested deeper"),
        ("{% if title %}" * 150 + "{% endif %}" * 150, "is no template"),
    ],
)
def test_what_could_run_away_is_no_template(template: str, problem: str) -> None:
    assert problem in " ".join(problems_of_template(template))


def test_a_template_writes_its_text() -> None:
    inputs = {"parking": {"values": {"required": {"text": "14 spaces"}}}}

    text = render(
        "{{ title }} for {{ facts.client }}: {{ inputs.parking.values.required.text }} {{ '<b>' }}",
        title="Report",
        facts={"client": "Harbour"},
        inputs=inputs,
    )

    assert text == "Report for Harbour: 14 spaces <b>"


def test_a_name_that_is_not_given_is_never_a_blank() -> None:
    with pytest.raises(BadInput, match=r"cannot be filled.*client"):
        render("For {{ facts.client }}", title="", facts={}, inputs={})


def test_a_template_stops_at_its_limit() -> None:
    facts = {"rows": ["x"] * 10_000, "text": "y" * 1000}

    with pytest.raises(BadInput, match=f"more than {MAX_OUTPUT}"):
        render("{% for row in facts.rows %}{{ facts.text }}{% endfor %}", title="", facts=facts, inputs={})


def test_nothing_below_the_facts_can_be_reached() -> None:
    hidden = "{{ facts.__class__.__mro__ }}"

    assert problems_of_template(hidden) == []
    with pytest.raises(BadInput, match="no attribute '__class__'"):
        render(hidden, title="", facts={}, inputs={})
    with pytest.raises(BadInput, match="unsafe"):
        render("{{ title.__class__.__mro__ }}", title="", facts={}, inputs={})


def test_the_names_used_are_known() -> None:
    assert named_in_condition("facts.a == 1 and facts['b c'].d") == ["a", "b c"]
    assert named_in_template("{{ facts.a }}{% if inputs.b.values.c %}{{ inputs['d-e'] }}{% endif %}", "inputs") == [
        "b",
        "d-e",
    ]


_WORDS = st.sampled_from(
    ["facts", ".a", "['b']", " and ", " not ", " in ", "(", ")", "[", "]", " == ", " < ", "1", "'x'", "~", "{{", "}}",
     "{%", "%}", " if ", " else ", "for ", "\n", "**", " is none", "\\", '"', "#}", "9" * 50, "1e999", "title", "-",
     "|lower", "|first", "|dictsort", "|sort", "|join", "|unique", "|items", "|abs", "|int", "|sort(attribute='a')"]
)  # fmt: skip
_FACTS = st.dictionaries(
    st.sampled_from("ab"), st.integers() | st.text(string.printable, max_size=3) | st.lists(st.none())
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=25).map("".join) | st.text(max_size=30), _FACTS)
def test_a_condition_without_problems_is_decided_or_refused(condition: str, facts: dict[str, object]) -> None:
    if not problems_of_condition(condition):
        try:
            holds(condition, facts)
        except BadInput as refused:
            assert "cannot be decided" in refused.problem  # noqa: PT017 - either outcome is right


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=25).map("".join) | st.text(max_size=30), _FACTS)
def test_a_template_without_problems_is_written_or_refused(template: str, facts: dict[str, object]) -> None:
    if not problems_of_template(template):
        try:
            render(template, title="T", facts=facts, inputs={})
        except BadInput as refused:
            assert "cannot be filled" in refused.problem  # noqa: PT017 - either outcome is right
