"""Versions side by side: a run is carried on by a program that knows its format, and one that is replaced loses none.

A run stays in the format that it was begun in. A worker takes the runs whose formats its program knows, and no others.
"""

import time
from pathlib import Path

import pytest
from model_server import ModelServer
from postgres import Cluster
from rolling import rolled
from toys import section, toy_brief
from workers import Version, assert_dense, busy, site

OLD, NEW = Version(writes=1, knows=(1,)), Version(writes=2, knows=(1, 2))
SECTIONS = (section("height"), section("yards", "height"))
pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


def test_runs_of_a_new_format_wait_for_a_new_worker_and_old_ones_finish_on_either(
    postgres: Cluster, tmp_path: Path
) -> None:
    with ModelServer(delay=0.2) as server, site(postgres, tmp_path, OPENAI_BASE_URL=server.url) as found:
        old = found.worker(OLD)
        olds = [found.post(toy_brief(*SECTIONS, title=f"Old {n}")) for n in range(3)]
        found.serve(NEW)
        news = [found.post(toy_brief(*SECTIONS, title=f"New {n}")) for n in range(3)]
        found.until(olds, "done")
        time.sleep(2)
        assert {"queued"} == {found.report(run)["status"] for run in news}

        found.worker(NEW)
        found.until(news, "done")

        formats = dict(found.ask("SELECT id, format FROM runs"))
        assert ({1}, {2}) == ({formats[run] for run in olds}, {formats[run] for run in news})
        assert old.is_alive()
        assert_dense(found, [*olds, *news])


def test_a_dead_old_workers_runs_move_to_a_new_one_and_a_dead_new_ones_wait_for_its_like(
    postgres: Cluster, tmp_path: Path
) -> None:
    with ModelServer(delay=0.3) as server, site(postgres, tmp_path, OPENAI_BASE_URL=server.url) as found:
        old = found.worker(OLD)
        olds = [found.post(toy_brief(*SECTIONS, title=f"Old {n}")) for n in range(3)]
        busy(found, 3)
        new = found.worker(NEW)
        old.kill()
        found.until(olds, "done")

        found.serve(NEW)
        news = [found.post(toy_brief(*SECTIONS, title=f"New {n}")) for n in range(3)]
        busy(found, 3)
        new.kill()
        found.worker(OLD)
        time.sleep(3)
        assert "done" not in {found.report(run)["status"] for run in news}
        found.worker(NEW)
        found.until(news, "done")

        assert_dense(found, [*olds, *news])


def test_no_run_fails_while_workers_are_replaced_one_by_one(postgres: Cluster, tmp_path: Path) -> None:
    seen = rolled(postgres, tmp_path, restarts=5)

    assert ({"done"}, [0] * 5) == (set(seen.statuses), seen.exits)
    assert seen.asked == seen.recorded, "no call was cut off"
