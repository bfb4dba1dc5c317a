import pytest

from quire.graphs.dispatch.dispatcher import fan_out
from quire.graphs.kernel.subscriptions import (
    Subscription,
    reactions,
    recruits,
    subscribers,
    taking_part,
    unanswered,
    unheard,
)


def event(n: int, type_: str, agent: str = "", to: str | None = None, cause: int = 0, data: dict | None = None) -> dict:
    made = {
        "n": n, "id": f"e{n}", "type": type_, "section": "s", "epoch": 1, "round": 1, "agent": agent,
        "cause": f"e{cause}" if cause else None, "data": data or {},
    }  # fmt: skip
    return made if to is None else {**made, "to": to}


def recruited(n: int, agent: str, cause: int) -> dict:
    return event(n, "AgentRecruited", "reviewer", cause=cause, data={"agent": agent, "reason": "x"})


def names(*types: str) -> frozenset[str]:
    return frozenset(types)


LANE = subscribers(
    [
        Subscription("researcher", names("Opened", "FactRequested"), names("Gathered")),
        Subscription("writer", names("Gathered", "RevisionRequested"), names("Drafted", "FactRequested")),
        Subscription("reviewer", names("Drafted"), names("Reviewed")),
        Subscription("compliance", names("Drafted", "FactGiven"), names("Checked", "FactAsked")),
        Subscription("register", names("FactAsked"), names("FactGiven")),
        Subscription("watcher", names("Reviewed"), names("Noted")),
        Subscription(
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


@pytest.mark.parametrize(
    ("log", "cursor", "expected"),
    [
        pytest.param(
            [*DRAFTED, recruited(4, "compliance", cause=3)], 3, [("compliance", "e3")], id="what moved its recruiter"
        ),
        pytest.param([*DRAFTED, recruited(4, "researcher", cause=3)], 3, [], id="unless it does not handle that"),
        pytest.param([*DRAFTED, recruited(4, "compliance", cause=9)], 3, [], id="or that is not of this section run"),
        pytest.param(
            [*DRAFTED, event(4, "Checked", "compliance", cause=3), recruited(5, "compliance", cause=3)],
            4,
            [],
            id="or it took part already and has spoken",
        ),
        pytest.param(
            [*DRAFTED, recruited(4, "compliance", cause=3), recruited(5, "compliance", cause=3)],
            3,
            [("compliance", "e3")],
            id="once, whoever recruited it",
        ),
    ],
)
def test_an_agent_that_is_recruited_hears(log: list, cursor: int, expected: list) -> None:
    assert expected == [(r.agent, r.event["id"]) for r in reactions(log, cursor, LANE) if not r.joined]


def test_a_join_waits_for_an_agent_that_was_recruited_meanwhile() -> None:
    log = [*DRAFTED, REVIEWED, recruited(5, "compliance", cause=3)]

    assert ["watcher", "compliance"] == [r.agent for r in reactions(log, 3, LANE)]


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        pytest.param([event(6, "ChangesTaken", "section")], [], id="what was said before a fresh start is moot"),
        pytest.param(
            [event(6, "ChangesTaken", "section"), event(7, "Checked", "compliance")], ["e7"], id="and no more"
        ),
        pytest.param(
            [event(6, "Checked", "compliance", to="writer")], ["e4", "e5"], id="nor what is meant for another"
        ),
        pytest.param([event(6, "Checked", "compliance", to="arbiter")], ["e4", "e5", "e6"], id="what is meant for it"),
    ],
)
def test_a_join_is_woken_with(since: list, expected: list) -> None:
    log = [*DRAFTED, REVIEWED, CHECKED, *since]

    assert expected == [e["id"] for r in reactions(log, 5, LANE) for e in r.joined]


DOCUMENT = subscribers(
    [
        Subscription("planner", names("Requested"), names("Planned")),
        Subscription("section", names("Planned"), names("Closed")),
        Subscription("clerk", names("Closed"), names()),
        Subscription("editor", names("Closed"), names("Approved"), joins=True),
    ]
)
CLOSED = [event(1, "Planned", "planner"), event(2, "Planned", "planner"), event(3, "Closed", "section")]


@pytest.mark.parametrize(
    ("pending", "expected"),
    [
        pytest.param(frozenset(), ["clerk", "editor"], id="nothing is at work elsewhere"),
        pytest.param(frozenset({"section"}), ["clerk"], id="not while a section run is suspended"),
        pytest.param(frozenset({"clerk"}), ["clerk", "editor"], id="but for one that leads nowhere"),
    ],
)
def test_a_join_is_woken_when(pending: frozenset, expected: list) -> None:
    assert expected == [r.agent for r in reactions(CLOSED, 2, DOCUMENT, pending)]


@pytest.mark.parametrize(
    ("named", "called", "expected"),
    [
        pytest.param(None, [], ["writer", "reviewer"], id="all but those on call"),
        pytest.param(["writer"], [], ["writer"], id="those that are named"),
        pytest.param(["writer", "lawyer"], [], ["writer", "lawyer"], id="on call or not"),
        pytest.param(None, ["lawyer"], ["writer", "reviewer", "lawyer"], id="and who was recruited"),
        pytest.param(["writer"], ["reviewer"], ["writer", "reviewer"], id="named or not"),
        pytest.param([], [], [], id="nobody, if nobody is named"),
    ],
)
def test_who_takes_part(named: list | None, called: list, expected: list) -> None:
    subscriptions = [Subscription("writer", names(), names()), Subscription("reviewer", names(), names())]
    everyone = subscribers([*subscriptions, Subscription("lawyer", names(), names(), on_call=True)])

    assert expected == [a.name for a in taking_part(everyone, named, called)]


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        pytest.param(DRAFTED, [], id="nobody"),
        pytest.param(
            [recruited(1, "lawyer", 0), event(2, "Noted"), recruited(3, "actuary", 0)],
            ["lawyer", "actuary"],
            id="in the order in which they were",
        ),
        pytest.param([recruited(1, "lawyer", 0), recruited(2, "lawyer", 0)], ["lawyer"], id="each once"),
    ],
)
def test_who_was_recruited(log: list, expected: list) -> None:
    assert expected == recruits(log)


