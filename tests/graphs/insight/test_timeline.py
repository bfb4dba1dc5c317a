"""Who worked when, and what a run's length hung on: hand-written journals in, timelines out."""

from itertools import pairwise
from typing import Any

import pytest
from journals import JournalByHand, clock
from model_server import ModelServer, marked_up
from toys import events_of, section, toy_brief

from quire.graphs.document.document_graph import graph
from quire.graphs.insight.timeline import Timeline, timeline
from quire.graphs.run.journal import Journal


def told_of(journal: JournalByHand, now: float = 0.0) -> Timeline:
    return timeline(Journal(journal.events), clock(now))


def spans(told: Timeline, name: str | None) -> list[tuple[str, str, float, float]]:
    row = next(row for row in told["lanes"] if row["section"] == name)
    return [(s["kind"], s["agent"], s["start"], s["end"]) for s in row["spans"]]


def steps(told: Timeline) -> list[tuple[str | None, str, float]]:
    return [(s["section"], s["agent"], s["seconds"]) for s in told["critical_path"] if s["seconds"]]


def chain() -> JournalByHand:
    """Give a run in which ``a`` is slow to check, ``b`` waits for it, and ``c`` for nothing."""
    journal = JournalByHand().begin(("a", []), ("b", ["a"]), ("c", []))
    journal.open(1, "a").open(1, "c").write("c", 2, 3, 4, 4).write("a", 2, 5, 6, 9)
    return journal.open(9, "b", a="a.SectionApproved").write("b", 10, 14, 15, 15).end(16, "c.SectionApproved")


def test_a_lane_shows_what_it_waited_for_and_who_worked() -> None:
    told = told_of(chain())

    assert {
        ("wait", "section", 1.0, 9.0), ("work", "researcher", 9.0, 10.0), ("work", "writer", 10.0, 14.0),
        ("work", "reviewer", 14.0, 15.0), ("work", "compliance", 14.0, 15.0), ("work", "arbiter", 15.0, 15.0),
    } == set(spans(told, "b"))  # fmt: skip
    assert [("work", "planner", 0.0, 1.0), ("work", "editor", 15.0, 16.0), ("work", "publisher", 16.0, 17.0)] == spans(
        told, None
    )[:3]
    assert [("a", "SectionApproved", 8.0, True)] == [
        (a["section"], a["event"], a["seconds"], a["last"]) for row in told["lanes"] for a in row["gate"]
    ]


def test_it_tells_after_what_time_there_was_something_to_read() -> None:
    assert {"section": "c", "seconds": 4.0} == told_of(chain())["first"]
    assert told_of(JournalByHand().begin(("a", [])))["first"] is None


async def test_what_is_filled_in_at_once_is_not_the_first_to_read_where_a_model_writes(online: ModelServer) -> None:
    online.reply = lambda asked: marked_up([{"text": SAID, "evidence": ["E1"]}]) if asked.drafts else READ
    brief = toy_brief(section("intro", kind="template", instructions="Read on."), section("height", "intro"))
    events = [e async for e in events_of(graph, brief)]

    (drafted,) = [e["at"] for e in events if e["type"] == "SectionDrafted" and e["section"] == "height"]
    told = timeline(Journal(events), drafted)["first"]
    assert told is not None
    assert "height" == told["section"]


READ = '{"grade": 5, "objections": []}'
SAID = "The height of a building shall not exceed 40 feet."


def test_the_critical_path_goes_through_the_slower_judge_and_the_gate() -> None:
    told = told_of(chain())

    assert [
        (None, "planner", 1.0), ("a", "researcher", 1.0), ("a", "writer", 3.0), ("a", "compliance", 4.0),
        ("b", "researcher", 1.0), ("b", "writer", 4.0), ("b", "reviewer", 1.0),
        (None, "editor", 1.0), (None, "publisher", 1.0),
    ] == steps(told)  # fmt: skip
    assert told["seconds"] == sum(s["seconds"] for s in told["critical_path"])


def test_what_would_have_been_shorter_is_worked_out_for_the_whole_run() -> None:
    told = told_of(chain())

    saved = {(s["kind"], s["section"], s["agent"], s["on"]): s["seconds"] for s in told["shorter"]}
    # without the check, a is approved when the reviewer is done, at 6 s and not at 9
    assert 3.0 == saved["faster", "a", "compliance", None]
    assert 4.0 == saved["faster", "b", "writer", None]
    # on the draft of 5 s instead of the approval of 9 s
    assert 4.0 == saved["draft", "b", "section", "a"]


def test_a_step_off_the_critical_path_saves_nothing() -> None:
    assert not [s for s in told_of(chain())["shorter"] if s["section"] == "c"]


