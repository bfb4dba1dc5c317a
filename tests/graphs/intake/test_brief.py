"""Briefs: what is read, what is refused and where, and what the graph is given."""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quire.graphs.intake import brief_files, brief_sources
from quire.graphs.intake.brief import bytes_of, check, decode, load
from quire.nodes.faults import BadInput

BLUEPRINT = """\
name: memo
title: Memo
facts:
  client: {required: true, description: Who asked for it.}
  floors: {default: 2}
sections:
  - {id: body, title: Body, when: facts.floors > 1}
"""


def write(folder: Path, text: str, name: str = "brief.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def refusal_of(file: Path) -> BadInput:
    with pytest.raises(BadInput) as caught:
        load(file)
    return caught.value


def brief_with(sources: str) -> str:
    return f"blueprint: general-report\ntitle: On the mill\nsources:\n{sources}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Fill a brief's folder with some sources."""
    for name in ("notes.md", "ordinance/r2.md", "ordinance/r1.md", "ordinance/deep/r3.md", "ordinance/.draft.md"):
        write(tmp_path, f"# {name}\n\nThe mill stands in the valley.\n", name)
    write(tmp_path, "use,ratio\nbakery,3\n", "uses.csv")
    return tmp_path


def test_a_brief_is_read_with_its_sources_in_its_own_order(folder: Path) -> None:
    file = write(folder, brief_with("  - uses.csv\n  - ordinance/*.md\n  - {name: letter.md, text: Dear all.}\n"))

    brief = load(file)

    assert brief == {
        "blueprint": "general-report",
        "title": "On the mill",
        "facts": {},
        "sources": [
            {"name": "uses.csv", "text": "use,ratio\nbakery,3\n"},
            {"name": "ordinance/r1.md", "text": "# ordinance/r1.md\n\nThe mill stands in the valley.\n"},
            {"name": "ordinance/r2.md", "text": "# ordinance/r2.md\n\nThe mill stands in the valley.\n"},
            {"name": "letter.md", "text": "Dear all."},
        ],
        "options": {"approve": [], "max_rounds": 2, "budget": {}},
    }


def test_a_decoded_brief_is_decoded_to_itself(folder: Path) -> None:
    write(folder, BLUEPRINT, "memo.yaml")
    text = (
        "blueprint: memo.yaml\nfacts: {client: Harbour, note: null}\nsources: ['**/*.md']\n"
        "options: {approve: [plan, 'section:body'], budget: {usd: 3}}\n"
    )

    brief = load(write(folder, text))

    assert json.loads(json.dumps(brief)) == brief
    assert decode(brief) == brief == decode(brief, over_network=True)
    assert brief["title"] == "Memo", "the blueprint's, where the brief has none"
    assert brief["facts"] == {"client": "Harbour", "floors": 2}
    assert brief["options"] == {"approve": ["plan", "section:body"], "max_rounds": 2, "budget": {"usd": 3.0}}
    assert brief["blueprint"]["sections"][0]["id"] == "body"


def test_facts_keep_their_kind_and_dates_stay_text(folder: Path) -> None:
    text = (
        "blueprint: general-report\nfacts: {date: 2026-03-01, seats: 42, open: yes, at: 12:30:45, parts: [1, {a: b}]}\n"
    )

    facts = load(write(folder, text))["facts"]

    assert facts == {"date": "2026-03-01", "seats": 42, "open": "yes", "at": "12:30:45", "parts": [1, {"a": "b"}]}


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("**/*.md", ["notes.md", "ordinance/deep/r3.md", "ordinance/r1.md", "ordinance/r2.md"]),
        ("ordinance/**", ["ordinance/deep/r3.md", "ordinance/r1.md", "ordinance/r2.md"]),
        ("*/r?.md", ["ordinance/r1.md", "ordinance/r2.md"]),
        ("./ordinance/r[1]*", ["ordinance/r1.md"]),
        ("ordinance/.*.md", ["ordinance/.draft.md"]),
        ("o*/r2.md", ["ordinance/r2.md"]),
        ("*/deep/*.md", ["ordinance/deep/r3.md"]),
        ("ordinance/deep/../r1.md", ["ordinance/r1.md"]),
        ("../elsewhere/*.md", ["../elsewhere/far.md"]),
    ],
)
def test_a_glob_names_files_relative_to_the_brief(folder: Path, pattern: str, names: list[str]) -> None:
    write(folder, "Far away.\n", "elsewhere/far.md")
    for name in ("notes.md", "ordinance/r1.md", "ordinance/r2.md", "ordinance/deep/r3.md", "ordinance/.draft.md"):
        write(folder / "here", (folder / name).read_text(), name)

    brief = load(write(folder / "here", brief_with(f"  - '{pattern}'\n")))

    assert [source["name"] for source in brief["sources"]] == names


