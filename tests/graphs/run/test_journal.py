"""The one fold of a run's journal: what a live run knows is what anybody reads from its events afterwards."""

from typing import Any

import pytest
from journals import JournalByHand
from toys import Going, section, toy_brief

from quire.graphs.document.document_graph import build
from quire.graphs.run.commands import change_fact
from quire.graphs.run.journal import Journal

FOLDED = {name for name in vars(Journal()) if not name.startswith("_")} - {"growing"}


def stands(journal: Journal) -> dict[str, Any]:
    """Give all that follows from the events, and what the growth of the plan knows."""
    growing = {name: value for name, value in vars(journal.growing).items() if not name.startswith("_")}
    return {name: getattr(journal, name) for name in FOLDED} | growing | {"questions": journal.open_questions()}


async def test_a_live_run_knows_what_a_fold_of_its_recorded_events_knows() -> None:
    going = Going(build(), toy_brief(section("height"), section("yards", "height")))
    await going.until(lambda told: ("height", "SectionOpened", 1) in told)
    await change_fact(going.run, "address", "12 Quay Street")
    assert {"height": "approved", "yards": "approved"} == await going.end()

    read = Journal(await going.record.events("r"))

    assert len(read.events) > 10
    assert [e["data"]["name"] for e in read.outside] == ["address"]
    assert stands(read) == stands(going.run.blackboard)


def chain() -> list[Any]:
    journal = JournalByHand().begin(("a", []), ("b", ["a"])).open(2, "a")
    journal.write("a", 3, 4, 5, 6)
    return journal.open(8, "b", a="a.SectionApproved").events


@pytest.mark.parametrize("again", range(len(chain())))
def test_an_event_that_is_taken_in_twice_counts_once(again: int) -> None:
    events = chain()
    journal = Journal(events)
    assert journal.take(events[again]) is None

    assert stands(Journal(events)) == stands(journal)


def test_what_an_event_meets_is_told_when_it_is_taken_in() -> None:
    journal, met = Journal(), dict[str, list[tuple[str, str]]]()
    for event in chain():
        met[f"{event['section']}.{event['type']}"] = [(need.section, need.event) for need in journal.take(event) or []]

    assert met["None.DocumentRequested"] == []
    assert met["a.SectionDrafted"] == [("a", "SectionDrafted")]
    assert met["a.SectionApproved"] == [("a", "closed"), ("a", "SectionApproved")]
