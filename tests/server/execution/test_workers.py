"""Many processes on one Postgres: who dies, hangs or is cut off, loses nothing and repeats nothing."""

import os
import signal
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from model_server import ModelServer
from postgres import Cluster
from serving import stopped
from toys import section, toy_brief
from workers import assert_dense, busy, exit_code, followed, seconds_until, site

SECTIONS = (section("height"), section("yards", "height"), section("parking", "yards"))
pytestmark = pytest.mark.timeout(240)


@pytest.mark.long
def test_documents_of_a_killed_worker_are_finished_by_others_and_no_recorded_reply_is_asked_again(
    postgres: Cluster, tmp_path: Path
) -> None:
    with ModelServer(delay=0.3) as server:
        settings = {"OPENAI_BASE_URL": server.url, "QUIRE_RUNS_PER_WORKER": "20", "QUIRE_RUNS_PER_TENANT": "20"}
        with site(postgres, tmp_path, **settings) as found, ThreadPoolExecutor(5) as following:
            victim = found.worker()
            runs = [found.post(toy_brief(*SECTIONS, title=f"Report {n}")) for n in range(20)]
            followers = [following.submit(followed, found, run) for run in runs[:5]]
            busy(found, 20)
            time.sleep(0.5)
            os.kill(victim.pid, signal.SIGKILL)
            victim.join(30)
            asked, recorded = server.arrived(), found.ask("SELECT count(*) FROM attempts")[0][0]
            found.worker()
            found.worker()
            found.until(runs, "done")

            replies = found.ask("SELECT count(*) FROM attempts")[0][0]
            assert len(server.asked) - asked == replies - recorded, "only calls in flight are made again"
            assert_dense(found, runs)
            for numbers in (follower.result(60) for follower in followers):
                assert list(range(1, len(numbers) + 1)) == numbers, "a follower misses nothing and hears nothing twice"


@pytest.mark.long
def test_workers_that_are_there_take_over_twenty_documents_in_flight(
    postgres: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ModelServer(delay=1) as server:
        settings = {"OPENAI_BASE_URL": server.url, "QUIRE_RUNS_PER_WORKER": "20", "QUIRE_RUNS_PER_TENANT": "20"}
        with site(postgres, tmp_path, **settings) as found:
            victim = found.worker()
            runs = [found.post(toy_brief(*SECTIONS, title=f"Report {n}")) for n in range(20)]
            busy(found, 20)
            found.worker()
            found.worker()
            time.sleep(3)
            os.kill(victim.pid, signal.SIGKILL)
            killed = time.time()
            found.until(runs, "done")

            taken_over = seconds_until(found, "RunResumed", killed)
            assert taken_over
            with capsys.disabled():
                sys.stdout.write(f"\n{len(taken_over)} taken over, median {statistics.median(taken_over):.2f} s\n")
            assert_dense(found, runs)


@pytest.mark.long
def test_a_worker_that_hangs_loses_its_runs_and_writes_nothing_when_it_wakes_up(
    postgres: Cluster, tmp_path: Path
) -> None:
    with ModelServer(delay=0.3) as server, site(postgres, tmp_path, OPENAI_BASE_URL=server.url) as found:
        zombie = found.worker()
        runs = [found.post(toy_brief(*SECTIONS, title=f"Report {n}")) for n in range(4)]
        busy(found, 4)
        os.kill(zombie.pid, signal.SIGSTOP)
        found.worker()
        found.until(runs, "done")
        before = found.ask("SELECT run, n, body FROM events ORDER BY run, n")
        os.kill(zombie.pid, signal.SIGCONT)
        time.sleep(2)

        assert before == found.ask("SELECT run, n, body FROM events ORDER BY run, n")
        assert_dense(found, runs)
        assert zombie.is_alive()
        assert 0 == stopped(zombie)


@pytest.mark.long
def test_work_goes_on_when_the_database_restarts_and_connections_are_cut(postgres: Cluster, tmp_path: Path) -> None:
    with ModelServer(delay=0.1) as server, site(postgres, tmp_path, OPENAI_BASE_URL=server.url) as found:
        found.worker()
        found.worker()
        runs = [found.post(toy_brief(*SECTIONS, title=f"Report {n}")) for n in range(8)]
        busy(found, 4)
        postgres.cut()
        time.sleep(0.5)
        postgres.stop("immediate")
        postgres.start()
        found.until(runs, "done")

        assert_dense(found, runs)


@pytest.mark.long
def test_a_run_is_cancelled_and_answered_from_any_process_while_it_is_worked_on(
    postgres: Cluster, tmp_path: Path
) -> None:
    with ModelServer(delay=30) as server, site(postgres, tmp_path, OPENAI_BASE_URL=server.url) as found:
        found.worker()
        run = found.post(toy_brief(*SECTIONS))
        busy(found, 1)
        assert 0 == exit_code(found.start("cancel", run))

        assert "cancelled" == found.report(run)["status"]


@pytest.mark.long
def test_a_run_that_waits_for_a_person_holds_no_slot(postgres: Cluster, tmp_path: Path) -> None:
    with site(postgres, tmp_path, QUIRE_RUNS_PER_WORKER="1") as found:
        found.worker()
        waits = found.post(toy_brief(*SECTIONS, options={"approve": ["plan"]}))
        found.until([waits], "waiting")
        other = found.post(toy_brief(*SECTIONS))
        found.until([other], "done")
        answer = {"type": "answer", "question": "plan", "decision": "approve"}
        httpx.post(f"{found.address}/documents/{waits}/events", json=answer, timeout=60).raise_for_status()

        found.until([waits], "done")