def test_an_absolute_glob_and_a_working_directory_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, brief_with(f"  - {folder}/ordinance/*1.md\n"))
    monkeypatch.chdir(folder.parent)

    assert load(Path(folder.name) / "brief.yaml")["sources"][0]["name"] == "ordinance/r1.md"


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (["{}/minutes/2026/*.md"], ["may.md"]),
        (["{}/minutes/**/*.md"], ["2025/may.md", "2026/may.md"]),
        (["{}/minutes/2026/may.md", "{}/plans/*.md"], ["minutes/2026/may.md", "plans/hall.md"]),
        (["{}/minutes/2026/may.md", "../elsewhere/plans/*.md"], ["may.md", "../elsewhere/plans/hall.md"]),
        (["{}/minutes/2026/may.md", "{}/minutes/2026/*.md"], ["may.md"]),
    ],
)
def test_absolute_paths_outside_the_brief_s_folder_say_nothing_of_the_disk(
    folder: Path, patterns: list[str], names: list[str]
) -> None:
    for name in ("minutes/2025/may.md", "minutes/2026/may.md", "plans/hall.md"):
        write(folder / "elsewhere", f"The mill stands in the valley, says {name}.\n", name)
    entries = "".join(f"  - '{pattern.format(folder / 'elsewhere')}'\n" for pattern in patterns)

    brief = load(write(folder / "here", brief_with(entries)))

    assert [source["name"] for source in brief["sources"]] == names


def test_two_files_of_one_name_are_told(folder: Path) -> None:
    write(folder / "elsewhere", "Other notes.\n", "notes.md")
    write(folder / "here", "Notes.\n", "notes.md")

    refused = refusal_of(write(folder / "here", brief_with(f"  - notes.md\n  - {folder}/elsewhere/*.md\n")))

    assert (refused.field, refused.line) == ("sources[1]", 5)
    assert 'another file "notes.md"' in str(refused)


def test_a_name_with_brackets_is_a_name_where_such_a_file_exists(folder: Path) -> None:
    write(folder, "One.\n", "plan [1].md")

    assert load(write(folder, brief_with("  - plan [1].md\n")))["sources"] == [
        {"name": "plan [1].md", "text": "One.\n"}
    ]


def test_a_name_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.md")).write_text("x\n")

    refused = refusal_of(write(folder, brief_with("  - caf*.md\n")))

    assert (refused.line, refused.field) == (4, "sources[0]")
    assert "is not UTF-8" in str(refused).encode().decode()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for root")
@pytest.mark.parametrize("pattern", ["notes.md", "ordinance/*.md"])
def test_what_may_not_be_read_is_refused(folder: Path, pattern: str) -> None:
    (folder / pattern.partition("/")[0]).chmod(0)

    assert "cannot read" in refusal_of(write(folder, brief_with(f"  - {pattern}\n"))).problem


def test_signs_in_the_folders_own_name_are_no_pattern(folder: Path) -> None:
    write(folder, "One.\n", "old [1]/a.md")

    assert load(write(folder / "old [1]", brief_with("  - '*.md'\n")))["sources"] == [
        {"name": "a.md", "text": "One.\n"}
    ]


def test_a_file_that_two_globs_match_is_taken_once(folder: Path) -> None:
    brief = load(write(folder, brief_with("  - ordinance/r2.md\n  - ordinance/*.md\n")))

    assert [source["name"] for source in brief["sources"]] == ["ordinance/r2.md", "ordinance/r1.md"]


def test_a_linked_file_is_read(folder: Path) -> None:
    (folder / "linked.md").symlink_to("notes.md")

    assert "valley" in load(write(folder, brief_with("  - linked.md\n")))["sources"][0]["text"]


