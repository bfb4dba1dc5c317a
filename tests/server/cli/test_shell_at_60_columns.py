"""What the shell shows fits a narrow terminal, in an order in which one looks for things."""

from typing import Any

from rich.console import Console

from quire.graphs.insight.timeline import Idle, Span, Timeline, TimelineRow
from quire.graphs.run.journal import Journal
from quire.server.cli.commands import COMMANDS, GROUPS
from quire.server.cli.showing import table_of
from quire.server.presentation.timeline_scale import without_pauses

COLUMNS = 60


def event(n: int, kind: str, section: str | None, **data: Any) -> dict[str, Any]:
    at = f"2026-05-04T10:00:{n:02d}Z"
    placed = {"section": section, "epoch": 1, "round": 1, "agent": "planner", "cause": None}
    return {"n": n, "id": str(n), "type": kind, "at": at, **placed, "data": data}


def planned(n: int, section: str, title: str) -> dict[str, Any]:
    return event(n, "SectionPlanned", section, spec={"title": title}, position=n, priority=1)


def test_the_live_table_is_right_at_sixty_columns() -> None:
    long = "What a section is called that has a very long title indeed, longer than a line"
    events: Any = [
        planned(1, "a", long),
        planned(2, "b", "Yards"),
        event(9, "SectionApproved", "a", words=12_345, models=[], missing={}, rounds=1),
    ]
    console = Console(width=COLUMNS, record=True, force_terminal=True, color_system=None)
    console.print(table_of(Journal(events), "12 calls, 123,456 tokens, $1.23"))
    lines = console.export_text().splitlines()

    assert len(lines) == len(["head", "a", "b", "sum"])
    assert all(len(line) <= COLUMNS for line in lines)
    assert "approved" in lines[1]
    assert "12345" in lines[1]
    assert "1 of 2 sections, 8.00 s, 12 calls, 123,456 tokens, $1.23" in lines[-1]


def test_every_command_is_in_a_group_and_write_comes_first() -> None:
    named = [name for names in GROUPS.values() for name in names]

    assert sorted(named) == sorted(COMMANDS)
    assert named[0] == "write"


def test_a_wait_for_a_person_takes_no_room_in_a_timeline() -> None:
    def span(start: float, end: float) -> Span:
        return Span(kind="work", agent="writer", start=start, end=end, open=False, critical=False)

    row = TimelineRow(section="a", epoch=1, title="A", spans=[span(0, 10), span(7_210, 7_220)], gate=[])
    pause = Idle(start=10, end=7_210, why="person")
    told = Timeline(
        started="", seconds=7_220, over=True, worked=20, pauses=[pause], first=None, lanes=[row],
        critical_path=[], shorter=[],
    )  # fmt: skip
    scaled = without_pauses(told)

    assert scaled["seconds"] == 20
    assert [(s["start"], s["end"]) for s in scaled["lanes"][0]["spans"]] == [(0, 10), (10, 20)]
    assert scaled["pauses"] == [Idle(start=10, end=10, why="person")]