LANE_AT = {"run": "r"}


def test_an_agent_is_sent_what_woke_it_and_its_lane() -> None:
    one, two = fan_out(DRAFTED, 2, LANE, LANE_AT)

    assert ["reviewer", "compliance"] == [one.node, two.node]
    assert {"event": DRAFTED[2], "scope": LANE_AT, "outgoing": []} == one.arg == two.arg


def test_an_agent_that_joins_is_sent_all_it_joined() -> None:
    sends = fan_out([*DRAFTED, REVIEWED, CHECKED], 3, LANE, LANE_AT)

    assert {"arbiter": [REVIEWED, CHECKED]} == {s.node: s.arg["joined"] for s in sends if "joined" in s.arg}


def test_an_agent_declared_as_data_is_sent_to_the_node_that_runs_them_under_its_own_name() -> None:
    declared = subscribers(
        [Subscription(n, names("Drafted"), names("Judged"), node="declared") for n in ("lawyer", "actuary")]
    )

    assert [("declared", "lawyer"), ("declared", "actuary")] == [
        (s.node, s.arg["agent_name"]) for s in fan_out(DRAFTED, 2, declared, LANE_AT)
    ]


ASKED = {**event(4, "FactAsked", "compliance", cause=3), "asks": True}
GIVEN = event(5, "FactGiven", "register", to="compliance", cause=4)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        pytest.param([], [], id="nobody asked"),
        pytest.param([ASKED], ["e4"], id="one that nothing followed from"),
        pytest.param([ASKED, GIVEN], [], id="not one that was answered"),
        pytest.param(
            [ASKED, event(5, "Noted", "register", cause=4)], ["e4"], id="what the asker does not hear is none"
        ),
        pytest.param([ASKED, event(5, "FactGiven", to="writer", cause=4)], ["e4"], id="nor what is meant for another"),
        pytest.param([ASKED, event(5, "FactGiven", to="compliance", cause=3)], ["e4"], id="nor an answer to another"),
        pytest.param(
            [ASKED, event(5, "Passed", "register", cause=4), event(6, "FactGiven", "clerk", cause=5)],
            [],
            id="an answer may come by way of others",
        ),
        pytest.param([ASKED, event(5, "ChangesTaken", "section")], [], id="a fresh start makes it moot"),
    ],
)
def test_requests_that_are_unanswered(since: list, expected: list) -> None:
    assert expected == [e["id"] for e in unanswered([*DRAFTED, *since], LANE)]


