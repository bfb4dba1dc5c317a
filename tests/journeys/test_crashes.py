"""``kill -9`` before and after every durable write of a run: nothing lost, nothing doubled, nothing paid for twice."""

from pathlib import Path

import pytest
from crash_stores import on_postgres
from crashing import Ending, Plot, Tally
from postgres import Cluster

STORIES = [
    Plot(kind, 0) for kind in ("offline", "model", "growing", "extracting", "unjudged", "living on", "searching")
]
APART = {
    "offline": 24,
    "model": 24,
    "growing": 16,
    "extracting": 8,
    "unjudged": 12,
    "living on": 6,
    "searching": 10,
}
"""Moments between two that a turn kills at: a shorter story has them closer together."""
MOST_TURNS = 12
TURNS = [
    pytest.param(plot, turn, id=f"{plot.kind}-{turn}")
    for plot in STORIES
    for turn in range(min(MOST_TURNS, APART[plot.kind]))
]
"""After as many turns as moments lie between two, every moment has had its turn."""
APART_ON_POSTGRES = {
    "offline": 7,
    "model": 7,
    "growing": 4,
    "extracting": 3,
    "unjudged": 3,
    "living on": 2,
    "searching": 3,
}

LAST_OF_REPLIES = 14
"""Moments until the brief is journalled, what its tools replied before it."""


@pytest.fixture(scope="module")
def wholes() -> dict[Plot, Ending]:
    """Keep what comes of the stories that nobody interrupts: one is played once, and all that are killed held to it."""
    return {}


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("plot", "turn"), TURNS)
def test_a_run_that_is_killed_at_any_write_ends_as_if_nothing_had_happened(
    tmp_path: Path, wholes: dict[Plot, Ending], plot: Plot, turn: int
) -> None:
    tally = Tally(tmp_path, wholes=wholes)
    every = range(1 + turn, tally.whole(plot).moments + 1, APART[plot.kind])

    for moment in every:
        tally.check(plot, [moment])

    assert [] == tally.problems
    assert [] == tally.sooner
    assert len(every) == tally.points["killed 1 times"] > 8


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("plot", STORIES, ids=lambda plot: plot.kind)
def test_on_postgres_too(tmp_path: Path, postgres: Cluster, plot: Plot) -> None:
    tally = Tally(tmp_path, on_postgres(postgres))
    every = range(1, tally.whole(plot).moments + 1, APART_ON_POSTGRES[plot.kind])

    for moment in every:
        tally.check(plot, [moment])

    assert [] == tally.problems
    # How often a call's slot is asked for depends on time, so that the last moments may not come to a run.
    assert len(every) - 2 <= tally.points["killed 1 times"] <= tally.points.total() == len(every) > 30


@pytest.mark.long
@pytest.mark.parametrize("plot", STORIES, ids=lambda plot: plot.kind)
def test_a_run_that_is_killed_again_while_it_recovers_ends_as_if_nothing_had_happened(
    tmp_path: Path, wholes: dict[Plot, Ending], plot: Plot
) -> None:
    tally = Tally(tmp_path, wholes=wholes)
    moments = tally.whole(plot).moments
    tally.check(plot, [moments // 3, moments // 5])
    tally.check(plot, [moments // 2, moments // 8, 20])

    assert [] == tally.problems
    assert {"killed 2 times": 1, "killed 3 times": 1} == tally.points


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(2))
def test_tools_are_called_once_whenever_the_run_is_killed_but_for_calls_that_were_under_way(
    tmp_path: Path, wholes: dict[Plot, Ending], part: int
) -> None:
    tally, plot = Tally(tmp_path, wholes=wholes), Plot("fetching", 0)
    moments = tally.whole(plot).moments
    singles = [[moment] for moment in (*range(1, LAST_OF_REPLIES + 1), *range(LAST_OF_REPLIES + 1, moments + 1, 9))]
    doubles = [[first, LAST_OF_REPLIES // 2] for first in range(7, LAST_OF_REPLIES, 3)]

    for deaths in [*singles, *doubles][part::2]:
        tally.check(plot, deaths)

    assert [] == tally.problems
    assert ["SourceFetched"] * 3 == [event["type"] for event in tally.whole(plot).events][:3]
    assert 8 < tally.points["killed 1 times"]
    assert 0 < tally.points["killed 2 times"]
