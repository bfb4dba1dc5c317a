"""Blueprints: what is read, what is refused and where, and what follows from them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.graphs.intake.blueprint import decode, load_builtin, names, resolve, topological, when_holds
from quire.graphs.intake.installed_kinds import installed
from quire.nodes.decode.located import Located
from quire.nodes.decode.strict_yaml import parse
from quire.nodes.faults import BadInput

PLAIN = """\
name: memo
title: Memo
facts:
  client: {description: Who asked., required: true}
  purpose: {}
rules:
  - {id: R-1, text: No promises., forbid: ['\\bguarantee']}
  - {id: R-2, text: One voice., scope: document, read: true}
sections:
  - id: header
    title: Header
    kind: template
    instructions: "For {{ facts.client }}"
  - id: body
    title: Body
    after: [header.drafted]
    rules: [R-1]
    when: facts.purpose == 'loan'
  - id: end
    title: End
    after: [header, body]
    wait_failed: {body: stub}
"""

AGENT = "{name: tone, handles: [SectionDrafted], checklist: [Is it plain?]}"


def refusal_of(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        decode(parse(text, "memo.yaml"))
    return caught.value


def changed(old: str, new: str) -> str:
    assert old in PLAIN
    return PLAIN.replace(old, new)


def test_a_blueprint_is_read_with_its_defaults() -> None:
    memo = decode(parse(PLAIN, "memo.yaml"))

    body, end = memo.sections[1], memo.sections[2]
    assert (memo.rules[0].severity, memo.rules[0].scope) == ("error", "section")
    assert (body.kind, body.sources, body.agents, body.needs) == ("prose", [], None, ["header"])
    assert [end.policy(needed) for needed in end.needs] == ["stop", "stub"]
    assert memo.sections[1].policy("header") == "stop"


def test_what_is_dumped_is_read_again() -> None:
    memo = decode(parse(PLAIN))

    dumped = json.loads(json.dumps(memo.model_dump(mode="json")))

    assert resolve(dumped) == memo


@pytest.mark.parametrize(
    ("text", "line", "field", "problem"),
    [
        (changed("title: Memo", "titel: Memo"), 2, "titel", 'unknown key "titel"'),
        (changed("    rules: [R-1]", "    rule: [R-1]"), 17, "sections[1].rule", "did you mean rules?"),
        (changed("    title: Body", "    name: Body"), 14, "sections[1].title", "is missing"),
        (changed("id: body", "id: Body"), 14, "sections[1].id", "must be lower-case"),
        (changed("id: body", "id: header"), 14, "sections[1].id", "already the id of sections[0]"),
        (changed("id: R-2", "id: R-1"), 8, "rules[1].id", "already the id of rules[0]"),
        (changed("[header, body]", "[header, bodi]"), 21, "sections[2].after[1]", "did you mean body?"),
        (changed("[header, body]", "[header, body.approved]"), 21, "sections[2].after[1]", "must be a section's id"),
        (changed("[header, body]", "[body, body.drafted]"), 21, "sections[2].after", "'body' 2 times"),
        (changed("[header, body]", "header"), 21, "sections[2].after", "must be a valid list"),
        (changed("[header.drafted]", "[end]"), 16, "sections[1].after", "body -> end -> body"),
        (changed("[header.drafted]", "[body]"), 16, "sections[1].after", "body -> body"),
        (changed("rules: [R-1]", "rules: [R-9]"), 17, "sections[1].rules[0]", "there is no rule 'R-9'"),
        (changed("rules: [R-1]", "rules: [R-2]"), 17, "sections[1].rules[0]", "for the whole document"),
        (changed("{body: stub}", "{body: skip}"), 22, "sections[2].wait_failed", "must be `stop` or `stub`"),
        (changed("{body: stub}", "maybe"), 22, "sections[2].wait_failed", "must be `stop` or `stub`"),
        (changed("{body: stub}", "{bodi: stub}"), 22, "sections[2].wait_failed.bodi", "does not wait for 'bodi'"),
        (changed('"For {{ facts.client }}"', '" "'), 13, "sections[0].instructions", "is missing"),
        (changed("facts.client }}", "facts.clint }}"), 13, "sections[0].instructions", "did you mean client?"),
        (changed("facts.client }}", "inputs.body }}"), 13, "sections[0].instructions", "names no section 'body'"),
        (changed("facts.client }}", "facts.client"), 13, "sections[0].instructions", "is no template"),
        (changed("facts.purpose ==", "facts.purpos =="), 18, "sections[1].when", "did you mean purpose?"),
        (changed("facts.purpose ==", "facts.purpose ="), 18, "sections[1].when", "is no condition"),
        (changed("'\\bguarantee'", "'(a'"), 7, "rules[0].forbid[0]", "is no regular expression"),
        (changed("'\\bguarantee'", "'(a+)+'"), 7, "rules[0].forbid[0]", "repeats a group"),
        (changed("'\\bguarantee'", f"'{'a' * 201}'"), 7, "rules[0].forbid[0]", "at most 200 characters"),
        (changed("read: true", "read: false"), 8, "rules[1]", "has none of them"),
        (changed("read: true", "read: true, require: [x]"), 8, "rules[1]", "has require and read"),
        (changed("read: true", "check: nowhere.at_all"), 8, "rules[1].check", "there is no check"),
        (changed("read: true", "check: checking.rules_for"), 8, "rules[1].check", "no check"),
        (changed("kind: template", "kind: table"), 10, "sections[0].compute", "is missing"),
        (changed("    rules: [R-1]", "    compute: zoning.nowhere"), 17, "sections[1].compute", "no computation"),
        (changed("    rules: [R-1]", "    compute: materials.nowhere"), 17, "sections[1].compute", "no computation"),
        (changed("    rules: [R-1]", "    compute: os.system"), 17, "sections[1].compute", "no computation"),
        (changed("    rules: [R-1]", "    compute: zoning..x"), 17, "sections[1].compute", "must be two names"),
        (
            changed("    rules: [R-1]", "    words: '300'"),
            17,
            "sections[1].words",
            'must be a valid integer, not "300"',
        ),
        (changed("    rules: [R-1]", "    words: 0"), 17, "sections[1].words", "greater than or equal to 1"),
        (changed("    rules: [R-1]", "    kind: essay"), 17, "sections[1].kind", "'prose', 'table' or 'template'"),
        (changed("required: true", "required: yes"), 4, "facts.client.required", "must be a valid boolean"),
        (changed("  purpose: {}", "  Purpose: {}"), 5, "facts.Purpose", "must be lower-case"),
        (
            changed("name: memo", "name: memo\nagents: [{name: x, handles: [SectionDrafted]}]"),
            2,
            "agents[0]",
            "either a prompt",
        ),
        (changed("name: memo", "name: memo\nagents: [{name: x, handles: []}]"), 2, "agents[0].handles", "at least 1"),
        (changed("name: memo", f"name: memo\nagents: [{AGENT}, {AGENT}]"), 2, "agents[1].name", "already the name of"),
        (
            changed("kind: template", "kind: template\n    compute: zoning.header"),
            13,
            "sections[0].compute",
            "not computed",
        ),
        (changed("title: Memo", "title: Memo\nxyzzy: 1"), 3, "xyzzy", "(leave it out)"),
        (changed("title: Memo", 'title: "Me\\u202emo"'), 2, "title", "U+202E"),
        (changed("title: Memo", 'title: "Me\\nmo"'), 2, "title", "must be one line"),
        ("sections: []\nname: a\ntitle: b\n", 1, "sections", "at least 1"),
        ("- a\n", 1, "", "must be a mapping or a name"),
        ("", 0, "", "must be a mapping or a name"),
    ],
)
def test_a_refusal_names_file_line_and_field(text: str, line: int, field: str, problem: str) -> None:
    refused = refusal_of(text)

    found = [each for each in refused.problems if problem in str(each)]
    assert [(each.file, each.line, each.field) for each in found] == [("memo.yaml", line, field)], str(refused)
    assert len(refused.problems) <= 2, "a mistake is a message, or two where it leaves something out"


def test_all_mistakes_are_named_at_once() -> None:
    text = changed("rules: [R-1]", "rules: [R-9]").replace("[header, body]", "[nowhere]").replace("(", "")

    refused = refusal_of(text.replace("facts.purpose ==", "facts.purpose ="))

    fields = [problem.field for problem in refused.problems]
    assert fields == [
        "sections[1].rules[0]",
        "sections[1].when",
        "sections[2].after[0]",
        "sections[2].wait_failed.body",
    ]
    assert str(refused).count("\n") == 3


def test_mistakes_of_every_kind_are_named_at_once() -> None:
    text = changed("title: Memo\n", "").replace("[header.drafted]", "[end]").replace("rules: [R-1]", "rules: [R-9]")
    text = text.replace("required: true", "required: yes").replace("facts.purpose ==", "facts.purpose =")

    refused = refusal_of(text)

    assert {
        "title", "facts.client.required", "sections[1].after", "sections[1].rules[0]", "sections[1].when",
    } == {problem.field for problem in refused.problems}  # fmt: skip


def test_every_ring_of_sections_is_named_at_once() -> None:
    sections = [{"id": one, "title": one, "after": [other]} for one, other in ("ab", "ba", "cd", "dc", "ee")]

    with pytest.raises(BadInput) as refused:
        decode(Located({"name": "rings", "title": "Rings", "sections": sections}))

    told = str(refused.value)
    assert ["a -> b -> a" in told, "c -> d -> c" in told, "e -> e" in told] == [True, True, True]


def test_what_only_follows_from_a_mistake_is_not_named() -> None:
    sections = [{"title": "A"}, {"id": "b", "title": "B", "after": ["a"]}, {"id": "c", "title": "C", "after": [3]}]

    with pytest.raises(BadInput) as refused:
        decode(Located({"name": "lost", "title": "Lost", "sections": sections}))

    assert ["sections[0].id", "sections[2].after[0]"] == [problem.field for problem in refused.value.problems]


@pytest.mark.parametrize("count", [200, 201])
def test_sections_are_limited(count: int) -> None:
    sections = [{"id": f"s{number}", "title": "S"} for number in range(count)]
    many = Located({"name": "many", "title": "Many", "sections": sections})

    if count == 200:
        assert len(decode(many).sections) == 200
    else:
        with pytest.raises(BadInput, match="at most 200 items"):
            decode(many)


def test_an_agent_is_declared_as_data() -> None:
    memo = decode(parse(changed("name: memo", f"name: memo\nagents: [{AGENT}]")))

    assert memo.agents[0].model_dump() == {
        "name": "tone",
        "handles": ["SectionDrafted"],
        "prompt": None,
        "checklist": ["Is it plain?"],
    }


def test_a_blueprint_is_limited_in_size() -> None:
    sections = [{"id": f"s{number}", "title": "S", "instructions": "x" * 20_000} for number in range(14)]

    with pytest.raises(BadInput, match="larger than 256 kB"):
        decode(Located({"name": "large", "title": "Large", "sections": sections}))


@pytest.mark.parametrize("name", names())
def test_every_blueprint_that_ships_is_sound(name: str) -> None:
    shipped = load_builtin(name)

    kind = installed()[name]
    assert shipped.name == name
    assert shipped == decode(parse(kind.text, kind.file))
    assert len(topological(shipped.sections)) == len(shipped.sections)
    assert resolve(name) is shipped


def test_a_blueprint_that_does_not_ship_is_refused() -> None:
    with pytest.raises(BadInput, match=r"there is no blueprint 'nope'.*general-report"):
        load_builtin("nope")
    with pytest.raises(BadInput, match="there is no blueprint"):
        load_builtin("../blueprints/general-report")


def test_a_section_is_written_when_its_condition_holds() -> None:
    header, body, _ = decode(parse(PLAIN)).sections

    assert when_holds(header, {})
    assert when_holds(body, {"purpose": "loan"})
    assert not when_holds(body, {"purpose": "sale"})
    assert not when_holds(body, {})


def _odd_somewhere(draw: Callable[[st.SearchStrategy[Any]], Any], value: Any) -> Any:
    """Walk into a random part and put something else there."""
    if isinstance(value, dict | list) and value and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(value, key=str) if isinstance(value, dict) else range(len(value))))
        value[key] = _odd_somewhere(draw, value[key])
        return value
    return draw(_ODD)


_ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.binary(max_size=2), st.just(()),
    st.sampled_from(["header", "header.drafted", "R-1", "facts.client", "{{ x }}", "(a+)+", "stub", "template"]),
    st.sampled_from(["\ud800", "\x00", "\u202e"]),
    st.lists(st.text(max_size=3) | st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3) | st.integers(), st.none(), max_size=2),
)  # fmt: skip


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(st.data())
def test_nothing_but_bad_input_comes_out_of_any_blueprint(data: st.DataObject) -> None:
    blueprint = parse(PLAIN).value
    for _ in range(data.draw(st.integers(1, 3))):
        blueprint = _odd_somewhere(data.draw, blueprint)
    try:
        read = decode(Located(blueprint))
    except BadInput as refused:
        str(refused).encode()
        assert refused.problems  # noqa: PT017 - either outcome is right
    else:
        assert resolve(read.model_dump(mode="json")) == read