def test_a_join_waits_for_who_waits_for_an_answer() -> None:
    assert ["watcher"] == [r.agent for r in reactions([*DRAFTED, ASKED, event(5, "Reviewed", "reviewer")], 4, LANE)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param([GIVEN], ["compliance"], id="the first"),
        pytest.param([GIVEN, event(6, "FactGiven", "clerk", to="compliance", cause=4)], ["compliance"], id="of two"),
    ],
)
def test_the_answer_that_counts(more: list, expected: list) -> None:
    assert expected == [r.agent for r in reactions([*DRAFTED, ASKED, *more], 4, LANE)]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param([event(1, "Drafted")], None, id="what is for all is for nobody in particular"),
        pytest.param([event(1, "Drafted", to="reviewer")], None, id="who takes part and handles it"),
        pytest.param([event(1, "Drafted", to="lawyer")], "to “lawyer”, who takes no part here", id="who takes no part"),
        pytest.param([event(1, "Drafted", to="writer")], "“writer”, who handles no such event", id="who has no use"),
        pytest.param([{**event(1, "FactAsked", to="lawyer"), "asks": True}], None, id="who asks is told otherwise"),
        pytest.param([recruited(1, "watcher", 0)], None, id="who can be recruited"),
        pytest.param([recruited(1, "actuary", 0)], "“actuary”, an agent that nobody declares", id="who cannot"),
    ],
)
def test_who_cannot_hear_what_is_meant_for_them(new: list, expected: str | None) -> None:
    present = [a for a in LANE if a.name != "watcher"]

    problem = unheard(new, LANE, present)

    assert problem is None if expected is None else expected in (problem or "")


def test_an_agent_that_joins_is_sent_what_it_answered_next_before_the_run_was_interrupted() -> None:
    log, answered = [*DRAFTED, CHECKED, REVIEWED], {"arbiter": CHECKED, "watcher": DRAFTED[0]}

    sent, again = (
        {s.node: s.arg["event"] for s in fan_out(log, 3, LANE, LANE_AT, recall=recall)}
        for recall in (lambda _agent: None, answered.get)
    )

    assert {"watcher": REVIEWED, "arbiter": REVIEWED} == sent
    assert {"watcher": REVIEWED, "arbiter": CHECKED} == again


FIRST = subscribers(
    [
        Subscription("checker", names("Drafted"), names("Checked"), first=True),
        Subscription("reviewer", names("Drafted"), names("Reviewed")),
        Subscription("arbiter", names("Checked", "Reviewed", "AgentFailed"), names("Approved"), joins=True),
    ]
)
CHECKED_FIRST = event(4, "Checked", "checker", cause=3)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        pytest.param([], [("checker", "e3")], id="it hears an event alone"),
        pytest.param([CHECKED_FIRST], [("reviewer", "e3")], id="the others hear it once it has answered"),
        pytest.param([CHECKED_FIRST, event(5, "Checked", "checker", cause=3)], [("reviewer", "e3")], id="and once"),
        pytest.param([CHECKED_FIRST, event(5, "Reviewed", "reviewer", cause=3)], [("arbiter", "e5")], id="then a join"),
        pytest.param([event(4, "AgentFailed", "checker", cause=3)], [("arbiter", "e4")], id="if it fails, nobody does"),
    ],
)
def test_an_agent_may_hear_first(since: list, expected: list) -> None:
    log = [*DRAFTED, *since]
    cursor = 2 if not since else len(log) - (len(since) if since[-1]["agent"] == "checker" else 1)

    assert expected == [(r.agent, r.event["id"]) for r in reactions(log, cursor, FIRST)]
