"""Many processes on one Postgres: who dies, hangs or is cut off, loses nothing and repeats nothing."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from model_server import ModelServer
from postgres import Cluster
from serving import free_port, started, stopped, until_it_answers
from toys import section, toy_brief

SECTIONS = (section("height"), section("yards", "height"), section("parking", "yards"))


class Site:
    """An API, any number of workers, and their database."""

    def __init__(self, url: str, folder: Path, **settings: str) -> None:
        self.url = url
        self.folder = folder
        self.settings = settings
        self.processes: list[Any] = []
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        api = self.start("serve", "--no-worker", "--port", str(port))
        until_it_answers(f"{self.address}/health", api.is_alive)

    def start(self, *arguments: str) -> Any:
        home = self.folder / f"home-{len(self.processes)}"
        env = {**os.environ, **self.settings, "QUIRE_DATABASE_URL": self.url, "QUIRE_HOME": str(home)}
        self.processes.append(started(env, *arguments))
        return self.processes[-1]

    def worker(self) -> Any:
        return self.start("worker")

    def post(self, brief: dict[str, Any]) -> str:
        answer = httpx.post(f"{self.address}/documents", json=brief, timeout=60)
        assert httpx.codes.ACCEPTED == answer.status_code, answer.text
        return str(answer.json()["id"])

    def report(self, run: str) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(f"{self.address}/documents/{run}", timeout=60).json()
        return found

    def until(self, runs: list[str], status: str, seconds: float = 90) -> None:
        deadline, left = time.monotonic() + seconds, list(runs)
        while left:
            left = [run for run in left if self.report(run)["status"] != status]
            assert time.monotonic() < deadline, f"{len(left)} of {len(runs)} are not {status}: {self.report(left[0])}"
            time.sleep(0.1 if left else 0)

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as db:
            return db.execute(query.encode(), values).fetchall()


@contextmanager
def site(cluster: Cluster, folder: Path, **settings: str) -> Iterator[Site]:
    made = Site(cluster.database(), folder, **settings)
    try:
        yield made
    finally:
        for process in made.processes:
            if process.is_alive():
                os.kill(process.pid, signal.SIGCONT)
                os.kill(process.pid, signal.SIGKILL)
            process.join(30)


def busy(found: Site, least: int) -> None:
    """Wait until that many legs are under way."""
    for _ in range(600):
        query = "SELECT count(*) FROM dbos.workflow_status WHERE status = 'PENDING' AND name = 'run/leg'"
        if found.ask(query)[0][0] >= least:
            return
        time.sleep(0.05)
    raise AssertionError("the work does not begin")


def test_documents_of_a_killed_worker_are_finished_by_others_and_no_recorded_reply_is_asked_again(
    postgres: Cluster, tmp_path: Path
) -> None:
    with ModelServer(delay=0.3) as server:
        settings = {"OPENAI_BASE_URL": server.url, "QUIRE_RUNS_PER_WORKER": "20", "QUIRE_RUNS_PER_TENANT": "20"}
        with site(postgres, tmp_path, **settings) as found:
            victim = found.worker()
            runs = [found.post(toy_brief(*SECTIONS, title=f"Report {n}")) for n in range(20)]
            busy(found, 20)
            time.sleep(0.5)
            os.kill(victim.pid, signal.SIGKILL)
            victim.join(30)
            time.sleep(0.5)
            asked, recorded = len(server.asked), found.ask("SELECT count(*) FROM attempts")[0][0]
            found.worker()
            found.worker()
            found.until(runs, "done")

            replies = found.ask("SELECT count(*) FROM attempts")[0][0]
            assert len(server.asked) - asked == replies - recorded, "only calls in flight are made again"
            assert_dense(found, runs)


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


def test_a_run_is_cancelled_and_answered_from_any_process_while_it_is_worked_on(
    postgres: Cluster, tmp_path: Path
) -> None:
    with ModelServer(delay=30) as server, site(postgres, tmp_path, OPENAI_BASE_URL=server.url) as found:
        found.worker()
        run = found.post(toy_brief(*SECTIONS))
        busy(found, 1)
        assert 0 == exit_code(found.start("cancel", run))

        assert "cancelled" == found.report(run)["status"]


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


def exit_code(process: Any) -> int:
    process.join(60)
    return int(process.exitcode)


def assert_dense(found: Site, runs: list[str]) -> None:
    """Every event has the next number, no event is there twice, and every run ended once."""
    rows = found.ask("SELECT run, n, id FROM events ORDER BY run, n")
    for run in runs:
        mine = [(n, id_) for r, n, id_ in rows if r == run]
        assert [n for n, _ in mine] == list(range(1, len(mine) + 1))
        assert max(Counter(id_ for _, id_ in mine).values()) == 1


pytestmark = pytest.mark.timeout(180)