def test_bytes_stay_what_they_are(folder: Path) -> None:
    kept = {
        "bom.md": b"\xef\xbb\xbf# Caf\xc3\xa9\r\n\r\nTwo\x0cpages.\r\n",
        "latin.md": "# Café\n\nDéjà vu, señor, garçon, hôtel, naïve.\n".encode("latin-1"),
    }
    for name, data in kept.items():
        (folder / name).write_bytes(data)

    brief = load(write(folder, brief_with("  - bom.md\n  - latin.md\n")))

    assert {source["name"]: bytes_of(source) for source in brief["sources"]} == kept
    assert "text" in brief["sources"][0]
    assert "base64" in brief["sources"][1]
    assert decode(brief) == brief


def test_a_json_brief_is_read_strictly(folder: Path) -> None:
    file = write(
        folder,
        '{"blueprint": "general-report",\n\t"sources": ["notes.md"],\n\t"facts": {"a": "\\ud83d\\ude00"}}',
        "b.json",
    )

    assert load(file)["facts"] == {"a": "😀"}

    write(folder, '{"blueprint": "general-report",\n"facts": {"a": NaN}}', "b.json")
    assert str(refusal_of(file)).startswith(f"{file}:2, facts.a: is not a finite number")


@pytest.mark.parametrize(
    ("text", "line", "field", "problem"),
    [
        ("blueprint: general-reprt\n", 1, "blueprint", "did you mean general-report?"),
        ("title: x\n", 1, "blueprint", "is missing"),
        ("title: x\nblueprint: 3\n", 2, "blueprint", "must be a mapping or a name, not 3"),
        ("title: x\nblueprint: nowhere.yaml\n", 2, "blueprint", "there is no file"),
        ("blueprint: general-report\ntitel: x\n", 2, "titel", 'unknown key "titel" (did you mean title?)'),
        ("blueprint: general-report\ntitle: [x]\n", 2, "title", "must be a valid string, not a list"),
        ('blueprint: general-report\ntitle: "a\\nb"\n', 2, "title", "must be one line"),
        ("blueprint: general-report\nfacts: [a]\n", 2, "facts", "must be a mapping, not a list"),
        ("blueprint: general-report\nfacts:\n  a: &x 1\n", 3, "facts.a", "uses the anchor &x"),
        ("blueprint: general-report\nfacts:\n  a: *x\n", 3, "facts.a", "uses the alias *x"),
        ("blueprint: general-report\nfacts:\n  a: 1\n  a: 2\n", 4, "facts.a", "already on line 3"),
        ('blueprint: general-report\nfacts:\n  a: "\\u202e"\n', 3, "facts.a", "U+202E"),
        ("blueprint: general-report\nsources: notes.md\n", 2, "sources", "must be a valid list"),
        (brief_with("  - uses.csv\n  - note.md\n"), 5, "sources[1]", "did you mean notes.md?"),
        (brief_with("  - notes.md\n  -\n"), 5, "sources[1]", "must be a mapping, not null"),
        (brief_with("  - notes.md\n  - '*.pdf'\n"), 5, "sources[1]", "no file matches '*.pdf'"),
        (brief_with("  - nowhere/**/*.md\n"), 4, "sources[0]", "no file matches"),
        (brief_with("  - nowhere/a.md\n"), 4, "sources[0]", "correct the path"),
        (brief_with("  - ordinance\n"), 4, "sources[0]", "is a folder"),
        (brief_with("  - ''\n"), 4, "sources[0]", "is a folder"),
        (brief_with("  - pipe.md\n"), 4, "sources[0]", "no regular file"),
        (brief_with("  - notes.md\n  - loop.md\n"), 5, "sources[1]", "cannot read"),
        (brief_with("  - 'p*.md'\n"), 4, "sources[0]", "no regular file"),
        (brief_with("  - 'ordinance/../*'\n"), 4, "sources[0]", "a link to a folder"),
        (brief_with("  - 'l*.md'\n"), 4, "sources[0]", "cannot read"),
        (brief_with("  - photo.png\n"), 4, "sources[0]", "photo.png: no reader"),
        (brief_with("  - zeros.md\n"), 4, "sources[0]", "zeros.md: "),
        (brief_with("  - {name: a.md}\n"), 4, "sources[0]", "either text or base64"),
        (brief_with("  - {name: a.md, text: a, base64: YQ==}\n"), 4, "sources[0]", "either text or base64"),
        (brief_with("  - {name: a.md,\n     base64: 'a!'}\n"), 5, "sources[0].base64", "is not base64"),
        (brief_with("  - {name: a.md, txt: a}\n"), 4, "sources[0].txt", "did you mean text?"),
        (brief_with("  - {text: a}\n"), 4, "sources[0].name", "is missing"),
        (brief_with("  - {name: brief, text: a}\n"), 4, "sources[0]", 'the name "brief" is taken'),
        (brief_with("  - notes.md\n  - {name: notes.md, text: a}\n"), 5, "sources[1]", 'the name "notes.md" is taken'),
        (
            "blueprint: general-report\noptions: {max_rounds: 0}\n",
            2,
            "options.max_rounds",
            "greater than or equal to 1",
        ),
        ("blueprint: general-report\noptions: {max_rounds: 11}\n", 2, "options.max_rounds", "less than or equal to 10"),
        ("blueprint: general-report\noptions: {max_rounds: 2.0}\n", 2, "options.max_rounds", "valid integer, not 2.0"),
        (
            "blueprint: general-report\noptions: {approve: [all]}\n",
            2,
            "options.approve[0]",
            '"all" must be conflicts, plan, release',
        ),
        ("blueprint: general-report\noptions:\n  approve:\n  - section:x\n", 4, "options.approve[0]", "no section 'x'"),
        ("blueprint: general-report\noptions: {budget: {euro: 1}}\n", 2, "options.budget.euro", "unknown key"),
        ("blueprint: general-report\noptions: {budget: {usd: -1}}\n", 2, "options.budget.usd", "greater than 0"),
        ("blueprint: general-report\noptions: {budget: {usd: .inf}}\n", 2, "options.budget.usd", "not a finite number"),
        ("- a\n", 1, "", "must be a mapping"),
        ("", 0, "", "must be a mapping"),
    ],
)
def test_a_refusal_names_file_line_and_field(folder: Path, text: str, line: int, field: str, problem: str) -> None:
    os.mkfifo(folder / "pipe.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "link").symlink_to("ordinance")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (folder / "zeros.md").write_bytes(bytes(range(256)) * 4)
    file = write(folder, text)

    refused = refusal_of(file)

    found = [each for each in refused.problems if problem in str(each)]
    assert [(each.file, each.line, each.field) for each in found] == [(str(file), line, field)], str(refused)
    assert len(refused.problems) <= 2, "a mistake is a message, or two where it leaves something out"


@pytest.mark.parametrize("size", ["MAX_SOURCE", "MAX_TOTAL"])
def test_sources_are_limited_in_size(folder: Path, monkeypatch: pytest.MonkeyPatch, size: str) -> None:
    for module in (brief_files, brief_sources):
        monkeypatch.setattr(module, size, 60)
    file = write(folder, brief_with("  - uses.csv\n  - ordinance/*.md\n  - ordinance/deep/*.md\n"))

    refused = refusal_of(file) if size == "MAX_TOTAL" else None

    if refused:
        assert (refused.line, refused.field) == (5, "sources[1]")
        assert "MB" in refused.problem
    else:
        load(file)
        write(folder, "x" * 61, "ordinance/deep/r3.md")
        assert refusal_of(file).field == "sources[2]"
        with pytest.raises(BadInput, match=r"^sources\[0\]: is larger than"):
            decode({"blueprint": "general-report", "sources": [{"name": "a.md", "text": "é" * 31}]})


def test_sources_are_limited_in_number(folder: Path) -> None:
    for number in range(501):
        write(folder, "x\n", f"many/{number}.md")

    assert "more than 500 files" in refusal_of(write(folder, brief_with("  - many/*\n"))).problem

    (folder / "many" / "0.md").unlink()
    refused = refusal_of(write(folder, brief_with("  - many/*\n  - notes.md\n")))
    assert (refused.line, refused.field) == (5, "sources[1]")
    assert "500 sources" in refused.problem


def test_a_brief_is_limited_in_size_without_its_sources() -> None:
    large = {"name": "a.md", "text": "x" * 100_000}

    assert decode({"blueprint": "general-report", "sources": [large]})["sources"] == [large]
    with pytest.raises(BadInput, match="larger than 64 kB"):
        decode({"blueprint": "general-report", "facts": {"a": "x" * 100_000}})


def test_a_mistake_in_a_blueprint_file_is_named_there(folder: Path) -> None:
    write(folder, BLUEPRINT.replace("id: body", "id: Body"), "kinds/memo.yaml")

    refused = refusal_of(write(folder, "title: x\nblueprint: kinds/memo.yaml\n"))

    assert (refused.file, refused.line, refused.field) == (str(folder / "kinds/memo.yaml"), 7, "sections[0].id")


def test_a_mistake_in_an_inline_blueprint_is_named_in_the_brief(folder: Path) -> None:
    refused = refusal_of(write(folder, "title: x\nblueprint:\n  name: memo\n  title: Memo\n  sections:\n    - id: a\n"))

    assert (refused.line, refused.field) == (6, "blueprint.sections[0].title")


@pytest.mark.parametrize("stated", ["", "facts: {client: }", "facts: {client: ''}"])
def test_a_required_fact_that_is_missing_is_named(folder: Path, stated: str) -> None:
    write(folder, BLUEPRINT, "memo.yaml")

    refused = refusal_of(write(folder, f"blueprint: memo.yaml\n{stated}\n"))

    assert refused.field == "facts.client"
    assert refused.line == (2 if stated else 1)
    assert "'memo' requires it" in refused.problem
    assert refused.hint == "Who asked for it."


def test_a_condition_that_the_facts_cannot_decide_is_named(folder: Path) -> None:
    write(folder, BLUEPRINT, "memo.yaml")

    refused = refusal_of(write(folder, "blueprint: memo.yaml\nfacts:\n  client: x\n  floors: two\n"))

    assert (refused.line, refused.field) == (2, "facts")
    assert "section 'body'" in refused.problem


def test_all_mistakes_are_named_at_once(folder: Path) -> None:
    text = "blueprint: nope\ntitel: x\nsources: [none.md, '*.x', {name: a}]\noptions: {max_rounds: many}\n"

    fields = [problem.field for problem in refusal_of(write(folder, text)).problems]

    assert sorted(fields) == ["blueprint", "options.max_rounds", "sources[0]", "sources[1]", "sources[2]", "titel"]


@pytest.mark.parametrize("over_network", [True, False])
@pytest.mark.parametrize(
    ("brief", "field"),
    [
        ({"blueprint": "general-report", "sources": [{"name": "a.md", "text": "a"}, "/etc/passwd"]}, "sources[1]"),
        ({"blueprint": "memo.yaml"}, "blueprint"),
        ({"blueprint": "/etc/passwd.json"}, "blueprint"),
    ],
)
def test_a_path_is_read_from_a_file_only(brief: dict[str, Any], field: str, *, over_network: bool) -> None:
    with pytest.raises(BadInput, match="is a path, and paths are not read") as caught:
        decode(brief, over_network=over_network)

    assert caught.value.field == field
    assert ("over a network" in caught.value.problem) is over_network


def test_a_file_that_is_no_text_or_no_file_is_refused(tmp_path: Path) -> None:
    assert "there is no file" in refusal_of(tmp_path / "brief.yaml").problem
    assert "is a folder" in refusal_of(tmp_path).problem
    (tmp_path / "brief.yaml").write_bytes(b"blueprint: x\ntitle: \xff\n")
    refused = refusal_of(tmp_path / "brief.yaml")
    assert (refused.line, refused.problem) == (2, "is not UTF-8 text")


def test_a_byte_order_mark_is_no_part_of_a_brief(tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_bytes(b"\xef\xbb\xbfblueprint: general-report\n")

    assert load(tmp_path / "brief.yaml")["title"] == "Report"


def test_base64_in_lines_is_taken() -> None:
    lines = base64.encodebytes(b"# A\n\n" + b"word " * 40).decode()

    brief = decode({"blueprint": "general-report", "sources": [{"name": "a.md", "base64": lines}]})

    assert bytes_of(brief["sources"][0]).startswith(b"# A\n\nword")
    check(brief)


def test_every_unreadable_source_of_a_decoded_brief_is_named() -> None:
    sources = [{"name": "a.md", "text": "# A\n\nb\n"}, {"name": "b.md", "text": " "}, {"name": "c.xyz", "text": "x"}]

    with pytest.raises(BadInput) as caught:
        check(decode({"blueprint": "general-report", "sources": sources}))

    assert [problem.field for problem in caught.value.problems] == ["sources[1]", "sources[2]"]


_ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.binary(max_size=2), st.just(()),
    st.sampled_from(["general-report", "plan", "section:body", "notes.md", "YQ==", "a.yaml"]),
    st.sampled_from(["\ud800", "\x00", "\u202e"]),
    st.lists(st.text(max_size=3) | st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=3) | st.integers(), st.none(), max_size=2),
)  # fmt: skip


