"""Whatever happens to workers, every step of every run is committed once."""

from pathlib import Path

import pytest
from history import Trouble, faults_of, played
from postgres import Cluster


def event(n: int, type_: str, **more: object) -> dict:
    said = {"section": None, "epoch": 1, "round": 0, "agent": "document", "cause": None, "id": f"{type_}-{n}"}
    return {"n": n, "type": type_, **said, **more}


WHOLE = [
    event(1, "DocumentRequested"),
    event(2, "SectionApproved", section="height", agent="arbiter", cause="c"),
    event(3, "DocumentPublished", agent="publisher"),
    event(4, "RunEnded"),
]


def test_a_whole_history_has_no_fault() -> None:
    assert [] == faults_of(WHOLE)


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        (WHOLE[:1] + WHOLE[2:], "its numbers are not dense"),
        ([*WHOLE[:2], {**WHOLE[1], "n": 3, "id": "again"}, *WHOLE[2:]], "a step was committed twice"),
        ([*WHOLE[:2], {**WHOLE[1], "n": 3, "agent": "other"}, *WHOLE[2:]], "a section was closed twice"),
        ([*WHOLE, {**WHOLE[3], "n": 5}], "it has not one end"),
        ([*WHOLE, event(5, "FactChanged")], "something came after its end"),
        (
            [*WHOLE[:3], event(4, "DocumentPublished", cause="x"), event(5, "RunEnded")],
            "it was not published once",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_of_a_history_is_found(history: list[dict], fault: str) -> None:
    assert fault in faults_of(history)


@pytest.mark.long
@pytest.mark.timeout(300)
def test_stopped_woken_and_killed_at_random_workers_commit_every_step_once(postgres: Cluster, tmp_path: Path) -> None:
    history = played(postgres, tmp_path, Trouble(workers=4, runs=16, seconds=30, seed=1))

    assert [] == history.faults
    assert history.resumed, "nothing was taken over"
