import pytest

from graphs.reactions import Wire, reactions, subscribers


def event(n: int, type_: str, agent: str = "", to: str | None = None) -> dict:
    made = {"n": n, "id": f"e{n}", "type": type_, "section": "s", "epoch": 1, "round": 1, "agent": agent, "cause": None}
    return made if to is None else {**made, "to": to}


def names(*types: str) -> frozenset[str]:
    return frozenset(types)


LANE = subscribers(
    [
        Wire("researcher", names("Opened", "FactRequested"), names("Gathered")),
        Wire("writer", names("Gathered", "RevisionRequested"), names("Drafted", "FactRequested")),
        Wire("reviewer", names("Drafted"), names("Reviewed")),
        Wire("compliance", names("Drafted", "FactGiven"), names("Checked", "FactAsked")),
        Wire("register", names("FactAsked"), names("FactGiven")),
        Wire("watcher", names("Reviewed"), names("Noted")),
        Wire(
            "arbiter", names("Reviewed", "Checked", "AgentFailed"), names("RevisionRequested", "Approved"), joins=True
        ),
    ]
)
DRAFTED = [event(1, "Opened"), event(2, "Gathered", "researcher"), event(3, "Drafted", "writer")]
REVIEWED, CHECKED = event(4, "Reviewed", "reviewer"), event(5, "Checked", "compliance")


@pytest.mark.parametrize(
    ("log", "cursor", "expected"),
    [
        pytest.param([], 0, [], id="nothing leads to nothing"),
        pytest.param([event(1, "Opened")], 0, [("researcher", ["e1"])], id="an event wakes who handles it"),
        pytest.param(DRAFTED, 2, [("reviewer", ["e3"]), ("compliance", ["e3"])], id="and everyone who handles it"),
        pytest.param(DRAFTED, 3, [], id="an event that was dispatched wakes nobody again"),
        pytest.param([event(1, "Unheard")], 0, [], id="an event that nobody handles leads to nothing"),
        pytest.param(
            [event(1, "Drafted", to="reviewer")], 0, [("reviewer", ["e1"])], id="a handoff wakes only who is meant"
        ),
        pytest.param([event(1, "Drafted", to="writer")], 0, [], id="nobody is handed what they do not handle"),
        pytest.param(
            [*DRAFTED, event(4, "Checked", "compliance"), event(5, "AgentFailed", "reviewer")],
            3,
            [("arbiter", ["e5"])],
            id="a join counts a failure as an answer",
        ),
        pytest.param(
            [*DRAFTED, event(4, "Reviewed", "reviewer"), event(5, "FactAsked", "compliance")],
            3,
            [("watcher", ["e4"]), ("register", ["e5"])],
            id="a join waits while a judge waits for an answer",
        ),
        pytest.param(
            [*DRAFTED, REVIEWED, event(5, "FactAsked", "compliance"), event(6, "FactGiven", "register")],
            5,
            [("compliance", ["e6"])],
            id="and until that judge has spoken",
        ),
        pytest.param(
            [*DRAFTED, REVIEWED, CHECKED, event(6, "Approved", "arbiter")], 5, [], id="a join judges nothing twice"
        ),
    ],
)
def test_new_events_lead_to(log: list, cursor: int, expected: list) -> None:
    assert expected == [(r.agent, [r.event["id"]]) for r in reactions(log, cursor, LANE)]


def test_a_join_is_woken_once_with_everything_it_has_not_judged() -> None:
    log = [*DRAFTED, REVIEWED, CHECKED]

    join = next(r for r in reactions(log, 3, LANE) if r.agent == "arbiter")

    assert ["e4", "e5"] == [e["id"] for e in join.joined]


def test_a_join_does_not_wait_for_who_only_listens() -> None:
    assert {"watcher", "arbiter"} == {r.agent for r in reactions([*DRAFTED, REVIEWED, CHECKED], 3, LANE)}


def test_a_join_hears_the_next_round_by_itself() -> None:
    second = [
        event(6, "RevisionRequested", "arbiter"),
        event(7, "Drafted", "writer"),
        event(8, "Checked", "compliance"),
    ]

    (join,) = reactions([*DRAFTED, REVIEWED, CHECKED, *second], 7, LANE)

    assert ["e8"] == [e["id"] for e in join.joined]