def _odd_somewhere(draw: Callable[[st.SearchStrategy[Any]], Any], value: Any) -> Any:
    """Walk into a random part and put something else there."""
    if isinstance(value, dict | list) and value and draw(st.integers(0, 3)):
        key = draw(st.sampled_from(sorted(value, key=str) if isinstance(value, dict) else range(len(value))))
        value[key] = _odd_somewhere(draw, value[key])
        return value
    return draw(_ODD)


@pytest.mark.long
@settings(max_examples=400, deadline=None)
@given(st.data())
def test_nothing_but_bad_input_comes_out_of_any_brief(data: st.DataObject) -> None:
    brief: Any = {
        "blueprint": "general-report",
        "title": "T",
        "facts": {"client": "x", "more": [1, {"a": None}]},
        "sources": [{"name": "a.md", "text": "a"}, {"name": "b.md", "base64": "YQ=="}],
        "options": {"approve": ["plan", "section:findings"], "max_rounds": 3, "budget": {"usd": 1.5, "calls": 3}},
    }
    for _ in range(data.draw(st.integers(1, 3))):
        brief = _odd_somewhere(data.draw, brief)
    try:
        decoded = decode(brief)
    except BadInput as refused:
        str(refused).encode()
        assert refused.problems  # noqa: PT017 - either outcome is right
    else:
        assert decode(json.loads(json.dumps(decoded, allow_nan=False))) == decoded


