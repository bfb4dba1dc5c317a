import pytest

from quire.graphs.run.dependencies import (
    CLOSED,
    Need,
    answer_to,
    drafts_read,
    inputs_read,
    needs_of,
    opening,
    policies,
    settled,
    unchanged,
    waited_for,
)
from quire.nodes.language.catalogue import words_in

HEADER = Need("header", 1)


def closed(type_: str, section: str = "header", epoch: int = 1, **data: str) -> dict:
    return {"id": f"{section}/{epoch}", "type": type_, "section": section, "epoch": epoch, "data": data}


APPROVED = closed("SectionApproved", digest="d1")


@pytest.mark.parametrize(
    ("after", "epochs", "expected"),
    [
        (["header"], {}, [Need("header", 1, CLOSED)]),
        (["header.drafted"], {}, [Need("header", 1, "SectionDrafted")]),
        (["header", "zoning"], {"zoning": 3}, [Need("header", 1), Need("zoning", 3)]),
        ([], {}, []),
    ],
)
def test_what_a_section_needs(after: list, epochs: dict, expected: list) -> None:
    assert expected == needs_of({"after": after}, epochs)


@pytest.mark.parametrize(
    ("posted", "policy", "expected"),
    [
        pytest.param({}, {}, None, id="closed while an event is missing"),
        pytest.param({Need("header", 2): APPROVED}, {}, None, id="another epoch does not count"),
        pytest.param({HEADER: APPROVED}, {}, ({"header": "d1"}, None), id="opens with what was approved"),
        pytest.param(
            {HEADER: closed("SectionFailed", reason="no luck")},
            {},
            ({"header": None}, "it builds on “header”, which is missing: no luck"),
            id="stops when what it builds on failed",
        ),
        pytest.param(
            {HEADER: closed("SectionFailed", reason="no luck")},
            {"header": "stub"},
            ({"header": None}, None),
            id="goes on without it where it may",
        ),
        pytest.param(
            {HEADER: closed("SectionSkipped", reason="not asked for")},
            {},
            ({"header": None}, None),
            id="goes on when what it builds on does not apply",
        ),
    ],
)
def test_a_gate(posted: dict, policy: dict, expected: tuple | None) -> None:
    opened = opening([HEADER], posted, policy, words_in("en"))

    assert expected == (opened and ({s: i.get("digest") for s, i in opened.inputs.items()}, opened.stopped))


def test_who_waits_for_a_draft_is_not_kept_waiting_by_a_section_that_closed_without_one() -> None:
    failed = closed("SectionFailed")

    assert failed == settled(Need("header", 1, "SectionDrafted"), {HEADER: failed})


def test_the_same_digests_are_the_same_reading() -> None:
    before = {"header": {"event": "a", "epoch": 1, "digest": "d1"}}

    assert unchanged({"header": {"event": "b", "epoch": 2, "digest": "d1"}}, before)
    assert not unchanged({"header": {"event": "b", "epoch": 2, "digest": "d2"}}, before)
    assert not unchanged({"header": {"event": "b", "epoch": 2, "missing": "failed"}}, before)


ZONING = Need("zoning", 2)
DRAFTED = closed("SectionDrafted", digest="d0")