def interrupted(at: float, again: float) -> JournalByHand:
    """Killed after ``at`` seconds, when ``a`` was being drafted, and resumed."""
    journal = (
        JournalByHand().begin(("a", [])).open(1, "a").add(at, "a.EvidenceGathered", "researcher", "a.SectionOpened")
    )
    journal.add(again, "RunResumed", "document")
    journal.add(again + 3, "a.SectionDrafted", "writer", "a.EvidenceGathered")
    journal.add(again + 4, "a.SectionReviewed", "reviewer", "a.SectionDrafted")
    journal.add(again + 4, "a.SectionApproved", "arbiter", "a.SectionReviewed", digest="d")
    return journal.end(again + 5, "a.SectionApproved")


@pytest.mark.parametrize("lost", [0.5, 100.0, 90_000.0])
def test_a_time_in_which_nobody_worked_is_nobodys_work(lost: float) -> None:
    told = told_of(interrupted(2, 2 + lost))

    assert [{"start": 2.0, "end": 2 + lost, "why": "interrupted"}] == told["pauses"]
    assert (8.0, 8.0 + lost) == (told["worked"], told["seconds"])
    assert ("a", "writer", 3.0) in steps(told)
    assert {"writer": 3.0} == {s["agent"]: s["seconds"] for s in told["shorter"] if s["agent"] == "writer"}


def test_waiting_for_a_person_is_a_pause_and_a_step_of_the_path() -> None:
    journal = JournalByHand().begin(("a", [])).open(1, "a")
    journal.add(2, "a.SectionDrafted", "writer", "a.SectionOpened")
    journal.add(2, "a.SectionSubmitted", "arbiter", "a.SectionDrafted", question="section:a", text="?", approval={})
    journal.add(62, "a.AnswerGiven", "person", "a.SectionSubmitted", question="section:a", decision="approve", note="")
    journal.add(63, "RunResumed", "document")
    journal.add(63, "a.SectionApproved", "approval", "a.SectionSubmitted", digest="d")
    told = told_of(journal.end(64, "a.SectionApproved"))

    assert [{"start": 2.0, "end": 63.0, "why": "person"}] == told["pauses"]
    assert ("person", "person", 2.0, 62.0) in spans(told, "a")
    assert ("a", "person", 60.0) in steps(told)
    assert ("person", 60.0) in [(s["kind"], s["seconds"]) for s in told["shorter"]]


def test_a_run_that_goes_on_is_drawn_up_to_now() -> None:
    journal = JournalByHand().begin(("a", []), ("b", ["a"])).open(1, "a")
    journal.add(2, "a.EvidenceGathered", "researcher", "a.SectionOpened")
    told = told_of(journal, now=10)

    assert (False, 10.0) == (told["over"], told["seconds"])
    under_way = {row["section"]: row["spans"][-1] for row in told["lanes"] if row["section"]}
    assert [("work", 2.0, 10.0, True), ("wait", 1.0, 10.0, True)] == [
        (s["kind"], s["start"], s["end"], s["open"]) for s in under_way.values()
    ]
    assert [("a", None, False)] == [(g["section"], g["event"], g["last"]) for g in told["lanes"][2]["gate"]]
    assert [(None, "planner", 1.0), ("a", "researcher", 1.0)] == steps(told)


def test_a_section_written_again_has_a_lane_for_each_time() -> None:
    journal = chain()
    ended = journal.events.pop(), journal.events.pop(), journal.events.pop()
    spec = {"id": "b", "title": "B", "after": ["a"]}
    journal.add(
        16, "b.SectionReopened#2", "editor", "c.SectionApproved", spec=spec, position=1, priority=1, need={"a": 1}
    )
    journal.add(16, "b.SectionOpened#2", "section", "b.SectionReopened#2", inputs={}, changes=[])
    told = told_of(journal, now=20)

    assert len(ended) == 3
    assert [(None, 1), ("a", 1), ("b", 1), ("b", 2), ("c", 1)] == [(t["section"], t["epoch"]) for t in told["lanes"]]
    assert ("b", 2) == (told["critical_path"][-1]["section"], told["critical_path"][-1]["epoch"])


def test_nothing_has_happened_yet() -> None:
    assert ([], 0.0) == (told_of(JournalByHand())["lanes"], told_of(JournalByHand())["seconds"])


async def test_the_path_of_a_real_run_adds_up_to_its_length() -> None:
    brief = toy_brief(section("height"), section("yards", "height"), section("parking"))
    events: list[Any] = [e async for e in events_of(graph, brief)]

    told = timeline(Journal(events), events[-1]["at"])

    assert pytest.approx(told["seconds"], abs=0.01) == sum(s["seconds"] for s in told["critical_path"])
    assert all(before["end"] == after["start"] for before, after in pairwise(told["critical_path"]))
    assert {"height", "yards", "parking", None} == {row["section"] for row in told["lanes"]}
