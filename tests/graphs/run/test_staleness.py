"""What is out of date: which sections are opened again, for whom a change matters, whose draft was overtaken."""

import pytest

from quire.graphs.run.changes import reaching, spec_with
from quire.graphs.run.dependencies import drafts_read, inputs_read, unchanged
from quire.graphs.run.journal import Journal
from quire.graphs.run.reopening import named_in, reopened


def planned(section: str, *after: str) -> dict:
    spec = {"id": section, "after": list(after)}
    return {"type": "SectionPlanned", "section": section, "data": {"spec": spec, "position": 0, "priority": 1}}


def closed(section: str, epoch: int = 1, type_: str = "SectionApproved") -> dict:
    return {"type": type_, "section": section, "epoch": epoch}


def finding(where: str, severity: str = "error") -> dict:
    return {"rule": "r", "severity": severity, "message": "m", "where": where}


CHAIN = [planned("a"), planned("b", "a"), planned("c", "b"), planned("d")]
DIAMOND = [planned("a"), planned("b", "a"), planned("c", "a"), planned("d", "b", "c")]
FIRST = {s: closed(s) for s in "abcd"}


@pytest.mark.parametrize(
    ("plan", "last", "findings", "most", "expected"),
    [
        pytest.param(CHAIN, FIRST, [], 2, {}, id="nothing to mend"),
        pytest.param(CHAIN, FIRST, [finding("d")], 2, {"d": (2, {})}, id="nobody builds on it"),
        pytest.param(
            CHAIN, FIRST, [finding("b")], 2, {"b": (2, {"a": 1}), "c": (2, {"b": 2})}, id="and whoever builds on it"
        ),
        pytest.param(
            DIAMOND,
            FIRST,
            [finding("a")],
            2,
            {"a": (2, {}), "b": (2, {"a": 2}), "c": (2, {"a": 2}), "d": (2, {"b": 2, "c": 2})},
            id="all the way down, each once",
        ),
        pytest.param(
            DIAMOND, FIRST, [finding("b")], 2, {"b": (2, {"a": 1}), "d": (2, {"b": 2, "c": 1})}, id="not its neighbours"
        ),
        pytest.param(
            [planned("a"), planned("b", "a.drafted")],
            {s: closed(s) for s in "ab"},
            [finding("a")],
            2,
            {"a": (2, {}), "b": (2, {"a": 2})},
            id="who read a draft of it too",
        ),
        pytest.param(CHAIN, FIRST, [finding("d, block 2")], 2, {"d": (2, {})}, id="a block of a section"),
        pytest.param(CHAIN, FIRST, [finding("d", "warning")], 2, {}, id="a warning is left for the reader"),
        pytest.param(CHAIN, FIRST, [finding("document")], 2, {}, id="about no section"),
        pytest.param(CHAIN, {**FIRST, "d": closed("d", 2)}, [finding("d")], 2, {}, id="no epoch left"),
        pytest.param(CHAIN, {**FIRST, "d": closed("d", 2)}, [finding("d")], None, {"d": (3, {})}, id="without bound"),
        pytest.param(
            CHAIN, {**FIRST, "d": closed("d", 1, "SectionFailed")}, [finding("d")], 2, {}, id="what failed is left"
        ),
        pytest.param(
            CHAIN, {**FIRST, "b": closed("b", 1, "SectionCancelled")}, [finding("a")], 2, {"a": (2, {})}, id="cancelled"
        ),
        pytest.param(
            CHAIN,
            {**FIRST, "c": closed("c", 3)},
            [finding("a")],
            2,
            {"a": (2, {}), "b": (2, {"a": 2}), "c": (4, {"b": 2})},
            id="each in its own next epoch",
        ),
    ],
)
def test_what_is_opened_again(plan: list, last: dict, findings: list, most: int | None, expected: dict) -> None:
    assert expected == {s: (epoch, data["need"]) for s, epoch, data in reopened(plan, last, findings, most)}


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("a is dull", ["a"]),
        ("look at b, and at d", ["b", "d"]),
        ("all of it", ["a", "b", "c", "d"]),
        ("abc", ["a", "b", "c", "d"]),
    ],
)
def test_whom_a_note_is_about(note: str, expected: list) -> None:
    assert expected == [f["where"] for f in named_in(note, ["a", "b", "c", "d"])]