@pytest.mark.parametrize("template", ["{{ facts.x }", "{{ facts.x", "{% if facts.x %}yes", "a\n\n{{ facts.x }"])
def test_a_template_that_is_none_is_refused_beside_the_rest(template: str) -> None:
    sections = [
        {"id": "d", "title": "D", "kind": "template", "instructions": template},
        {"id": "e", "title": "E", "when": "facts.y ="},
    ]
    brief = {"blueprint": {"name": "n", "title": "N", "sections": sections}, "titel": "x", "sources": []}

    with pytest.raises(BadInput) as refused:
        decode(brief)

    assert {"titel", "blueprint.sections[0].instructions", "blueprint.sections[1].when"} == {
        problem.field for problem in refused.value.problems
    }
    assert ("(in its line 3)" in str(refused.value)) == ("\n" in template)


def test_of_the_facts_of_a_site_one_use_at_least_must_be_stated() -> None:
    asked = {"blueprint": "site-zoning-report", "title": "Mill", "facts": {"client": "Harbour"}}

    with pytest.raises(BadInput, match="state none of existing_use, proposed_use") as refused:
        decode(asked)

    assert "facts" == refused.value.field
    assert decode({**asked, "facts": {"proposed_use": "Bakery"}})["facts"] == {"proposed_use": "Bakery"}


@pytest.mark.parametrize(
    ("blueprint", "facts", "hint"),
    [
        ("site-zoning-report", {"exsting_use": "Shop"}, "exsting_use is stated; did you mean existing_use?"),
        (
            {
                "name": "n",
                "title": "N",
                "facts": {"client": {"required": True}},
                "sections": [{"id": "a", "title": "A"}],
            },
            {"cleint": "Harbour"},
            "cleint is stated; did you mean client?",
        ),
    ],
)
def test_a_required_fact_that_is_stated_under_nearly_its_name_is_told_of(
    blueprint: Any, facts: dict[str, str], hint: str
) -> None:
    with pytest.raises(BadInput) as refused:
        decode({"blueprint": blueprint, "title": "Mill", "facts": facts})

    assert [hint] == [problem.hint for problem in refused.value.problems]


def test_facts_of_which_one_must_be_stated_are_declared() -> None:
    blueprint = {"name": "n", "title": "N", "facts": {"use": {}}, "require_one_of": [["use", "uze"]]}

    with pytest.raises(BadInput, match=r"declares no fact 'uze' \(did you mean use\?\)"):
        decode({"blueprint": {**blueprint, "sections": [{"id": "a", "title": "A"}]}, "title": "x"})