@pytest.mark.parametrize(
    ("needs", "posted", "expected"),
    [
        pytest.param([], {}, {}, id="nothing to wait for"),
        pytest.param([HEADER, ZONING], {HEADER: APPROVED}, None, id="one of two is missing"),
        pytest.param(
            [HEADER, ZONING],
            {HEADER: APPROVED, ZONING: closed("SectionApproved", "zoning", 2, digest="d2")},
            {
                "header": {"event": "header/1", "epoch": 1, "digest": "d1"},
                "zoning": {"event": "zoning/2", "epoch": 2, "digest": "d2"},
            },
            id="both are there",
        ),
        pytest.param(
            [HEADER._replace(event="SectionDrafted")],
            {HEADER._replace(event="SectionDrafted"): DRAFTED, HEADER: APPROVED},
            {"header": {"event": "header/1", "epoch": 1, "draft": True, "digest": "d0"}},
            id="a draft is read as a draft, even where more is there",
        ),
        pytest.param(
            [HEADER],
            {HEADER: closed("SectionSkipped", reason="no yard")},
            {"header": {"event": "header/1", "epoch": 1, "skipped": "no yard"}},
            id="what does not apply is skipped, not missing",
        ),
        pytest.param(
            [HEADER],
            {HEADER: closed("SectionCancelled", reason="not wanted")},
            {"header": {"event": "header/1", "epoch": 1, "missing": "not wanted"}},
            id="what was cancelled is missing",
        ),
    ],
)
def test_what_a_gate_opens_with(needs: list, posted: dict, expected: dict | None) -> None:
    opened = opening(needs, posted, {"header": "stub"}, words_in("en"))

    assert expected == (opened and opened.inputs)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param(None, {"header": "stop", "zoning": "stop"}, id="nothing said"),
        pytest.param("stub", {"header": "stub", "zoning": "stub"}, id="one word for all"),
        pytest.param({"zoning": "stub"}, {"header": "stop", "zoning": "stub"}, id="one for each"),
    ],
)
def test_policies(said: object, expected: dict) -> None:
    assert expected == policies({"wait_failed": said}, [HEADER, ZONING])


def opened_with(**inputs: dict) -> dict:
    return {"type": "SectionOpened", "data": {"inputs": inputs}}


def revised_with(**inputs: dict) -> dict:
    return {"type": "RevisionRequested", "data": {"inputs": inputs}}


OLD, NEW = {"digest": "d0", "draft": True}, {"digest": "d1"}


@pytest.mark.parametrize(
    ("events", "read", "drafts"),
    [
        pytest.param([], {}, [], id="before the gate"),
        pytest.param(
            [opened_with(header=OLD, zoning=NEW)], {"header": OLD, "zoning": NEW}, ["header"], id="at the gate"
        ),
        pytest.param(
            [opened_with(header=OLD), {"type": "SectionDrafted", "data": {}}, revised_with(header=NEW)],
            {"header": NEW},
            [],
            id="what a draft has become replaces it",
        ),
        pytest.param(
            [opened_with(header=OLD), revised_with()], {"header": OLD}, ["header"], id="what judges say does not"
        ),
    ],
)
def test_what_a_section_reads_of_others(events: list, read: dict, drafts: list) -> None:
    assert read == inputs_read(events)
    assert drafts == list(drafts_read(inputs_read(events)))


def said(type_: str, agent: str = "section", **data: object) -> dict:
    return {"id": f"end/{type_}", "type": type_, "section": "end", "epoch": 2, "agent": agent, "data": data}


PLANNED = said("SectionReopened", "editor", spec={"after": ["header"]}, need={"header": 3})
OPENED = said("SectionOpened", inputs={"header": {"epoch": 3, "draft": True}, "code": {"epoch": 1, "digest": "d"}})
SUBMITTED, ASKED = (said("SectionSubmitted", question=question) for question in (None, "section:end"))
CHANGED = said("SectionChanged", "outside", changes={})


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([], [Need("header", 3)], id="at its gate"),
        pytest.param([CHANGED], [Need("header", 3)], id="at its gate, whatever is changed"),
        pytest.param([OPENED, SUBMITTED], [Need("header", 3)], id="for what it read as a draft"),
        pytest.param([OPENED, ASKED], [Need("end", 2, answer_to("end/SectionSubmitted"))], id="for a person"),
        pytest.param([OPENED, ASKED, CHANGED], [Need("end", 2, answer_to("end/SectionSubmitted"))], id="still for one"),
    ],
)
def test_what_a_section_that_is_not_closed_waits_for(events: list, expected: list) -> None:
    at_start = needs_of(PLANNED["data"]["spec"], PLANNED["data"]["need"])
    assert expected == waited_for(at_start, [PLANNED, *events])