def fact(name: str, id_: str = "f") -> dict:
    return told(id_, "FactChanged", None, name=name, value="new")


def changed(section: str, id_: str = "s", **changes: object) -> dict:
    return told(id_, "SectionChanged", section, changes=changes)


def told(id_: str, type_: str, section: str | None, **data: object) -> dict:
    return {"n": 1, "id": id_, "type": type_, "section": section, "epoch": 1, "agent": "outside", "cause": None,
            "data": data}  # fmt: skip


CITING = {"blocks": [{"claims": [{"evidence": [{"source": "brief", "address": "facts.client"}]}]}]}
SILENT = {"blocks": [{"claims": [{"evidence": []}]}]}


@pytest.mark.parametrize(
    ("outside", "taken", "spec", "content", "expected"),
    [
        pytest.param([fact("client")], [], {}, CITING, ["f"], id="a fact that it cites"),
        pytest.param([fact("client")], [], {}, SILENT, [], id="a fact that it does not cite"),
        pytest.param([fact("client")], [], {}, None, ["f"], id="any fact, while nothing is written"),
        pytest.param(
            [fact("client")], [], {"instructions": "For {{ facts.client }}"}, SILENT, ["f"], id="its template"
        ),
        pytest.param([fact("client")], [], {"compute": "a.b"}, SILENT, ["f"], id="a computation may use any fact"),
        pytest.param([fact("client")], ["f"], {}, CITING, [], id="one that it has taken up"),
        pytest.param([changed("a", title="t")], [], {}, SILENT, ["s"], id="a change of it"),
        pytest.param([changed("b", title="t")], [], {}, CITING, [], id="a change of another one"),
        pytest.param(
            [fact("client"), changed("a", title="t"), fact("other", "g")], ["f"], {}, CITING, ["s"], id="in order"
        ),
    ],
)
def test_what_reaches_a_section(outside: list, taken: list, spec: dict, content: dict | None, expected: list) -> None:
    journal = Journal([*outside, told("o", "SectionOpened", "a", changes=taken)])

    assert expected == [c["id"] for c in reaching(journal.pending("a"), {"id": "a", **spec}, content)]


def test_changes_of_a_section_add_up() -> None:
    changes = [changed("a", title="t", words=3), fact("client"), changed("a", words=5)]

    assert {"id": "a", "title": "t", "words": 5} == spec_with({"id": "a", "title": "old"}, changes)


def opened(**inputs: dict) -> dict:
    return {"type": "SectionOpened", "data": {"inputs": inputs}}


def revision(**inputs: dict) -> dict:
    return {"type": "RevisionRequested", "data": {"inputs": inputs}}


DRAFT, FINAL, OTHER = {"digest": "1", "draft": True}, {"digest": "1"}, {"digest": "2"}


@pytest.mark.parametrize(
    ("events", "reads", "drafts"),
    [
        pytest.param([opened(a=FINAL)], {"a": FINAL}, [], id="what it opened with"),
        pytest.param([opened(a=DRAFT, b=FINAL)], {"a": DRAFT, "b": FINAL}, ["a"], id="a draft among it"),
        pytest.param([opened(a=DRAFT, b=FINAL), revision()], {"a": DRAFT, "b": FINAL}, ["a"], id="sent back"),
        pytest.param([opened(a=DRAFT, b=FINAL), revision(a=OTHER)], {"a": OTHER, "b": FINAL}, [], id="overtaken"),
    ],
)
def test_what_a_section_reads(events: list, reads: dict, drafts: list) -> None:
    assert reads == inputs_read(events)
    assert drafts == list(drafts_read(inputs_read(events)))


@pytest.mark.parametrize(
    ("now", "before", "same"),
    [
        ({}, {}, True),
        ({"a": FINAL}, {"a": FINAL}, True),
        ({"a": {**FINAL, "epoch": 2, "event": "x"}}, {"a": FINAL}, True),
        ({"a": OTHER}, {"a": FINAL}, False),
        ({"a": {"missing": "it failed"}}, {"a": FINAL}, False),
        ({"a": FINAL}, {"a": {"missing": "it failed"}}, False),
        ({"a": FINAL, "b": FINAL}, {"a": FINAL}, False),
    ],
)
def test_a_text_stands_as_long_as_it_reads_the_same(now: dict, before: dict, *, same: bool) -> None:
    assert same == unchanged(now, before)
