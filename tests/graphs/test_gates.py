import pytest

from graphs.gates import CLOSED, Need, needs_of, opening, settled, unchanged

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
    opened = opening([HEADER], posted, policy)

    assert expected == (opened and ({s: i.get("digest") for s, i in opened.inputs.items()}, opened.stopped))


def test_who_waits_for_a_draft_is_not_kept_waiting_by_a_section_that_closed_without_one() -> None:
    failed = closed("SectionFailed")

    assert failed == settled(Need("header", 1, "SectionDrafted"), {HEADER: failed})


def test_the_same_digests_are_the_same_reading() -> None:
    before = {"header": {"event": "a", "epoch": 1, "digest": "d1"}}

    assert unchanged({"header": {"event": "b", "epoch": 2, "digest": "d1"}}, before)
    assert not unchanged({"header": {"event": "b", "epoch": 2, "digest": "d2"}}, before)
    assert not unchanged({"header": {"event": "b", "epoch": 2, "missing": "failed"}}, before)
